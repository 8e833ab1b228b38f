//! The first page of a language: all actions, and what they have in common.

use crate::doc::common;
use crate::doc::form::{Language, table};
use crate::doc::texts::Wanted;
use crate::registry::{ACTIONS, Entry};
use crate::spec::Product;

/// Common parameters: name, whether it is required, Chinese, English.
const COMMON: [(&str, bool, &str, &str); 10] = [
    ("Action", true, "接口名称。", "Name of the action."),
    ("Version", true, "产品的 API 版本。", "Version of the product's API."),
    ("AccessKeyId", true, "访问密钥 ID。", "ID of the access key."),
    (
        "Signature",
        true,
        "用密钥对全部参数计算的签名。",
        "Signature over all parameters by the secret of the key.",
    ),
    (
        "SignatureMethod",
        false,
        "签名方式，取值：`HMAC-SHA1`（默认）、`HMAC-SHA256`。",
        "How it is computed: `HMAC-SHA1`, the default, or `HMAC-SHA256`.",
    ),
    ("SignatureVersion", false, "签名算法版本，取值：`1.0`。", "Version of the signature: `1.0`."),
    (
        "SignatureNonce",
        true,
        "唯一随机数，用于防止重放，每次请求都要换新的。",
        "A value never used before, which keeps a request from being replayed.",
    ),
    (
        "Timestamp",
        true,
        "请求时间（UTC），格式为 `YYYY-MM-DDThh:mm:ssZ`。",
        "Time of the request in UTC, as `YYYY-MM-DDThh:mm:ssZ`.",
    ),
    (
        "SecurityToken",
        false,
        "临时密钥的安全令牌，使用临时密钥时必需。",
        "Token of a temporary key; required with one.",
    ),
    (
        "Format",
        false,
        "返回格式，取值：`XML`（默认）、`JSON`。",
        "Format of the reply: `XML`, the default, or `JSON`.",
    ),
];

/// Writes the page.
pub(super) fn render(language: Language) -> String {
    let mut text = format!("# {}\n", language.pick("API 参考", "API reference"));
    let intro = language.pick(
        "每个接口一页，内容由接口定义生成，示例取自真实运行。`cargo xtask docs` 重新生成本目录。",
        "One page for each action, made from its definition, with examples from real runs.\n\
         `cargo xtask docs` writes this folder anew.",
    );
    text += &format!("\n{intro}\n");
    for product in Product::ALL {
        text += &actions(product, language);
    }
    let centre = language.pick("- [API 错误中心](errors/README.md)", "- [All error codes](errors/README.md)");
    let shared = language.pick("公共内容", "What all actions share");
    text + &format!("\n## {shared}\n\n{}{centre}\n", common::links(language))
}

/// Whether a parameter may stand in any request.
pub(super) fn is_common(name: &str) -> bool {
    COMMON.iter().any(|(common, ..)| *common == name)
}

/// A link to the parameters that all requests have.
pub(super) fn link_to_params(language: Language) -> &'static str {
    language.pick(
        "[公共请求参数](../common/parameters.md)。",
        "[common request parameters](../common/parameters.md).",
    )
}

/// A link to the errors that all actions can answer.
pub(super) fn link_to_errors(language: Language) -> &'static str {
    language.pick("[公共错误码](../common/errors.md)。", "[common error codes](../common/errors.md).")
}

fn actions(product: Product, language: Language) -> String {
    let mut entries: Vec<&Entry> = ACTIONS.iter().filter(|entry| entry.spec.product == product).collect();
    if entries.is_empty() {
        return String::new();
    }
    entries.sort_by_key(|entry| entry.spec.name);
    let head = language.pick(["接口", "描述"], ["Action", "Description"]);
    let cells = |entry: &&Entry| {
        let doc = Wanted::action(entry).text(language);
        let first = doc.split("\n\n").next().unwrap_or_default();
        [format!("[{}]({})", entry.spec.name, super::path(entry)), first.to_owned()]
    };
    let (name, version) = (product.name(), product.version());
    format!("\n## {name} {version}\n\n{}", table(head, entries.iter().map(cells)))
}

/// The table of the parameters that all requests have.
pub(super) fn params(language: Language) -> String {
    let head =
        language.pick(["名称", "类型", "是否必需", "描述"], ["Name", "Type", "Required", "Description"]);
    let cells = |(name, required, zh, en): (&str, bool, &str, &str)| {
        let required = if required { language.pick("是", "Yes") } else { language.pick("否", "No") };
        [name.to_owned(), "String".to_owned(), required.to_owned(), language.pick(zh, en).to_owned()]
    };
    table(head, COMMON.map(cells))
}
