//! Pages of an API reference.

use std::path::PathBuf;
use std::process::ExitCode;

/// The status when a page has not the form.
const DIFFERS: u8 = 1;

/// The status when a file cannot be read.
const UNREADABLE: u8 = 2;

/// Prints what each page lacks of the form or has wrong; the status is that of the worst.
pub(crate) fn check(files: &[PathBuf]) -> ExitCode {
    let mut status = 0;
    for file in files {
        let place = file.display();
        match std::fs::read_to_string(file) {
            Err(error) => {
                eprintln!("moyun: {place}: {error}");
                status = UNREADABLE;
            }
            Ok(text) => {
                for finding in moyun_cloud::doc::check(&text) {
                    println!("{place}:{finding}");
                    status = status.max(DIFFERS);
                }
            }
        }
    }
    ExitCode::from(status)
}
