//! What a record must satisfy to be listed.

use moyun_derive::Group;
use moyun_store::Key;
use moyun_wire::timestamp;

use crate::cx::Cx;
use crate::errors::{ApiError, ParameterMalformed};
use crate::paging::{Entry, Listed, Listing, PageInfo, Wanted};

/// A condition by name, besides the parameters of their own.
#[derive(Debug, Clone, Group)]
pub struct FilterParam {
    /// Name of the condition.
    pub key: Option<String>,
    /// What it asks for.
    pub value: Option<String>,
}

/// The conditions of one list; a record must pass them all.
pub struct Filters<R>(Vec<Condition<R>>);

type Condition<R> = Box<dyn Fn(&R) -> bool>;

impl<R: Listed> Filters<R> {
    /// No conditions.
    pub fn new() -> Filters<R> {
        Filters(vec![])
    }

    /// A condition, if a value for it is wanted.
    pub fn by<T: 'static>(&mut self, wanted: Option<T>, passes: impl Fn(&R, &T) -> bool + 'static) {
        if let Some(wanted) = wanted {
            self.0.push(Box::new(move |record| passes(record, &wanted)));
        }
    }

    /// A condition, if one of several values for it is wanted.
    pub fn by_any<T: 'static>(
        &mut self,
        wanted: impl IntoIterator<Item = T>,
        passes: impl Fn(&R, &T) -> bool + 'static,
    ) {
        let wanted: Vec<T> = wanted.into_iter().collect();
        if !wanted.is_empty() {
            self.0.push(Box::new(move |record| wanted.iter().any(|wanted| passes(record, wanted))));
        }
    }

    /// Conditions on a time between `<name>StartTime` and `<name>EndTime`; a record without the time passes none.
    pub fn by_time(
        &mut self,
        filters: &[FilterParam],
        name: &str,
        time_ms: impl Fn(&R) -> Option<i64> + Copy + 'static,
    ) -> Result<(), ApiError> {
        if filters.is_empty() {
            return Ok(());
        }
        let from = time_of(filters, &format!("{name}StartTime"))?;
        let until = time_of(filters, &format!("{name}EndTime"))?;
        self.by(from, move |record, from| time_ms(record).is_some_and(|at_ms| at_ms >= *from));
        self.by(until, move |record, until| time_ms(record).is_some_and(|at_ms| at_ms <= *until));
        Ok(())
    }

    /// Whether a record passes them all.
    pub fn pass(&self, record: &R) -> bool {
        self.0.iter().all(|passes| passes(record))
    }
}

impl<R: Listed> Default for Filters<R> {
    fn default() -> Self {
        Filters::new()
    }
}

impl Cx<'_> {
    /// A page of the records in a scope, or of those with these keys, that pass the conditions.
    pub fn filtered_page<R: Listed, E: Entry<R>>(
        &self,
        scope: Key,
        keys: Option<Vec<Key>>,
        filters: &Filters<R>,
        wanted: &Wanted,
    ) -> Result<(Vec<E>, PageInfo), ApiError> {
        let passes = |record: &R| filters.pass(record);
        // Without conditions the page alone is read.
        let filter: Option<&dyn Fn(&R) -> bool> = if filters.0.is_empty() { None } else { Some(&passes) };
        self.page(&Listing { scope, keys, filter }, wanted)
    }
}

/// The time that a condition names, to the minute or to the second.
fn time_of(filters: &[FilterParam], key: &str) -> Result<Option<i64>, ApiError> {
    let Some(filter) = filters.iter().find(|filter| filter.key.as_deref() == Some(key)) else {
        return Ok(None);
    };
    let Some(text) = &filter.value else { return Ok(None) };
    let to_minute = |text: &str| timestamp::parse(&format!("{}:00Z", text.strip_suffix('Z')?));
    let at_ms = timestamp::parse(text).or_else(|| to_minute(text));
    at_ms.map(Some).ok_or_else(|| ParameterMalformed.about("Filter.N.Value"))
}
