//! The definitions as data, in the shape of the metadata that Alibaba Cloud's own tools read.

use serde_json::{Map, Value, json};

use moyun_wire::shape::{Kind, ShapeSpec};

use crate::commands::{self, Commands};
use crate::doc::error_centre;
use crate::doc::form::Language;
use crate::doc::page;
use crate::doc::rows::{self, FieldRow, ParamRow};
use crate::doc::texts::Wanted;
use crate::errors::{self, ErrorRow};
use crate::order;
use crate::registry::{ACTIONS, Entry};
use crate::spec::{Mode, ParamKind, ParamSpec, Product, RegionUse};

/// All actions of a product: parameters, replies and errors.
pub fn metadata(product: Product, language: Language) -> Value {
    let entries = ACTIONS.iter().filter(|entry| entry.spec.product == product);
    let apis: Map<String, Value> =
        entries.map(|entry| (entry.spec.name.to_owned(), Api { entry, language }.describe())).collect();
    json!({
        "version": "1.0",
        "info": { "style": "RPC", "product": product.name(), "version": product.version() },
        "directories": apis.keys().collect::<Vec<_>>(),
        "components": { "schemas": {} },
        "apis": apis,
    })
}

/// Everything that is served, in one document: all actions of all products, and every row of the catalogue with its place in
/// the order of checks.
pub fn all_metadata(language: Language) -> Value {
    let products: Map<String, Value> = Product::ALL
        .iter()
        .map(|&product| (product.name().to_owned(), metadata(product, language)))
        .collect();
    let steps: Vec<Value> = order::steps()
        .map(|step| json!({ "name": step.name, "question": language.pick(step.question_zh, step.question) }))
        .collect();
    let recorded = error_centre::record(|_| true);
    let errors: Vec<Value> =
        errors::all().map(|row| self::row(row, recorded.get(row.id), language)).collect();
    json!({ "version": "1.0", "products": products, "steps": steps, "begin": commands::BEGIN, "errors": errors })
}

/// A row of the catalogue, with the commands that meet it.
fn row(row: &'static ErrorRow, commands: Option<&Commands>, language: Language) -> Value {
    let steps: Vec<&str> = order::places(row).iter().map(|(_, step)| step.name).collect();
    let of_action = |entry: &&Entry| entry.spec.raises.contains(&row) || entry.spec.dry_run == Some(row);
    let raising = ACTIONS.iter().filter(of_action);
    let actions: Vec<String> =
        raising.map(|entry| format!("{}:{}", entry.spec.product.name(), entry.spec.name)).collect();
    json!({
        "id": row.id,
        "status": row.status,
        "errorCode": row.code,
        "errorMessage": row.message,
        "description": language.pick(row.note_zh, row.doc),
        "solution": language.pick(row.mend_zh(), row.happened_and_mend().1),
        "reaction": row.reaction(),
        "steps": steps,
        "actions": actions,
        "commands": commands.map(|commands| json!({
            "given": commands.given,
            "refused": commands.refused,
            "mend": commands.mend,
            "mended": commands.mended,
        })),
    })
}

struct Api {
    entry: &'static Entry,
    language: Language,
}

impl Api {
    fn describe(&self) -> Value {
        let spec = self.entry.spec;
        json!({
            "summary": Wanted::action(self.entry).text(self.language),
            "methods": ["get", "post"],
            "schemes": ["http", "https"],
            "security": [{ "AK": [] }],
            "deprecated": false,
            "operationType": if spec.mode == Mode::Read { "read" } else { "write" },
            "parameters": self.parameters(),
            "responses": { "200": { "schema": self.reply() } },
            "errorCodes": self.errors(),
        })
    }

    fn parameters(&self) -> Vec<Value> {
        let spec = self.entry.spec;
        let plain = |name: &str, kind: &str, required: bool| json!({ "name": name, "in": "query", "schema": { "type": kind, "required": required } });
        let mut parameters = vec![];
        if spec.region != RegionUse::None {
            parameters.push(plain("RegionId", "string", spec.region == RegionUse::Required));
        }
        self.add_parameters(spec.params, &mut parameters);
        if spec.dry_run.is_some() {
            parameters.push(plain("DryRun", "boolean", false));
        }
        if spec.idempotent {
            parameters.push(plain("ClientToken", "string", false));
        }
        parameters
    }

    fn add_parameters(&self, specs: &'static [ParamSpec], parameters: &mut Vec<Value>) {
        for spec in specs {
            if let ParamKind::Flat(inner) = spec.kind {
                self.add_parameters(inner, parameters);
                continue;
            }
            let schema = self.parameter(spec.name.to_owned(), spec.kind, spec);
            let mut parameter = json!({ "name": spec.name, "in": "query", "schema": schema });
            if matches!(spec.kind, ParamKind::List(_)) {
                parameter["style"] = json!("repeatList");
            }
            parameters.push(parameter);
        }
    }

    /// What a parameter may be; `name` is its whole name.
    fn parameter(&self, name: String, kind: ParamKind, spec: &'static ParamSpec) -> Value {
        let row = ParamRow { name: name.clone(), type_name: "", is_json: false, spec };
        let mut schema = json!({ "description": Wanted::param(self.entry, &row).text(self.language) });
        schema["type"] = json!(match kind {
            ParamKind::Text | ParamKind::JsonList => "string",
            ParamKind::Integer => "integer",
            ParamKind::Number => "number",
            ParamKind::Boolean => "boolean",
            ParamKind::Group(_) | ParamKind::Flat(_) => "object",
            ParamKind::List(_) => "array",
        });
        match kind {
            ParamKind::List(of) => {
                // The texts are about the whole name, which has an N for the number of the item.
                schema["items"] = self.parameter(format!("{name}.N"), *of, spec);
                schema["description"] = schema["items"]["description"].clone();
                if let Some(most) = spec.limits.max_items {
                    schema["maxItems"] = json!(most);
                }
            }
            ParamKind::Group(inner) | ParamKind::Flat(inner) => {
                let member = |spec: &'static ParamSpec| {
                    (spec.name.to_owned(), self.parameter(format!("{name}.{}", spec.name), spec.kind, spec))
                };
                schema["properties"] = inner.iter().map(member).collect::<Map<_, _>>().into();
            }
            _ => limit(&mut schema, spec),
        }
        schema["required"] = json!(spec.required);
        if spec.preview {
            schema["preview"] = json!(true);
        }
        schema
    }

    fn reply(&self) -> Value {
        let mut schema = self.structure(self.entry.spec.reply);
        schema["properties"]["RequestId"] = json!({ "type": "string" });
        schema
    }

    fn structure(&self, shape: &'static ShapeSpec) -> Value {
        let mut properties = Map::new();
        for row in rows::fields(shape) {
            let mut names = row.name.split('.').rev();
            let innermost = names.next().unwrap_or_default();
            let mut value = self.field(&row);
            let mut name = innermost;
            // A plain array has no name for its items.
            for _ in names.clone().count()..row.lists {
                value = json!({ "type": "array", "items": value });
            }
            // Each list stands under the name of its items, within an object of its own name.
            for outer in names {
                value =
                    json!({ "type": "object", "properties": { name: { "type": "array", "items": value } } });
                name = outer;
            }
            properties.insert(name.to_owned(), value);
        }
        json!({ "type": "object", "properties": properties })
    }

    fn field(&self, row: &FieldRow) -> Value {
        let mut schema = match row.kind {
            Kind::Object(shape) | Kind::Flat(shape) => self.structure(shape),
            Kind::Integer => json!({ "type": "integer" }),
            Kind::Number => json!({ "type": "number" }),
            Kind::Boolean => json!({ "type": "boolean" }),
            Kind::Text | Kind::List { .. } | Kind::Array(_) => json!({ "type": "string" }),
        };
        schema["description"] = json!(Wanted::field(self.entry, row).text(self.language));
        schema
    }

    /// The action's own errors by status, in the order of its checks.
    fn errors(&self) -> Value {
        let mut statuses: Map<String, Value> = Map::new();
        for row in self.entry.spec.raises {
            let note = self.language.pick(row.note_zh, row.doc);
            let error = json!({ "errorCode": row.code, "errorMessage": row.message, "description": note });
            let errors = statuses.entry(row.status.to_string()).or_insert_with(|| json!([]));
            errors.as_array_mut().expect("it was made as a list").push(error);
        }
        statuses.into()
    }
}

/// Writes down the limits and the default of a single value.
fn limit(schema: &mut Value, spec: &'static ParamSpec) {
    let limits = &spec.limits;
    if let Some((least, most)) = limits.range {
        (schema["minimum"], schema["maximum"]) = (json!(least), json!(most));
    }
    if let Some((least, most)) = limits.len {
        (schema["minLength"], schema["maxLength"]) = (json!(least), json!(most));
    }
    if !limits.one_of.is_empty() {
        schema["enum"] = json!(limits.one_of);
    }
    if let Some(default) = spec.default.filter(|text| page::is_literal(text)) {
        schema["default"] = json!(default.trim_matches('"'));
    }
}
