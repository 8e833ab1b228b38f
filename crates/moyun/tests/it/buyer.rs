//! An account that has all it takes to buy instances.

use serde_json::Value;

use crate::process::Moyun;

const REGION: (&str, &str) = ("RegionId", "cn-hangzhou");

/// Who buys, and where the instances go.
pub(crate) struct Buyer {
    pub(crate) uid: String,
    key: String,
    secret: String,
    v_switch: String,
    group: String,
}

impl Buyer {
    /// A fresh account with a network. The clock is moved while the network comes to be.
    pub(crate) fn new(moyun: &Moyun) -> Buyer {
        let account = moyun.admin("POST", "/admin/accounts", "");
        let told = |name: &str| account[name].as_str().unwrap().to_owned();
        let (uid, key, secret) = (told("uid"), told("access_key_id"), told("access_key_secret"));
        let make = |action: &str, own: &[(&str, &str)], id: &str| {
            let made = moyun.call_as(&key, &secret, action, &[&[REGION], own].concat());
            moyun.admin("POST", "/admin/clock/advance", r#"{"seconds":5}"#);
            made[id].as_str().unwrap_or_else(|| panic!("{action}: {made}")).to_owned()
        };
        let vpc = make("Vpc:CreateVpc", &[("CidrBlock", "10.0.0.0/8")], "VpcId");
        let place = [("VpcId", &*vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "10.0.0.0/16")];
        let v_switch = make("Vpc:CreateVSwitch", &place, "VSwitchId");
        let group = make("CreateSecurityGroup", &[("VpcId", &vpc)], "SecurityGroupId");
        Buyer { uid, key, secret, v_switch, group }
    }

    /// A call of this account in the region.
    pub(crate) fn call(&self, moyun: &Moyun, action: &str, own: &[(&str, &str)]) -> Value {
        moyun.call_as(&self.key, &self.secret, action, &[&[REGION], own].concat())
    }

    /// RunInstances, with parameters beside those that say what and where.
    pub(crate) fn run(&self, moyun: &Moyun, own: &[(&str, &str)]) -> Value {
        self.call(moyun, "RunInstances", &[&self.request(), own].concat())
    }

    /// The bytes of such a call.
    pub(crate) fn run_request(&self, moyun: &Moyun, own: &[(&str, &str)]) -> String {
        let params = [&[REGION], &self.request()[..], own].concat();
        moyun.request(&self.key, &self.secret, "RunInstances", &params)
    }

    fn request(&self) -> [(&str, &str); 5] {
        [
            ("VSwitchId", &self.v_switch),
            ("SecurityGroupId", &self.group),
            ("ImageId", "centos_7_9_x64_20G_alibase_20230815.vhd"),
            ("InstanceType", "ecs.g5.large"),
            ("SystemDisk.Category", "cloud_efficiency"),
        ]
    }

    /// Changes the facts about the account.
    pub(crate) fn patch(&self, moyun: &Moyun, part: &str, patch: &str) {
        moyun.admin("PATCH", &format!("/admin/world/accounts/{}/{part}", self.uid), patch);
    }

    /// What the account has, in CNY.
    pub(crate) fn balance(&self, moyun: &Moyun) -> f64 {
        let balance = moyun.admin("GET", &format!("/admin/world/accounts/{}/billing/balance", self.uid), "");
        balance.as_f64().or_else(|| balance.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{balance}"))
    }
}

/// How many instances an answer made.
pub(crate) fn made(answer: &Value) -> usize {
    answer["InstanceIdSets"]["InstanceIdSet"].as_array().map_or(0, Vec::len)
}
