//! Sortable tables of the pages.

use super::text::escape;
use crate::vocabulary::Language;

/// A table to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// What it holds, said above it.
    pub(super) caption: String,
    /// Heads of the columns.
    pub(super) heads: Vec<String>,
    /// Rows of cells.
    pub(super) rows: Vec<Vec<Cell>>,
    /// Whether a click on a head sorts it.
    pub(super) sortable: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// What is read.
    text: String,
    /// What it is sorted by, if that is a number.
    value: Option<f64>,
    /// Quiet text below.
    second: String,
    /// Whether it stands out.
    strong: bool,
}

impl Cell {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Cell {
            text: text.into(),
            ..Cell::default()
        }
    }

    /// A number as it is read and as it is sorted.
    pub(super) fn number(text: impl Into<String>, value: f64) -> Self {
        Cell {
            text: text.into(),
            value: Some(value),
            ..Cell::default()
        }
    }

    /// With a quiet line below.
    pub(super) fn below(self, second: impl Into<String>) -> Self {
        Cell {
            second: second.into(),
            ..self
        }
    }

    /// Standing out or not.
    pub(super) fn strong(self, strong: bool) -> Self {
        Cell { strong, ..self }
    }

    /// Whether the text alone says the value, so that it need not be written twice.
    fn tells(&self, value: f64) -> bool {
        let plain = self.text.replace(',', "").replace('−', "-");
        let read = plain.parse::<f64>();
        self.second.is_empty() && read.is_ok_and(|read| (read - value).abs() <= value.abs() * 5e-3)
    }

    /// The cell without the end that HTML lets out: a page holds tens of thousands.
    fn html(&self, first: bool) -> String {
        let value = match self.value {
            Some(value) if value.is_finite() && !self.tells(value) => {
                format!(" data-value=\"{value}\"")
            }
            Some(value) if value.is_finite() => String::new(),
            Some(_) => " data-value=\"\"".to_owned(),
            None => String::new(),
        };
        let text = escape(&self.text);
        let text = if self.strong {
            format!("<strong>{text}</strong>")
        } else {
            text
        };
        let second = if self.second.is_empty() {
            String::new()
        } else {
            format!("<small>{}</small>", escape(&self.second))
        };
        if first {
            format!("<th scope=\"row\"{value}>{text}{second}")
        } else {
            format!("<td{value}>{text}{second}")
        }
    }
}

impl Table {
    /// The table as HTML, in a box that scrolls where the page is narrow.
    pub(super) fn html(&self, language: Language) -> String {
        let caption = escape(&self.caption);
        let kind = if self.sortable {
            " class=\"sortable\""
        } else {
            ""
        };
        let sort = language.pick("点击列名排序", "click a head to sort");
        let note = if self.sortable {
            format!("<small class=\"screen\"> ({})</small>", escape(sort))
        } else {
            String::new()
        };
        let mut html = format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table{kind}><caption>{caption}{note}</caption>\n<thead><tr>"
        );
        for head in &self.heads {
            let text = escape(head);
            let cell = if self.sortable {
                format!("<th scope=\"col\"><button type=\"button\">{text}</button></th>")
            } else {
                format!("<th scope=\"col\">{text}</th>")
            };
            html.push_str(&cell);
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                html.push_str(&cell.html(place == 0));
            }
            html.push('\n');
        }
        html.push_str("</tbody></table></div>\n");
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_value_that_they_are_sorted_by() {
        let table = Table {
            caption: "a & b".to_owned(),
            heads: vec!["policy".to_owned(), "deaths".to_owned()],
            rows: vec![vec![
                Cell::text("x"),
                Cell::number("1,234", 1234.5).below("not resolved"),
                Cell::number("−1,234", -1234.5),
            ]],
            sortable: true,
        };
        let html = table.html(Language::English);
        assert!(html.contains("<th scope=\"row\">x<td"));
        assert!(html.contains("<td data-value=\"1234.5\">1,234<small>not resolved</small><td>"));
        assert!(html.contains("<td>−1,234\n"));
        assert!(html.contains("<caption>a &amp; b"));
    }
}
