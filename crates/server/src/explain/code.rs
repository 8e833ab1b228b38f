//! What an error code means: its rows, where they stand in the order, and which actions answer by them.

use moyun_cloud::errors::{self, ErrorRow};
use moyun_cloud::order::{self, Step};
use moyun_cloud::registry::ACTIONS;
use moyun_cloud::spec::ActionSpec;

/// A row and where it is met.
#[derive(Debug)]
pub struct Explained {
    /// The row.
    pub row: &'static ErrorRow,
    /// The steps that answer by it, each with its place in the order, beginning with one.
    pub places: Vec<(usize, &'static Step)>,
    /// The actions that answer by it.
    pub raised_by: RaisedBy,
}

/// Which actions answer by a row.
#[derive(Debug, PartialEq, Eq)]
pub enum RaisedBy {
    /// Every one.
    All,
    /// Only these.
    Some(Vec<&'static str>),
}

/// How many steps the order has.
pub fn steps_count() -> usize {
    order::steps().count()
}

/// The rows of a code, or the one row of an id; none when nothing is called so.
pub fn explain(what: &str) -> Vec<Explained> {
    let is_meant = |row: &&ErrorRow| row.code.eq_ignore_ascii_case(what) || row.id.eq_ignore_ascii_case(what);
    let mut rows: Vec<&ErrorRow> = errors::all().filter(is_meant).collect();
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(explain_row).collect()
}

fn explain_row(row: &'static ErrorRow) -> Explained {
    let specs = || ACTIONS.iter().map(|entry| entry.spec);
    let answers = |step: &'static Step, spec: &'static ActionSpec| {
        (step.applies)(spec) && step.checks(Some(spec)).iter().any(|check| check.row == row)
    };
    let places = order::places(row);
    let raises = |spec: &'static ActionSpec| places.iter().any(|(_, step)| answers(step, spec));
    let raising = specs().filter(|spec| raises(spec) || spec.tells.contains(&row));
    let names: Vec<&str> = raising.map(|spec| spec.name).collect();
    let raised_by = if names.len() == ACTIONS.len() { RaisedBy::All } else { RaisedBy::Some(names) };
    Explained { row, places, raised_by }
}

#[cfg(test)]
mod tests {
    use moyun_cloud::errors;

    use super::{RaisedBy, explain};

    #[test]
    fn a_code_has_all_its_rows_and_an_id_one() {
        let ids = |what| explain(what).iter().map(|found| found.row.id).collect::<Vec<_>>();
        assert_eq!(ids("ioOptimized.NotSupported"), ["I071", "I072", "I102"]);
        assert_eq!(ids("i042"), ["I042"]);
        assert_eq!(ids("Nonsense"), [""; 0]);
    }

    #[test]
    fn every_row_is_answered_by_an_action() {
        for row in errors::all() {
            let raised_by = &explain(row.id)[0].raised_by;
            assert!(!matches!(raised_by, RaisedBy::Some(names) if names.is_empty()), "{}", row.id);
        }
        assert_eq!(explain("N635")[0].raised_by, RaisedBy::Some(vec!["AttachInstanceRamRole"]));
    }

    #[test]
    fn rows_of_the_gate_come_from_every_action_and_others_from_some() {
        assert_eq!(explain("C003")[0].raised_by, RaisedBy::All);
        assert_eq!(explain("I021")[0].raised_by, RaisedBy::Some(vec!["RunInstances"]));
        let RaisedBy::Some(standing) = &explain("C027")[0].raised_by else {
            panic!("not every action sells")
        };
        assert!(standing.contains(&"RunInstances") && !standing.contains(&"DescribeInstances"));
    }
}
