//! Several identifiers in one parameter.

use crate::param::Param;
use crate::spec::ParamKind;

/// The most identifiers of one filter.
const IDS_MAX: usize = 20;

/// Up to 20 identifiers, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdList(pub Vec<String>);

impl Param for IdList {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<IdList> {
        let ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
        (ids.len() <= IDS_MAX).then_some(IdList(ids))
    }
}
