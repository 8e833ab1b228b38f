//! Phase 11, its beginning: what a RAM identity may build instances on.

use crate::cx::Cx;
use crate::ecs::instance::creation::draft::Draft;
use crate::errors::ApiError;

/// The caller's policies cover everything that the request refers to.
pub(super) fn named_resources(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    let action = if draft.request.runs { "ecs:RunInstances" } else { "ecs:CreateInstance" };
    let groups = draft.groups.iter().map(|group| cx.arn("ecs", "securitygroup", group.id.as_str()));
    let v_switch = draft.v_switch.iter().map(|v_switch| cx.arn("vpc", "vswitch", v_switch.id.as_str()));
    let image = draft.found_image.iter().map(|(image, _)| cx.arn("ecs", "image", image.as_str()));
    let snapshots = draft.disks().filter_map(|disk| disk.snapshot.as_ref());
    let snapshots = snapshots.map(|snapshot| cx.arn("ecs", "snapshot", snapshot.as_str()));
    let key_pair = draft.request.shared.key_pair_name.iter().map(|name| cx.arn("ecs", "keypair", name));
    let resources = groups.chain(v_switch).chain(image).chain(snapshots).chain(key_pair);
    resources.into_iter().try_for_each(|resource| cx.authorize_named(action, &resource))
}

/// The caller may hand the role to instances.
pub(super) fn pass_role(draft: &mut Draft, cx: &Cx<'_>) -> Result<(), ApiError> {
    match &draft.request.shared.ram_role_name {
        Some(role) => cx.authorize_pass_role(role),
        None => Ok(()),
    }
}
