//! Actions on many instances at once.

use moyun_derive::Shape;

use crate::cx::Cx;
use crate::ecs::instance::record::Instance;
use crate::errors::ApiError;
use crate::ids::InstanceId;

/// The word of BatchOptimization for a batch in which every instance counts.
pub const ALL_TOGETHER: &str = "AllTogether";

/// What became of a batch.
#[derive(Shape)]
pub struct BatchReply {
    /// What became of each instance.
    #[shape(list = "InstanceResponse")]
    instance_responses: Vec<InstanceResponse>,
}

/// What became of one instance of a batch.
#[derive(Shape)]
struct InstanceResponse {
    /// ID of the instance.
    instance_id: InstanceId,
    /// `200`, or the code of the error that refused this instance.
    code: String,
    /// `success`, or the message of that error.
    message: String,
    /// Status before the call; absent if there is no such instance.
    previous_status: Option<&'static str>,
    /// Status after the call; absent if there is no such instance.
    current_status: Option<&'static str>,
}

/// A step of an instance's life: it changes the record, or refuses and leaves it as it was.
pub type Step<'a> = dyn FnMut(&mut Instance, &mut Cx<'_>) -> Result<(), ApiError> + 'a;

/// Takes each instance a step further: all of them or none, or each that can go.
pub fn run(
    ids: &[InstanceId],
    optimization: &str,
    cx: &mut Cx<'_>,
    step: &mut Step<'_>,
) -> Result<BatchReply, ApiError> {
    fetch(ids, cx)?;
    let mut instance_responses = vec![];
    for id in distinct(ids) {
        match take(id, cx, step) {
            (_, Err(refusal)) if refusal.fault.is_some() || optimization == ALL_TOGETHER => {
                return Err(refusal);
            }
            (status, Err(refusal)) => instance_responses.push(InstanceResponse {
                instance_id: id.clone(),
                code: refusal.row.code.to_owned(),
                message: refusal.message(),
                previous_status: status,
                current_status: status,
            }),
            (status, Ok(after)) => instance_responses.push(InstanceResponse {
                instance_id: id.clone(),
                code: "200".to_owned(),
                message: "success".to_owned(),
                previous_status: status,
                current_status: Some(after),
            }),
        }
    }
    Ok(BatchReply { instance_responses })
}

/// Looks all instances up in one go, so that asking for each costs nothing more.
pub fn fetch(ids: &[InstanceId], cx: &Cx<'_>) -> Result<(), ApiError> {
    let keys: Vec<_> = ids.iter().map(|id| Instance::key_of(cx.account(), id)).collect();
    cx.tx.find_many::<Instance>(&keys)?;
    Ok(())
}

/// The ids without repetition, in their order.
pub fn distinct(ids: &[InstanceId]) -> impl Iterator<Item = &InstanceId> {
    ids.iter().enumerate().filter(|(at, id)| !ids[..*at].contains(id)).map(|(_, id)| id)
}

/// Takes one instance a step further: its status before and after.
fn take(
    id: &InstanceId,
    cx: &mut Cx<'_>,
    step: &mut Step<'_>,
) -> (Option<&'static str>, Result<&'static str, ApiError>) {
    let mut instance = match cx.instance(id) {
        Ok(instance) => instance,
        Err(refusal) => return (None, Err(refusal)),
    };
    let before = instance.status.wire_name();
    let stepped = step(&mut instance, cx).and_then(|()| Ok(cx.put(&instance)?));
    (Some(before), stepped.map(|()| instance.status.wire_name()))
}
