//! A chart within a page: the drawing, what it shows in a sentence, and its figures as a table.

use super::slim::slim;
use super::table::{Cell, Table};
use super::text::escape;
use crate::report::charts::Drawn;
use crate::report::numbers::{decimals, grouped};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// Rows of figures that a page shows of one chart; of longer tables every so many rows.
const ROWS: usize = 100;

/// A chart as a figure of the page.
///
/// # Errors
/// If it could not be drawn.
pub(super) fn figure(
    drawn: &Drawn,
    alternative: &str,
    language: Language,
) -> Result<String, ChartError> {
    let svg = match &drawn.svg {
        Ok(svg) => svg,
        Err(error) => {
            let text = error.to_string();
            return Err(ChartError::Draw(drawn.name.to_owned(), text));
        }
    };
    let drawing = drawing(svg, alternative);
    let keys = language.pick(
        "图：用左右方向键逐项读出数值",
        "chart: the arrow keys read its figures one by one",
    );
    let table = figures(drawn, language).html(language);
    let more = language.pick("本图数据", "Figures of this chart");
    Ok(format!(
        "<figure class=\"chart\" data-chart=\"{}\"><div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{drawing}</div>\n<figcaption>{}</figcaption>\n<details class=\"long\"><summary>{more}</summary>{table}</details></figure>\n",
        drawn.name,
        escape(keys),
        escape(alternative),
    ))
}

/// The title of a drawing.
pub(super) fn title(svg: &str) -> &str {
    svg.split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"))
        .map_or("", |(title, _)| title)
}

/// The drawing for a page: with what it shows as its name, and without what the style sheet says.
pub(super) fn drawing(svg: &str, alternative: &str) -> String {
    let slim = slim(svg);
    let name = format!(" role=\"img\" aria-label=\"{}\"", escape(alternative));
    let named = slim.replacen(" role=\"img\"", &name, 1);
    // The name says more than the title, and a title would show up wherever the pointer rests.
    match named.split_once("<title>") {
        Some((before, rest)) => {
            let after = rest.split_once("</title>").map_or("", |(_, after)| after);
            format!("{before}{after}")
        }
        None => named,
    }
}

/// The CSV of a chart as a table of the page.
fn figures(drawn: &Drawn, language: Language) -> Table {
    let text = drawn.table.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records().filter_map(Result::ok);
    let heads = records.next().unwrap_or_default();
    let all: Vec<csv::StringRecord> = records.collect();
    let step = all.len().div_ceil(ROWS).max(1);
    let shown = all.iter().step_by(step);
    let name = drawn.name;
    let (rows, kept) = (all.len(), all.len().div_ceil(step));
    let caption = match (step, language) {
        (1, Language::Chinese) => format!("{rows} 行，同 charts/{name}.csv"),
        (1, Language::English) => format!("{rows} rows, as in charts/{name}.csv"),
        (_, Language::Chinese) => {
            format!("每 {step} 行取 1 行，共 {kept} 行；全部 {rows} 行见 charts/{name}.csv")
        }
        (_, Language::English) => {
            format!("One row in {step}, {kept} in all; all {rows} are in charts/{name}.csv")
        }
    };
    Table {
        caption,
        heads: heads.iter().map(str::to_owned).collect(),
        rows: shown
            .map(|record| record.iter().map(cell).collect())
            .collect(),
        sortable: true,
    }
}

/// A cell of the CSV: numbers with about four figures.
fn cell(text: &str) -> Cell {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => {
            let whole = value.fract() == 0.0 && value.abs() < 1e5;
            let places = if whole { 0 } else { decimals(value) };
            Cell::number(grouped(value, places), value)
        }
        _ => Cell::text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: usize) -> Drawn {
        let mut table = String::from("policy,week,mean\n");
        for row in 0..rows {
            let line = format!("a,{row},0.{row:03}\n");
            table.push_str(&line);
        }
        Drawn {
            name: "resilience",
            svg: Ok(
                "<svg width=\"1\" role=\"img\">\n<title>T</title><g opacity=\"1\"/></svg>"
                    .to_owned(),
            ),
            table,
        }
    }

    #[test]
    fn long_tables_are_thinned_and_say_so() {
        let table = figures(&drawn(1000), Language::English);
        assert_eq!(table.rows.len(), 100);
        assert!(
            table
                .caption
                .starts_with("One row in 10, 100 in all; all 1000")
        );
        assert_eq!(figures(&drawn(5), Language::English).rows.len(), 5);
    }

    #[test]
    fn a_drawing_has_a_name_and_no_title() {
        let html = figure(&drawn(2), "x < y", Language::English).unwrap();
        assert!(html.contains("role=\"img\" aria-label=\"x &lt; y\""));
        assert!(!html.contains("<title>"));
        assert_eq!(title("<svg><title>T</title></svg>"), "T");
    }
}
