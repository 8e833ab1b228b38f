//! The order in which every call is judged, as data: the gate and the pipeline judge by these steps, and whoever explains a
//! refusal reads here what came before it.

use crate::errors::{
    AccessKeyDisabled, AccessKeyIdMissing, AccessKeyUnknown, AccountInArrears, ActionForAccountOwnerOnly,
    ActionMissing, ActionUnknown, ApiError, AssumeRoleDenied, BatchDryRunPassed, CreationFault,
    CreationRegionNotFound, DependencyUnintelligible, DryRunPassed, ErrorRow, HeldByRiskControl,
    HttpMethodUnsupported, InternalFault, KeyNotForAction, NonceUsed, OwnerAccountForeign,
    OwnerAccountMalformed, OwnerIdWrong, OwnerNamedTwice, ParameterMalformed, PreviewParameterNotGranted,
    RamDeniesAction, RamUserMayNotOrder, RealNameNotVerified, RegionNotFound, RegionNotGranted,
    RegionUnderMaintenance, RequiredParameterEmpty, RequiredParameterMissing, ResourceOwnerHasNotGranted,
    ResourceOwnerUnknown, SecurityTokenExpired, SecurityTokenMalformed, SecurityTokenMissing,
    SecurityTokenOfOtherKey, ServiceDown, ServiceKeyNamesNoOwner, SignatureMethodUnknown, SignatureMissing,
    SignatureVersionUnknown, SignatureWrong, Throttled, TimestampMissing, TimestampNotAccepted,
    TokenStillProcessing, TokenUsedByOtherAction, TokenUsedWithOtherParameters, VersionMissing,
};
use crate::registry::ACTIONS;
use crate::spec::{ActionSpec, Mode, RegionUse};

/// One step of the order: a question about a call, and the rows that answer when it fails.
#[derive(Debug)]
pub struct Step {
    /// What it is called.
    pub name: &'static str,
    /// What it asks.
    pub question: &'static str,
    /// The same in Chinese.
    pub question_zh: &'static str,
    /// The rows that it answers by, in the order of their checks; those of [`OWN`] are the action's `raises`.
    pub rows: &'static [&'static ErrorRow],
    /// Whether the step means anything to an action.
    pub applies: fn(&ActionSpec) -> bool,
}

macro_rules! steps {
    ($list:ident, $list_doc:literal; $($name:ident = $text:literal, $question:literal, $zh:literal, [$($row:ident),*], $applies:expr;)+) => {
        $(
            #[doc = $question]
            pub static $name: Step = Step {
                name: $text,
                question: $question,
                question_zh: $zh,
                rows: &[$(&$row),*],
                applies: $applies,
            };
        )+

        #[doc = $list_doc]
        pub static $list: &[&Step] = &[$(&$name),+];
    };
}

steps! {
    GATE, "What is judged before it is known whose affairs a call is about.";
    METHOD = "method", "Is the HTTP method GET or POST?", "HTTP 方法是否为 GET 或 POST？",
        [HttpMethodUnsupported], |_| true;
    FORM = "form", "Can the parameters be read?", "请求参数能否读取？", [ParameterMalformed], |_| true;
    LOAD = "load", "Has the server room for one more request?", "服务器是否还能处理更多请求？", [ServiceDown], |_| true;
    PRESENCE = "presence", "Are the common parameters there?", "公共参数是否齐全？",
        [ActionMissing, VersionMissing, AccessKeyIdMissing, SignatureMissing, TimestampMissing], |_| true;
    ACTION = "action", "Is there such an action in this version?", "接口和版本是否存在？", [ActionUnknown], |_| true;
    SIGNATURE_FORM = "signature-form", "Is it signed in a way that is known, at a time that can be read?",
        "签名方式是否受支持，时间戳能否读取？",
        [SignatureMethodUnknown, SignatureVersionUnknown, TimestampNotAccepted, SignatureWrong], |_| true;
    TIME_WINDOW = "time-window", "Is the timestamp near the server’s clock?", "时间戳是否在服务器时间窗口内？",
        [TimestampNotAccepted], |_| true;
    KEY = "key", "Is there such an access key, and is it enabled?", "AccessKey 是否存在且已启用？",
        [AccessKeyUnknown, AccessKeyDisabled], |_| true;
    SECURITY_TOKEN = "security-token", "Has a temporary key its own token?", "临时密钥是否携带了自己的 SecurityToken？",
        [SecurityTokenMissing, SecurityTokenMalformed, SecurityTokenOfOtherKey, SecurityTokenExpired], |_| true;
    SIGNATURE = "signature", "Is the signature the one that the key’s secret gives?", "签名是否与密钥计算的结果一致？",
        [SignatureWrong], |_| true;
    NONCE = "nonce", "Is the nonce new?", "SignatureNonce 是否未被使用过？", [NonceUsed], |_| true;
    RATE = "rate", "Does the account’s rate allow one more call?", "账号的调用频率是否未超限？", [Throttled], |_| true;
    KEY_SCOPE = "key-scope", "Is the key for this action?", "该 AccessKey 是否允许调用此接口？", [KeyNotForAction], |_| true;
    OWNER_ONLY = "owner-only", "Is the action open to RAM identities, if one calls?", "RAM 身份是否可以调用该接口？",
        [ActionForAccountOwnerOnly], |spec| spec.owner_only;
    OWNERS = "owners", "Do owner and resource owner name the right accounts?", "Owner 与 ResourceOwner 是否正确？",
        [OwnerNamedTwice, ServiceKeyNamesNoOwner, OwnerIdWrong, OwnerAccountMalformed, OwnerAccountForeign,
            ResourceOwnerUnknown, ResourceOwnerHasNotGranted], |_| true;
}

steps! {
    CALL, "What is judged about the account, the request and the state.";
    REGION = "region", "Does the region exist, answer, and is it not under maintenance?",
        "地域是否存在、可用且不在维护中？",
        [RequiredParameterMissing, RequiredParameterEmpty, CreationRegionNotFound, RegionNotFound,
            RegionUnderMaintenance, ServiceDown], |spec| spec.region != RegionUse::None;
    POLICIES = "policies", "Do the policies of a RAM identity allow it?", "RAM 策略是否允许？",
        [AssumeRoleDenied, RamDeniesAction, RamUserMayNotOrder], |_| true;
    CLIENT_TOKEN = "client-token", "Is the client token new, or does it repeat its own call?",
        "ClientToken 是否为新值或重复同一调用？",
        [TokenUsedByOtherAction, TokenUsedWithOtherParameters, TokenStillProcessing], |spec| spec.idempotent;
    STANDING = "standing", "May the account buy anything at all?", "账号是否可以购买资源？",
        [HeldByRiskControl, RealNameNotVerified, RegionNotGranted, AccountInArrears], crate::call::is_held;
    PREVIEW = "preview", "Is the account admitted to the preview parameters?", "账号是否可以使用预览参数？",
        [PreviewParameterNotGranted], |_| true;
    NONCE_PRESENCE = "nonce-presence", "Does the signature carry a nonce?", "签名是否携带 SignatureNonce？",
        [RequiredParameterMissing, RequiredParameterEmpty], |_| true;
    OWN = "own", "Does the request satisfy the action’s own rules?", "请求是否满足接口自身的规则？", [], |_| true;
    DRY_RUN = "dry-run", "Is it more than a rehearsal?", "是否不是预检请求？", [DryRunPassed, BatchDryRunPassed],
        |spec| spec.dry_run.is_some();
    EXECUTION = "execution", "Can everything that carries it out do so?", "执行所需的组件是否正常？",
        [DependencyUnintelligible, CreationFault, InternalFault], |spec| spec.mode == Mode::Write;
}

/// Every step in order.
pub fn steps() -> impl Iterator<Item = &'static Step> {
    GATE.iter().chain(CALL).copied()
}

/// A row as one check of a step.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The step that it is part of.
    pub step: &'static Step,
    /// The row that answers when it fails.
    pub row: &'static ErrorRow,
}

impl Step {
    /// A step by its name.
    pub fn named(name: &str) -> Option<&'static Step> {
        steps().find(|step| step.name == name)
    }

    /// Judges by this step: a refusal says where it was made.
    pub fn judge<T>(&'static self, outcome: Result<T, impl Into<ApiError>>) -> Result<T, ApiError> {
        outcome.map_err(|refusal| {
            let mut refusal = refusal.into();
            debug_assert!(
                self.rows.is_empty() || refusal.fault.is_some() || self.rows.contains(&refusal.row),
                "{} is no row of the step {}",
                refusal.row.name,
                self.name
            );
            refusal.step.get_or_insert(self);
            refusal
        })
    }

    /// The checks of this step of a call, in order; of an unknown action those that every action has.
    pub fn checks(&'static self, spec: Option<&'static ActionSpec>) -> Vec<Check> {
        let creates = spec.is_some_and(|spec| spec.creates_instances);
        let rehearsed = spec.and_then(|spec| spec.dry_run);
        let own: &[&ErrorRow] = match (self.name, spec) {
            (name, Some(spec)) if name == OWN.name => spec.raises,
            (name, _) if name == DRY_RUN.name => rehearsed.as_slice(),
            _ => self.rows,
        };
        // Creations tell two of the common rows by rows of their own.
        let replaced: [&ErrorRow; 2] = match creates {
            true => [&RegionNotFound, &InternalFault],
            false => [&CreationRegionNotFound, &CreationFault],
        };
        own.iter().filter(|row| !replaced.contains(row)).map(|&row| Check { step: self, row }).collect()
    }
}

/// The steps that answer by a row, each with its place in the order, beginning with one.
pub fn places(row: &'static ErrorRow) -> Vec<(usize, &'static Step)> {
    let is_own = || ACTIONS.iter().any(|entry| entry.spec.raises.contains(&row));
    let answers = |step: &Step| if step.name == OWN.name { is_own() } else { step.rows.contains(&row) };
    steps().enumerate().filter(|(_, step)| answers(step)).map(|(at, step)| (at + 1, step)).collect()
}

/// The checks that a call passed before a row of a step refused it, in order.
pub fn passed(step: &Step, row: &ErrorRow, spec: Option<&'static ActionSpec>) -> Vec<Check> {
    let mut passed = vec![];
    for before in steps().take_while(|before| before.name != step.name) {
        if spec.is_none_or(|spec| (before.applies)(spec)) {
            passed.extend(before.checks(spec));
        }
    }
    let here = Step::named(step.name).map(|step| step.checks(spec)).unwrap_or_default();
    passed.extend(here.into_iter().take_while(|check| check.row != row));
    passed
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GATE, OWN, Step, passed, steps};
    use crate::errors::{CreationRegionNotFound, KeyPairNotFound, SignatureWrong, VersionMissing};
    use crate::registry::find;

    #[test]
    fn steps_are_told_apart_by_their_names() {
        let names: BTreeSet<&str> = steps().map(|step| step.name).collect();
        assert_eq!(names.len(), steps().count());
        assert!(steps().all(|step| std::ptr::eq(step, Step::named(step.name).unwrap())));
    }

    #[test]
    fn what_was_passed_is_all_that_comes_before() {
        let ids = |step: &Step, row, spec| -> Vec<&str> {
            passed(step, row, spec).iter().map(|check| check.row.id).collect()
        };
        assert_eq!(ids(GATE[3], &VersionMissing, None), ["C038", "C011", "C047", "C014"]);
        let creation = find("2014-05-26", "RunInstances").unwrap().spec;
        let before = ids(&OWN, &KeyPairNotFound, Some(creation));
        assert!(before.contains(&CreationRegionNotFound.id) && !before.contains(&"C042"), "{before:?}");
        assert!(before.contains(&"I100") && !before.contains(&"I093"), "{before:?}");
        let read = find("2014-05-26", "DescribeRegions").unwrap().spec;
        let before = ids(&OWN, &SignatureWrong, Some(read));
        assert!(!before.contains(&"C032") && !before.contains(&"C027"), "{before:?}");
    }
}
