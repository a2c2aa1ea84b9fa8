//! Why a sensitivity analysis is not begun.

use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// What is wrong with the parameters or the design.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]
pub enum Refusal {
    /// No uncertain parameter has the name.
    Unknown {
        name: String,
        nearest: Option<String>,
    },
    /// A parameter is moved by two names.
    Overlap { key: String },
    /// The file of a design cannot be read as a table of numbers.
    NoTable {
        file: String,
        line: u64,
        what: String,
    },
    /// A value of a design lies outside its range.
    Outside {
        file: String,
        row: usize,
        name: String,
        value: f64,
        ends: [f64; 2],
    },
    /// Rows were changed or shuffled since the design was exported.
    Changed { file: String },
    /// The rows make up no design.
    NoDesign {
        file: String,
        rows: usize,
        factors: usize,
    },
}

impl Refusal {
    /// In words, with a remedy.
    pub fn text(&self, language: Language) -> String {
        match self {
            Refusal::Unknown { name, nearest } => {
                let nearest = nearest.as_ref().map_or_else(String::new, |nearest| {
                    say!(language, "是否指 {nearest}？", " Did you mean {nearest}?")
                });
                say!(
                    language,
                    "没有名为 {name} 的不确定参数(社会的事实与行为参数，有取值范围且不受其他参数约束；名称见 scenarios/parameters.csv，可不写 society.，* 代表任一段)。{nearest}",
                    "there is no uncertain parameter {name} (facts and behaviour of the society with a range, not held against others; names as in scenarios/parameters.csv, society. may be left out, * stands for any part).{nearest}"
                )
            }
            Refusal::Overlap { key } => say!(
                language,
                "参数 {key} 被两个名称同时变动：去掉其中一个 --parameters",
                "parameter {key} is moved by two names: leave one of the --parameters out"
            ),
            Refusal::NoTable { file, line, what } => say!(
                language,
                "{file}:{line} 不是设计表(表头为参数名，其下每行一组数值)：{what}；改正该行，或用 --export-design 导出一份作样本",
                "{file}:{line}: not a design (a header of parameter names, then a row of numbers for each set of values): {what}; correct the line, or write a sample with --export-design"
            ),
            Refusal::Outside {
                file,
                row,
                name,
                value,
                ends: [low, high],
            } => say!(
                language,
                "{file} 第 {row} 组：{name} = {value} 超出取值范围 {low}–{high}；改正该值，或用 --export-design 导出一份作样本",
                "{file}, row {row}: {name} = {value} lies outside its range {low} to {high}; correct the value, or write a sample with --export-design"
            ),
            Refusal::Changed { file } => say!(
                language,
                "{file} 的内容与导出时的校验值不符：行被打乱或改动过。请用原文件，或重新导出；若有意自行设计，删去首行的校验值",
                "{file} does not agree with the fingerprint of its export: rows were shuffled or changed. Use the file as it was, or export it again; for a design of your own, remove the fingerprint in the first line"
            ),
            Refusal::NoDesign {
                file,
                rows,
                factors,
            } => {
                let (morris, sobol) = (factors + 1, factors + 2);
                say!(
                    language,
                    "{file} 的 {rows} 行不构成设计：须为每 {morris} 行一条莫里斯轨迹(相邻两行只变一个参数)，或每 {sobol} 行一个索博尔样本(A、各列取自 B 的 A、B；SALib 用 calc_second_order=False)。行是否被打乱或缺失？可用 --export-design 导出一份作样本",
                    "the {rows} rows of {file} make up no design: {morris} rows for each Morris trajectory (one parameter moves from row to row), or {sobol} for each Sobol sample (A, A with each column of B, B; in SALib calc_second_order=False). Were rows shuffled or lost? --export-design writes a sample"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_speaks_both_languages() {
        let file = "d.csv".to_owned();
        let all = [
            Refusal::Unknown {
                name: "a".into(),
                nearest: Some("b".into()),
            },
            Refusal::Overlap { key: "k".into() },
            Refusal::NoTable {
                file: file.clone(),
                line: 3,
                what: "x".into(),
            },
            Refusal::Outside {
                file: file.clone(),
                row: 2,
                name: "a".into(),
                value: 9.0,
                ends: [0.0, 1.0],
            },
            Refusal::Changed { file: file.clone() },
            Refusal::NoDesign {
                file,
                rows: 7,
                factors: 2,
            },
        ];
        for refusal in all {
            let (zh, en) = (
                refusal.text(Language::Chinese),
                refusal.text(Language::English),
            );
            assert!(
                en.is_ascii() && zh.chars().any(|c| c > '\u{4e00}'),
                "{en} {zh}"
            );
        }
    }
}
