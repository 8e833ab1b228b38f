//! States and requests that cases about tags share.

/// One tag more than a request takes.
macro_rules! twenty_one_tags {
    () => {
        "&Tag.1.Key=k1&Tag.2.Key=k2&Tag.3.Key=k3&Tag.4.Key=k4&Tag.5.Key=k5\
            &Tag.6.Key=k6&Tag.7.Key=k7&Tag.8.Key=k8&Tag.9.Key=k9&Tag.10.Key=k10\
            &Tag.11.Key=k11&Tag.12.Key=k12&Tag.13.Key=k13&Tag.14.Key=k14&Tag.15.Key=k15\
            &Tag.16.Key=k16&Tag.17.Key=k17&Tag.18.Key=k18&Tag.19.Key=k19&Tag.20.Key=k20\
            &Tag.21.Key=k21"
    };
}
pub(crate) use twenty_one_tags;
