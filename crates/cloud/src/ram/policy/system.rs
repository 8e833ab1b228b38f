//! The policies that every account has and none can change.

/// A policy of the system.
#[derive(Debug)]
pub struct SystemPolicy {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Its document.
    pub document: &'static str,
}

/// When the policies of the system were made: 2015-04-28T06:28:24Z.
pub const CREATED_MS: i64 = 1_430_202_504_000;

macro_rules! allows {
    ($($action:literal),+) => {
        concat!(
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["#,
            allows!(@list $($action),+),
            r#"],"Resource":"*"}]}"#
        )
    };
    (@list $first:literal) => { concat!("\"", $first, "\"") };
    (@list $first:literal, $($rest:literal),+) => {
        concat!("\"", $first, "\",", allows!(@list $($rest),+))
    };
}

const fn policy(name: &'static str, description: &'static str, document: &'static str) -> SystemPolicy {
    SystemPolicy { name, description, document }
}

/// All of them, by name.
pub const SYSTEM_POLICIES: &[SystemPolicy] = &[
    policy("AdministratorAccess", "Everything in the account.", allows!("*")),
    policy("AliyunBSSFullAccess", "Everything about bills and orders.", allows!("bss:*", "bssapi:*")),
    policy(
        "AliyunBSSOrderAccess",
        "To see, pay and cancel orders.",
        allows!("bss:DescribeOrderList", "bss:DescribeOrderDetail", "bss:PayOrder", "bss:CancelOrder"),
    ),
    policy(
        "AliyunBSSReadOnlyAccess",
        "To see bills and orders.",
        allows!("bss:Describe*", "bss:Query*", "bssapi:Describe*", "bssapi:Query*"),
    ),
    policy(
        "AliyunECSFullAccess",
        "Everything in Elastic Compute Service.",
        allows!("ecs:*", "vpc:DescribeVpcs", "vpc:DescribeVSwitches"),
    ),
    policy(
        "AliyunECSReadOnlyAccess",
        "To look at Elastic Compute Service.",
        allows!("ecs:Describe*", "ecs:List*", "vpc:DescribeVpcs", "vpc:DescribeVSwitches"),
    ),
    policy("AliyunEIPFullAccess", "Everything about elastic IP addresses.", allows!("vpc:*Eip*")),
    policy("AliyunRAMFullAccess", "Everything in Resource Access Management.", allows!("ram:*")),
    policy(
        "AliyunRAMReadOnlyAccess",
        "To look at Resource Access Management.",
        allows!("ram:Get*", "ram:List*"),
    ),
    policy("AliyunSTSAssumeRoleAccess", "To assume roles.", allows!("sts:AssumeRole")),
    policy("AliyunVPCFullAccess", "Everything in Virtual Private Cloud.", allows!("vpc:*")),
    policy(
        "AliyunVPCReadOnlyAccess",
        "To look at Virtual Private Cloud.",
        allows!("vpc:Describe*", "vpc:List*", "vpc:Get*"),
    ),
    policy(
        "ReadOnlyAccess",
        "To look at everything in the account.",
        allows!("*:Describe*", "*:List*", "*:Get*", "*:BatchGet*", "*:Query*", "*:BatchQuery*"),
    ),
];

/// The policy of the system of this name.
pub fn find(name: &str) -> Option<&'static SystemPolicy> {
    SYSTEM_POLICIES.iter().find(|policy| policy.name == name)
}
