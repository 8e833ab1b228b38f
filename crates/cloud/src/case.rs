//! Worked requests: one definition is a test, an example of the reference and a mark on the coverage list.

use crate::errors::ErrorRow;
use crate::story::Story;

/// One request to an action in a given state, and what must come of it.
#[derive(Clone, Copy)]
pub struct Case {
    /// What is special about it, in a few words.
    pub name: &'static str,
    /// Makes the state; names what it made with [`Story::bind`].
    pub given: fn(&mut Story),
    /// The parameters as a query; `$name` stands for what `given` named.
    pub request: &'static str,
    /// What must come of it.
    pub expect: Expect,
}

/// What must come of a case.
#[derive(Debug, Clone, Copy)]
pub enum Expect {
    /// A normal reply.
    Reply,
    /// A refusal by this row, which leaves everything as it was.
    Row(&'static ErrorRow),
}

impl Case {
    /// A request that succeeds.
    pub const fn ok(name: &'static str, given: fn(&mut Story), request: &'static str) -> Case {
        Case { name, given, request, expect: Expect::Reply }
    }

    /// A request that is refused.
    pub const fn err(
        name: &'static str,
        given: fn(&mut Story),
        request: &'static str,
        row: &'static ErrorRow,
    ) -> Case {
        Case { name, given, request, expect: Expect::Row(row) }
    }
}

/// The state of a fresh cloud.
pub fn nothing(_: &mut Story) {}
