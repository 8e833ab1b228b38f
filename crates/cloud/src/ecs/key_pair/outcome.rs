//! What becomes of each instance when key pairs are attached and detached.

use moyun_derive::Shape;

use crate::cx::Cx;
use crate::ecs::instance::batch::{distinct, fetch};
use crate::ecs::instance::record::Instance;
use crate::errors::ApiError;
use crate::ids::InstanceId;
use crate::param::JsonList;

/// The most instances of one request.
const INSTANCES_MAX: usize = 50;

/// What became of the instances. Numbers and flags are texts.
#[derive(Shape)]
pub struct KeyPairOutcomes {
    /// Name of the key pair.
    key_pair_name: String,
    /// How many instances were asked for.
    total_count: String,
    /// How many of them were refused.
    fail_count: String,
    /// What became of each.
    #[shape(list = "Result")]
    results: Vec<KeyPairOutcome>,
}

/// What became of one instance.
#[derive(Shape)]
struct KeyPairOutcome {
    /// ID of the instance.
    instance_id: InstanceId,
    /// `true` if it went well, else `false`.
    success: &'static str,
    /// `200`, or the code of the error that refused this instance.
    code: String,
    /// `successful`, or the message of that error.
    message: String,
}

/// Changes each instance that can be changed, and tells what became of each.
pub(super) fn each(
    key_pair_name: String,
    ids: JsonList,
    cx: &mut Cx<'_>,
    change: impl Fn(&mut Instance, &Cx<'_>) -> Result<(), ApiError>,
) -> Result<KeyPairOutcomes, ApiError> {
    let ids: Vec<InstanceId> = ids.0.into_iter().map(InstanceId).collect();
    fetch(&ids, cx)?;
    let mut results = vec![];
    for id in distinct(&ids) {
        let changed = cx.instance(id).and_then(|mut instance| {
            change(&mut instance, cx)?;
            Ok(cx.put(&instance)?)
        });
        let (success, code, message) = match changed {
            Ok(()) => ("true", "200".to_owned(), "successful".to_owned()),
            // What broke is no matter of one instance.
            Err(error) if error.fault.is_some() => return Err(error),
            Err(error) => ("false", error.row.code.to_owned(), error.message()),
        };
        results.push(KeyPairOutcome { instance_id: id.clone(), success, code, message });
    }
    let failed = results.iter().filter(|outcome| outcome.success == "false").count();
    Ok(KeyPairOutcomes {
        key_pair_name,
        total_count: results.len().to_string(),
        fail_count: failed.to_string(),
        results,
    })
}

/// 1 to 50 instances.
pub(super) fn are_ids(ids: &JsonList) -> bool {
    (1..=INSTANCES_MAX).contains(&ids.0.len())
}
