//! Everything that the admin listener serves, in one table: the router reads it, and so does the OpenAPI document.

pub(super) const JSON: &str = "application/json;charset=utf-8";
pub(super) const HTML: &str = "text/html;charset=utf-8";
pub(super) const LINES: &str = "application/x-ndjson;charset=utf-8";

/// What a route leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Health,
    Requests,
    Request,
    Throttle,
    State,
    Problems,
    World,
    Advance,
    Accounts,
    Orders,
    PayOrder,
    CancelOrder,
    Reset,
    RequestsPage,
    RequestPage,
    ErrorsPage,
    ErrorPage,
    Docs,
}

/// Addresses of one form.
#[derive(Debug)]
pub(super) struct Route {
    /// The form: `{name}` stands for a segment, `{name*}` at the end for any number of them.
    pub(super) path: &'static str,
    pub(super) target: Target,
    pub(super) operations: &'static [Operation],
}

/// What can be done at an address.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) summary: &'static str,
    /// Parameters of the query, each with what it says.
    pub(super) query: &'static [(&'static str, &'static str)],
    pub(super) takes: Option<Form>,
    pub(super) answers: Form,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON of a schema, by its name in `schemas.json`.
    Json(&'static str),
    /// Text of a media type.
    Text(&'static str),
}

const LINES_OF_STATE: Form = Form::Text(LINES);
const PAGE: Form = Form::Text(HTML);
const FILE: Form = Form::Text("*/*");

const FILTERS: &[(&str, &str)] = &[
    ("action", "Only requests whose action contains this, in any letter case."),
    ("account", "Only requests for accounts whose ID contains this."),
    ("code", "Only requests refused with a code that contains this, in any letter case."),
    ("status", "Only answers whose HTTP status begins with this: 404, or 4 for all from 400 to 499."),
];

const fn get(summary: &'static str, answers: Form) -> Operation {
    Operation { method: "GET", summary, query: &[], takes: None, answers }
}

const fn tell(summary: &'static str, schema: &'static str) -> Operation {
    get(summary, Form::Json(schema))
}

const fn send(
    method: &'static str,
    summary: &'static str,
    takes: &'static str,
    answers: &'static str,
) -> Operation {
    Operation { method, takes: Some(Form::Json(takes)), ..tell(summary, answers) }
}

const fn filtered(summary: &'static str, answers: Form) -> Operation {
    Operation { query: FILTERS, ..get(summary, answers) }
}

const fn replace(summary: &'static str) -> Operation {
    Operation { method: "PUT", takes: Some(LINES_OF_STATE), ..tell(summary, "Imported") }
}

const fn route(path: &'static str, target: Target, operations: &'static [Operation]) -> Route {
    Route { path, target, operations }
}

/// Every route; none matches what another does.
pub(super) const ROUTES: &[Route] = &[
    route(
        "/health",
        Target::Health,
        &[tell("Tells that the server answers, and its version. Needs no token.", "Health")],
    ),
    route(
        "/admin/requests",
        Target::Requests,
        &[filtered(
            "Lists the last requests, newest first, refused ones with the reason.",
            Form::Json("Requests"),
        )],
    ),
    route(
        "/admin/requests/{request_id}",
        Target::Request,
        &[tell("Shows a request and why it was refused.", "Request")],
    ),
    route(
        "/admin/throttle/{account}",
        Target::Throttle,
        &[tell("Shows how many calls an account has left.", "Throttle")],
    ),
    route(
        "/admin/state",
        Target::State,
        &[
            get("Tells the whole state, one record a line.", LINES_OF_STATE),
            replace("Replaces the whole state, all or nothing."),
        ],
    ),
    route(
        "/admin/state/accounts/{account}",
        Target::State,
        &[
            get("Tells what belongs to an account, one record a line.", LINES_OF_STATE),
            replace("Replaces what belongs to an account, all or nothing."),
        ],
    ),
    route(
        "/admin/state/problems",
        Target::Problems,
        &[tell("Lists what is wrong with the stored state; nothing should be.", "Problems")],
    ),
    route(
        "/admin/world/{path*}",
        Target::World,
        &[
            tell("Reads the world, or the part of it at a path.", "Facts"),
            send(
                "PATCH",
                "Merge-patches the world at a path, all or nothing, and shows that part.",
                "Facts",
                "Facts",
            ),
        ],
    ),
    route(
        "/admin/clock/advance",
        Target::Advance,
        &[send(
            "POST",
            "Moves the clock on by `seconds`; everything that falls due on the way happens.",
            "Advance",
            "Clock",
        )],
    ),
    route(
        "/admin/accounts",
        Target::Accounts,
        &[send("POST", "Makes an account and shows it with its key, this once.", "Nothing", "Account")],
    ),
    route(
        "/admin/accounts/{account}/orders",
        Target::Orders,
        &[tell("Lists the orders of an account that were not paid at once, newest first.", "Orders")],
    ),
    route(
        "/admin/accounts/{account}/orders/{order}/pay",
        Target::PayOrder,
        &[send(
            "POST",
            "Pays an unpaid order: what was asked for happens, as if it were asked for now.",
            "Nothing",
            "Order",
        )],
    ),
    route(
        "/admin/accounts/{account}/orders/{order}/cancel",
        Target::CancelOrder,
        &[send("POST", "Gives an unpaid order up.", "Nothing", "Order")],
    ),
    route(
        "/admin/reset",
        Target::Reset,
        &[send("POST", "Puts everything back as at the first start.", "Nothing", "Done")],
    ),
    route("/requests", Target::RequestsPage, &[filtered("Page: the last requests, newest first.", PAGE)]),
    route("/requests/{request_id}", Target::RequestPage, &[get("Page: why a request was refused.", PAGE)]),
    route("/errors", Target::ErrorsPage, &[get("Leads to the page of all error codes.", PAGE)]),
    route("/errors/{code}", Target::ErrorPage, &[get("Page: what an error code means, row by row.", PAGE)]),
    route(
        "/docs/{path*}",
        Target::Docs,
        &[get("The reference: pages end in `.html`, or in `.md` as Markdown.", FILE)],
    ),
];

/// The route that the segments of a path take, and those that fill its places.
pub(super) fn find(path: &[String]) -> Option<(&'static Route, Vec<String>)> {
    ROUTES.iter().find_map(|route| Some((route, fill(route.path, path)?)))
}

fn fill(form: &str, path: &[String]) -> Option<Vec<String>> {
    let mut filled = vec![];
    let mut rest = path.iter();
    for wanted in form.split('/').skip(1) {
        if wanted.ends_with("*}") {
            filled.extend(rest.by_ref().cloned());
            break;
        }
        let segment = rest.next()?;
        match wanted.starts_with('{') {
            true => filled.push(segment.clone()),
            false if wanted == segment => {}
            false => return None,
        }
    }
    rest.next().is_none().then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::{ROUTES, find};

    fn taken(path: &str) -> Option<(&'static str, String)> {
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        find(&segments).map(|(route, filled)| (route.path, filled.join(" ")))
    }

    #[test]
    fn a_path_takes_the_route_of_its_form() {
        for (path, form, filled) in [
            ("/health", "/health", ""),
            ("/admin/requests/X-1", "/admin/requests/{request_id}", "X-1"),
            ("/admin/state/problems", "/admin/state/problems", ""),
            ("/admin/state/accounts/1", "/admin/state/accounts/{account}", "1"),
            ("/admin/world", "/admin/world/{path*}", ""),
            ("/admin/world/zones/z", "/admin/world/{path*}", "zones z"),
        ] {
            assert_eq!(taken(path), Some((form, filled.to_owned())), "{path}");
        }
        for path in ["/", "/admin", "/health/x", "/admin/state/accounts", "/requests/a/b"] {
            assert_eq!(taken(path), None, "{path}");
        }
    }

    #[test]
    fn every_form_takes_its_own_route() {
        for route in ROUTES {
            assert_eq!(taken(route.path).map(|(form, _)| form), Some(route.path));
        }
    }
}
