//! Key pairs over several calls.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crypto_bigint::{BoxedUint, ConcatenatingMul, Resize};
use moyun_cloud::ecs::instance::creation::given::base;
use moyun_cloud::ecs::key_pair::given::{key_pair_in_use, one_key_pair, public_keys};
use moyun_cloud::errors::{KeyPairExists, KeyPairInUse, KeyPairWithWindows};
use moyun_cloud::story::Story;

use crate::given::another_account;

const LIST: &str = "RegionId=cn-hangzhou&IncludePublicKey=true";

#[test]
fn a_private_key_fits_its_public_key() {
    let mut story = Story::begin();
    let made = story.call("CreateKeyPair", "RegionId=cn-hangzhou&KeyPairName=login");
    let shown = &story.call("DescribeKeyPairs", LIST)["KeyPairs"]["KeyPair"][0];
    assert_eq!(shown["KeyPairFingerPrint"], made["KeyPairFingerPrint"]);
    assert!(shown.get("PrivateKeyBody").is_none());

    let private = integers(made["PrivateKeyBody"].as_str().unwrap());
    let [version, n, e, d, p, q, d_p, d_q, q_inverse] = &private[..] else { panic!("{}", private.len()) };
    let public = shown["PublicKey"].as_str().unwrap().strip_prefix("ssh-rsa ").unwrap();
    let fields = [&b"ssh-rsa"[..], e, n];
    let blob: Vec<u8> = fields.iter().flat_map(|field| ssh_field(field)).collect();
    assert_eq!(STANDARD.decode(public).unwrap(), blob);

    let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, 2112).unwrap();
    let one = number(&[1]);
    assert_eq!(version, &[0]);
    assert_eq!(number(n).bits(), 2048);
    assert_eq!(number(p).concatenating_mul(&number(q)), number(n));
    let times = |a: &[u8], b: &[u8], modulus: &BoxedUint| {
        let modulus = modulus.clone().resize(4224).to_nz().unwrap();
        number(a).concatenating_mul(&number(b)).rem(&modulus)
    };
    for (prime, at_prime) in [(p, d_p), (q, d_q)] {
        let less = number(prime).wrapping_sub(&one);
        assert_eq!(times(e, d, &less), one);
        assert_eq!(times(e, at_prime, &less), one);
    }
    assert_eq!(times(q, q_inverse, &number(p)), one);
}

#[test]
fn names_are_free_again_after_deletion_and_in_other_regions() {
    let mut story = Story::begin();
    one_key_pair(&mut story);
    let import = "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$ecdsa";
    assert_eq!(story.try_call("ImportKeyPair", import).unwrap_err().row, &KeyPairExists);
    story.call("ImportKeyPair", &import.replace("hangzhou", "beijing"));
    story.call("DeleteKeyPairs", "RegionId=cn-hangzhou&KeyPairNames=[\"login\"]");
    story.call("ImportKeyPair", import);
}

#[test]
fn a_key_pair_is_kept_while_an_instance_logs_in_with_it() {
    let mut story = Story::begin();
    key_pair_in_use(&mut story);
    let delete = "RegionId=cn-hangzhou&KeyPairNames=[\"login\"]";
    assert_eq!(story.try_call("DeleteKeyPairs", delete).unwrap_err().row, &KeyPairInUse);
    let shown = story.call("DescribeInstances", "RegionId=cn-hangzhou&KeyPairName=login");
    assert_eq!(shown["TotalCount"], 1);
    let id = shown["Instances"]["Instance"][0]["InstanceId"].as_str().unwrap();
    story.pass_ms(60_000);
    story.call("DeleteInstance", &format!("InstanceId={id}&Force=true"));
    story.call("DeleteKeyPairs", delete);
}

#[test]
fn a_windows_of_ones_own_image_takes_no_key_pair() {
    let mut story = Story::begin();
    one_key_pair(&mut story);
    base(&mut story);
    let order = |image: &str| {
        format!(
            "RegionId=cn-hangzhou&SecurityGroupId=$g&VSwitchId=$w&InstanceType=ecs.g5.large\
             &SystemDisk.Category=cloud_efficiency&ImageId={image}"
        )
    };
    let first = "InstanceIdSets/InstanceIdSet/0";
    story.make("i", "RunInstances", &order("win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd"), first);
    story.pass_ms(60_000);
    story.make("m", "CreateImage", "RegionId=cn-hangzhou&InstanceId=$i", "ImageId");
    story.pass_ms(60_000);
    story.make("j", "RunInstances", &order("$m"), first);
    story.make("linux", "RunInstances", &order("centos_7_9_x64_20G_alibase_20230815.vhd"), first);
    story.pass_ms(60_000);
    for (instance, code) in
        [("$i", KeyPairWithWindows.code), ("$j", KeyPairWithWindows.code), ("$linux", "200")]
    {
        let request = format!("RegionId=cn-hangzhou&KeyPairName=login&InstanceIds=[\"{instance}\"]");
        let reply = story.call("AttachKeyPair", &request);
        assert_eq!(reply["Results"]["Result"][0]["Code"], code, "{instance}: {reply}");
    }
}

#[test]
fn two_accounts_never_meet() {
    let mut story = Story::begin();
    one_key_pair(&mut story);
    public_keys(&mut story);
    another_account(&mut story);
    assert_eq!(story.call("DescribeKeyPairs", LIST)["TotalCount"], 0);
    story.call("DeleteKeyPairs", "RegionId=cn-hangzhou&KeyPairNames=[\"login\"]");
    story.call("ImportKeyPair", "RegionId=cn-hangzhou&KeyPairName=login&PublicKeyBody=$ecdsa");
    story.act_as("1000000000000001");
    let listed = story.call("DescribeKeyPairs", LIST);
    assert_eq!(listed["KeyPairs"]["KeyPair"][0]["KeyPairFingerPrint"], story.named("fingerprint"));
}

/// The numbers of a PKCS #1 key.
fn integers(pem: &str) -> Vec<Vec<u8>> {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = STANDARD.decode(body).expect("PEM holds Base64");
    let (tag, mut rest, after) = value(&der);
    assert_eq!((tag, after.len()), (0x30, 0));
    let mut integers = vec![];
    while !rest.is_empty() {
        let (tag, integer, after) = value(rest);
        assert_eq!(tag, 0x02);
        integers.push(integer.to_vec());
        rest = after;
    }
    integers
}

/// The first DER value: its tag, what it holds, what follows.
fn value(der: &[u8]) -> (u8, &[u8], &[u8]) {
    let (head, rest) = der.split_at(2);
    let (length, rest) = match head[1] {
        short @ ..0x80 => (usize::from(short), rest),
        long => {
            let (length, rest) = rest.split_at(usize::from(long & 0x7f));
            (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
    };
    let (held, after) = rest.split_at(length);
    (head[0], held, after)
}

fn ssh_field(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).expect("keys are short").to_be_bytes(), bytes].concat()
}
