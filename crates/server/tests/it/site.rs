//! The pages of the admin listener.

use moyun_cloud::errors;

use crate::client::{Answer, Server};

fn get(server: &Server, path: &str) -> Answer {
    server.admin("GET", path, "")
}

fn call(server: &Server, action: &str, params: &[(&str, &str)]) -> String {
    server.call(action, params).headers["x-acs-request-id"].clone()
}

#[test]
fn the_reference_is_served_as_pages_and_as_markdown() {
    let server = Server::start();
    for (path, content_type, words) in [
        ("/docs/zh/index.html", "text/html", "<h1 id=\"api-参考\">"),
        ("/docs/en/ecs/StopInstance.html", "text/html", "<h1 id=\"stopinstance\">StopInstance</h1>"),
        ("/docs/zh/common/calling.html", "text/html", "x-acs-"),
        ("/docs/en/errors/IncorrectInstanceStatus.html", "text/html", "What a client does"),
        ("/docs/en/ecs/StopInstance.md", "text/markdown", "# StopInstance\n"),
        ("/docs/zh/README.md", "text/markdown", "# API 参考\n"),
        ("/docs/assets/site.css", "text/css", "prefers-color-scheme"),
        ("/docs/assets/site.js", "text/javascript", "Search by keyboard"),
        ("/docs/assets/search-en.js", "text/javascript", "\"ecs/StopInstance.html\""),
        ("/docs/assets/icon.svg", "image/svg+xml", "<svg"),
    ] {
        for _again in 0..2 {
            let answer = get(&server, path);
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.headers["content-type"].starts_with(content_type), "{path}");
            assert!(answer.body.contains(words), "{path}: {}", answer.body);
        }
    }
    for path in ["/docs/fr", "/docs/zh/ecs/Nothing.html", "/docs/zh/ecs/Nothing.md", "/docs/assets/x.js"] {
        let answer = get(&server, path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("the reference has no"), "{path}: {}", answer.body);
    }
}

#[test]
fn folders_lead_to_their_first_pages_in_the_language_of_the_browser() {
    let server = Server::start();
    for (path, page) in [
        ("/docs", "/docs/en/index.html"),
        ("/docs/zh", "/docs/zh/index.html"),
        ("/docs/zh/errors/", "/docs/zh/errors/index.html"),
        ("/errors", "/docs/en/errors/index.html"),
    ] {
        let answer = get(&server, path);
        assert_eq!((answer.status, &*answer.headers["location"]), (302, page), "{path}");
        assert_eq!(get(&server, page).status, 200, "{path}");
    }
    for (wanted, page) in [
        ("zh-CN,zh;q=0.9,en;q=0.8", "/docs/zh/index.html"),
        ("fr, en-GB;q=0.8, zh;q=0.5", "/docs/en/index.html"),
    ] {
        let headers = format!("Host: localhost\r\nAccept-Language: {wanted}");
        let answer = server.admin_with(&headers, "GET", "/docs", "");
        assert_eq!(answer.headers["location"], page, "{wanted}");
    }
}

#[test]
fn a_page_may_only_load_what_the_listener_serves_and_has_no_script_of_its_own() {
    let server = Server::start();
    let id = call(&server, "StopInstance", &[("InstanceId", "<script>alert(1)</script>")]);
    for path in ["/docs/en/index.html", "/requests", &format!("/requests/{id}"), "/errors/MissingParameter"] {
        let answer = get(&server, path);
        let policy = &answer.headers["content-security-policy"];
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert!(!answer.body.contains("<script>") && !answer.body.contains(" style"), "{path}");
    }
}

#[test]
fn the_list_of_requests_is_filtered_by_its_query() {
    let server = Server::start();
    let refused = call(&server, "StopInstance", &[("InstanceId", "i-nobody")]);
    let passed = call(&server, "DescribeRegions", &[]);
    let listed = |query: &str| {
        let body = get(&server, &format!("/requests?{query}")).body;
        [&refused, &passed].map(|id| body.contains(&format!("<a href=\"/requests/{id}?lang=en\">")))
    };
    for (query, shown) in [
        ("", [true, true]),
        ("action=stopinst", [true, false]),
        ("code=notfound", [true, false]),
        ("status=2", [false, true]),
        ("status=404&action=Stop", [true, false]),
        ("status=404&action=Regions", [false, false]),
        ("account=1000000000000001", [true, true]),
        ("account=2222", [false, false]),
        ("action=&code=&nonsense=1", [true, true]),
    ] {
        assert_eq!(listed(query), shown, "{query}");
    }
    let told = get(&server, "/admin/requests?status=4").json();
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert!(get(&server, "/requests?action=%22%3E%3Cb%3E").body.contains("value=\"&quot;&gt;&lt;b&gt;\""));
}

#[test]
fn pages_of_requests_and_codes_are_whole_in_both_languages() {
    let server = Server::start();
    let id = call(&server, "StopInstance", &[("InstanceId", "i-nobody")]);
    for (path, english, chinese) in [
        ("/requests".to_owned(), "Each opens the page", "点开可以看到为什么这样应答"),
        (format!("/requests/{id}"), "What would have succeeded", "怎样才能成功"),
        ("/requests/none".to_owned(), "no request none is remembered", "没有记住请求 none"),
        ("/errors/InvalidInstanceId.NotFound".to_owned(), "How to mend it", "如何解决"),
        ("/errors/None".to_owned(), "there is no error code None", "没有错误码 None"),
    ] {
        let (en, zh) =
            (get(&server, &format!("{path}?lang=en")).body, get(&server, &format!("{path}?lang=zh")).body);
        assert!(en.contains(english) && en.contains("<html lang=\"en\">"), "{en}");
        assert!(
            zh.contains(chinese) && !zh.contains(english) && zh.contains("<html lang=\"zh-CN\">"),
            "{zh}"
        );
        assert!(en.contains("?lang=zh\">中文</a>") && zh.contains("?lang=en\">English</a>"), "{zh}");
        let headers = "Host: localhost\r\nAccept-Language: zh-CN";
        assert_eq!(server.admin_with(headers, "GET", &path, "").body, zh);
    }
    let code = get(&server, "/errors/InvalidInstanceId.NotFound?lang=zh").body;
    let row = errors::all().find(|row| row.id == "C041").unwrap();
    assert!(code.contains(row.mend_zh()) && !code.contains(row.happened_and_mend().1), "{code}");
    let filtered = get(&server, "/requests?lang=zh&action=Stop").body;
    assert!(filtered.contains("../requests?action=Stop&amp;lang=en\""), "{filtered}");
}

#[test]
fn pages_are_guarded_as_the_rest() {
    let server = Server::start_with(Some("s3cret"));
    for path in ["/docs", "/docs/en/index.html", "/docs/assets/site.js", "/requests", "/errors"] {
        assert_eq!(get(&server, path).status, 401, "{path}");
    }
}
