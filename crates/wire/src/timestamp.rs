//! Points in time as the protocol spells them: UTC, ISO 8601. Inside they are milliseconds since the epoch.

use time::{Date, Month, OffsetDateTime, Time};

/// The last second that four digits of a year can spell.
const LAST_SECOND: i64 = 253_402_300_799;
/// The first second of the year 0000.
const FIRST_SECOND: i64 = -62_167_219_200;

/// The milliseconds since the epoch that `YYYY-MM-DDThh:mm:ssZ` stands for.
///
/// `None` for any other form and for a date that the calendar does not have.
pub fn parse(text: &str) -> Option<i64> {
    let bytes: &[u8; 20] = text.as_bytes().try_into().ok()?;
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
    if marks.iter().any(|&(at, mark)| bytes[at] != mark) {
        return None;
    }
    let month = Month::try_from(pair(bytes, 5)?).ok()?;
    let year = i32::from(pair(bytes, 0)?) * 100 + i32::from(pair(bytes, 2)?);
    let date = Date::from_calendar_date(year, month, pair(bytes, 8)?).ok()?;
    let time = Time::from_hms(pair(bytes, 11)?, pair(bytes, 14)?, pair(bytes, 17)?).ok()?;
    Some(date.with_time(time).assume_utc().unix_timestamp() * 1000)
}

/// The point in time to the second: `2023-07-26T23:50:00Z`.
pub fn to_second(at_ms: i64) -> String {
    let at = date_time(at_ms);
    format!("{}:{:02}Z", minute_text(at), at.second())
}

/// The point in time to the minute: `2023-07-26T23:50Z`.
pub fn to_minute(at_ms: i64) -> String {
    format!("{}Z", minute_text(date_time(at_ms)))
}

fn minute_text(at: OffsetDateTime) -> String {
    let (year, month, day) = at.to_calendar_date();
    format!("{year:04}-{:02}-{day:02}T{:02}:{:02}", u8::from(month), at.hour(), at.minute())
}

/// A point in time outside the years 0000 to 9999 is taken as their nearest end.
fn date_time(at_ms: i64) -> OffsetDateTime {
    let second = at_ms.div_euclid(1000).clamp(FIRST_SECOND, LAST_SECOND);
    OffsetDateTime::from_unix_timestamp(second).expect("the years 0000 to 9999 are in the calendar")
}

/// The two decimal digits at this place.
fn pair(bytes: &[u8; 20], at: usize) -> Option<u8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    Some(digit(bytes[at])? * 10 + digit(bytes[at + 1])?)
}
