//! Lists as RAM pages them: Marker and MaxItems in the request, IsTruncated and Marker in the reply.

use moyun_derive::{Group, Shape};
use moyun_store::Key;

use crate::cx::Cx;
use crate::errors::ApiError;
use crate::paging::{Listed, Listing, PageToken, Wanted};

/// Parameters of a list of RAM.
#[derive(Group)]
pub struct MarkerPaging {
    /// Where the last page ended: its Marker.
    pub marker: Option<PageToken>,
    /// Entries on a page.
    #[param(default = 100, range(1, 1000))]
    pub max_items: i64,
}

/// What a reply of RAM says about its page.
#[derive(Debug, Shape)]
pub struct MarkerInfo {
    /// Whether the list goes on.
    pub is_truncated: bool,
    /// Where this page ends, if the list goes on.
    pub marker: Option<String>,
}

impl Cx<'_> {
    /// A page of a list of RAM.
    pub fn marked_page<R: Listed>(
        &self,
        scope: Key,
        filter: Option<&dyn Fn(&R) -> bool>,
        paging: &MarkerPaging,
    ) -> Result<(Vec<R>, MarkerInfo), ApiError> {
        let wanted = Wanted::After(paging.marker.clone(), paging.max_items);
        let (records, info) = self.page(&Listing { scope, keys: None, filter }, &wanted)?;
        let marker = info.next_token.filter(|token| !token.is_empty());
        Ok((records, MarkerInfo { is_truncated: marker.is_some(), marker }))
    }
}
