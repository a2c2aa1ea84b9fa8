//! Text of the pages: everything that comes from data is escaped here and nowhere else.

use crate::vocabulary::Language;

/// A text as content or attribute of an HTML element.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// An element with a text.
pub(super) fn tag(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escape(text))
}

/// A name in quotation marks.
pub(super) fn quoted(name: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("“{name}”"),
        Language::English => format!("\"{name}\""),
    }
}

/// Words joined as a list.
pub(super) fn listed(words: &[String], language: Language) -> String {
    words.join(language.pick("；", "; "))
}

/// The language of a page as HTML names it.
pub(super) fn html_language(language: Language) -> &'static str {
    language.pick("zh-Hans", "en")
}

/// Fills the places `{{name}}` of a template.
pub(super) fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((name, left)) = after.split_once("}}") else {
            rest = after;
            break;
        };
        let value = parts.iter().find(|(own, _)| *own == name);
        page.push_str(value.map_or("", |(_, value)| value));
        rest = left;
    }
    page.push_str(rest);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_means_something_in_html_stays() {
        assert_eq!(
            escape("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"
        );
    }

    #[test]
    fn places_of_a_template_are_filled_once_and_what_is_filled_in_is_not_read_again() {
        let page = fill("<{{a}}|{{b}}|{{none}}>", &[("a", "{{b}}"), ("b", "2")]);
        assert_eq!(page, "<{{b}}|2|>");
    }
}
