//! Tables of policies on the terminal: figures never broken, and as many blocks as the width needs.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
    presets,
};

/// One column of figures: a heading, and a cell for each policy.
pub(super) struct Figures {
    /// Heading, broken where it may be.
    pub heading: String,
    /// Text of each policy.
    pub cells: Vec<String>,
}

/// Room between two columns; the table itself puts one column between them.
const GAP: u16 = 2;
/// Widest name of a policy that is not broken.
const NAME: u16 = 20;
/// Least width of a heading of several lines, so that it does not grow tall.
const HEADING: u16 = 12;
const STYLE: TableStyle = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());

/// Lays out one table, or several below each other if the columns do not fit into the width.
pub(super) fn laid_out(heading: &str, names: &[&str], columns: &[Figures], width: u16) -> String {
    let names: Vec<String> = names.iter().map(|name| broken(name, NAME)).collect();
    let first = widest(names.iter().chain([&heading.to_owned()])).min(NAME);
    let mut blocks: Vec<Vec<(&Figures, u16)>> = vec![Vec::new()];
    let mut taken = first;
    for column in columns {
        let needed = widest(column.cells.iter()).max(least(&column.heading)) + GAP;
        if taken + needed > width && taken > first {
            blocks.push(Vec::new());
            taken = first;
        }
        taken += needed;
        if let Some(block) = blocks.last_mut() {
            block.push((column, needed));
        }
    }
    let tables = blocks
        .iter()
        .map(|block| table((heading, first), &names, block));
    tables.collect::<Vec<_>>().join("\n")
}

fn table((heading, first): (&str, u16), names: &[String], columns: &[(&Figures, u16)]) -> String {
    let right = |text: &str| Cell::new(text).set_alignment(CellAlignment::Right);
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(first + columns.iter().map(|(_, width)| width).sum::<u16>());
    let headings = columns.iter().map(|(column, _)| right(&column.heading));
    table.set_header([Cell::new(heading)].into_iter().chain(headings));
    for (number, name) in names.iter().enumerate() {
        let text = |column: &Figures| {
            column
                .cells
                .get(number)
                .map_or("", String::as_str)
                .to_owned()
        };
        let figures = columns.iter().map(|(column, _)| right(&text(column)));
        table.add_row([Cell::new(name)].into_iter().chain(figures));
    }
    let widths = [first]
        .into_iter()
        .chain(columns.iter().map(|(_, width)| width - 1));
    for (number, width) in widths.enumerate() {
        if let Some(column) = table.column_mut(number) {
            column
                .set_padding((if number == 0 { 0 } else { GAP - 1 }, 0))
                .set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    table.to_string()
}

/// A name that is too wide, broken before its bracket.
fn broken(name: &str, limit: u16) -> String {
    let name = name.to_owned();
    if widest([&name].into_iter()) > limit {
        before_bracket(&name)
    } else {
        name
    }
}

/// A name broken before its bracket, if it has one.
pub(super) fn before_bracket(name: &str) -> String {
    match name.find('(') {
        Some(bracket) if bracket > 0 => {
            let (before, after) = name.split_at(bracket);
            format!("{}\n{after}", before.trim_end())
        }
        _ => name.to_owned(),
    }
}

/// Columns of the terminal that the widest line of some texts takes; a Chinese character takes two.
fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> u16 {
    let mut table = Table::new();
    for text in texts {
        table.add_row([text]);
    }
    table
        .column_max_content_widths()
        .first()
        .copied()
        .unwrap_or(0)
}

/// Least width of a heading: its widest word; Chinese, which has no words apart, its widest line.
fn least(heading: &str) -> u16 {
    let words: Vec<String> = heading.split_whitespace().map(str::to_owned).collect();
    let room = if heading.contains('\n') { HEADING } else { 1 };
    widest(words.iter()).max(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(count: usize) -> Vec<Figures> {
        let column = |number| Figures {
            heading: format!("measure number {number}\npeople a year"),
            cells: vec!["12,345 ± 678\n−1,234 ± 56".to_owned(); 2],
        };
        (0..count).map(column).collect()
    }

    #[test]
    fn columns_that_do_not_fit_go_into_another_block_and_figures_are_never_broken() {
        for (width, blocks) in [(80, 2), (120, 1)] {
            let text = laid_out("policy", &["one", "two"], &figures(6), width);
            assert_eq!(
                text.lines().filter(|line| line.contains('═')).count(),
                blocks
            );
            assert_eq!(text.matches("12,345 ± 678").count(), 12);
            assert!(
                text.lines()
                    .all(|line| line.chars().count() <= width as usize)
            );
        }
    }

    #[test]
    fn a_wide_name_is_broken_before_its_bracket() {
        assert_eq!(
            broken("行业主管为主(三管三必须)", 20),
            "行业主管为主\n(三管三必须)"
        );
        assert_eq!(broken("现行安排(2020年基准)", 20), "现行安排(2020年基准)");
        assert_eq!(
            broken("network of six mechanisms", 20),
            "network of six mechanisms"
        );
    }
}
