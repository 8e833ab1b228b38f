//! What an action is: the definition that parser, checks, tests and reference share.

use moyun_wire::params::Params;
use moyun_wire::shape::{Shape, ShapeSpec};

use crate::cx::Cx;
use crate::errors::{ApiError, ErrorRow};

/// A product of the cloud; its version tells its actions from those of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Product {
    /// Elastic Compute Service.
    Ecs,
    /// Virtual Private Cloud.
    Vpc,
    /// Security Token Service.
    Sts,
    /// Resource Access Management.
    Ram,
    /// The service that names endpoints.
    Location,
}

impl Product {
    /// Every product.
    pub const ALL: [Product; 5] = [Product::Ecs, Product::Vpc, Product::Sts, Product::Ram, Product::Location];

    /// The Version parameter of its requests.
    pub fn version(self) -> &'static str {
        match self {
            Product::Ecs => "2014-05-26",
            Product::Vpc => "2016-04-28",
            Product::Sts => "2015-04-01",
            Product::Ram => "2015-05-01",
            Product::Location => "2015-06-12",
        }
    }

    /// Its name as Alibaba Cloud writes it.
    pub fn name(self) -> &'static str {
        match self {
            Product::Ecs => "Ecs",
            Product::Vpc => "Vpc",
            Product::Sts => "Sts",
            Product::Ram => "Ram",
            Product::Location => "Location",
        }
    }

    /// What its actions and resources begin with in policies.
    pub fn ram_code(self) -> &'static str {
        match self {
            Product::Ecs => "ecs",
            Product::Vpc => "vpc",
            Product::Sts => "sts",
            Product::Ram => "ram",
            Product::Location => "location",
        }
    }
}

/// Whether an action may change anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It reads.
    Read,
    /// It may write; its writes are one transaction.
    Write,
}

/// What an action does with RegionId.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionUse {
    /// The caller names a region.
    Required,
    /// A region that is named must exist and hold what is asked for.
    Optional,
    /// RegionId means nothing here.
    None,
}

/// The definition of an action.
#[derive(Debug)]
pub struct ActionSpec {
    /// The product that offers it.
    pub product: Product,
    /// Its name on the wire.
    pub name: &'static str,
    /// What it does, for the caller.
    pub doc: &'static str,
    /// Whether it may change anything.
    pub mode: Mode,
    /// What it does with RegionId.
    pub region: RegionUse,
    /// What DryRun=true answers when every check passed; None where there is no DryRun.
    pub dry_run: Option<&'static ErrorRow>,
    /// Whether it takes a ClientToken.
    pub idempotent: bool,
    /// Whether it creates or enlarges something that is charged.
    pub billable: bool,
    /// Whether it is one of the two creations of instances, which have error rows of their own.
    pub creates_instances: bool,
    /// Whether only the account itself may call it, and no RAM identity.
    pub owner_only: bool,
    /// Its own parameters, in the order of the reference.
    pub params: &'static [ParamSpec],
    /// Its reply.
    pub reply: &'static ShapeSpec,
    /// Its own errors, in the order of its checks.
    pub raises: &'static [&'static ErrorRow],
}

/// One parameter.
#[derive(Debug)]
pub struct ParamSpec {
    /// Its name on the wire, within its group.
    pub name: &'static str,
    /// What it holds.
    pub kind: ParamKind,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// The row by which the action itself refuses its absence; None where it is refused like that of every other.
    pub missing: Option<&'static ErrorRow>,
    /// Whether it is accepted only from accounts with a grant.
    pub preview: bool,
    /// What counts when it is not given.
    pub default: Option<&'static str>,
    /// What it may be.
    pub limits: Limits,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The smallest and the largest number.
    pub range: Option<(i64, i64)>,
    /// The fewest and the most characters.
    pub len: Option<(usize, usize)>,
    /// The only values.
    pub one_of: &'static [&'static str],
    /// The most elements of a list.
    pub max_items: Option<usize>,
}

/// What a parameter holds.
#[derive(Debug, Clone, Copy)]
pub enum ParamKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number that may have a fraction.
    Number,
    /// true or false in any letter case.
    Boolean,
    /// A JSON array in text form.
    JsonList,
    /// Parameters under a common name.
    Group(&'static [ParamSpec]),
    /// Parameters that stand beside the others but are defined together.
    Flat(&'static [ParamSpec]),
    /// `Name.1`, `Name.2`, …
    List(&'static ParamKind),
}

/// A request that can be read off the wire.
pub trait Action: Sized {
    /// What it answers.
    type Reply: Shape;
    /// Its definition.
    const SPEC: &'static ActionSpec;
    /// Reads the parameters: first that nothing required is missing, then each in its type.
    fn read(params: &Params) -> Result<Self, ApiError>;
}

/// What an action does.
pub trait Run: Action {
    /// Judges the request against the state and changes it. A refusal leaves everything as it was.
    fn run(self, cx: &mut Cx<'_>) -> Result<Self::Reply, ApiError>;
}
