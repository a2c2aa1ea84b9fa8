//! The files of `settle`: `settlement.csv`, `bearers.csv` and `layers.csv`.

use std::path::Path;

use super::OutputError;
use super::file::write_whole;
use crate::experiment::settle::{LayerFigures, Name, Settled, figures};
use crate::model::record::Fen;
use crate::scenario::losses::Loss;
use crate::vocabulary::{Language, Vocabulary};

/// What a CSV file in Chinese begins with, so that spreadsheets read it as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Names of the files.
pub const FILES: [&str; 3] = ["settlement.csv", "bearers.csv", "layers.csv"];

/// Writes the three files into a folder that exists.
///
/// # Errors
/// If the system refuses.
pub fn write(
    folder: &Path,
    policy: &str,
    losses: &[Loss],
    settled: &Settled,
    language: Language,
) -> Result<(), OutputError> {
    let tables = [
        parts(losses, settled, language),
        bearers(policy, settled, language),
        layers(policy, settled, language),
    ];
    for (name, rows) in FILES.iter().zip(tables) {
        let text = csv_text(&rows, language).map_err(|error| {
            OutputError::io(&folder.join(name), std::io::Error::other(error.to_string()))
        })?;
        write_whole(folder, name, text.as_bytes())?;
    }
    Ok(())
}

type Rows = Vec<Vec<String>>;

fn header(columns: &[(&str, &str)], language: Language) -> Rows {
    let words = columns.iter().map(|(en, zh)| language.pick(zh, en));
    vec![words.map(str::to_owned).collect()]
}

/// One row for each event, claimant, layer and bearer.
fn parts(losses: &[Loss], settled: &Settled, language: Language) -> Rows {
    let mut rows = header(
        &[
            ("year", "年份"),
            ("event", "事件"),
            ("claimant", "受损方"),
            ("group", "分组"),
            ("coverage", "保障项目"),
            ("asset", "资产类别"),
            ("layer", "分担层"),
            ("bearer", "承担者"),
            ("amount_yuan", "金额(元)"),
        ],
        language,
    );
    for part in &settled.parts {
        let loss = &losses[part.loss];
        rows.push(vec![
            loss.year.to_string(),
            loss.event.clone(),
            loss.claimant.clone(),
            loss.group.clone(),
            loss.coverage.clone(),
            loss.asset.map_or_else(String::new, |asset| {
                language.pick(asset.zh(), asset.key()).to_owned()
            }),
            written(&settled.layers[part.layer], language),
            written(&settled.bearers[part.bearer], language),
            yuan(part.fen),
        ]);
    }
    rows
}

/// Totals by bearer; those who bear nothing are left out.
fn bearers(policy: &str, settled: &Settled, language: Language) -> Rows {
    let mut rows = header(
        &[
            ("policy", "政策"),
            ("bearer", "承担者"),
            ("amount_yuan", "金额(元)"),
            ("share", "占比"),
        ],
        language,
    );
    let sums = settled.by_bearer();
    let all: Fen = sums.iter().sum();
    for (bearer, fen) in settled.bearers.iter().zip(sums).filter(|(_, fen)| *fen > 0) {
        rows.push(vec![
            policy.to_owned(),
            written(bearer, language),
            yuan(fen),
            format!("{:.6}", fen as f64 / all as f64),
        ]);
    }
    rows
}

/// The figures of each layer.
fn layers(policy: &str, settled: &Settled, language: Language) -> Rows {
    let mut rows = header(
        &[
            ("policy", "政策"),
            ("layer", "分担层"),
            ("attachment_yuan", "起赔点(元)"),
            ("limit_yuan", "赔付限额(元)"),
            ("expected_loss_yuan_per_year", "期望赔付(元/年)"),
            ("sd_yuan", "年赔付标准差(元)"),
            ("probability_attach", "触发概率(每年)"),
            ("probability_exhaust", "用尽概率(每年)"),
            ("rate_on_line", "保费与限额之比"),
            ("premium_yuan_per_year", "保费(元/年)"),
            ("loss_ratio", "赔付率"),
            ("capital_1_in_200_yuan", "200年一遇所需资本(元)"),
            ("mean_days_to_payment", "平均到账天数"),
        ],
        language,
    );
    for (layer, tally) in settled.layers.iter().zip(&settled.tallies) {
        if tally.paid.iter().all(|fen| *fen == 0) && tally.limit.unwrap_or(0) == 0 {
            continue;
        }
        let mut row = vec![policy.to_owned(), written(layer, language)];
        row.extend(figure_cells(&figures(tally), language));
        rows.push(row);
    }
    rows
}

fn figure_cells(figures: &LayerFigures, language: Language) -> [String; 11] {
    let none = language.pick("不可得", "not available");
    let cell = |value: Option<f64>, decimals: usize| {
        value.map_or_else(|| none.to_owned(), |value| format!("{value:.decimals$}"))
    };
    [
        cell(figures.attachment, 2),
        cell(figures.limit, 2),
        cell(Some(figures.expected), 2),
        cell(figures.deviation, 2),
        cell(Some(figures.attach), 6),
        cell(figures.exhaust, 6),
        cell(figures.rate_on_line, 6),
        cell(figures.premium, 2),
        cell(figures.loss_ratio, 6),
        cell(figures.capital, 2),
        cell(figures.days, 0),
    ]
}

/// A name as files have it: the key in English files, the word in Chinese ones.
fn written(name: &Name, language: Language) -> String {
    language.pick(&name.zh, &name.key).to_owned()
}

/// Yuan to the fen.
pub fn yuan(fen: Fen) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn csv_text(rows: &Rows, language: Language) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(match language {
        Language::Chinese => format!("{BYTE_ORDER_MARK}{text}"),
        Language::English => text,
    })
}
