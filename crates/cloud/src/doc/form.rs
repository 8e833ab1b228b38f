//! The form of a page, which is a promise: these headings, in this order, at these levels.

/// A language of the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::Zh, Language::En];

    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// The text that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// A heading below the name of the action.
#[derive(Debug)]
pub struct Heading {
    /// How many `#` it has.
    pub level: usize,
    zh: &'static str,
    en: &'static str,
}

impl Heading {
    const fn new(level: usize, zh: &'static str, en: &'static str) -> Heading {
        Heading { level, zh, en }
    }

    /// Its words.
    pub fn text(&self, language: Language) -> &'static str {
        language.pick(self.zh, self.en)
    }

    /// Its line.
    pub(super) fn line_text(&self, language: Language) -> String {
        format!("{} {}", "#".repeat(self.level), self.text(language))
    }

    /// Its line with the empty lines around it.
    pub(super) fn line(&self, language: Language) -> String {
        format!("\n{}\n\n", self.line_text(language))
    }
}

pub(super) const DESCRIPTION: Heading = Heading::new(2, "描述", "Description");
pub(super) const REQUEST: Heading = Heading::new(2, "请求参数", "Request parameters");
pub(super) const RESPONSE: Heading = Heading::new(2, "返回参数", "Response parameters");
pub(super) const TYPES: Heading = Heading::new(3, "数据类型", "Data types");
pub(super) const EXAMPLES: Heading = Heading::new(1, "示例", "Examples");
pub(super) const EXAMPLE_REQUEST: Heading = Heading::new(2, "请求参数", "Request parameters");
pub(super) const EXAMPLE_RESPONSE: Heading = Heading::new(2, "返回实例", "Response examples");
pub(super) const ERRORS: Heading = Heading::new(2, "错误码", "Error codes");

/// All headings of a page below its first, which is the name of the action.
pub const FORM: [Heading; 8] =
    [DESCRIPTION, REQUEST, RESPONSE, TYPES, EXAMPLES, EXAMPLE_REQUEST, EXAMPLE_RESPONSE, ERRORS];

/// The columns of a table in either language.
pub(super) struct Columns<const N: usize> {
    zh: [&'static str; N],
    en: [&'static str; N],
}

impl<const N: usize> Columns<N> {
    /// Their words.
    pub(super) fn pick(&self, language: Language) -> [&'static str; N] {
        language.pick(self.zh, self.en)
    }
}

/// The columns of the request.
pub(super) const PARAM_COLUMNS: Columns<4> = Columns {
    zh: ["名称", "类型", "是否必需", "描述(取值范围)"],
    en: ["Name", "Type", "Required", "Description (range)"],
};

/// The columns of a reply and of each data type.
pub(super) const FIELD_COLUMNS: Columns<3> =
    Columns { zh: ["名称", "类型", "描述"], en: ["Name", "Type", "Description"] };

/// The columns of errors.
pub(super) const ERROR_COLUMNS: Columns<4> = Columns {
    zh: ["错误代码", "错误信息", "HTTP 状态码", "说明"],
    en: ["Code", "Message", "HTTP status", "Note"],
};

/// A table of Markdown.
pub(super) fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = line(&head.map(str::to_owned));
    text += &line(&head.map(|_| ":---".to_owned()));
    for row in rows {
        text += &line(&row.map(|cell| escape(&cell)));
    }
    text
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A text that stays within its cell and shows its angle brackets, except in code, where they show anyway.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut in_code = false;
    for letter in text.trim().chars() {
        in_code ^= letter == '`';
        match letter {
            '|' => escaped += "\\|",
            '<' if !in_code => escaped += "\\<",
            '\n' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        let table = table(["a", "b"], [["x|y".to_owned(), "one\ntwo <t> `<t>`".to_owned()]]);
        assert_eq!(table, "| a | b |\n| :--- | :--- |\n| x\\|y | one two \\<t> `<t>` |\n");
    }
}
