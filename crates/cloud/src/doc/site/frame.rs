//! What stands around the body of every page.

use crate::doc::form::Language;

/// Where a site is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a server, which also has pages of requests.
    Server,
    /// As files.
    Files,
}

/// A page but for its body.
#[derive(Debug)]
pub struct Frame<'p> {
    /// The language of its words.
    pub language: Language,
    /// How to get from the page to the folder of the site: empty, or ending with a slash.
    pub root: &'p str,
    /// What it is about.
    pub title: &'p str,
    /// The id and the words of each heading that it tells at its side.
    pub headings: &'p [(String, String)],
    /// Where the same page in the other language lies within the site.
    pub twin: Option<&'p str>,
    /// The same page as Markdown.
    pub markdown: Option<&'p str>,
    /// Where it is looked at.
    pub place: Place,
}

impl Frame<'_> {
    /// The whole page.
    pub fn around(&self, body: &str) -> String {
        let Frame { language, root, .. } = self;
        let (folder, lang) = (language.folder(), language.pick("zh-CN", "en"));
        let (title, bar, aside) = (escape(self.title), self.bar(), self.aside());
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · Moyun</title>\n\
             <link rel=\"icon\" href=\"{root}assets/icon.svg\">\n\
             <link rel=\"stylesheet\" href=\"{root}assets/site.css\">\n\
             <script defer src=\"{root}assets/site.js\"></script>\n</head>\n\
             <body data-root=\"{root}\" data-language=\"{folder}\">\n{bar}\
             <div class=\"page\">\n{aside}<main>\n{body}</main>\n</div>\n</body>\n</html>\n"
        )
    }

    fn bar(&self) -> String {
        let Frame { language, root, .. } = self;
        let folder = language.folder();
        let [actions, errors, requests, search, keys] = language.pick(
            ["接口", "错误码", "请求", "搜索接口和错误码", "按 / 搜索，上下键选择，回车打开"],
            [
                "Actions",
                "Errors",
                "Requests",
                "Search actions and errors",
                "/ searches, arrows choose, Enter opens",
            ],
        );
        let requests = match self.place {
            Place::Server => format!("<a href=\"{root}../requests?lang={folder}\">{requests}</a>"),
            Place::Files => String::new(),
        };
        let twin = self.twin.map(|twin| {
            let (lang, words) = language.pick(("en", "English"), ("zh-CN", "中文"));
            format!(
                "<a class=\"twin\" lang=\"{lang}\" hreflang=\"{lang}\" href=\"{root}{}\">{words}</a>",
                escape(twin)
            )
        });
        format!(
            "<header>\n<a class=\"brand\" href=\"{root}{folder}/index.html\"><b>模云</b> Moyun</a>\n\
             <nav><a href=\"{root}{folder}/index.html\">{actions}</a>\
             <a href=\"{root}{folder}/errors/index.html\">{errors}</a>{requests}</nav>\n\
             <div class=\"search\" hidden><input type=\"search\" placeholder=\"{search}\" title=\"{keys}\" \
             aria-label=\"{search}\" role=\"combobox\" aria-expanded=\"false\" aria-controls=\"found\" \
             autocomplete=\"off\" spellcheck=\"false\"><kbd>/</kbd><ul id=\"found\" role=\"listbox\" hidden></ul></div>\n\
             {}\n</header>\n",
            twin.unwrap_or_default()
        )
    }

    /// What the page tells, for wide windows, and its Markdown.
    fn aside(&self) -> String {
        let item =
            |(id, words): &(String, String)| format!("<a href=\"#{}\">{}</a>\n", escape(id), escape(words));
        let items: String = self.headings.iter().map(item).collect();
        let markdown =
            self.markdown.map(|file| format!("<a class=\"source\" href=\"{}\">Markdown</a>\n", escape(file)));
        match (items, markdown) {
            (items, None) if items.is_empty() => String::new(),
            (items, markdown) => format!("<aside>\n{items}{}</aside>\n", markdown.unwrap_or_default()),
        }
    }
}

/// A text as it stands in HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            _ => escaped.push(letter),
        }
    }
    escaped
}
