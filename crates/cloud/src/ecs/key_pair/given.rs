//! States that the cases of key pairs start from.

use crate::ecs::instance::given::{one_running, run};
use crate::ecs::key_pair::KEY_PAIRS_MAX;
use crate::story::Story;

/// An RSA key whose private half nobody has.
pub const RSA_KEY: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDjSsVnJHpOr/0j6e5iF0t/log6FZNBXm4v+xWF1Qz0FmrlFtUVOXqAzUv6IZy+hPREZe3qsLnl0PMYXRnv8vuaOuowAX3ymHJuwnZdnKMPq0L5H4lz5OTK0DEcdpHBKpXOuHIQPVuHXj5srCI+s8dgFaT0UpuuY7hQ/3ivyCFP5PI2MCPXyftWi2hQ3bUdbsYdEOMapzNqC56OrPaWksr4LcsmGRleOmkk10CrwkGQAJlbfcPqLTiMNUGnDhvHJyCghXIk/5N4mJ9UQSg4J7Vnvm33Sqb86T+nm3vUw4JjWYi3rDQSaeG4GRSLhF4Ryjhn/1tipTgtVI+Y3SfepMoD";
/// An ECDSA key whose private half nobody has.
pub const ECDSA_KEY: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPdIYNW33ORxR1I4mTS7Qu06OdLYEVwM69cNTz0FEAlLJQsQaD4i2wwxAcQYjxXMCUkVhD25YVOKWBexgcg8WL0=";

/// Two keys to import, `$rsa` and `$ecdsa`, of which the first is there already as `login`, with the fingerprint `$fingerprint`.
pub fn one_key_pair(story: &mut Story) {
    public_keys(story);
    let request = "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$rsa&Tag.1.Key=team&Tag.1.Value=a";
    let made = story.call("ImportKeyPair", request);
    story.bind("fingerprint", made["KeyPairFingerPrint"].as_str().unwrap_or_default());
}

/// The same with a second key pair, `spare`, and an instance that logs in with the first one.
pub fn key_pair_in_use(story: &mut Story) {
    one_key_pair(story);
    story.pass_ms(1000);
    story.call("ImportKeyPair", "RegionId=cn-hangzhou&KeyPairName=spare&PublicKeyBody=$ecdsa");
    one_running(story);
    let request = "RegionId=cn-hangzhou&ImageId=centos_7_9_x64_20G_alibase_20230815.vhd&InstanceType=ecs.g5.large\
        &SystemDisk.Category=cloud_efficiency&SecurityGroupId=$sg&VSwitchId=$vsw&KeyPairName=login";
    story.call("RunInstances", request);
}

/// Two keys to import, `$rsa` and `$ecdsa`.
pub fn public_keys(story: &mut Story) {
    story.bind("rsa", RSA_KEY);
    story.bind("ecdsa", ECDSA_KEY);
}

/// As many key pairs as a region takes.
pub fn full_of_key_pairs(story: &mut Story) {
    public_keys(story);
    for n in 1..=KEY_PAIRS_MAX {
        story.call("ImportKeyPair", &format!("RegionId=cn-hangzhou&KeyPairName=login{n}&PublicKeyBody=$rsa"));
    }
}

/// A running instance `$i`, `$ids` that names it, and the key pair `login`.
pub fn instance_and_key_pair(story: &mut Story) {
    one_running(story);
    one_key_pair(story);
    let ids = format!("[\"{}\"]", story.named("i"));
    story.bind("ids", ids);
}

/// The same, where the key pair logs in to the instance.
pub fn instance_with_key_pair(story: &mut Story) {
    instance_and_key_pair(story);
    story.call("AttachKeyPair", "RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=$ids");
}

/// The same beside `$j` that is still being made, `$k` with Windows, and `$ids` that names all and one that is not there.
pub fn several_instances(story: &mut Story) {
    instance_with_key_pair(story);
    run(story, "k", "ImageId=win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd");
    story.pass_ms(10_000);
    run(story, "j", "InstanceName=web-2");
    let ids = ["i", "j", "k"].map(|name| format!("\"{}\",", story.named(name))).concat();
    story.bind("ids", format!("[{ids}\"i-none\"]"));
}
