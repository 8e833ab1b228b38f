//! Line breaks and indentation for bodies that people read. What goes over the wire has neither.

const STEP: &str = "  ";

/// A JSON text with one member to a line.
pub(super) fn json(body: &str) -> String {
    let mut text = String::with_capacity(body.len() * 2);
    let (mut depth, mut in_string, mut is_escaped) = (0, false, false);
    let mut letters = body.chars().peekable();
    while let Some(letter) = letters.next() {
        if in_string {
            in_string = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            text.push(letter);
            continue;
        }
        match letter {
            '{' | '[' => {
                text.push(letter);
                if let Some(end) = letters.next_if(|next| matches!(next, '}' | ']')) {
                    text.push(end);
                } else {
                    depth += 1;
                    break_line(&mut text, depth);
                }
            }
            '}' | ']' => {
                depth -= 1;
                break_line(&mut text, depth);
                text.push(letter);
            }
            ',' => {
                text.push(letter);
                break_line(&mut text, depth);
            }
            ':' => text += ": ",
            _ => {
                in_string = letter == '"';
                text.push(letter);
            }
        }
    }
    text
}

/// An XML text with one element to a line.
pub(super) fn xml(body: &str) -> String {
    let mut text = String::with_capacity(body.len() * 2);
    let mut depth = 0;
    let mut rest = body;
    let mut follows_text = false;
    while !rest.is_empty() {
        if !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(rest.len());
            text += &rest[..end];
            rest = &rest[end..];
            follows_text = true;
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |at| at + 1);
        let tag = &rest[..end];
        rest = &rest[end..];
        let closes = tag.starts_with("</");
        depth -= usize::from(closes);
        let is_empty_pair = closes && text.ends_with(&tag.replacen("</", "<", 1));
        if !text.is_empty() && !follows_text && !is_empty_pair {
            break_line(&mut text, depth);
        }
        text += tag;
        follows_text = false;
        depth += usize::from(!closes && !tag.starts_with("<?") && !tag.ends_with("/>"));
    }
    text
}

fn break_line(text: &mut String, depth: usize) {
    text.push('\n');
    *text += &STEP.repeat(depth);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_strings() {
        let body = r#"{"A":"x{,:\"]","B":[],"C":[{"D":1},true]}"#;
        let lines = [
            "{",
            r#"  "A": "x{,:\"]","#,
            r#"  "B": [],"#,
            r#"  "C": ["#,
            "    {",
            r#"      "D": 1"#,
            "    },",
            "    true",
            "  ]",
            "}",
        ];
        assert_eq!(json(body), lines.join("\n"));
    }

    #[test]
    fn xml_breaks_between_elements_alone() {
        let body = "<?xml version=\"1.0\"?><R><A>x y</A><B></B><C/><D><E>1</E></D></R>";
        let lines = [
            "<?xml version=\"1.0\"?>",
            "<R>",
            "  <A>x y</A>",
            "  <B></B>",
            "  <C/>",
            "  <D>",
            "    <E>1</E>",
            "  </D>",
            "</R>",
        ];
        assert_eq!(xml(body), lines.join("\n"));
    }
}
