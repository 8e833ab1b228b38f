//! The error centre: a page for each code, with its rows, who answers them, and how to meet and to mend them.

use std::collections::BTreeMap;
use std::fmt::Write;

use moyun_wire::out::Format;

use crate::case::{Case, Expect};
use crate::doc::form::{Language, table};
use crate::doc::page;
use crate::errors::{self, ErrorRow};
use crate::registry::{ACTIONS, Entry};
use crate::story::Story;

/// How each row was met by a case, by its id: what was done, the refused request last.
pub(super) type Recorded = BTreeMap<&'static str, Vec<String>>;

/// What a client does when it meets a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reaction {
    /// Nothing is wrong: every check passed.
    Passed,
    /// The same request again, soon.
    Repeat,
    /// The same request again when the state has changed.
    Await,
    /// Another request, or other facts.
    Change,
}

impl Reaction {
    /// What suits a row: its status tells, but for the codes that name a passing state.
    fn to(row: &ErrorRow) -> Reaction {
        let passing = ["Throttling", "LastTokenProcessing", "OperationConflict"];
        match row.code {
            _ if ACTIONS.iter().any(|entry| entry.spec.dry_run == Some(row)) => Reaction::Passed,
            code if row.status >= 500 || passing.contains(&code) => Reaction::Repeat,
            _ if ["Incorrect", "NotReady", "Creating", "NoStock"]
                .iter()
                .any(|word| row.code.contains(word)) =>
            {
                Reaction::Await
            }
            _ => Reaction::Change,
        }
    }

    fn words(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Reaction::Passed => ("这不是失败：预检已通过。", "This is no failure: the dry run passed."),
            Reaction::Repeat => (
                "用同样的参数（和同样的 ClientToken）重试：先等 1 秒，每次加倍，最多 32 秒，加上随机抖动。",
                "Repeat the call with the same parameters (and the same ClientToken): after 1 second, then twice as \
                 long each time, up to 32 seconds, with some jitter.",
            ),
            Reaction::Await => (
                "立即重试没有用：每 2 至 5 秒查询一次状态，状态改变后再调用。",
                "An immediate repetition meets it again: look at the state every 2 to 5 seconds, and call again when \
                 it has changed.",
            ),
            Reaction::Change => (
                "不要重试：先按说明修改请求、账号或资源。",
                "Do not repeat the call: first change the request, the account or the resource as the note says.",
            ),
        };
        language.pick(zh, en)
    }
}

/// A link to the page of a code, from any page within a folder.
pub(super) fn link(code: &str) -> String {
    format!("[{code}](../errors/{}.md)", file(code))
}

/// The name of the page of a code: not all file systems tell upper case from lower.
pub(super) fn file(code: &str) -> &'static str {
    let same = errors::all().find(|row| row.code.eq_ignore_ascii_case(code));
    same.expect("a code that is linked is in the catalogue").code
}

/// Runs for each row that is meant the first case that meets it.
pub(super) fn record(is_meant: impl Fn(&ErrorRow) -> bool) -> Recorded {
    let mut recorded = Recorded::new();
    for entry in ACTIONS {
        for case in entry.cases {
            if let Expect::Row(row) = case.expect
                && is_meant(row)
            {
                recorded.entry(row.id).or_insert_with(|| run(entry, case));
            }
        }
    }
    recorded
}

fn run(entry: &'static Entry, case: &Case) -> Vec<String> {
    let mut story = Story::begin();
    (case.given)(&mut story);
    let refusal = story.answer_of(entry, case.request, Format::Xml).expect_err("the case is refused");
    let mut steps = story.steps().to_vec();
    steps.push(format!("# {} {}", refusal.row.status, refusal));
    steps
}

/// The pages of a language: where each lies within it, and its text.
pub(super) fn pages(recorded: &Recorded, language: Language) -> Vec<(String, String)> {
    let codes = codes();
    let page = |(code, rows): (&&str, &Vec<_>)| {
        (format!("errors/{code}.md"), render(code, rows, recorded, language))
    };
    let mut pages: Vec<_> = codes.iter().map(page).collect();
    pages.push(("errors/README.md".to_owned(), index(&codes, language)));
    pages
}

/// One of these pages, made without the others.
pub(super) fn page(path: &str, language: Language) -> Option<String> {
    let codes = codes();
    let code = path.strip_prefix("errors/")?.strip_suffix(".md")?;
    if code == "README" {
        return Some(index(&codes, language));
    }
    let rows = codes.get(code)?;
    Some(render(code, rows, &record(|row| rows.contains(&row)), language))
}

/// The rows that stand on each page.
fn codes() -> BTreeMap<&'static str, Vec<&'static ErrorRow>> {
    let mut codes = BTreeMap::<_, Vec<_>>::new();
    for row in errors::all() {
        codes.entry(file(row.code)).or_default().push(row);
    }
    codes
}

fn index(codes: &BTreeMap<&str, Vec<&'static ErrorRow>>, language: Language) -> String {
    let title = language.pick("API 错误中心", "All error codes");
    let head = language.pick(["错误代码", "HTTP 状态码", "处理"], ["Code", "HTTP status", "What to do"]);
    let cells = |(code, rows): (&&str, &Vec<&ErrorRow>)| {
        let mut statuses: Vec<String> = rows.iter().map(|row| row.status.to_string()).collect();
        statuses.dedup();
        [format!("[{code}]({code}.md)"), statuses.join(", "), reactions(rows, language).join(" ")]
    };
    format!("# {title}\n\n{}", table(head, codes.iter().map(cells)))
}

fn render(code: &str, rows: &[&'static ErrorRow], recorded: &Recorded, language: Language) -> String {
    let mut text = format!("# {code}\n\n{}", page::errors(rows.iter().copied(), language));
    let react = language.pick("客户端如何处理", "What a client does");
    write!(text, "\n## {react}\n\n{}\n", reactions(rows, language).join("\n")).expect("a String takes all");
    let who =
        language.pick("哪些接口返回，在检查顺序中的位置", "Who answers it, and where in the order of checks");
    write!(text, "\n## {who}\n\n{}", raisers(rows, language)).expect("a String takes all");
    let met: Vec<_> = rows.iter().filter_map(|row| Some((row, recorded.get(row.id)?))).collect();
    if !met.is_empty() {
        let how = language.pick("如何在这里遇到", "How to meet it here");
        let words = language.pick(
            "以下取自测试运行的用例：请求写作 `aliyun` 命令（设置见 README），`$` 开头的是前面返回的值，最后一行为返回的错误。",
            "From the cases that the tests run: requests are written for the `aliyun` command line (README tells its \
             settings), what begins with `$` was answered before, and the last line is the error.",
        );
        write!(text, "\n## {how}\n\n{words}\n").expect("a String takes all");
    }
    for (row, steps) in met {
        write!(text, "\n{}\n\n```sh\n{}\n```\n", language.pick(row.note_zh, row.doc), steps.join("\n"))
            .expect("a String takes all");
    }
    text
}

fn reactions(rows: &[&ErrorRow], language: Language) -> Vec<&'static str> {
    let mut words: Vec<_> = rows.iter().map(|row| Reaction::to(row).words(language)).collect();
    words.dedup();
    words
}

/// The actions whose own checks answer one of the rows.
fn raisers(rows: &[&ErrorRow], language: Language) -> String {
    let head = language.pick(["接口", "错误信息", "位置"], ["Action", "Message", "Place"]);
    let mut cells = vec![];
    for entry in ACTIONS {
        let passed = entry.spec.dry_run.filter(|passed| !entry.spec.raises.contains(passed));
        let raises: Vec<_> = entry.spec.raises.iter().copied().chain(passed).collect();
        for (at, row) in raises.iter().enumerate().filter(|(_, row)| rows.contains(row)) {
            let (product, name, path) = (entry.spec.product.name(), entry.spec.name, super::path(entry));
            let place = format!("{} / {}", at + 1, raises.len());
            cells.push([format!("[{product} {name}](../{path})"), row.message.to_owned(), place]);
        }
    }
    let is_common = rows.iter().any(|row| row.id.starts_with('C'));
    let any = language.pick(
        "任何接口在自己的检查之前也可能返回，见[公共错误码](../common/errors.md)。\n",
        "Any action can answer it before its own checks, too; see the [common error codes](../common/errors.md).\n",
    );
    match (cells.is_empty(), is_common) {
        (true, _) => any.to_owned(),
        (false, false) => table(head, cells),
        (false, true) => format!("{}\n{any}", table(head, cells)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::{
        ChangeInProgress, InstanceNotFound, InstanceStatusWrong, InternalFault, ServiceDown, Throttled,
        TokenStillProcessing,
    };

    #[test]
    fn only_what_passes_by_itself_is_repeated() {
        for row in [&Throttled, &TokenStillProcessing, &ChangeInProgress, &InternalFault, &ServiceDown] {
            assert!(Reaction::to(row) == Reaction::Repeat, "{}", row.name);
        }
        assert!(Reaction::to(&InstanceStatusWrong) == Reaction::Await);
        assert!(Reaction::to(&InstanceNotFound) == Reaction::Change);
        let passed = ACTIONS.iter().filter_map(|entry| entry.spec.dry_run);
        assert!(passed.into_iter().all(|row| Reaction::to(row) == Reaction::Passed));
    }
}
