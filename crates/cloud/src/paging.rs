//! Lists in pages: by number (PageNumber, PageSize) or by token (NextToken, MaxResults), newest first.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use moyun_derive::{Group, Shape};
use moyun_store::{Fault, IndexRow, Kept, Key, Record, Tx};

use crate::cx::Cx;
use crate::errors::ApiError;
use crate::param::Param;
use crate::spec::ParamKind;

/// The index by which records are listed.
pub const LISTED: u16 = 0;

/// How many records one look takes while a filter is searched for.
const LOOK: usize = 256;

/// A record that is listed, newest first.
pub trait Listed: Record {
    /// Where it is listed, usually account and region; it is counted there too ([`Record::counted_in`]).
    fn scope(&self) -> Key;
    /// When it was made.
    fn created_ms(&self) -> i64;

    /// The row that lists it; belongs into [`Record::index`].
    fn listed(&self) -> IndexRow {
        IndexRow { index: LISTED, key: self.scope().desc_i64(self.created_ms()) }
    }
}

/// Parameters of a list that pages by number or by token.
#[derive(Group)]
pub struct Paging {
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    pub page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 100))]
    pub page_size: i64,
    /// Where the last page ended: its NextToken. With it, or with MaxResults, the list pages by token.
    pub next_token: Option<PageToken>,
    /// Entries on a page when the list pages by token.
    #[param(range(1, 100))]
    pub max_results: Option<i64>,
}

/// Parameters of a list that pages by number.
#[derive(Group)]
pub struct NumberedPaging {
    /// Number of the page, from 1.
    #[param(default = 1, range(1, 2147483647))]
    pub page_number: i64,
    /// Entries on a page.
    #[param(default = 10, range(1, 50))]
    pub page_size: i64,
}

/// Which page is wanted.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The page of this number.
    Number(i64, i64),
    /// So many entries after a position.
    After(Option<PageToken>, i64),
}

impl Paging {
    /// Which page is wanted.
    pub fn wanted(&self) -> Wanted {
        match (&self.next_token, self.max_results) {
            (None, None) => Wanted::Number(self.page_number, self.page_size),
            (token, max) => Wanted::After(token.clone(), max.unwrap_or(self.page_size)),
        }
    }
}

impl NumberedPaging {
    /// Which page is wanted.
    pub fn wanted(&self) -> Wanted {
        Wanted::Number(self.page_number, self.page_size)
    }
}

/// A position in a list, opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageToken(Vec<u8>);

impl Param for PageToken {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<PageToken> {
        URL_SAFE_NO_PAD.decode(text).ok().map(PageToken)
    }
}

impl PageToken {
    /// The position of a record.
    pub fn of<R: Listed>(record: &R) -> PageToken {
        let time = Key::new().desc_i64(record.created_ms());
        PageToken([time.as_bytes(), record.key().as_bytes()].concat())
    }

    /// The primary key of the record that is there, behind the time that it begins with.
    fn key(&self) -> Key {
        Key::from_bytes(self.0.get(size_of::<i64>()..).unwrap_or_default().to_vec())
    }

    /// As text.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }
}

/// What a reply says about its page.
#[derive(Debug, Shape)]
pub struct PageInfo {
    /// Number of the page, when the list pages by number.
    pub page_number: Option<i64>,
    /// Entries on a page.
    pub page_size: Option<i64>,
    /// Entries in the whole list, when it pages by number.
    pub total_count: Option<u64>,
    /// Where this page ends; empty on the last one.
    pub next_token: Option<String>,
}

/// What a list is read as: records, or records as they are kept.
pub trait Entry<R>: Sized {
    /// The entries of these primary keys, in the order of `keys`.
    fn find_many(tx: &Tx<'_>, keys: &[Key]) -> Result<Vec<Option<Self>>, Fault>;
    /// The record.
    fn record(&self) -> &R;
}

impl<R: Record> Entry<R> for R {
    fn find_many(tx: &Tx<'_>, keys: &[Key]) -> Result<Vec<Option<R>>, Fault> {
        tx.find_many(keys)
    }
    fn record(&self) -> &R {
        self
    }
}

impl<R: Record> Entry<R> for Kept<R> {
    fn find_many(tx: &Tx<'_>, keys: &[Key]) -> Result<Vec<Option<Kept<R>>>, Fault> {
        tx.find_many_kept(keys)
    }
    fn record(&self) -> &R {
        Kept::record(self)
    }
}

/// What is to be listed.
pub struct Listing<'a, R> {
    /// Where.
    pub scope: Key,
    /// Only the records of these primary keys.
    pub keys: Option<Vec<Key>>,
    /// Only the records that pass; None lets all pass, without looking at each.
    pub filter: Option<&'a dyn Fn(&R) -> bool>,
}

/// A page of records that are at hand.
pub fn page_of<R: Listed>(mut records: Vec<R>, wanted: &Wanted) -> (Vec<R>, PageInfo) {
    records.sort_by_cached_key(|record| PageToken::of(record).0);
    let total = records.len() as u64;
    match wanted {
        Wanted::Number(number, size) => {
            let limit = usize::try_from(*size).unwrap_or(0);
            let skip = usize::try_from(number - 1).unwrap_or(usize::MAX).saturating_mul(limit);
            let info = PageInfo {
                page_number: Some(*number),
                page_size: Some(*size),
                total_count: Some(total),
                next_token: Some(String::new()),
            };
            (records.into_iter().skip(skip).take(limit).collect(), info)
        }
        Wanted::After(token, size) => {
            records.retain(|record| token.as_ref().is_none_or(|token| PageToken::of(record).0 > token.0));
            let limit = usize::try_from(*size).unwrap_or(0);
            let goes_on = records.len() > limit;
            records.truncate(limit);
            let end = records.last().filter(|_| goes_on).map(|record| PageToken::of(record).text());
            let next_token = Some(end.unwrap_or_default());
            (records, PageInfo { page_number: None, page_size: None, total_count: None, next_token })
        }
    }
}

impl Cx<'_> {
    /// A page of a list.
    pub fn page<R: Listed, E: Entry<R>>(
        &self,
        listing: &Listing<'_, R>,
        wanted: &Wanted,
    ) -> Result<(Vec<E>, PageInfo), ApiError> {
        match wanted {
            Wanted::Number(number, size) => self.numbered_page(listing, *number, *size),
            Wanted::After(token, size) => self.token_page(listing, token.as_ref(), *size),
        }
    }

    fn numbered_page<R: Listed, E: Entry<R>>(
        &self,
        listing: &Listing<'_, R>,
        number: i64,
        size: i64,
    ) -> Result<(Vec<E>, PageInfo), ApiError> {
        let limit = usize::try_from(size).unwrap_or(0);
        let skip = usize::try_from(number - 1).unwrap_or(usize::MAX).saturating_mul(limit);
        let (records, total) = match (&listing.keys, listing.filter) {
            (None, None) => (self.listed(&listing.scope, skip, limit)?, self.tx.count::<R>(&listing.scope)?),
            (None, Some(filter)) => self.sifted(&listing.scope, filter, skip, limit)?,
            (Some(keys), filter) => {
                let all = self.selected(&listing.scope, keys, filter)?;
                let total = all.len() as u64;
                (self.entries(all.into_iter().skip(skip).take(limit))?, total)
            }
        };
        let info = PageInfo {
            page_number: Some(number),
            page_size: Some(size),
            total_count: Some(total),
            next_token: Some(String::new()),
        };
        Ok((records, info))
    }

    fn token_page<R: Listed, E: Entry<R>>(
        &self,
        listing: &Listing<'_, R>,
        token: Option<&PageToken>,
        size: i64,
    ) -> Result<(Vec<E>, PageInfo), ApiError> {
        let wanted = usize::try_from(size).unwrap_or(0);
        let mut position = token.cloned().unwrap_or(PageToken(vec![]));
        let mut page: Vec<E> = match &listing.keys {
            Some(keys) => {
                let selected = self.selected(&listing.scope, keys, listing.filter)?.into_iter();
                let later = selected.filter(|(at, _)| at.0 > position.0);
                self.entries(later.take(wanted + 1))?
            }
            None => vec![],
        };
        let mut more = listing.keys.is_none();
        // One more than wanted tells whether the list goes on.
        let look = if listing.filter.is_some() { LOOK } else { wanted.saturating_add(1) };
        while more && page.len() <= wanted {
            let entries: Vec<E>;
            (entries, more) = self.look_on::<R, E>(&listing.scope, &mut position, look)?;
            let passes = |entry: &E| listing.filter.is_none_or(|filter| filter(entry.record()));
            page.extend(entries.into_iter().filter(passes));
        }
        let goes_on = page.len() > wanted;
        page.truncate(wanted);
        let end = page.last().filter(|_| goes_on).map(|entry| PageToken::of(entry.record()).text());
        let info = PageInfo {
            page_number: None,
            page_size: None,
            total_count: None,
            next_token: Some(end.unwrap_or_default()),
        };
        Ok((page, info))
    }

    /// A page of what passes a filter, and how many pass; only the page is held, however long the list.
    fn sifted<R: Listed, E: Entry<R>>(
        &self,
        scope: &Key,
        filter: &dyn Fn(&R) -> bool,
        skip: usize,
        limit: usize,
    ) -> Result<(Vec<E>, u64), Fault> {
        let (mut page, mut passed, mut position) = (vec![], 0, PageToken(vec![]));
        let mut more = true;
        while more {
            let entries: Vec<E>;
            (entries, more) = self.look_on::<R, E>(scope, &mut position, LOOK)?;
            for entry in entries.into_iter().filter(|entry| filter(entry.record())) {
                if (skip..skip.saturating_add(limit)).contains(&passed) {
                    page.push(entry);
                }
                passed += 1;
            }
        }
        Ok((page, passed as u64))
    }

    /// The next entries of a list after a position, which moves on, at most `count`; whether others may follow.
    fn look_on<R: Listed, E: Entry<R>>(
        &self,
        scope: &Key,
        position: &mut PageToken,
        count: usize,
    ) -> Result<(Vec<E>, bool), Fault> {
        let after = Key::from_bytes(position.0.clone());
        let keys = self.tx.index_keys_after::<R>(LISTED, scope, &after, count)?;
        let entries: Vec<E> = E::find_many(&self.tx, &keys)?.into_iter().flatten().collect();
        self.tx.forget::<R>(&keys);
        if let Some(last) = entries.last() {
            *position = PageToken::of(last.record());
        }
        Ok((entries, keys.len() == count))
    }

    /// Where those of these keys are in a list that are in it and pass, in its order; the entries too where they are few.
    fn selected<R: Listed, E: Entry<R>>(
        &self,
        scope: &Key,
        keys: &[Key],
        filter: Option<&dyn Fn(&R) -> bool>,
    ) -> Result<Vec<(PageToken, Option<E>)>, Fault> {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys.dedup();
        let are_few = keys.len() <= LOOK;
        let passes = |record: &R| record.scope() == *scope && filter.is_none_or(|filter| filter(record));
        let mut selected = vec![];
        for look in keys.chunks(LOOK) {
            let found = E::find_many(&self.tx, look)?.into_iter().flatten();
            let passing = found.filter(|entry: &E| passes(entry.record()));
            selected.extend(passing.map(|entry| (PageToken::of(entry.record()), are_few.then_some(entry))));
            if !are_few {
                self.tx.forget::<R>(look);
            }
        }
        selected.sort_unstable_by(|(one, _), (other, _)| one.0.cmp(&other.0));
        Ok(selected)
    }

    /// The entries at positions, of which those that are not at hand are looked up.
    fn entries<R: Listed, E: Entry<R>>(
        &self,
        selected: impl Iterator<Item = (PageToken, Option<E>)>,
    ) -> Result<Vec<E>, Fault> {
        let (mut entries, mut missing) = (vec![], vec![]);
        for (position, entry) in selected {
            match entry {
                Some(entry) => entries.push(entry),
                None => missing.push(position.key()),
            }
        }
        entries.extend(E::find_many(&self.tx, &missing)?.into_iter().flatten());
        Ok(entries)
    }

    /// What is listed in a scope, newest first.
    fn listed<R: Listed, E: Entry<R>>(
        &self,
        scope: &Key,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<E>, Fault> {
        let keys = self.tx.index_keys::<R>(LISTED, scope, skip, limit)?;
        // Between two reads another server may delete a record of another lane: then it is no longer to be listed.
        Ok(E::find_many(&self.tx, &keys)?.into_iter().flatten().collect())
    }
}
