//! DescribeEndpoints.

use moyun_derive::{Action, Shape};

use crate::case::{Case, nothing};
use crate::cx::Cx;
use crate::errors::{ApiError, RegionNotFound, RequiredParameterEmpty, RequiredParameterMissing};
use crate::ids::RegionId;
use crate::spec::{Product, Run};
use crate::world::Fact;

/// The one kind of endpoint that there is.
const OPEN_API: &str = "openAPI";

/// Tells where a product is called in a region.
///
/// Every product is behind the endpoint that this request came to, in every region. A product that is not served here
/// has no endpoints.
#[derive(Action)]
#[action(
    location, read, regionless, reply = EndpointList,
    raises(RequiredParameterMissing, RequiredParameterEmpty, RegionNotFound)
)]
pub struct DescribeEndpoints {
    /// The region.
    #[param(required)]
    id: RegionId,
    /// Code of the product, such as `ecs`, in any letter case.
    #[param(required)]
    service_code: String,
    /// Kind of endpoint; there is only `openAPI`.
    #[param(name = "Type", default = "openAPI")]
    kind: String,
    /// Namespace of the product; the answer repeats it.
    #[param(default = "")]
    namespace: String,
}

/// Endpoints of a product.
#[derive(Shape)]
pub struct EndpointList {
    /// Whether the question was understood.
    success: bool,
    /// The endpoints.
    #[shape(list = "Endpoint")]
    endpoints: Vec<Endpoint>,
}

/// An endpoint.
#[derive(Shape)]
struct Endpoint {
    /// Host and port to call.
    endpoint: String,
    /// The region.
    id: RegionId,
    /// Namespace of the product.
    namespace: String,
    /// Code of the product. The name is misspelled on the wire, and clients rely on it.
    serivce_code: String,
    /// Kind of endpoint.
    #[shape(name = "Type")]
    kind: &'static str,
}

impl Run for DescribeEndpoints {
    fn run(self, cx: &mut Cx<'_>) -> Result<EndpointList, ApiError> {
        Fact::of_region(&cx.tx, &self.id)?.ok_or_else(|| RegionNotFound.about("Id"))?;
        let is_served =
            Product::ALL.iter().any(|product| product.name().eq_ignore_ascii_case(&self.service_code));
        let endpoint = (is_served && self.kind == OPEN_API).then(|| Endpoint {
            endpoint: cx.endpoint.clone(),
            id: self.id,
            namespace: self.namespace,
            serivce_code: self.service_code,
            kind: OPEN_API,
        });
        Ok(EndpointList { success: true, endpoints: endpoint.into_iter().collect() })
    }
}

/// Worked requests.
pub const CASES: &[Case] = &[
    Case::ok("of ECS", nothing, "Id=cn-hangzhou&ServiceCode=ecs&Type=openAPI"),
    Case::ok("with a namespace", nothing, "Id=cn-beijing&ServiceCode=Vpc&Namespace=n1"),
    Case::ok("of a product not served here", nothing, "Id=cn-hangzhou&ServiceCode=rds&Type=openAPI"),
    Case::ok("of another kind", nothing, "Id=cn-hangzhou&ServiceCode=ecs&Type=innerAPI"),
    Case::err("no product", nothing, "Id=cn-hangzhou", &RequiredParameterMissing),
    Case::err("an empty region", nothing, "Id=&ServiceCode=ecs", &RequiredParameterEmpty),
    Case::err("an unknown region", nothing, "Id=cn-nowhere&ServiceCode=ecs", &RegionNotFound),
];
