//! Problems of CSV tables.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, joined, offered, say, suggestion};
use crate::scenario::source::Place;
use crate::vocabulary::Language;

/// What a cell must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellRule {
    /// Any text.
    Filled,
    /// A number that is not negative.
    NotNegative,
    /// A number above zero.
    Positive,
    /// A number from 0 to 1.
    Share,
    /// A whole number, zero or more.
    Count,
    /// A whole number, one or more.
    PositiveCount,
    /// A row or column of the tile chart.
    Tile,
    /// 0 or 1.
    Flag,
}

/// Of what a society has too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Provinces.
    Provinces,
    /// Counties of all provinces.
    Counties,
    /// Prefectures of a province, of which each has at least one of its counties.
    Prefectures,
}

/// Something wrong with a CSV table.
#[derive(Clone, Debug, PartialEq)]
pub enum TableProblem {
    /// A row that is no CSV of the header's width.
    Malformed { detail: String, place: Place },
    /// No row below the header.
    Empty { place: Place },
    /// A column that must be there.
    MissingColumn { column: String, place: Place },
    /// A column that has no meaning.
    UnknownColumn {
        column: String,
        nearest: Option<String>,
        place: Place,
    },
    /// A cell that breaks its rule.
    Cell {
        column: String,
        value: String,
        rule: CellRule,
        place: Place,
    },
    /// A cell that is none of the words of its column.
    NotAWord {
        column: String,
        value: String,
        words: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// Two rows that say the same thing.
    Duplicate {
        what: String,
        first: Place,
        second: Place,
    },
    /// A code that the provinces file does not have.
    UnknownCode {
        code: String,
        nearest: Option<String>,
        place: Place,
    },
    /// Provinces without their rows, as code and names.
    MissingProvinces {
        codes: Vec<(String, String, String)>,
        place: Place,
    },
    /// A province as its own neighbour.
    SelfNeighbour { code: String, place: Place },
    /// Shares of children and of the aged that leave no adults.
    NoAdults { code: String, place: Place },
    /// Prefectures that do not add up to their province.
    PrefecturesDiffer {
        code: String,
        column: String,
        sum: f64,
        whole: f64,
        place: Place,
    },
    /// More of something than a society may have.
    TooMany {
        what: Many,
        count: u64,
        limit: u64,
        place: Place,
    },
    /// Categories and phases without any row.
    MissingCells { cells: Vec<String>, place: Place },
    /// More than one lead in a category and phase.
    TwoLeads {
        category: String,
        phase: String,
        first: Place,
        second: Place,
    },
}

impl TableProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            TableProblem::Malformed { detail, place } => Text::one(
                place,
                say!(
                    language,
                    "表格的行无法识别: {detail}",
                    "a row of the table cannot be read: {detail}"
                ),
                say!(
                    language,
                    "列数或引号不对",
                    "wrong number of cells or quotes"
                ),
                say!(
                    language,
                    "每行的列数与表头相同;含逗号的文字加双引号。",
                    "give every row as many cells as the header; quote texts that contain commas."
                ),
            ),
            TableProblem::Empty { place } => Text::one(
                place,
                say!(language, "表格没有数据行", "the table has no rows"),
                say!(language, "只有表头", "only a header"),
                say!(
                    language,
                    "在表头下至少写一行。",
                    "write at least one row below the header."
                ),
            ),
            TableProblem::MissingColumn { column, place } => Text::one(
                place,
                say!(
                    language,
                    "表格缺少列 `{column}`",
                    "the table has no column `{column}`"
                ),
                say!(language, "表头中没有该列", "not in the header"),
                say!(language, "补上该列。", "add the column."),
            ),
            TableProblem::UnknownColumn {
                column,
                nearest,
                place,
            } => {
                let near = suggestion(nearest.as_deref(), language);
                Text::one(
                    place,
                    say!(
                        language,
                        "表格中有未知的列 `{column}`",
                        "the table has an unknown column `{column}`"
                    ),
                    say!(language, "未知的列", "unknown column"),
                    say!(
                        language,
                        "{near}改正或删去该列;说明可写在 source、confidence、note、reason 列。",
                        "{near}Correct or remove it; remarks go to the columns source, confidence, note, reason."
                    ),
                )
            }
            TableProblem::Cell { .. } | TableProblem::NotAWord { .. } => self.cell(language),
            TableProblem::MissingCells { .. } | TableProblem::TwoLeads { .. } => {
                self.matrix(language)
            }
            TableProblem::TooMany {
                what,
                count,
                limit,
                place,
            } => what.text(*count, *limit, place, language),
            _ => self.provinces(language),
        }
    }

    fn cell(&self, language: Language) -> Text {
        match self {
            TableProblem::NotAWord {
                column,
                value,
                words,
                nearest,
                place,
            } => {
                let (near, words) = offered(nearest.as_deref(), words, language);
                Text::one(
                    place,
                    say!(
                        language,
                        "列 `{column}` 不能取 `{value}`",
                        "the column `{column}` cannot hold `{value}`"
                    ),
                    say!(language, "未知的名称", "unknown name"),
                    say!(
                        language,
                        "{near}可选值: {words}。",
                        "{near}Choose one of: {words}."
                    ),
                )
            }
            TableProblem::Cell {
                column,
                value,
                rule,
                place,
            } => {
                let rule = rule.words(language);
                Text::one(
                    place,
                    say!(
                        language,
                        "列 `{column}` 的值 `{value}` 应为 {rule}",
                        "`{value}` in the column `{column}` must be {rule}"
                    ),
                    say!(language, "应为 {rule}", "must be {rule}"),
                    say!(
                        language,
                        "改正该格,并核对单位。",
                        "correct the cell, and check the unit."
                    ),
                )
            }
            _ => one_empty(),
        }
    }

    fn provinces(&self, language: Language) -> Text {
        match self {
            TableProblem::Duplicate {
                what,
                first,
                second,
            } => Text {
                what: say!(language, "重复的行: {what}", "two rows for {what}"),
                labels: vec![
                    (second.clone(), say!(language, "再次出现", "again here")),
                    (first.clone(), say!(language, "首次出现", "first here")),
                ],
                advice: say!(language, "只保留一行。", "keep one of them."),
            },
            TableProblem::UnknownCode {
                code,
                nearest,
                place,
            } => {
                let near = suggestion(nearest.as_deref(), language);
                Text::one(
                    place,
                    say!(
                        language,
                        "省份表中没有代码 `{code}`",
                        "the provinces table has no code `{code}`"
                    ),
                    say!(language, "未知的代码", "unknown code"),
                    say!(
                        language,
                        "{near}改正代码,或在省份表中加一行。",
                        "{near}Correct the code, or add the province to the provinces table."
                    ),
                )
            }
            TableProblem::MissingProvinces { codes, place } => {
                let named: Vec<String> = codes
                    .iter()
                    .map(|(code, zh, en)| format!("{code} {}", language.pick(zh, en)))
                    .collect();
                let (count, named) = (codes.len(), joined(&named, language));
                Text::one(
                    place,
                    say!(
                        language,
                        "表格缺少 {count} 个省份: {named}",
                        "the table has no row for {count} provinces: {named}"
                    ),
                    say!(language, "此表不全", "this table is incomplete"),
                    say!(language, "每个省份补一行。", "add a row for each."),
                )
            }
            TableProblem::SelfNeighbour { code, place } => Text::one(
                place,
                say!(
                    language,
                    "省份 `{code}` 不能与自身相邻",
                    "province `{code}` cannot be its own neighbour"
                ),
                say!(language, "两个代码相同", "the two codes are equal"),
                say!(
                    language,
                    "改正其中一个代码或删去该行。",
                    "correct one code or remove the row."
                ),
            ),
            TableProblem::NoAdults { code, place } => Text::one(
                place,
                say!(
                    language,
                    "省份 `{code}`: aged_share 与 child_share 之和须小于 1",
                    "province `{code}`: aged_share and child_share must add up to less than 1"
                ),
                say!(language, "没有留下成年人", "no adults are left"),
                say!(language, "改正两个比例。", "correct the two shares."),
            ),
            TableProblem::PrefecturesDiffer {
                code,
                column,
                sum,
                whole,
                place,
            } => Text::one(
                place,
                say!(
                    language,
                    "省份 `{code}`: 各地市 {column} 之和为 {sum},该省为 {whole}",
                    "province `{code}`: {column} of its prefectures sums to {sum}, the province has {whole}"
                ),
                say!(language, "合计不符", "does not add up"),
                say!(
                    language,
                    "列出该省全部地市；人口和生产总值之和与省级数相差不超过 1 %，县数相等。",
                    "list every prefecture of the province; people and product may differ by 1 %, counties must be equal."
                ),
            ),
            _ => one_empty(),
        }
    }

    fn matrix(&self, language: Language) -> Text {
        match self {
            TableProblem::MissingCells { cells, place } => {
                let (count, cells) = (cells.len(), joined(cells, language));
                Text::one(
                    place,
                    say!(
                        language,
                        "责任矩阵缺少 {count} 格: {cells}",
                        "the responsibility matrix has no row for {count} cells: {cells}"
                    ),
                    say!(language, "此表不全", "this table is incomplete"),
                    say!(
                        language,
                        "每格至少写一行;无人负责时写份额 0。",
                        "write at least one row for each; where nobody is responsible, a share of 0."
                    ),
                )
            }
            TableProblem::TwoLeads {
                category,
                phase,
                first,
                second,
            } => Text {
                what: say!(
                    language,
                    "{category} / {phase} 有两个牵头单位",
                    "{category} / {phase} has two leads"
                ),
                labels: vec![
                    (second.clone(), say!(language, "第二个", "second")),
                    (first.clone(), say!(language, "第一个", "first")),
                ],
                advice: say!(
                    language,
                    "每格至多一个 lead = 1。",
                    "let at most one row of a cell have lead = 1."
                ),
            },
            _ => one_empty(),
        }
    }
}

impl Many {
    fn text(self, count: u64, limit: u64, place: &Place, language: Language) -> Text {
        let (zh, en) = match self {
            Many::Provinces => ("省份", "provinces"),
            Many::Counties => ("县级单位", "counties"),
            Many::Prefectures => ("地级单位", "prefectures"),
        };
        let name = language.pick(zh, en);
        let advice = match self {
            Many::Prefectures => language.pick(
                "每个地级单位至少有一个县级单位：改正其中之一。",
                "a prefecture has at least one county: correct one of the two.",
            ),
            _ => language.pick(
                "社会分省、县建立：把更小的单位合并成县，人口不受此限。",
                "a society is built of provinces and counties: put smaller units together; people are not limited by this.",
            ),
        };
        Text::one(
            place,
            say!(
                language,
                "{name}过多：{count} 个（上限 {limit} 个）",
                "too many {name}: {count} (limit {limit})"
            ),
            say!(language, "超过上限", "beyond the limit"),
            advice.to_owned(),
        )
    }
}

impl CellRule {
    fn words(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            CellRule::Filled => ("非空文字", "filled"),
            CellRule::NotNegative => ("0 至 1e16 的数", "a number, 0 or more (1e16 at most)"),
            CellRule::Positive => ("大于 0、至多 1e16 的数", "a number above 0 (1e16 at most)"),
            CellRule::Share => ("0 至 1 的比例", "a share from 0 to 1"),
            CellRule::Count => ("不小于 0 的整数", "a whole number, 0 or more"),
            CellRule::PositiveCount => ("不小于 1 的整数", "a whole number, 1 or more"),
            CellRule::Tile => ("0 至 99 的整数", "a whole number from 0 to 99"),
            CellRule::Flag => ("0 或 1", "0 or 1"),
        };
        language.pick(zh, en)
    }
}

fn one_empty() -> Text {
    Text {
        what: String::new(),
        labels: Vec::new(),
        advice: String::new(),
    }
}
