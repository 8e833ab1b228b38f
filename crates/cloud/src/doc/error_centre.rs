//! The error centre: a page for each code, with its rows, who answers them, and how to meet and to mend them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use moyun_wire::out::Format;

use crate::case::{Case, Expect};
use crate::commands::{self, Commands};
use crate::doc::form::{Language, table};
use crate::doc::page;
use crate::errors::{self, ErrorRow};
use crate::order::{self, DRY_RUN, OWN, Step};
use crate::registry::{ACTIONS, Entry};
use crate::story::Story;
use crate::wire_case;

/// How each row is met, by its id.
pub(super) type Recorded = BTreeMap<&'static str, Commands>;

/// A link to the page of a code, from any page within a folder.
pub(super) fn link(code: &str) -> String {
    format!("[{code}](../errors/{}.md)", file(code))
}

/// The name of the page of a code: not all file systems tell upper case from lower.
pub(super) fn file(code: &str) -> &'static str {
    let same = errors::all().find(|row| row.code.eq_ignore_ascii_case(code));
    same.expect("a code that is linked is in the catalogue").code
}

/// Records for each row that is meant how it is met: over the wire, where it is refused before any action runs, or by the first
/// case of an action whose state commands can make, with a twin if any has one.
pub(super) fn record(is_meant: impl Fn(&ErrorRow) -> bool) -> Recorded {
    let mut recorded = Recorded::new();
    let meant: BTreeSet<&str> = errors::all().filter(|row| is_meant(row)).map(|row| row.id).collect();
    for case in wire_case::all().iter().filter(|case| meant.contains(case.id)) {
        recorded.entry(case.id).or_insert_with(|| case.commands());
    }
    let cases = || ACTIONS.iter().flat_map(|entry| entry.cases.iter().map(move |case| (entry, case)));
    let with_twins = cases().filter(|(_, case)| case.twin.is_some());
    for (entry, case) in with_twins.chain(cases()) {
        if let Expect::Row(row) = case.expect
            && meant.contains(row.id)
            && !recorded.contains_key(row.id)
            && let Some(commands) = run(entry, case)
        {
            recorded.insert(row.id, commands);
        }
    }
    recorded
}

/// Runs a case, and what mends it; None where no commands make its state.
fn run(entry: &'static Entry, case: &Case) -> Option<Commands> {
    let mut story = Story::begin();
    (case.given)(&mut story);
    let given = story.take_steps()?;
    story.answer_of(entry, case.request, Format::Xml).expect_err("the case is refused");
    let refused = story.take_steps()?.pop()?;
    if case.twin.is_none() {
        return Some(Commands { given, refused, mend: vec![], mended: None });
    }
    let request = case.mend(&mut story);
    let mend = story.take_steps()?;
    story.answer_of(entry, &request, Format::Xml).expect("the twin succeeds");
    let mended = story.take_steps()?.pop();
    Some(Commands { given, refused, mend, mended })
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
    let begin = language.pick("准备", "How to begin");
    let words = language.pick(
        "各错误码页面中的命令假定先执行以下各行：服务器已在本机启动，并安装了 `aliyun`、`curl`、`jq` 和 `openssl`。\
         `aliyun` 原样传递参数，检查由服务器完成；`signed 方法 密钥 查询串` 为已编码并排好序的查询串加上签名。\
         最后三行让世界重新开始，让时钟停住，并接受时钟照常走动的客户端的请求。",
        "The commands on the pages of the codes come after these lines, with the server running on this machine, and \
         `aliyun`, `curl`, `jq` and `openssl` installed. `aliyun` passes parameters on as they are and leaves their \
         checks to the server; `signed METHOD SECRET QUERY` is a query, encoded and sorted, with its signature. \
         The last three lines begin a new world, stop its clock, and let in clients whose clocks go on.",
    );
    let codes = table(head, codes.iter().map(cells));
    format!("# {title}\n\n{codes}\n## {begin}\n\n{words}\n\n```sh\n{}```\n", commands::BEGIN)
}

/// The lines that meet a row and mend it, with what they answer.
fn script(row: &ErrorRow, commands: &Commands) -> String {
    let Commands { given, refused, mend, mended } = commands;
    let answer = format!("# {} {}", row.status, row.code);
    let mut lines: Vec<&str> = given.iter().chain([refused, &answer]).map(String::as_str).collect();
    if let Some(mended) = mended {
        lines.extend(mend.iter().chain([mended]).map(String::as_str));
        lines.push("# 200");
    }
    lines.join("\n")
}

fn render(code: &str, rows: &[&'static ErrorRow], recorded: &Recorded, language: Language) -> String {
    let mut text = format!("# {code}\n\n{}", page::errors(rows.iter().copied(), language));
    let react = language.pick("客户端如何处理", "What a client does");
    write!(text, "\n## {react}\n\n{}\n", reactions(rows, language).join("\n")).expect("a String takes all");
    let mend = language.pick("如何解决", "How to mend it");
    write!(text, "\n## {mend}\n\n{}", mends(rows, language)).expect("a String takes all");
    if rows.iter().any(|row| !order::places(row).is_empty()) {
        let place = language.pick("在检查顺序中的位置", "Where in the order of checks");
        write!(text, "\n## {place}\n\n{}", places(rows, language)).expect("a String takes all");
    }
    let who = language.pick("哪些接口返回", "Which actions answer it");
    write!(text, "\n## {who}\n\n{}", raisers(rows, language)).expect("a String takes all");
    let met: Vec<_> = rows.iter().filter_map(|row| Some((*row, recorded.get(row.id)?))).collect();
    if !met.is_empty() {
        let how = language.pick("如何在这里遇到", "How to meet it here");
        let words = language.pick(
            "以下命令由测试运行；先执行[准备](README.md#准备)中的各行。CLI 无法发出的请求用 `curl` 发出。",
            "The tests run these commands, after the lines of [how to begin](README.md#how-to-begin). Requests that the \
             command line tool cannot send go by `curl`.",
        );
        write!(text, "\n## {how}\n\n{words}\n").expect("a String takes all");
    }
    for (row, commands) in met {
        write!(text, "\n{}\n\n```sh\n{}\n```\n", language.pick(row.note_zh, row.doc), script(row, commands))
            .expect("a String takes all");
    }
    text
}

fn reactions(rows: &[&ErrorRow], language: Language) -> Vec<&'static str> {
    let mut words: Vec<_> = rows.iter().map(|row| row.reaction().words(language)).collect();
    words.dedup();
    words
}

/// What to do about each row.
fn mends(rows: &[&'static ErrorRow], language: Language) -> String {
    let head = language.pick(["错误信息", "解决办法"], ["Message", "What to do"]);
    let cells = |row: &&'static ErrorRow| {
        let mend = language.pick(row.mend_zh(), row.happened_and_mend().1);
        [row.message.to_owned(), mend.to_owned()]
    };
    table(head, rows.iter().map(cells))
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
