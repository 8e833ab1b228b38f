//! What another version, or a broken disk, left in the place of a record. Its number stands before a blank, its new
//! bytes after it.

use std::sync::LazyLock;

use moyun_cloud::world::PatchError;

use crate::Reached;
use crate::clouds::{self, Rows};

/// A state to begin with.
static ROWS: LazyLock<Rows> = LazyLock::new(|| clouds::inhabited().dump());

pub(crate) fn run(input: &[u8]) -> Reached {
    let number: Vec<u8> = input.iter().copied().take_while(u8::is_ascii_digit).take(4).collect();
    let Some(stored) = input.get(number.len() + 1..) else { return Reached::Door };
    let number = number.iter().fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
    let mut rows = ROWS.clone();
    let at = number % rows.len();
    if let Some(row) = rows.values_mut().nth(at) {
        *row = stored.to_vec();
    }
    // A record, or a fault: whoever reads it is told, and nothing else happens.
    match clouds::over(rows) {
        Ok(cloud) => {
            let sound = cloud.problems().is_ok_and(|problems| problems.is_empty());
            let exported = cloud.export(None);
            let shown = cloud.world(&[]);
            assert!(!sound || exported.is_ok() && shown.is_ok(), "it is sound, but cannot be read");
            if sound { Reached::Inside } else { Reached::Door }
        }
        Err(PatchError::Fault(_)) => Reached::Door,
        Err(PatchError::Refused(sentence)) => panic!("nobody patched anything: {sentence}"),
    }
}
