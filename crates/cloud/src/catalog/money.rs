//! Exact amounts of money.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const MICROS_PER_MILLI: i64 = 1_000;
const MICROS_PER_YUAN: i64 = 1_000_000;
const DECIMALS_MAX: usize = 6;
/// The highest price of an hour.
const PRICE_MAX: Money = Money::yuan(1_000_000);

/// An amount in CNY, exact to a millionth: a GiB of disk costs less than a thousandth an hour.
///
/// Documents show it as a plain number; records keep the integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money {
    micros: i64,
}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money { micros: 0 };

    /// Whole CNY.
    pub const fn yuan(yuan: i64) -> Money {
        Money { micros: yuan * MICROS_PER_YUAN }
    }

    /// Thousandths of a CNY.
    pub const fn milli(milli: i64) -> Money {
        Money { micros: milli * MICROS_PER_MILLI }
    }

    /// Millionths of a CNY.
    pub const fn micros(micros: i64) -> Money {
        Money { micros }
    }

    /// The amount in millionths of a CNY.
    pub const fn in_micros(self) -> i64 {
        self.micros
    }

    /// `percent` hundredths of the amount, rounded half up to three decimals.
    pub const fn percent_in_milli(self, percent: i64) -> Money {
        let unit = 100 * MICROS_PER_MILLI;
        Money::milli((self.micros * percent + unit / 2).div_euclid(unit))
    }

    /// Refuses what cannot be asked for an hour of anything, with a sentence.
    pub fn validate_price(self) -> Result<(), String> {
        match (Money::ZERO..=PRICE_MAX).contains(&self) {
            true => Ok(()),
            false => Err(format!("A price of an hour is 0 to {PRICE_MAX}, not {self}.")),
        }
    }

    /// How many decimals it takes to write the amount.
    pub fn decimals(self) -> usize {
        self.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money { micros: self.micros.saturating_add(other.micros) }
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money { micros: self.micros.saturating_sub(other.micros) }
    }
}

impl Mul<i64> for Money {
    type Output = Money;
    fn mul(self, times: i64) -> Money {
        Money { micros: self.micros.saturating_mul(times) }
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.micros < 0 { "-" } else { "" };
        let size = self.micros.unsigned_abs();
        let unit = MICROS_PER_YUAN.unsigned_abs();
        let decimals = format!("{:06}", size % unit);
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{}", size / unit),
            decimals => write!(f, "{sign}{}.{decimals}", size / unit),
        }
    }
}

impl FromStr for Money {
    type Err = String;

    /// Reads a decimal number with at most six decimals.
    fn from_str(text: &str) -> Result<Money, String> {
        let refused = || format!("{text} is not an amount of money with at most six decimals");
        let (negative, size) = match text.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, text),
        };
        let (whole, decimals) = size.split_once('.').unwrap_or((size, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(whole) || !are_digits(decimals) || decimals.len() > DECIMALS_MAX {
            return Err(refused());
        }
        let digits = format!("{whole}{decimals:0<DECIMALS_MAX$}");
        let micros: i64 = digits.parse().map_err(|_| refused())?;
        Ok(Money { micros: if negative { -micros } else { micros } })
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_i64(self.micros);
        }
        if self.micros % MICROS_PER_YUAN == 0 {
            return serializer.serialize_i64(self.micros / MICROS_PER_YUAN);
        }
        // The nearest double of a short decimal is written as that decimal again.
        serializer.serialize_f64(self.micros as f64 / MICROS_PER_YUAN as f64)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(PlainNumber)
        } else {
            i64::deserialize(deserializer).map(Money::micros)
        }
    }
}

/// Reads the plain number of a document.
struct PlainNumber;

impl Visitor<'_> for PlainNumber {
    type Value = Money;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount of money as a plain number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Money, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Money, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Money, E> {
        // Display writes the shortest decimal that means this double, which is what the document said.
        self.visit_str(&number.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Money, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn money_is_a_plain_number_in_documents() {
        for text in ["0", "1", "10000", "35.2", "0.66", "0.0005", "-3.5", "9999999.999999"] {
            let money: Money = serde_json::from_str(text).unwrap();
            assert_eq!(money.to_string(), text);
            assert_eq!(serde_json::to_string(&money).unwrap(), text);
        }
        assert_eq!(serde_json::from_str::<Money>("35.20").unwrap(), Money::milli(35_200));
        assert_eq!(serde_json::from_str::<Money>("1.00").unwrap(), Money::yuan(1));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["0.0000001", "1e30", "\"abc\"", "\"1.\"", "\".5\"", "\"--1\"", "true", "null"] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_is_rounded_to_three_decimals() {
        assert_eq!(Money::milli(660).percent_in_milli(20), Money::milli(132));
        assert_eq!(Money::milli(13).percent_in_milli(20), Money::milli(3));
        assert_eq!(Money::milli(12).percent_in_milli(20), Money::milli(2));
        assert_eq!(Money::milli(132).decimals(), 3);
    }
}
