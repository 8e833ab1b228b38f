//! The check of pages: ours have the form, and each single defect of a good page is told on its line.

use moyun_cloud::doc::{self, Finding};

/// A page of another team, with a key of its own.
const GOOD: &str = r#"---
title: 查询物品
---
# DescribeThings

## 描述

查询物品。

## 请求参数

| 名称 | 类型 | 是否必需 | 描述（取值范围） |
| --- | --- | --- | --- |
| Shelf | String | 是 | 货架。 |
| Limit | Integer | 否 | 最多几个。 |
| Tag.N | Object | 否 | 标签。 |
| Tag.N.Key | String | 否 | 标签键 `a\|b`。 |

## 返回参数

| 名称 | 类型 | 描述 |
| --- | --- | --- |
| RequestId | String | 请求 ID。 |
| Things.Thing | [Thing](#thing) 列表 | 物品。 |

### 数据类型

#### Thing

一个物品。

| 名称 | 类型 | 描述 |
| --- | --- | --- |
| Weight | Float | 重量。 |
| Count | Integer | 数量。 |
| Sold | Boolean | 是否已售。 |
| Names.Name | String 列表 | 名称。 |

# 示例

## 请求参数

```
GET https://things.example/?Action=DescribeThings&Version=2014-05-26&Shelf=a&Tag.1.Key=k
&AccessKeyId=key&Signature=c2ln&SignatureNonce=1&Timestamp=2026-01-01T00%3A00%3A00Z
```

## 返回实例

```xml
<DescribeThingsResponse>
  <RequestId>1</RequestId>
  <Things><Thing>
    <Weight>1.50</Weight><Count>2</Count><Sold>true</Sold>
    <Names><Name>x</Name><Name>y</Name></Names>
  </Thing></Things>
</DescribeThingsResponse>
```

```json
{
  "RequestId": "2",
  "Things": {"Thing": [
    {"Weight": 1.5, "Count": 2, "Sold": true, "Names": {"Name": ["x", "y"]}}
  ]}
}
```

## 错误码

| 错误代码 | 错误信息 | HTTP 状态码 | 说明 |
| --- | --- | --- | --- |
| InvalidShelf.NotFound | The Shelf does not exist. | 404 | 货架不存在。 |
| SHELF\_FULL | The Shelf is full. | 403 | 货架已满。 |
"#;

/// Defects: what of the good page becomes what, the words of the line that is told, and the words of the sentence.
const DEFECTS: &[(&str, &str, &str, &str)] = &[
    ("# DescribeThings\n", "", "---", "does not begin with `# `"),
    ("# DescribeThings\n", "## DescribeThings\n", "## D", "`## DescribeThings` must be `# DescribeThings`"),
    ("# DescribeThings\n", "# 接口\n", "# 接口", "`接口` is no name of an action"),
    ("## 描述\n", "", "## 请求参数", "the heading `## 描述` is missing: it belongs behind"),
    ("## 描述\n", "### 描述\n", "### 描述", "`### 描述` must be `## 描述`"),
    ("## 描述\n", "## 说明\n", "## 说明", "`## 说明` is no heading of the form"),
    ("## 描述\n", "## 描述\n\n## 描述\n", "## 描述", "`## 描述` stands here once too often"),
    ("查询物品。\n", "", "## 描述", "`## 描述` says nothing"),
    ("查询物品。\n", "查询物品。\n\n#### 更多\n", "#### 更多", "`#### 更多` is no heading of the form"),
    ("# 示例\n", "## 示例\n", "## 示例", "`## 示例` must be `# 示例`"),
    ("### 数据类型\n", "", "# 示例", "the heading `### 数据类型` is missing: it belongs behind"),
    ("是否必需", "必需", "| 必需 |", "the columns are `| 名称 | 类型 | 必需 | 描述（取值范围） |` and not"),
    ("| --- | --- | --- | --- |\n| Shelf", "| Shelf", "| 是否必需 |", "this is no table"),
    ("| 是 | 货架。 |", "| 是 | |", "| Shelf", "the cell `描述(取值范围)` is empty"),
    ("| 是 | 货架。 |", "| 是 |", "| Shelf", "the row has 3 cells and not 4"),
    ("| Shelf | String |", "| Shelf | Text |", "| Shelf", "`Text` is no type"),
    ("| 是 | 货架。 |", "| 必需 | 货架。 |", "| Shelf", "`必需` is neither `是` nor `否`"),
    ("| Limit |", "| Shelf |", "最多几个", "`Shelf` has a row already"),
    ("| Limit |", "| 上限 |", "最多几个", "`上限` is no name"),
    ("| Tag.N.Key |", "| TagKey |", "| Tag.N |", "no row says what is in the Object `Tag.N`"),
    ("| RequestId | String | 请求 ID。 |\n", "", "## 返回参数", "no row is about `RequestId`"),
    ("#thing) 列表", "#thing)", "```json", "`Things.Thing` in the JSON is no Thing"),
    ("[Thing](#thing) 列表", "Object 列表", "| Things", "neither a row nor a data type says"),
    ("[Thing](#thing)", "[Part](#part)", "| Things", "the type `Part` has no table among"),
    ("[Thing](#thing)", "String", "#### Thing", "nothing is of the type `Thing`"),
    ("#### Thing\n", "##### Thing\n", "##### Thing", "`##### Thing` must be `#### Thing`"),
    ("| Count | Integer |", "| Count | String |", "```json", "`Things.Thing.Count` in the JSON is no String"),
    ("| Sold | Boolean | 是否已售。 |\n", "", "```json", "no row is about `Things.Thing.Sold`"),
    ("String 列表", "String", "```json", "`Things.Thing.Names.Name` in the JSON is no String"),
    ("GET https", "调用 https", "```", "this is no request"),
    ("Action=DescribeThings", "Action=ListThings", "```", "the request calls `ListThings`"),
    ("Signature=c2ln&", "", "```", "the request is not signed: `Signature` is missing"),
    ("2026-01-01T00%3A", "2026-01-01%3A", "```", "is not written as `2026-01-01T00:00:00Z`"),
    ("&Shelf=a", "", "```", "the request lacks `Shelf`, which is required"),
    ("&Shelf=a", "&Shelf=a&Row=1", "```", "the request has `Row`, of which the table tells nothing"),
    ("AccessKeyId=key", "AccessKeyId=LTAI5tMoyunLocalTest", "```", "the signature is not the one"),
    ("```xml\n<Desc", "```xml\n!<Desc", "## 返回实例", "the reply in XML is missing"),
    ("```json\n{", "```json\n!{", "## 返回实例", "the reply in JSON is missing"),
    ("</Thing></Things>", "</Things>", "</Things>", "the XML cannot be read"),
    ("<DescribeThingsResponse>\n", "<Things>\n", "</DescribeThingsResponse>", "the XML cannot be read"),
    ("\"RequestId\": \"2\",", "\"RequestId\": \"2\"", "\"Things\"", "the JSON cannot be read"),
    ("  \"RequestId\": \"2\",\n", "", "```json", "the JSON has no `RequestId`"),
    ("<Count>2<", "<Count>3<", "```xml", "XML and JSON differ in `Things.Thing.Count`"),
    ("<Name>y</Name>", "", "```xml", "XML and JSON differ in `Things.Thing.Names.Name`: 1 and 2"),
    ("<Sold>", "<Age>1</Age><Sold>", "```xml", "the XML has `Things.Thing.Age`, which the JSON has not"),
    ("| InvalidShelf.NotFound |", "| No shelf |", "| No shelf", "`No shelf` is no error code"),
    ("| 404 |", "| 200 |", "| InvalidShelf", "`200` is no HTTP status of an error"),
    (
        "| SHELF\\_FULL | The Shelf is full. | 403 |",
        "| InvalidShelf.NotFound | The Shelf does not exist. | 404 |",
        "货架已满",
        "`InvalidShelf.NotFound` with this message and status stands above already",
    ),
];

#[test]
fn every_page_of_ours_has_the_form() {
    for (path, text) in doc::action_pages() {
        assert_eq!(doc::check(&text), [], "{path}");
    }
}

#[test]
fn page_of_another_team_has_the_form() {
    assert_eq!(doc::check(GOOD), []);
}

#[test]
fn every_single_defect_is_told_on_its_line() {
    for (good, bad, place, words) in DEFECTS {
        assert!(GOOD.contains(good), "{good}");
        let page = GOOD.replacen(good, bad, 1);
        let findings = doc::check(&page);
        let line = |finding: &Finding| page.lines().nth(finding.line - 1).unwrap_or_default().to_owned();
        let told = |finding: &&Finding| finding.sentence.contains(words) && line(finding).contains(place);
        assert!(findings.iter().any(|finding| told(&finding)), "{good:?} → {bad:?}: {findings:#?}");
    }
}

#[test]
fn heading_out_of_order_is_told_once() {
    let (before, rest) = GOOD.split_once("## 错误码").unwrap();
    let page = before.replace("# 示例", &format!("## 错误码{rest}\n# 示例"));
    let findings = doc::check(&page);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0].sentence, "`## 错误码` is out of order: it belongs behind `## 返回实例`");
}

#[test]
fn request_must_be_shown() {
    let (before, rest) = GOOD.split_once("```\nGET").unwrap();
    let (_, after) = rest.split_once("\n```").unwrap();
    let findings = doc::check(&format!("{before}{after}"));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0].sentence, "the signed request is missing: give it between lines of ```");
}

#[test]
fn request_may_be_signed_over_its_headers() {
    let (before, rest) = GOOD.split_once("GET https").unwrap();
    let (_, after) = rest.split_once("\n```").unwrap();
    let request = "POST /?Shelf=a HTTP/1.1\nHost: things.example\nx-acs-action: DescribeThings\n\
        x-acs-version: 2014-05-26\nx-acs-date: 2026-01-01T00:00:00Z\nx-acs-signature-nonce: 1\n\
        Authorization: ACS3-HMAC-SHA256 Credential=key,SignedHeaders=host,Signature=00\n\nTag.1.Key=k";
    let page = |request: &str| format!("{before}{request}\n```{after}");
    assert_eq!(doc::check(&page(request)), []);
    for (good, bad, words) in [
        ("x-acs-date: ", "x-acs-time: ", "the header `x-acs-date` is missing"),
        ("Signature=00", "Signed", "has no `Signature=`"),
        ("x-acs-action: Describe", "x-acs-action: Count", "the request calls `CountThings`"),
    ] {
        let findings = doc::check(&page(&request.replace(good, bad)));
        assert!(findings.iter().any(|finding| finding.sentence.contains(words)), "{words}: {findings:#?}");
    }
}

#[test]
fn page_that_was_only_sketched_is_told_what_it_lacks() {
    let sketch = "# 接口\n## 描述\n## 请求参数\n名称\t类型\t是否必需\t描述(取值范围)\n\n## 返回参数\n### 数据类型\n\n\
        # 示例\n## 请求参数\n\n## 返回实例\n\n## 错误码\n| 错误代码 | 错误信息 | HTTP 状态码 | 说明 |\n\
        | :--- | :--- | :--- | :--- |\n| InternalError | It failed. | 500 | 内部错误。 |\n";
    let told: Vec<_> = doc::check(sketch).iter().map(|finding| finding.to_string()).collect();
    let wanted = [
        "1: `接口` is no name of an action, such as `RunInstances`.",
        "2: `## 描述` says nothing.",
        "4: tabs make no table: write it with `|`; its columns are `| 名称 | 类型 | 是否必需 | 描述(取值范围) |`.",
        "6: a table is missing here; its columns are `| 名称 | 类型 | 描述 |`.",
        "7: the section is empty: say that there is no nested type, or give each a table.",
        "10: the signed request is missing: give it between lines of ```.",
        "12: the reply in JSON is missing.",
        "12: the reply in XML is missing.",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn text_that_is_no_page_at_all_is_told_every_heading() {
    let findings = doc::check("");
    assert_eq!(findings.len(), 1 + doc::FORM.len(), "{findings:#?}");
}
