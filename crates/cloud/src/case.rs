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
    /// How the refused request comes to succeed.
    pub twin: Option<Twin>,
    /// What tells the caller of the fact that the request comes up against.
    pub shown: Option<Shown>,
}

/// How a refused request comes to succeed when one thing is mended.
#[derive(Debug, Clone, Copy)]
pub enum Twin {
    /// With these parameters in place of its own; one without a value is left out.
    Instead(&'static str),
    /// After this was done.
    After(fn(&mut Story)),
}

/// A call whose reply has a field for a fact.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The action that shows it.
    pub action: &'static str,
    /// Its parameters, as those of a case.
    pub request: &'static str,
    /// What its JSON reply contains for as long as the fact holds.
    pub piece: &'static str,
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
        Case { name, given, request, expect: Expect::Reply, twin: None, shown: None }
    }

    /// A request that is refused.
    pub const fn err(
        name: &'static str,
        given: fn(&mut Story),
        request: &'static str,
        row: &'static ErrorRow,
    ) -> Case {
        Case { name, given, request, expect: Expect::Row(row), twin: None, shown: None }
    }

    /// The same, and with these parameters in place of its own the request succeeds; one without `=` is left out.
    #[must_use]
    pub const fn instead(self, request: &'static str) -> Case {
        Case { twin: Some(Twin::Instead(request)), ..self }
    }

    /// The same, and after this was done the request succeeds.
    #[must_use]
    pub const fn after(self, mend: fn(&mut Story)) -> Case {
        Case { twin: Some(Twin::After(mend)), ..self }
    }

    /// The same, and a call shows what is the matter: its JSON reply contains this piece.
    #[must_use]
    pub const fn shown(self, action: &'static str, request: &'static str, piece: &'static str) -> Case {
        Case { shown: Some(Shown { action, request, piece }), ..self }
    }

    /// Makes of the state what the twin needs, and of the request the twin's.
    pub fn mend(&self, story: &mut Story) -> String {
        match self.twin {
            None => self.request.to_owned(),
            Some(Twin::Instead(other)) => replaced(self.request, other),
            Some(Twin::After(mend)) => {
                mend(story);
                self.request.to_owned()
            }
        }
    }
}

/// A request with other parameters in place of its own.
fn replaced(request: &str, other: &str) -> String {
    let name = |pair: &str| pair.split('=').next().map(str::to_owned);
    let kept = request.split('&').filter(|pair| !other.split('&').any(|new| name(new) == name(pair)));
    kept.chain(other.split('&').filter(|new| new.contains('='))).collect::<Vec<_>>().join("&")
}

/// The state of a fresh cloud.
pub fn nothing(_: &mut Story) {}
