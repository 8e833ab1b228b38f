//! What becomes of each instance when roles are attached and detached.

use moyun_derive::Shape;

use crate::cx::Cx;
use crate::ecs::instance::record::Instance;
use crate::errors::ApiError;
use crate::ids::InstanceId;
use crate::param::JsonList;

/// What became of one instance.
#[derive(Shape)]
pub struct RoleOutcome {
    /// ID of the instance.
    instance_id: InstanceId,
    /// Whether it went well.
    success: bool,
    /// `200`, or the code of the error that refused this instance.
    code: String,
    /// `success`, or the message of that error.
    message: String,
    /// The role of the instance.
    #[shape(list = "InstanceRamRoleSet")]
    instance_ram_role_sets: Vec<InstanceRole>,
}

/// An instance and its role.
#[derive(Shape)]
pub struct InstanceRole {
    /// ID of the instance.
    pub instance_id: InstanceId,
    /// Name of the role.
    pub ram_role_name: String,
}

/// Changes each instance that can be changed; gives what became of each, and how many were refused.
pub(super) fn each(
    ids: JsonList,
    cx: &mut Cx<'_>,
    change: impl Fn(&mut Instance) -> Result<Option<String>, ApiError>,
) -> Result<(Vec<RoleOutcome>, usize), ApiError> {
    let (mut outcomes, mut failed) = (vec![], 0);
    for id in ids.0 {
        let instance_id = InstanceId(id);
        let changed = cx.instance(&instance_id).and_then(|mut instance| {
            let role = change(&mut instance)?;
            cx.put(&instance)?;
            Ok(role)
        });
        let outcome = match changed {
            Ok(role) => RoleOutcome {
                success: true,
                code: "200".to_owned(),
                message: "success".to_owned(),
                instance_ram_role_sets: role
                    .map(|ram_role_name| InstanceRole { instance_id: instance_id.clone(), ram_role_name })
                    .into_iter()
                    .collect(),
                instance_id,
            },
            // What broke is no matter of one instance.
            Err(error) if error.fault.is_some() => return Err(error),
            Err(error) => {
                failed += 1;
                RoleOutcome {
                    success: false,
                    code: error.row.code.to_owned(),
                    message: error.message(),
                    instance_ram_role_sets: vec![],
                    instance_id,
                }
            }
        };
        outcomes.push(outcome);
    }
    Ok((outcomes, failed))
}

/// 1 to 100 instances.
pub(super) fn are_ids(ids: &JsonList) -> bool {
    (1..=100).contains(&ids.0.len())
}
