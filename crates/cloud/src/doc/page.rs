//! The page of an action.

use std::fmt::Write;

use moyun_wire::shape::{Kind, ShapeSpec};
use moyun_wire::timestamp;

use crate::doc::example::Example;
use crate::doc::form::{
    DESCRIPTION, ERROR_COLUMNS, ERRORS, EXAMPLE_REQUEST, EXAMPLE_RESPONSE, EXAMPLES, FIELD_COLUMNS, Language,
    PARAM_COLUMNS, REQUEST, RESPONSE, TYPES, table,
};
use crate::doc::rows::{self, FieldRow, ParamRow};
use crate::doc::texts::Wanted;
use crate::doc::{error_centre, indent, index, limits};
use crate::errors::ErrorRow;
use crate::registry::Entry;
use crate::spec::RegionUse;
use crate::story::DAWN_MS;

/// Writes the page.
pub(super) fn render(entry: &'static Entry, example: &Example, language: Language) -> String {
    let page = Page { entry, language };
    let mut text = format!("# {}\n", entry.spec.name);
    for (heading, section) in [
        (DESCRIPTION, page.description()),
        (REQUEST, page.request()),
        (RESPONSE, page.reply(entry.spec.reply)),
        (TYPES, page.types()),
        (EXAMPLES, page.example(example)),
        (EXAMPLE_REQUEST, format!("```text\nGET {}\n```\n", example.url)),
        (EXAMPLE_RESPONSE, page.bodies(example)),
        (ERRORS, page.errors()),
    ] {
        text += &heading.line(language);
        text += &section;
    }
    // An empty section leaves two empty lines behind its heading.
    text.replace("\n\n\n", "\n\n")
}

struct Page {
    entry: &'static Entry,
    language: Language,
}

impl Page {
    fn description(&self) -> String {
        format!("{}\n", Wanted::action(self.entry).text(self.language))
    }

    fn request(&self) -> String {
        let own = rows::params(self.entry.spec.params);
        let own = own.iter().map(|row| self.param(row));
        let rows = self.common_before().into_iter().chain(own).chain(self.common_after());
        let more =
            self.language.pick("签名、时间戳等参数见", "Signature, timestamp and the like are among the");
        format!(
            "{}\n{more} {}\n",
            table(PARAM_COLUMNS.pick(self.language), rows),
            index::link_to_params(self.language)
        )
    }

    /// What every request or every request to a region begins with.
    fn common_before(&self) -> Vec<[String; 4]> {
        let spec = self.entry.spec;
        let fixed = self.language.pick("系统规定参数，取值：", "Names the action:");
        let version = self.language.pick("API 版本，取值：", "Version of the API:");
        let mut rows = vec![
            self.row("Action", "String", true, glue(self.language, fixed, spec.name)),
            self.row("Version", "String", true, glue(self.language, version, spec.product.version())),
        ];
        let (needed, optional) = self.language.pick(
            (
                "地域 ID，可调用 DescribeRegions 查看。",
                "地域 ID。指定时，该地域必须存在，且只在该地域内查找资源。",
            ),
            (
                "ID of the region; DescribeRegions lists them.",
                "ID of the region. If it is given, the region must exist and hold what is asked for.",
            ),
        );
        match spec.region {
            RegionUse::Required => rows.push(self.row("RegionId", "String", true, needed.to_owned())),
            RegionUse::Optional => rows.push(self.row("RegionId", "String", false, optional.to_owned())),
            RegionUse::None => {}
        }
        rows
    }

    fn common_after(&self) -> Vec<[String; 4]> {
        let spec = self.entry.spec;
        let mut rows = vec![];
        if let Some(passed) = spec.dry_run {
            let text = self.language.pick(
                format!(
                    "是否只预检此次请求而不执行。通过所有检查时返回错误码 `{}`。默认值：`false`。",
                    passed.code
                ),
                format!(
                    "Whether to check the request and change nothing. Answers `{}` if every check passes. \
                     Default: `false`.",
                    passed.code
                ),
            );
            rows.push(self.row("DryRun", "Boolean", false, text));
        }
        if spec.idempotent {
            let text = self.language.pick(
                "保证请求幂等性：同一 ClientToken 的请求只执行一次，重试得到同样的结果。1 至 64 个 ASCII 字符，由客户端生成。",
                "Makes the call happen once: a retry with the same token and parameters receives the first answer. \
                 1 to 64 ASCII characters of the caller's choice.",
            );
            rows.push(self.row("ClientToken", "String", false, text.to_owned()));
        }
        rows
    }

    fn param(&self, row: &ParamRow) -> [String; 4] {
        let doc = Wanted::param(self.entry, row).text(self.language);
        let mut parts = vec![doc.to_owned()];
        if row.is_json && !doc.contains("JSON") {
            parts.push(self.language.pick("格式为 JSON 数组。", "A JSON array in text form.").to_owned());
        }
        parts.extend(limits::sentences(&row.spec.limits, doc, self.language));
        if let Some(default) = row.spec.default.filter(|text| is_literal(text)) {
            let default = default.trim_matches('"');
            parts
                .push(self.language.pick(format!("默认值：`{default}`。"), format!("Default: `{default}`.")));
        }
        if row.spec.preview {
            parts.push(
                self.language.pick("仅对受邀账号开放。", "Only for accounts that were invited.").to_owned(),
            );
        }
        self.row(&row.name, row.type_name, row.spec.required, parts.join(self.language.pick("", " ")))
    }

    fn row(&self, name: &str, type_name: &str, required: bool, text: String) -> [String; 4] {
        let required =
            if required { self.language.pick("是", "Yes") } else { self.language.pick("否", "No") };
        [name.to_owned(), type_name.to_owned(), required.to_owned(), text]
    }

    fn reply(&self, shape: &'static ShapeSpec) -> String {
        let id = self.language.pick("请求 ID，每个请求唯一。", "ID of this request.").to_owned();
        let first = ["RequestId".to_owned(), "String".to_owned(), id];
        self.fields(std::iter::once(first).chain(rows::fields(shape).iter().map(|row| self.field(row))))
    }

    fn types(&self) -> String {
        let types = rows::types(self.entry.spec.reply);
        if types.is_empty() {
            return self.language.pick("无嵌套类型。\n", "None is nested.\n").to_owned();
        }
        let mut text = String::new();
        for shape in types {
            let doc = Wanted::data_type(self.entry, shape).text(self.language);
            let fields = rows::fields(shape);
            let table = self.fields(fields.iter().map(|row| self.field(row)));
            write!(text, "#### {}\n\n{doc}\n\n{table}\n", shape.name)
                .expect("writing to a String cannot fail");
        }
        text.truncate(text.trim_end().len());
        text + "\n"
    }

    fn fields(&self, rows: impl Iterator<Item = [String; 3]>) -> String {
        table(FIELD_COLUMNS.pick(self.language), rows)
    }

    fn field(&self, row: &FieldRow) -> [String; 3] {
        let mut type_name = match row.kind {
            Kind::Object(shape) | Kind::Flat(shape) => {
                format!("[{}](#{})", shape.name, shape.name.to_lowercase())
            }
            Kind::Integer => "Integer".to_owned(),
            Kind::Number => "Float".to_owned(),
            Kind::Boolean => "Boolean".to_owned(),
            Kind::Text | Kind::List { .. } | Kind::Array(_) => "String".to_owned(),
        };
        for _ in 0..row.lists {
            type_name = self.language.pick(format!("{type_name} 列表"), format!("Array of {type_name}"));
        }
        let doc = Wanted::field(self.entry, row).text(self.language);
        [row.name.clone(), type_name, doc.to_owned()]
    }

    fn example(&self, example: &Example) -> String {
        let time = timestamp::to_second(DAWN_MS);
        self.language.pick(
            format!("以下请求由内置默认账号于 {time} 签名，返回内容取自真实运行。\n"),
            format!(
                "The case “{}”: signed by the built-in account at {time}, and answered by a real run.\n",
                example.case
            ),
        )
    }

    fn bodies(&self, example: &Example) -> String {
        let note = self.language.pick(
            "为便于阅读加了换行和缩进，实际返回没有。",
            "Line breaks and indentation are for the reader; what is sent has neither.",
        );
        let (xml, json) = (indent::xml(&example.xml), indent::json(&example.json));
        format!("{note}\n\nXML\n\n```xml\n{xml}\n```\n\nJSON\n\n```json\n{json}\n```\n")
    }

    fn errors(&self) -> String {
        let spec = self.entry.spec;
        let mut rows: Vec<&ErrorRow> = spec.raises.to_vec();
        rows.extend(spec.dry_run.filter(|passed| !spec.raises.contains(passed)));
        let more = self.language.pick("所有接口都可能返回", "Every action can also answer the");
        let common = index::link_to_errors(self.language);
        format!("{}\n{more} {common}\n", errors(rows.into_iter(), self.language))
    }
}

/// The table of error rows.
pub(super) fn errors(rows: impl Iterator<Item = &'static ErrorRow>, language: Language) -> String {
    let cells = |row: &'static ErrorRow| {
        let note = language.pick(row.note_zh, row.doc);
        [error_centre::link(row.code), row.message.to_owned(), row.status.to_string(), note.to_owned()]
    };
    table(ERROR_COLUMNS.pick(language), rows.map(cells))
}

/// Whether a default is a value that a caller could write.
pub(super) fn is_literal(text: &str) -> bool {
    !text.is_empty() && !text.contains(['(', ':'])
}

fn glue(language: Language, text: &str, value: &str) -> String {
    language.pick(format!("{text}`{value}`。"), format!("{text} `{value}`."))
}
