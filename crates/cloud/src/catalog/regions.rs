//! Regions: what they are, and the facts about them that an operator may change.

use serde::{Deserialize, Serialize};

use crate::catalog::text::UtcSecond;

/// What never changes about a built-in region.
#[derive(Debug)]
pub struct Region {
    /// Name in requests, such as `cn-hangzhou`.
    pub id: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// City in the English names of its zones.
    pub city_en: &'static str,
    /// City in the Chinese names of its zones.
    pub city_zh: &'static str,
    /// Three characters that ids of its resources carry.
    pub tag: &'static str,
    /// Whether it lies in the Chinese mainland.
    pub mainland: bool,
}

impl Region {
    /// Host name of its ECS endpoint.
    pub fn endpoint(&self) -> String {
        format!("ecs.{}.aliyuncs.com", self.id)
    }

    /// The facts that a new world starts from.
    pub fn facts(&self) -> RegionFacts {
        // In this one region VPC instances have elastic IPs only, and no disk is encrypted.
        let full = self.id != "cn-qingdao";
        RegionFacts {
            mainland: self.mainland,
            state: RegionState::Normal,
            maintenance: Vec::new(),
            postpaid_sales: PostPaidSales::Open,
            disk_encryption: full,
            vpc_public_ip: full,
        }
    }
}

/// The facts about a region: `regions.R` of the world document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionFacts {
    /// Whether it lies in the Chinese mainland, where buyers must be verified.
    pub mainland: bool,
    /// Whether its control plane answers.
    pub state: RegionState,
    /// Announced times of maintenance.
    #[serde(default)]
    pub maintenance: Vec<MaintenanceWindow>,
    /// Whether it sells PostPaid instances.
    pub postpaid_sales: PostPaidSales,
    /// Whether its disks can be encrypted.
    pub disk_encryption: bool,
    /// Whether VPC instances can hold a public address of their own.
    pub vpc_public_ip: bool,
}

impl RegionFacts {
    /// Refuses values that no region can have, with a sentence.
    pub fn validate(&self) -> Result<(), String> {
        for window in &self.maintenance {
            if window.from >= window.to {
                return Err(format!(
                    "A maintenance window ends after it begins, but one runs from {} to {}.",
                    String::from(window.from),
                    String::from(window.to)
                ));
            }
        }
        Ok(())
    }
}

/// Whether the control plane of a region answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionState {
    /// It answers.
    Normal,
    /// It is down.
    Unavailable,
}

/// Whether a region sells PostPaid instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostPaidSales {
    /// It does.
    Open,
    /// Not at present.
    Suspended,
}

/// A time of maintenance, its end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaintenanceWindow {
    /// First second.
    pub from: UtcSecond,
    /// First second after it.
    pub to: UtcSecond,
}

/// Every built-in region.
pub fn all() -> &'static [Region] {
    REGIONS
}

/// The built-in region of this id.
pub fn find(id: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.id == id)
}

/// The regions of a new world, by id.
pub fn builtin_regions() -> Vec<(String, RegionFacts)> {
    REGIONS.iter().map(|region| (region.id.to_owned(), region.facts())).collect()
}

static REGIONS: &[Region] = &[
    region("cn-hangzhou", ["China (Hangzhou)", "华东1（杭州）"], ["Hangzhou", "杭州"], "bp1", true),
    region("cn-shanghai", ["China (Shanghai)", "华东2（上海）"], ["Shanghai", "上海"], "uf6", true),
    region("cn-beijing", ["China (Beijing)", "华北2（北京）"], ["Beijing", "北京"], "2ze", true),
    region("cn-shenzhen", ["China (Shenzhen)", "华南1（深圳）"], ["Shenzhen", "深圳"], "wz9", true),
    region("cn-qingdao", ["China (Qingdao)", "华北1（青岛）"], ["Qingdao", "青岛"], "m5e", true),
    region("cn-hongkong", ["China (Hong Kong)", "中国香港"], ["Hong Kong", "香港"], "j6c", false),
    region("ap-southeast-1", ["Singapore", "新加坡"], ["Singapore", "新加坡"], "t4n", false),
    region("us-west-1", ["US (Silicon Valley)", "美国（硅谷）"], ["Silicon Valley", "硅谷"], "rj9", false),
];

const fn region(
    id: &'static str,
    [name_en, name_zh]: [&'static str; 2],
    [city_en, city_zh]: [&'static str; 2],
    tag: &'static str,
    mainland: bool,
) -> Region {
    Region { id, name_en, name_zh, city_en, city_zh, tag, mainland }
}
