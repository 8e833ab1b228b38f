use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::{Bound, ControlFlow};

use crate::engine::{Reader, Span, Visit};
use crate::fault::Fault;

/// Writes that are not stored yet: key → Some(value) or None (deleted).
pub(crate) type Written = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// A view with writes on top that are not stored yet.
pub(crate) struct Overlay<'a> {
    pub(crate) base: &'a dyn Reader,
    pub(crate) written: &'a Written,
}

impl Reader for Overlay<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        match self.written.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.base.get(key),
        }
    }

    fn get_many(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        let below: Vec<Vec<u8>> =
            keys.iter().filter(|key| !self.written.contains_key(*key)).cloned().collect();
        let mut stored = self.base.get_many(&below)?.into_iter();
        Ok(keys
            .iter()
            .map(|key| self.written.get(key).cloned().or_else(|| stored.next()).flatten())
            .collect())
    }

    fn scan(&self, span: &Span, visit: &mut Visit<'_>) -> Result<(), Fault> {
        if span.is_empty() {
            return Ok(());
        }
        let to = span.to.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let range = self.written.range::<[u8], _>((Bound::Included(span.from.as_slice()), to));
        if span.reverse {
            merge(self.base, range.rev().peekable(), span, visit)
        } else {
            merge(self.base, range.peekable(), span, visit)
        }
    }
}

fn merge<'w>(
    base: &dyn Reader,
    mut written: Peekable<impl Iterator<Item = (&'w Vec<u8>, &'w Option<Vec<u8>>)>>,
    span: &Span,
    visit: &mut Visit<'_>,
) -> Result<(), Fault> {
    let mut stopped = false;
    base.scan(span, &mut |key, value| {
        let comes_first =
            |row: &&Vec<u8>| if span.reverse { row.as_slice() > key } else { row.as_slice() < key };
        while let Some((row, value)) = written.next_if(|(row, _)| comes_first(row)) {
            if let Some(value) = value
                && visit(row, value).is_break()
            {
                stopped = true;
                return ControlFlow::Break(());
            }
        }
        let flow = match written.next_if(|(row, _)| row.as_slice() == key) {
            Some((row, Some(value))) => visit(row, value),
            Some((_, None)) => ControlFlow::Continue(()),
            None => visit(key, value),
        };
        stopped = flow.is_break();
        flow
    })?;
    for (row, value) in written {
        if stopped {
            break;
        }
        if let Some(value) = value {
            stopped = visit(row, value).is_break();
        }
    }
    Ok(())
}
