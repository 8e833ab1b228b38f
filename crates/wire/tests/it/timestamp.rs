//! Points in time.

use moyun_wire::timestamp::{parse, to_minute, to_second};

#[test]
fn known_points_in_time() {
    for (text, at_ms) in [
        ("1970-01-01T00:00:00Z", 0),
        ("2000-02-29T12:00:00Z", 951_825_600_000),
        ("2023-07-26T23:50:00Z", 1_690_415_400_000),
        ("1969-12-31T23:59:59Z", -1000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000),
    ] {
        assert_eq!(parse(text), Some(at_ms), "{text}");
        assert_eq!(to_second(at_ms), text);
    }
}

#[test]
fn other_forms_and_impossible_dates_are_refused() {
    for text in [
        "",
        "2023-07-26",
        "2023-07-26T23:50Z",
        "2023-07-26T23:50:00",
        "2023-07-26T23:50:00z",
        "2023-07-26t23:50:00Z",
        "2023-07-26 23:50:00Z",
        "2023-07-26T23:50:00.0Z",
        "2023-07-26T23:50:00+00:00",
        " 2023-07-26T23:50:00Z",
        "2023-07-26T23:50:00Z ",
        "+023-07-26T23:50:00Z",
        "2023-7-026T23:50:00Z",
        "２023-07-26T23:50Z",
        "2023-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2023-04-31T00:00:00Z",
        "2023-00-10T00:00:00Z",
        "2023-13-10T00:00:00Z",
        "2023-01-00T00:00:00Z",
        "2023-01-01T24:00:00Z",
        "2023-01-01T00:60:00Z",
        "2016-12-31T23:59:60Z",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn fractions_are_cut_off_towards_the_past() {
    assert_eq!(to_second(1_690_415_459_999), "2023-07-26T23:50:59Z");
    assert_eq!(to_minute(1_690_415_459_999), "2023-07-26T23:50Z");
    assert_eq!(to_second(-1), "1969-12-31T23:59:59Z");
}

#[test]
fn points_beyond_four_digit_years_are_their_nearest_end() {
    assert_eq!(to_second(i64::MAX), "9999-12-31T23:59:59Z");
    assert_eq!(to_minute(i64::MIN), "0000-01-01T00:00Z");
}
