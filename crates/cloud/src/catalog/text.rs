//! Values that world documents write as text.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// Longer spans make no sense and would overflow when added to a clock.
const SPAN_SECONDS_MAX: u64 = 100 * 366 * DAY;

/// A length of time in whole seconds, written `15m`, `24h`, or `900s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "SpanInput", into = "String")]
pub struct Span {
    seconds: u64,
}

impl Span {
    /// A span of so many seconds.
    pub const fn seconds(seconds: u64) -> Span {
        Span { seconds }
    }

    /// The span in seconds.
    pub const fn in_seconds(self) -> u64 {
        self.seconds
    }

    fn parse(text: &str) -> Option<Span> {
        let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = text[..unit_at].parse().ok()?;
        let unit = match &text[unit_at..] {
            "s" => 1,
            "m" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            _ => return None,
        };
        let seconds = number.checked_mul(unit)?;
        (seconds <= SPAN_SECONDS_MAX).then_some(Span { seconds })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seconds {
            0 => f.write_str("0s"),
            seconds if seconds % HOUR == 0 => write!(f, "{}h", seconds / HOUR),
            seconds if seconds % MINUTE == 0 => write!(f, "{}m", seconds / MINUTE),
            seconds => write!(f, "{seconds}s"),
        }
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.to_string()
    }
}

/// A span as a document may write it; a bare number means seconds.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a length of time such as 15m, 24h or 900s")]
enum SpanInput {
    Text(String),
    Seconds(u64),
}

impl TryFrom<SpanInput> for Span {
    type Error = String;

    fn try_from(input: SpanInput) -> Result<Span, String> {
        let text = match input {
            SpanInput::Text(text) => text,
            SpanInput::Seconds(seconds) => format!("{seconds}s"),
        };
        Span::parse(&text).ok_or_else(|| format!("{text} is not a length of time such as 15m, 24h or 900s"))
    }
}

/// How many calls go in one period, written `3/min` or `100/15m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rate {
    /// Calls that go in one period.
    pub calls: u64,
    /// Length of the period, at least a second.
    pub period: Span,
}

impl TryFrom<String> for Rate {
    type Error = String;

    fn try_from(text: String) -> Result<Rate, String> {
        let parse = || {
            let (calls, period) = text.split_once('/')?;
            let period = match period {
                "s" | "sec" | "second" => Span::seconds(1),
                "m" | "min" | "minute" => Span::seconds(MINUTE),
                "h" | "hour" => Span::seconds(HOUR),
                "d" | "day" => Span::seconds(DAY),
                span => Span::parse(span)?,
            };
            let rate = Rate { calls: calls.parse().ok()?, period };
            (period.seconds > 0).then_some(rate)
        };
        parse().ok_or_else(|| format!("{text} is not a rate such as 3/min or 100/15m"))
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> String {
        match rate.period.seconds {
            1 => format!("{}/s", rate.calls),
            MINUTE => format!("{}/min", rate.calls),
            HOUR => format!("{}/h", rate.calls),
            DAY => format!("{}/d", rate.calls),
            _ => format!("{}/{}", rate.calls, rate.period),
        }
    }
}

/// A second of UTC, written `2026-01-31T08:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UtcSecond {
    unix_seconds: i64,
}

impl UtcSecond {
    /// Seconds since 1970.
    pub const fn unix_seconds(self) -> i64 {
        self.unix_seconds
    }
}

impl TryFrom<String> for UtcSecond {
    type Error = String;

    fn try_from(text: String) -> Result<UtcSecond, String> {
        let at = OffsetDateTime::parse(&text, &Rfc3339)
            .map_err(|_| format!("{text} is not a time such as 2026-01-31T08:00:00Z"))?;
        // A local time at the edge of the calendar has no year in UTC that could be written back.
        let in_range =
            at.checked_to_offset(UtcOffset::UTC).is_some_and(|utc| (1..=9998).contains(&utc.year()));
        if !in_range {
            return Err(format!("{text} lies outside the calendar"));
        }
        Ok(UtcSecond { unix_seconds: at.unix_timestamp() })
    }
}

impl From<UtcSecond> for String {
    fn from(second: UtcSecond) -> String {
        let at = OffsetDateTime::from_unix_timestamp(second.unix_seconds)
            .expect("the constructor keeps the year within the calendar");
        let (date, (hour, minute, second)) = (at.date(), at.to_hms());
        format!("{date}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Everything, written `"*"`, or a list of names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NamesText", into = "NamesText")]
pub enum Names {
    /// Every name there is.
    All,
    /// These names and no other.
    Listed(BTreeSet<String>),
}

impl Names {
    /// Whether the name itself is among them; a listed `*` inside a name has no meaning here.
    pub fn contains(&self, name: &str) -> bool {
        match self {
            Names::All => true,
            Names::Listed(names) => names.contains(name),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected \"*\" or a list of names")]
enum NamesText {
    Word(String),
    List(BTreeSet<String>),
}

impl TryFrom<NamesText> for Names {
    type Error = String;

    fn try_from(text: NamesText) -> Result<Names, String> {
        match text {
            NamesText::Word(word) if word == "*" => Ok(Names::All),
            NamesText::Word(word) => Err(format!("{word} is neither \"*\" nor a list of names")),
            NamesText::List(names) => Ok(Names::Listed(names)),
        }
    }
}

impl From<Names> for NamesText {
    fn from(names: Names) -> NamesText {
        match names {
            Names::All => NamesText::Word("*".to_owned()),
            Names::Listed(names) => NamesText::List(names),
        }
    }
}

/// An account id from a document, where it may be text or a number.
pub(in crate::catalog) fn uid<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    UidText::deserialize(deserializer).map(String::from)
}

/// A list of account ids from a document.
pub(in crate::catalog) fn uids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<UidText>::deserialize(deserializer)?;
    Ok(texts.into_iter().map(String::from).collect())
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected an account id")]
enum UidText {
    Text(String),
    Number(u64),
}

impl From<UidText> for String {
    fn from(uid: UidText) -> String {
        match uid {
            UidText::Text(text) => text,
            UidText::Number(number) => number.to_string(),
        }
    }
}

/// Refuses an account id that is no decimal number.
pub(in crate::catalog) fn validate_uid(uid: &str) -> Result<(), String> {
    if uid.is_empty() || !uid.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("{uid:?} is not an account id, which has digits only"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::{Names, Rate, Span, UtcSecond};

    /// Reads the JSON text `given` and writes it again.
    fn again<T: Serialize + DeserializeOwned>(given: &str) -> Result<String, String> {
        let value: T = serde_json::from_str(given).map_err(|error| error.to_string())?;
        serde_json::to_string(&value).map_err(|error| error.to_string())
    }

    #[test]
    fn spans_are_written_in_their_largest_unit() {
        for (given, written) in
            [("\"15m\"", "\"15m\""), ("\"24h\"", "\"24h\""), ("\"900s\"", "\"15m\""), ("\"7s\"", "\"7s\"")]
        {
            assert_eq!(again::<Span>(given).unwrap(), written);
        }
        assert_eq!(again::<Span>("900").unwrap(), "\"15m\"");
        assert_eq!(again::<Span>("\"0m\"").unwrap(), "\"0s\"");
        for wrong in
            ["\"15\"", "\"m\"", "\"-1s\"", "\"1w\"", "-1", "\"99999999999999999999h\"", "\"99999999h\""]
        {
            assert!(again::<Span>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rates_are_calls_per_period() {
        for text in ["\"3/min\"", "\"10/s\"", "\"5/h\"", "\"1000/d\"", "\"100/15m\"", "\"0/min\""] {
            assert_eq!(again::<Rate>(text).unwrap(), text);
        }
        for wrong in ["\"3\"", "\"/min\"", "\"3/0s\"", "\"x/min\"", "\"3/week\"", "3"] {
            assert!(again::<Rate>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_are_kept_in_utc() {
        assert_eq!(again::<UtcSecond>("\"2026-01-31T16:00:00+08:00\"").unwrap(), "\"2026-01-31T08:00:00Z\"");
        for wrong in ["\"2026-01-31\"", "\"0000-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59-12:00\"", "5"] {
            assert!(again::<UtcSecond>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_all_or_a_list() {
        assert_eq!(again::<Names>("\"*\"").unwrap(), "\"*\"");
        assert_eq!(again::<Names>("[\"b\",\"a\"]").unwrap(), "[\"a\",\"b\"]");
        assert!(again::<Names>("\"b\"").is_err());
    }
}
