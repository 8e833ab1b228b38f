//! Texts and numbers at the edges of what they may be: the last that is taken, and the first that is not.

use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::errors::{
    BandwidthInInvalid, BandwidthOutInvalid, DescriptionMalformed, DiskDescriptionMalformed,
    DiskNameMalformed, ErrorRow, HostNameMalformed, HostNameUnfitForGuest, InstanceNameMalformed,
    ParameterMalformed, PasswordMalformed, SpotPriceLimitBelowMarket, SpotPriceLimitInvalid, TagKeyDuplicate,
    TagKeyMalformed, TagValueMalformed, TooManyTags, UserDataTooLong,
};
use moyun_cloud::story::Story;

use crate::creation::REQUEST;

const WINDOWS: &str = "&ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd";

/// A rehearsal of both actions with the value passes, or is refused by the row.
struct Edge {
    story: Story,
    more: String,
    parameter: &'static str,
    row: &'static ErrorRow,
}

impl Edge {
    fn of(parameter: &'static str, row: &'static ErrorRow) -> Edge {
        Edge::with("", parameter, row)
    }

    fn with(more: impl Into<String>, parameter: &'static str, row: &'static ErrorRow) -> Edge {
        let mut story = Story::begin();
        base(&mut story);
        Edge { story, more: more.into(), parameter, row }
    }

    fn takes(&mut self, values: &[&str]) {
        values.iter().for_each(|value| self.judge(value, "DryRunPassed"));
    }

    fn refuses(&mut self, values: &[&str]) {
        values.iter().for_each(|value| self.judge(value, self.row.name));
    }

    fn judge(&mut self, value: &str, verdict: &str) {
        self.story.bind("value", value);
        let request = format!("{REQUEST}{}&DryRun=true&{}=$value", self.more, self.parameter);
        for action in ["RunInstances", "CreateInstance"] {
            let refusal = self.story.try_call(action, &request).expect_err("a rehearsal answers no reply");
            assert_eq!(refusal.row.name, verdict, "{action} {}={value}", self.parameter);
        }
    }
}

/// A text of one character, repeated.
fn long(character: &str, length: usize) -> String {
    character.repeat(length)
}

#[test]
fn names_of_instances_and_disks() {
    for (more, parameter, row) in [
        ("", "InstanceName", &InstanceNameMalformed),
        ("", "SystemDisk.DiskName", &DiskNameMalformed),
        ("&DataDisk.1.Size=20", "DataDisk.1.DiskName", &DiskNameMalformed),
    ] {
        let mut edge = Edge::with(more, parameter, row);
        edge.takes(&["ab", "模云", "模1", "a:_.-9", "http:ab", &long("a", 128), &long("云", 128)]);
        edge.refuses(&["a", "云", "1a", "-a", "_模", "a b", "a*b", "a，b", "http://ab", "https://模云"]);
        edge.refuses(&[&long("a", 129), &long("云", 129)]);
    }
    // Brackets and commas are for numbering.
    Edge::of("InstanceName", &InstanceNameMalformed).takes(&["web-[1,3]", "网站[1,3]"]);
    Edge::of("SystemDisk.DiskName", &DiskNameMalformed).refuses(&["web-[1,3]", "网站[1,3]"]);
}

#[test]
fn descriptions_of_instances_and_disks() {
    for (more, parameter, row) in [
        ("", "Description", &DescriptionMalformed),
        ("", "SystemDisk.Description", &DiskDescriptionMalformed),
        ("&DataDisk.1.Size=20", "DataDisk.1.Description", &DiskDescriptionMalformed),
    ] {
        let mut edge = Edge::with(more, parameter, row);
        edge.takes(&["ab", "模云", "1 *", "http:/a", "see http://a", &long("a", 256), &long("云", 256)]);
        edge.refuses(&["a", "云", "http://a", "https://模云", &long("a", 257), &long("云", 257)]);
    }
}

#[test]
fn host_names() {
    let mut linux = Edge::of("HostName", &HostNameMalformed);
    linux.takes(&["ab", "12", "web.prod", "a-b.c-d", &long("a", 64)]);
    linux.refuses(&["a", "-ab", "ab-", ".ab", "ab.", "a..b", "a--b", "a_b", "a b", "模云", &long("a", 65)]);
    let mut windows = Edge::with(WINDOWS, "HostName", &HostNameUnfitForGuest);
    windows.takes(&["ab", "a1", "a-b", "1-2", &long("a", 15)]);
    windows.refuses(&["a.b", "12345678", &long("a", 16), &long("a", 64)]);
    // What no guest takes is wrong in general.
    Edge::with(WINDOWS, "HostName", &HostNameMalformed).refuses(&["a", "a_b", "模云", &long("a", 65)]);
}

#[test]
fn passwords() {
    let of_length = |length: usize| format!("Aa1{}", long("a", length - 3));
    let mut linux = Edge::of("Password", &PasswordMalformed);
    linux.takes(&[&of_length(8), &of_length(30), "/Passw0rd", "ABCdefg!", "abc123!?", "ABC123.,"]);
    linux.takes(&["Aa0()`~!@#$%^&*-_+=|{}[]:;", "Aa0'<>,.?/12"]);
    linux.refuses(&[&of_length(7), &of_length(31), "abcdefgh", "ABCDEFGH", "12345678", "!!!!!!!!"]);
    linux.refuses(&[
        "abcdefg1",
        "ABCDefgh",
        "1234567!",
        "Passw0rd 1",
        "Passw0rd\"",
        "Passw0rd\\",
        "密码Passw0rd",
    ]);
    let mut windows = Edge::with(WINDOWS, "Password", &PasswordMalformed);
    windows.takes(&["Passw0rd/", "Pa/ssw0rd"]);
    windows.refuses(&["/Passw0rd"]);
}

#[test]
fn tags() {
    let mut key = Edge::of("Tag.1.Key", &TagKeyMalformed);
    key.takes(&["a", "云", "my aliyun", "my acs:", &long("a", 128), &long("云", 128)]);
    key.refuses(&[
        "aliyun",
        "aliyun云",
        "acs:a",
        "http://a",
        "a https://b",
        &long("a", 129),
        &long("云", 129),
    ]);
    let mut value = Edge::with("&Tag.1.Key=a", "Tag.1.Value", &TagValueMalformed);
    value.takes(&["", "云", "aliyun", "acs:a", &long("a", 128), &long("云", 128)]);
    value.refuses(&["http://a", "a https://b", &long("a", 129), &long("云", 129)]);
    let mut second = Edge::with("&Tag.1.Key=云", "Tag.2.Key", &TagKeyDuplicate);
    second.takes(&["A", "云朵"]);
    second.refuses(&["云"]);
    let nineteen: String = (1..=19).map(|n| format!("&Tag.{n}.Key=k{n}")).collect();
    Edge::with(&nineteen, "Tag.20.Key", &TooManyTags).takes(&["k20"]);
    Edge::with(nineteen + "&Tag.20.Key=k20", "Tag.21.Key", &TooManyTags).refuses(&["k21"]);
}

#[test]
fn numbers() {
    let mut out = Edge::of("InternetMaxBandwidthOut", &BandwidthOutInvalid);
    out.takes(&["0", "1", "100"]);
    out.refuses(&["-1", "101", "1.5", "ten", "十"]);
    let mut inward = Edge::of("InternetMaxBandwidthIn", &BandwidthInInvalid);
    inward.takes(&["1", "200"]);
    inward.refuses(&["0", "-1", "201", "1.5", "ten", "十"]);
    let bid = "&SpotStrategy=SpotWithPriceLimit";
    let mut price = Edge::with(bid, "SpotPriceLimit", &SpotPriceLimitInvalid);
    price.takes(&["0.132", "1", "99.999"]);
    price.refuses(&["", "0", "-1", "0.1321", "abc", "一"]);
    Edge::with(bid, "SpotPriceLimit", &SpotPriceLimitBelowMarket).refuses(&["0.001", "0.131"]);
}

#[test]
fn long_texts() {
    let mut token = Edge::of("ClientToken", &ParameterMalformed);
    token.takes(&["a", &long("a", 64)]);
    token.refuses(&["模云", &long("a", 65)]);
    let mut data = Edge::of("UserData", &UserDataTooLong);
    // Three bytes each; 32 KiB and a byte less or more.
    data.takes(&[&long("QUFB", 10_922), &(long("QUFB", 10_922) + "QUE=")]);
    data.refuses(&[&long("QUFB", 10_923)]);
}

#[test]
fn amounts() {
    let mut story = Story::begin();
    base(&mut story);
    for (amount, verdict) in [
        ("1", "DryRunPassed"),
        ("100", "DryRunPassed"),
        ("0", "AmountInvalid"),
        ("-1", "AmountInvalid"),
        ("101", "AmountInvalid"),
        ("1.5", "AmountInvalid"),
        ("三", "AmountInvalid"),
    ] {
        let request = format!("{REQUEST}&DryRun=true&Amount={amount}");
        let refusal = story.try_call("RunInstances", &request).expect_err("a rehearsal answers no reply");
        assert_eq!(refusal.row.name, verdict, "{amount}");
    }
}
