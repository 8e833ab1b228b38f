//! The admin API as an OpenAPI document, made from the table that the router reads.

use serde_json::{Map, Value, json};

use crate::admin::routes::{Form, HTML, JSON, Operation, ROUTES, Route, Target};

/// The schemas of JSON, by their names.
const SCHEMAS: &str = include_str!("schemas.json");

/// The document.
pub fn openapi() -> Value {
    let mut paths = Map::new();
    for route in ROUTES {
        let (bare, form) = split(route.path);
        let parameters: Vec<Value> = names(&form).map(|name| place(name, route.path)).collect();
        let mut item: Map<String, Value> = route
            .operations
            .iter()
            .map(|it| (it.method.to_ascii_lowercase(), operation(route, it)))
            .collect();
        if let Some(bare) = bare {
            paths.insert(bare.to_owned(), Value::Object(item.clone()));
        }
        if !parameters.is_empty() {
            item.insert("parameters".to_owned(), json!(parameters));
        }
        paths.insert(form, Value::Object(item));
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Moyun admin API", "version": env!("CARGO_PKG_VERSION") },
        "servers": [{ "url": "http://127.0.0.1:4581" }],
        // Where no token is set the listener asks for none.
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": serde_json::from_str::<Value>(SCHEMAS).expect("the file is JSON"),
        },
    })
}

/// A form as OpenAPI writes it; before it the same without its end, which may be absent.
fn split(path: &'static str) -> (Option<&'static str>, String) {
    let bare = path.strip_suffix("*}").and_then(|rest| rest.rsplit_once("/{")).map(|(bare, _)| bare);
    (bare, path.replace('*', ""))
}

fn names(form: &str) -> impl Iterator<Item = &str> {
    form.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

fn place(name: &str, path: &str) -> Value {
    let mut place = json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    if path.contains('*') {
        place["description"] = json!("One segment or several, with slashes between them.");
    }
    place
}

fn operation(route: &Route, operation: &Operation) -> Value {
    let Operation { summary, query, takes, answers, .. } = operation;
    // A page is refused by a page.
    let is_page = matches!(answers, Form::Text(HTML | "*/*"));
    let refusal = if is_page { Form::Text(HTML) } else { Form::Json("Error") };
    let mut told = json!({
        "summary": summary,
        "responses": {
            "200": { "description": "Done.", "content": content(*answers) },
            "default": { "description": "Refused, and nothing is changed.", "content": content(refusal) },
        },
    });
    let parameter = |(name, says): &(&str, &str)| json!({ "name": name, "in": "query", "description": says, "schema": { "type": "string" } });
    if is_page {
        told["responses"]["302"] = json!({ "description": "It lies where `Location` says." });
    }
    if !query.is_empty() {
        told["parameters"] = query.iter().map(parameter).collect();
    }
    if let Some(takes) = takes {
        told["requestBody"] = json!({ "content": content(*takes) });
    }
    if route.target == Target::Health {
        told["security"] = json!([]);
    }
    told
}

/// A body, by the media type that it has.
fn content(form: Form) -> Value {
    let (content_type, schema) = match form {
        Form::Json(name) => (JSON, json!({ "$ref": format!("#/components/schemas/{name}") })),
        Form::Text(content_type) => (content_type, json!({ "type": "string" })),
    };
    let media_type = content_type.split(';').next().unwrap_or(content_type);
    json!({ media_type: { "schema": schema } })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ROUTES, openapi};

    #[test]
    fn every_route_and_nothing_else_is_told_and_every_place_is_named() {
        let document = openapi();
        let paths = document["paths"].as_object().unwrap();
        let told: BTreeSet<(String, String)> = paths
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys().filter(|key| *key != "parameters");
                methods.map(|method| (path.clone(), method.to_ascii_uppercase()))
            })
            .collect();
        let mut routed = BTreeSet::new();
        for route in ROUTES {
            for operation in route.operations {
                routed.insert((route.path.replace('*', ""), operation.method.to_owned()));
                if let Some((bare, _)) = route.path.split_once("/{path*}") {
                    routed.insert((bare.to_owned(), operation.method.to_owned()));
                }
            }
        }
        assert_eq!(told, routed);
        for (path, item) in paths {
            let named = item["parameters"].as_array().map_or(0, Vec::len);
            assert_eq!(named, path.matches('{').count(), "{path}");
        }
    }
}
