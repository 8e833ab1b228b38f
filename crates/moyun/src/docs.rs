//! Pages of an API reference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use moyun_cloud::doc::{self, Language, site};
use moyun_cloud::spec::Product;

use crate::args::{ExportFormat, ExportLanguage};

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
                for finding in doc::check(&text) {
                    println!("{place}:{finding}");
                    status = status.max(DIFFERS);
                }
            }
        }
    }
    ExitCode::from(status)
}

/// Writes the reference into a folder.
pub(crate) fn export(format: ExportFormat, language: ExportLanguage, folder: &Path) -> Result<(), String> {
    let language = match language {
        ExportLanguage::Zh => Language::Zh,
        ExportLanguage::En => Language::En,
    };
    let files = match format {
        ExportFormat::Md => pages(language),
        ExportFormat::Json => data(language),
        ExportFormat::Html => site::files(language),
        ExportFormat::Openapi => {
            let text = format!("{:#}\n", moyun_server::admin::openapi());
            BTreeMap::from([("admin.openapi.json".to_owned(), text)])
        }
    };
    for (path, text) in files {
        let file = folder.join(path);
        let parent = file.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&file, text))
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn pages(language: Language) -> BTreeMap<String, String> {
    let within = format!("{}/", language.folder());
    let page = |(path, text): (String, String)| Some((path.strip_prefix(&within)?.to_owned(), text));
    doc::reference().into_iter().filter_map(page).collect()
}

/// A file for each product, and one with everything.
fn data(language: Language) -> BTreeMap<String, String> {
    let products =
        Product::ALL.map(|product| (product.name().to_lowercase(), doc::metadata(product, language)));
    let all = ("moyun".to_owned(), doc::all_metadata(language));
    let files = products.into_iter().chain([all]);
    files.map(|(name, data)| (format!("{name}.json"), format!("{data:#}\n"))).collect()
}
