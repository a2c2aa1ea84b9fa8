//! Provincial tile chart: loss per head of each province, and what each policy changes in it.

use serde::{Deserialize, Serialize};

use crate::report::charts::heat::{change, figure, frame as edges, lines, no_data, shade};
use crate::report::charts::lines::heading;
use crate::report::charts::table::{Heading, POLICY_NAME, cell, csv, resolved_word};
use crate::report::charts::tiles::{COLUMNS as ACROSS, ROWS, TILES, Tile};
use crate::report::charts::{Estimate, PolicyLabel, Source, largest};
use crate::report::draw::{Align, Area, Canvas, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, panel_title};
use crate::report::numbers::{decimals, grouped, not_available};
use crate::report::palette::{self, Mark};
use crate::report::style::{GRID, LABEL, MARGIN, PAPER, QUIET, SMALL, STRIPE, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// The policy that the others are compared with.
    pub baseline: PolicyLabel,
    /// The other policies.
    pub policies: Vec<PolicyLabel>,
    /// Provinces of the society.
    pub provinces: Vec<Province>,
}

/// One province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Province {
    /// Chinese name, by which its tile is found.
    pub name: String,
    /// Loss under the baseline (yuan a head and year).
    pub loss_yuan: Estimate,
    /// Difference of each policy to the baseline (yuan a head and year).
    pub differences: Vec<Change>,
}

/// Policy less baseline, paired by replication.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Mean and interval (yuan a head and year).
    pub estimate: Estimate,
    /// Whether the runs tell it from zero.
    pub resolved: bool,
}

const HEADING: f64 = 30.0;
const LARGE: (f64, f64) = (100.0, 47.0);
const SMALL_TILE: (f64, f64) = (38.0, 25.0);
const PER_ROW: usize = 4;
const GAP: f64 = 23.0;
const TITLE: f64 = 40.0;
const KEY: f64 = 19.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 7] = [
    Heading::new("province", "省份", "province"),
    Heading::new(
        "policy",
        "政策",
        "policy; the baseline's rows give the loss, the others the difference to it",
    ),
    POLICY_NAME,
    Heading::new(
        "yuan_a_head_and_year",
        "人均直接损失或与基准之差(元/人·年)",
        "direct loss with bodily loss, or difference to the baseline (yuan a head and year)",
    ),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new(
        "resolved",
        "可分辨",
        "whether the interval of the difference leaves zero out",
    ),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let bands = data.policies.len().div_ceil(PER_ROW) as f64;
    let large = HEADING + ROWS as f64 * LARGE.1 + 24.0;
    let band = TITLE + ROWS as f64 * SMALL_TILE.1 + 16.0;
    let small = if bands > 0.0 {
        HEADING + bands * band
    } else {
        0.0
    };
    let height = frame.top() + large + small + frame.foot();
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        baseline(canvas, data, frame.top(), language);
        let top = frame.top() + large;
        if data.policies.is_empty() {
            return;
        }
        let title = language.pick(
            "与基准之差(占基准人均损失的百分比)",
            "Difference to the baseline (per cent of its loss per head)",
        );
        let note = language.pick(
            "方格位置同上图；蓝 = 减少，橙 = 增加；灰字：现有模拟次数下尚难区分",
            "tiles as above; blue = less, orange = more; grey: not resolved by these runs",
        );
        heading(canvas, title, note, top + HEADING * 0.3);
        let marks = palette::policies(data.policies.iter().map(|policy| policy.key.as_str()));
        let most = greatest_change(data);
        for (number, mark) in marks.into_iter().enumerate() {
            let (column, line) = (number % PER_ROW, number / PER_ROW);
            let width = ACROSS as f64 * SMALL_TILE.0;
            let corner = (
                MARGIN + column as f64 * (width + GAP),
                top + HEADING + line as f64 * band + TITLE,
            );
            policy(canvas, data, (number, mark), (corner, most), language);
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.provinces.iter().flat_map(|province| {
        let line = move |policy: &PolicyLabel, of: Estimate, resolved: &str| {
            let name = TILES.iter().find(|tile| tile.zh == province.name);
            let name = name.map_or(province.name.as_str(), |tile| {
                language.pick(tile.zh, tile.en)
            });
            vec![
                name.to_owned(),
                policy.key.clone(),
                policy.name.pick(language).to_owned(),
                cell(of.mean),
                cell(of.low),
                cell(of.high),
                resolved.to_owned(),
            ]
        };
        let changes = province.differences.iter().zip(&data.policies);
        let changes = changes.map(move |(change, policy)| {
            let resolved = resolved_word(change.resolved, language);
            line(policy, change.estimate, resolved)
        });
        std::iter::once(line(&data.baseline, province.loss_yuan, "")).chain(changes)
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "数字：年均值，各省 95% 区间见数据表；位置示意，非地图；",
        "Figures: annual means, 95% intervals of each province in the table of data; schematic places, not a map;",
    );
    Frame {
        title: language
            .pick("省级方格统计图(示意，非地图)：人均损失", "Provincial tile chart (schematic, not a map): loss per head")
            .to_owned(),
        subtitle: language
            .pick(
                "各省人均直接损失(含人身损失)；同一省份在各图中位置相同；斜线方格：资料暂缺",
                "Direct loss with bodily loss per head of each province; a province has the same place in every chart; hatched: no data",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

fn of_tile<'a>(data: &'a Data, tile: &Tile) -> Option<&'a Province> {
    data.provinces
        .iter()
        .find(|province| province.name == tile.zh)
}

fn place(tile: &Tile, (x, y): (f64, f64), (width, height): (f64, f64)) -> Area {
    Area {
        x: x + tile.column as f64 * width,
        y: y + tile.row as f64 * height,
        width,
        height,
    }
}

/// The tiles of the baseline: loss per head.
fn baseline(canvas: &mut Canvas<'_>, data: &Data, top: f64, language: Language) {
    let title = language.pick(
        "基准：人均损失(元/人·年)",
        "Baseline: loss per head (yuan a head and year)",
    );
    heading(
        canvas,
        title,
        data.baseline.name.pick(language),
        top + HEADING * 0.3,
    );
    let most = largest(
        data.provinces
            .iter()
            .map(|province| province.loss_yuan.mean),
    );
    let corner = (MARGIN, top + HEADING);
    for tile in &TILES {
        let area = place(tile, corner, LARGE);
        let name = language.pick(tile.zh, tile.en);
        match of_tile(data, tile) {
            Some(province) if province.loss_yuan.mean.is_finite() => {
                let loss = province.loss_yuan.mean;
                let ground = shade(loss / most);
                canvas.area(area, ground, 1.0);
                edges(canvas, area, PAPER);
                let set = Type {
                    size: SMALL,
                    align: Align::Middle,
                    colour: super::heat::ink_on(ground),
                    ..Type::default()
                };
                let text = [name.to_owned(), grouped(loss, decimals(most))];
                lines(canvas, &text, middle(area), Type { size: LABEL, ..set });
                let unit = language.pick("元/人·年", "yuan a head and year");
                canvas.hot(area, &format!("{name}: {} {unit}", text[1]));
            }
            _ => missing(canvas, area, name, language),
        }
    }
    legend(canvas, top + HEADING, most, language);
}

fn middle(area: Area) -> (f64, f64) {
    (area.x + area.width / 2.0, area.y + area.height / 2.0)
}

/// A tile without data: hatched, with a ground below its words.
fn missing(canvas: &mut Canvas<'_>, area: Area, name: &str, language: Language) {
    canvas.fill(area, no_data());
    edges(canvas, area, PAPER);
    let text = [name.to_owned(), not_available(language).to_owned()];
    let set = Type {
        size: 11.5,
        align: Align::Middle,
        colour: QUIET,
        ..Type::default()
    };
    let widths = text
        .iter()
        .map(|line| font::width(line, set.size, Weight::Regular));
    let width = largest(widths) + 8.0;
    let (x, y) = middle(area);
    let ground = Area {
        x: x - width / 2.0,
        y: y - 15.0,
        width,
        height: 30.0,
    };
    canvas.area(ground, STRIPE, 1.0);
    lines(canvas, &text, (x, y), set);
}

/// What the shades and the hatching mean, right of the tiles.
fn legend(canvas: &mut Canvas<'_>, top: f64, most: f64, language: Language) {
    const STEPS: usize = 5;
    let left = MARGIN + ACROSS as f64 * LARGE.0 + 40.0;
    let width = 60.0;
    let set = Type {
        size: SMALL,
        colour: QUIET,
        ..Type::default()
    };
    let words = language.pick("人均损失(元/人·年)", "loss per head (yuan a head and year)");
    canvas.text(words, (left, top + 10.0), set);
    for step in 0..STEPS {
        let part = step as f64 / (STEPS - 1) as f64;
        let area = Area {
            x: left + step as f64 * width,
            y: top + 24.0,
            width,
            height: 24.0,
        };
        let text = grouped(most * part, decimals(most));
        figure(canvas, area, shade(part), &text, (SMALL, None));
    }
    let area = Area {
        x: left,
        y: top + 64.0,
        width,
        height: 24.0,
    };
    canvas.fill(area, no_data());
    canvas.text(
        not_available(language),
        (left + width + 10.0, area.y + 12.0),
        set,
    );
}

/// The greatest resolved change in proportion to the baseline; of all if none is resolved.
fn greatest_change(data: &Data) -> f64 {
    let parts = |resolved: bool| {
        let of = move |province: &Province| {
            let loss = province.loss_yuan.mean;
            let changes = province.differences.clone().into_iter();
            changes
                .filter(move |change| change.resolved || !resolved)
                .map(move |change| (change.estimate.mean / loss).abs())
        };
        largest(data.provinces.iter().flat_map(of))
    };
    let resolved = parts(true);
    if resolved > 0.0 {
        resolved
    } else {
        parts(false)
    }
}

/// The differences of one policy.
fn policy(
    canvas: &mut Canvas<'_>,
    data: &Data,
    (number, mark): (usize, Mark),
    (corner, most): ((f64, f64), f64),
    language: Language,
) {
    let name = data.policies[number].name.pick(language);
    canvas.mark((corner.0 + 6.0, corner.1 - 13.0), 5.0, mark);
    let limit = ACROSS as f64 * SMALL_TILE.0 - KEY;
    panel_title(canvas, name, (corner.0 + KEY, corner.1 - 13.0), limit, 2);
    for tile in &TILES {
        let area = place(tile, corner, SMALL_TILE);
        let province = of_tile(data, tile);
        let change_of = province.and_then(|province| {
            let change = province.differences.get(number)?;
            let part = change.estimate.mean / province.loss_yuan.mean;
            part.is_finite().then_some((part, change.resolved))
        });
        let Some((part, resolved)) = change_of else {
            canvas.fill(area, no_data());
            edges(canvas, area, PAPER);
            continue;
        };
        let ground = if resolved { change(part / most) } else { PAPER };
        figure(
            canvas,
            area,
            ground,
            &percent(part),
            (12.0, (!resolved).then_some(QUIET)),
        );
        edges(canvas, area, GRID);
        let province = language.pick(tile.zh, tile.en);
        canvas.hot(area, &format!("{name} – {province}: {}%", percent(part)));
    }
}

/// A change in per cent with its sign.
fn percent(part: f64) -> String {
    let shown = grouped(part * 100.0, usize::from(part.abs() < 0.0995));
    let rises = part > 0.0 && shown.chars().any(|c| ('1'..='9').contains(&c));
    if rises { format!("+{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_signs() {
        let shown = [-0.123, 0.0312, 0.0, -0.000_01].map(percent);
        assert_eq!(shown, ["−12", "+3.1", "0.0", "0.0"]);
    }
}
