//! The error centre: a page for each code, with its rows, who answers them, and how to meet and to mend them.

use std::collections::BTreeMap;
use std::fmt::Write;

use moyun_wire::out::Format;

use crate::case::{Case, Expect};
use crate::doc::form::{Language, table};
use crate::doc::page;
use crate::errors::{self, ErrorRow};
use crate::order::{self, DRY_RUN, OWN, Step};
use crate::registry::{ACTIONS, Entry};
use crate::story::Story;

/// How each row was met by a case, by its id: what was done, the refused request last.
pub(super) type Recorded = BTreeMap<&'static str, Vec<String>>;

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
    if rows.iter().any(|row| !order::places(row).is_empty()) {
        let place = language.pick("在检查顺序中的位置", "Where in the order of checks");
        write!(text, "\n## {place}\n\n{}", places(rows, language)).expect("a String takes all");
    }
    let who = language.pick("哪些接口返回", "Which actions answer it");
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
    let mut words: Vec<_> = rows.iter().map(|row| row.reaction().words(language)).collect();
    words.dedup();
    words
}

/// The steps at which the rows stand.
fn places(rows: &[&'static ErrorRow], language: Language) -> String {
    let head = language.pick(["错误信息", "步骤", "名称", "问题"], ["Message", "Step", "Name", "Question"]);
    let count = order::steps().count();
    let mut cells = vec![];
    for row in rows {
        for (at, step) in order::places(row) {
            let question = language.pick(step.question_zh, step.question).to_owned();
            cells.push([
                row.message.to_owned(),
                format!("{at} / {count}"),
                format!("`{}`", step.name),
                question,
            ]);
        }
    }
    table(head, cells)
}

/// The actions whose own checks answer one of the rows, and whether others can.
fn raisers(rows: &[&'static ErrorRow], language: Language) -> String {
    let head = language
        .pick(["接口", "错误信息", "自身检查中的位置"], ["Action", "Message", "Place in its own checks"]);
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
    let is_own = |step: &Step| [OWN.name, DRY_RUN.name].contains(&step.name);
    let is_common = rows.iter().any(|row| order::places(row).iter().any(|(_, step)| !is_own(step)));
    let any = language.pick(
        "在自己的检查之外，上述步骤对其有意义的任何接口都可能返回，见[公共错误码](../common/errors.md)。\n",
        "Beside its own checks, every action that has the step above can answer it; see the \
         [common error codes](../common/errors.md).\n",
    );
    let none = language.pick("目前没有接口返回。\n", "None that is served here so far.\n");
    match (cells.is_empty(), is_common) {
        (true, true) => any.to_owned(),
        (true, false) => none.to_owned(),
        (false, false) => table(head, cells),
        (false, true) => format!("{}\n{any}", table(head, cells)),
    }
}
