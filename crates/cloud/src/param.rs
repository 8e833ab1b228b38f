//! Reads typed parameters; the derives call into this.

use std::borrow::Cow;
use std::collections::BTreeMap;

use moyun_wire::params::Params;

use crate::errors::{
    ApiError, ErrorRow, ParameterMalformed, RequiredParameterEmpty, RequiredParameterMissing,
};
use crate::spec::{ParamKind, ParamSpec};

/// A single value that a parameter can hold.
pub trait Param: Sized {
    /// What it is, for the reference.
    const KIND: ParamKind;
    /// Reads it; None when the text is not of this type.
    fn read(text: &str) -> Option<Self>;
}

/// Parameters that belong together.
pub trait Group: Sized {
    /// The parameters, for the reference.
    const PARAMS: &'static [ParamSpec];
    /// Refuses absent or empty required parameters.
    fn check_required(params: &Params, prefix: &str) -> Result<(), ApiError>;
    /// Reads the parameters that start with the prefix.
    fn read(params: &Params, prefix: &str) -> Result<Self, ApiError>;
}

/// What a value must satisfy beyond its type.
pub struct Rules<T: 'static> {
    /// The row that refuses everything else.
    pub row: &'static ErrorRow,
    /// The smallest and the largest number.
    pub range: Option<(i64, i64)>,
    /// The fewest and the most characters.
    pub len: Option<(usize, usize)>,
    /// The only values.
    pub one_of: &'static [&'static str],
    /// A rule of its own.
    pub check: Option<fn(&T) -> bool>,
}

impl<T> Rules<T> {
    /// Nothing beyond the type.
    pub const PLAIN: Rules<T> =
        Rules { row: &ParameterMalformed, range: None, len: None, one_of: &[], check: None };

    fn accept(&self, text: &str) -> Option<T>
    where
        T: Param,
    {
        let fits_range = |(from, to)| text.parse::<i64>().is_ok_and(|number| (from..=to).contains(&number));
        let fits_len = |(from, to)| (from..=to).contains(&text.chars().count());
        let fits = self.range.is_none_or(fits_range)
            && self.len.is_none_or(fits_len)
            && (self.one_of.is_empty() || self.one_of.contains(&text));
        T::read(text).filter(|value| fits && self.check.is_none_or(|check| check(value)))
    }

    fn read(&self, name: &str, text: &str) -> Result<T, ApiError>
    where
        T: Param,
    {
        self.accept(text).ok_or_else(|| self.row.about(name))
    }
}

/// A parameter that must be there; [`check_present`] has seen to that.
pub fn required<T: Param>(
    params: &Params,
    prefix: &str,
    name: &str,
    rules: &Rules<T>,
) -> Result<T, ApiError> {
    let name = join(prefix, name);
    let text = params.get(&name).ok_or_else(|| RequiredParameterMissing.with("name", &*name))?;
    rules.read(&name, text)
}

/// A parameter that may be absent or empty.
pub fn optional<T: Param>(
    params: &Params,
    prefix: &str,
    name: &str,
    rules: &Rules<T>,
) -> Result<Option<T>, ApiError> {
    let name = join(prefix, name);
    params.given(&name).map(|text| rules.read(&name, text)).transpose()
}

/// `Name.1`, `Name.2`, … in the order of their numbers; empty elements count as not given.
pub fn list<T: Param>(
    params: &Params,
    prefix: &str,
    name: &str,
    max_items: usize,
    rules: &Rules<T>,
) -> Result<Vec<T>, ApiError> {
    let name = join(prefix, name);
    let indices = params.indices(&name);
    if indices.len() > max_items {
        return Err(rules.row.about(&name));
    }
    let mut values = vec![];
    for n in indices {
        let element = format!("{name}.{n}");
        if let Some(text) = params.given(&element) {
            values.push(rules.read(&element, text)?);
        }
    }
    Ok(values)
}

/// A group under a name.
pub fn group<G: Group>(params: &Params, prefix: &str, name: &str) -> Result<G, ApiError> {
    G::read(params, &format!("{prefix}{name}."))
}

/// A group of which something is given.
pub fn optional_group<G: Group>(params: &Params, prefix: &str, name: &str) -> Result<Option<G>, ApiError> {
    let prefix = format!("{prefix}{name}.");
    if !has_any(params, &prefix) {
        return Ok(None);
    }
    G::read(params, &prefix).map(Some)
}

/// `Name.1.Key`, `Name.2.Key`, … in the order of their numbers.
pub fn groups<G: Group>(
    params: &Params,
    prefix: &str,
    name: &str,
    max_items: usize,
    row: &'static ErrorRow,
) -> Result<Vec<G>, ApiError> {
    let name = join(prefix, name);
    let indices = params.indices(&name);
    if indices.len() > max_items {
        return Err(row.about(&name));
    }
    indices.into_iter().map(|n| G::read(params, &format!("{name}.{n}."))).collect()
}

/// The same, or all of it as a JSON array in one parameter: `Name=[{"Key":"…"},…]`.
pub fn json_groups<G: Group>(
    params: &Params,
    prefix: &str,
    name: &str,
    max_items: usize,
    row: &'static ErrorRow,
) -> Result<Vec<G>, ApiError> {
    let whole = join(prefix, name);
    let Some(text) = params.given(&whole) else {
        return groups(params, prefix, name, max_items, row);
    };
    let elements: Vec<BTreeMap<String, String>> =
        serde_json::from_str(text).map_err(|_| row.about(&whole))?;
    let pairs = elements.into_iter().zip(1..).flat_map(|(fields, n)| {
        let whole = &whole;
        fields.into_iter().map(move |(field, value)| (format!("{whole}.{n}.{field}"), value))
    });
    let params = Params::from_pairs(pairs.collect::<Vec<_>>());
    check_groups::<G>(&params, prefix, name)?;
    groups(&params, prefix, name, max_items, row)
}

/// Refuses a required parameter that is absent or empty.
pub fn check_present(params: &Params, prefix: &str, name: &str) -> Result<(), ApiError> {
    let name = join(prefix, name);
    match params.get(&name) {
        None => Err(RequiredParameterMissing.with("name", &*name)),
        Some("") => Err(RequiredParameterEmpty.about(&name)),
        Some(_) => Ok(()),
    }
}

/// Refuses a parameter that is absent or empty while none of the others is given in its place.
pub fn check_present_unless(
    params: &Params,
    prefix: &str,
    name: &str,
    others: &[&str],
) -> Result<(), ApiError> {
    let is_given = |other: &&str| {
        let other = join(prefix, other);
        params.given(&other).is_some() || has_any(params, &format!("{other}."))
    };
    if others.iter().any(is_given) { Ok(()) } else { check_present(params, prefix, name) }
}

/// Refuses a required list without elements.
pub fn check_present_list(params: &Params, prefix: &str, name: &str) -> Result<(), ApiError> {
    let name = join(prefix, name);
    let indices = params.indices(&name);
    if indices.is_empty() {
        return Err(RequiredParameterMissing.with("name", &*name));
    }
    match indices.iter().any(|n| params.get(&format!("{name}.{n}")) == Some("")) {
        true => Err(RequiredParameterEmpty.about(&name)),
        false => Ok(()),
    }
}

/// Looks into a group for required parameters.
pub fn check_group<G: Group>(params: &Params, prefix: &str, name: &str) -> Result<(), ApiError> {
    G::check_required(params, &format!("{prefix}{name}."))
}

/// Looks into a group of which something is given for required parameters.
pub fn check_optional_group<G: Group>(params: &Params, prefix: &str, name: &str) -> Result<(), ApiError> {
    let prefix = format!("{prefix}{name}.");
    if has_any(params, &prefix) { G::check_required(params, &prefix) } else { Ok(()) }
}

/// Looks into each group of a list for required parameters.
pub fn check_groups<G: Group>(params: &Params, prefix: &str, name: &str) -> Result<(), ApiError> {
    let name = join(prefix, name);
    params.indices(&name).into_iter().try_for_each(|n| G::check_required(params, &format!("{name}.{n}.")))
}

impl Param for String {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<String> {
        Some(text.to_owned())
    }
}

impl Param for bool {
    const KIND: ParamKind = ParamKind::Boolean;
    fn read(text: &str) -> Option<bool> {
        match text {
            _ if text.eq_ignore_ascii_case("true") => Some(true),
            _ if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

impl Param for f64 {
    const KIND: ParamKind = ParamKind::Number;
    fn read(text: &str) -> Option<f64> {
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Param for $type {
            const KIND: ParamKind = ParamKind::Integer;
            fn read(text: &str) -> Option<$type> {
                // A leading plus is no digit.
                (!text.starts_with('+')).then(|| text.parse().ok()).flatten()
            }
        }
    )*};
}
integers!(i64, u32, usize);

/// A JSON array of texts inside one parameter, such as `InstanceIds=["i-1","i-2"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonList(pub Vec<String>);

impl Param for JsonList {
    const KIND: ParamKind = ParamKind::JsonList;
    fn read(text: &str) -> Option<JsonList> {
        serde_json::from_str(text).ok().map(JsonList)
    }
}

/// Texts with commas between them inside one parameter, such as `InstanceId=i-1,i-2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommaList(pub Vec<String>);

impl CommaList {
    /// Whether there are no more than a hundred.
    pub fn is_short(&self) -> bool {
        self.0.len() <= 100
    }
}

impl Param for CommaList {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<CommaList> {
        Some(CommaList(text.split(',').map(|text| text.trim().to_owned()).collect()))
    }
}

fn join<'a>(prefix: &str, name: &'a str) -> Cow<'a, str> {
    if prefix.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{prefix}{name}")) }
}

fn has_any(params: &Params, prefix: &str) -> bool {
    params.iter().any(|(name, value)| name.starts_with(prefix) && !value.is_empty())
}
