//! Trade-off: money cost without lives against deaths, with the Pareto front, and who pays the cost.

use serde::{Deserialize, Serialize};

use crate::measures::payers::Payer;
use crate::report::axis::Axis;
use crate::report::charts::bars::segment;
use crate::report::charts::lines::{absent, heading};
use crate::report::charts::table::{Heading, cell, csv, number_table};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, largest};
use crate::report::draw::{Align, Area, Canvas, Point, Stroke, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{
    Frame, edges, flow, labelled, marks_below, marks_left, name_size, row_name,
};
use crate::report::numbers::{Scale, grouped, not_available};
use crate::report::palette::{self, Fill, Mark};
use crate::report::style::{INK, LABEL, MARGIN, QUIET, SMALL, UNRESOLVED, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::{Bearer, Language, Table, Vocabulary};

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// One row a policy, in the order shown.
    pub rows: Vec<Row>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The policy.
    pub policy: PolicyLabel,
    /// Deaths a year.
    pub deaths: Estimate,
    /// Money cost without lives (yuan a year).
    pub cost_yuan: Estimate,
    /// Mean cost by who pays it (yuan a year).
    #[serde(deserialize_with = "number_table")]
    pub paid_yuan: Table<Payer, f64>,
    /// Whether another policy has fewer deaths and a lower cost, both resolved.
    pub beaten: bool,
}

const LEFT: f64 = 74.0;
const PLOT: f64 = 320.0;
const BELOW: f64 = 62.0;
const HEADING: f64 = 28.0;
const LEGEND: f64 = 30.0;
const NAMES: f64 = 214.0;
const DEATHS: f64 = 196.0;
const KEY: f64 = 22.0;
const ROW_KEY: f64 = 24.0;
const RADIUS: f64 = 6.0;
const RING: f64 = 10.5;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    Heading::new("policy", "政策", "policy"),
    Heading::new("name", "政策名称", "its name"),
    Heading::new(
        "figure",
        "数值项",
        "deaths, money cost, or the part of it that one pays",
    ),
    Heading::new("mean", "均值", "mean of the replications"),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new("unit", "单位", "unit"),
    Heading::new(
        "on_front",
        "未被胜出",
        "no: another policy has fewer deaths and a lower cost, both resolved",
    ),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let rows = data.rows.len().max(1) as f64;
    let row = (rows * 40.0).min(400.0) / rows;
    let row = row.max(28.0);
    let plot = Area {
        x: MARGIN + LEFT,
        y: frame.top() + HEADING,
        width: WIDTH - 2.0 * MARGIN - LEFT,
        height: PLOT,
    };
    let below = plot.bottom() + BELOW;
    let bars = below + HEADING + LEGEND;
    let height = bars + rows * row + 44.0 + frame.foot();
    let marks = marks(data);
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        scatter(canvas, data, plot, &marks, language);
        let area = Area {
            x: MARGIN,
            y: bars,
            width: WIDTH - 2.0 * MARGIN,
            height: rows * row,
        };
        payers(canvas, data, (below, area), &marks, language);
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let people = language.pick("人/年", "people a year");
    let yuan = language.pick("元/年", "yuan a year");
    let rows = data.rows.iter().flat_map(|row| {
        let line = move |what: &str, of: Estimate, unit: &str| {
            vec![
                row.policy.key.clone(),
                row.policy.name.pick(language).to_owned(),
                what.to_owned(),
                cell(of.mean),
                cell(of.low),
                cell(of.high),
                unit.to_owned(),
                language
                    .pick(
                        if row.beaten { "否" } else { "是" },
                        if row.beaten { "no" } else { "yes" },
                    )
                    .to_owned(),
            ]
        };
        let mut lines = vec![
            line(language.pick("死亡人数", "deaths"), row.deaths, people),
            line(cost_word(language), row.cost_yuan, yuan),
        ];
        lines.extend(row.paid_yuan.iter().map(|(payer, mean)| {
            let part = Estimate {
                mean: *mean,
                low: f64::NAN,
                high: f64::NAN,
            };
            line(payer.word(language), part, yuan)
        }));
        lines
    });
    csv(&COLUMNS, rows, language)
}

fn cost_word(language: Language) -> &'static str {
    language.pick("不含生命的货币成本", "money cost without lives")
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "十字：均值与 95% 区间；虚线：均值的帕累托前沿；加圈：没有政策死亡更少且成本更低而配对差异均可分辨；损毁资产与医疗按损失承担份额分给各方；",
        "Cross: mean and 95% interval; dashes: Pareto front of the means; ring: no other policy has fewer deaths and a lower cost with both differences resolved; destroyed assets and treatment are split as losses are borne;",
    );
    Frame {
        title: language
            .pick("权衡：花多少钱、死多少人、谁出钱", "Trade-off: what it costs, who dies, who pays")
            .to_owned(),
        subtitle: language
            .pick(
                "货币成本 = 资源消耗 + 损毁资产 + 停减产损失，不含生命；死亡与金钱从不相加；越靠左下越好",
                "Money cost = resources + destroyed assets + interruption, without lives; deaths and money are never added; lower left is better",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

/// Marks of the rows.
fn marks(data: &Data) -> Vec<Mark> {
    palette::policies(data.rows.iter().map(|row| row.policy.key.as_str()))
}

/// A ring around the mark of a policy that no other beats.
fn ring(canvas: &mut Canvas<'_>, row: &Row, (x, y): Point) {
    const CORNERS: u32 = 32;
    if row.beaten || !row.cost_yuan.mean.is_finite() {
        return;
    }
    let corner = |n: u32| {
        let angle = f64::from(n) / f64::from(CORNERS) * std::f64::consts::TAU;
        (x + RING * libm::cos(angle), y + RING * libm::sin(angle))
    };
    let corners: Vec<Point> = (0..=CORNERS).map(corner).collect();
    canvas.line(&corners, Stroke::solid(INK, 1.0));
}

/// An axis around all intervals, and the scale of its figures.
fn around(data: &Data, of: impl Fn(&Row) -> Estimate, scale: &Scale, ends: (f64, f64)) -> Axis {
    let seen = data.rows.iter().map(of).filter(|e| e.mean.is_finite());
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for estimate in seen {
        for value in [estimate.mean, estimate.low, estimate.high] {
            if value.is_finite() {
                (low, high) = (low.min(value), high.max(value));
            }
        }
    }
    if low > high {
        (low, high) = (0.0, 1.0);
    }
    let pad = ((high - low) * 0.08).max(high.abs() * 0.004);
    let (low, high) = ((low - pad).max(0.0), high + pad);
    Axis::linear(low * scale.factor, high * scale.factor, ends.0, ends.1)
}

fn scale(data: &Data, quantity: &Quantity, of: impl Fn(&Row) -> f64, language: Language) -> Scale {
    Scale::of(quantity, largest(data.rows.iter().map(of)), language)
}

fn scatter(canvas: &mut Canvas<'_>, data: &Data, plot: Area, marks: &[Mark], language: Language) {
    let money = scale(
        data,
        &Quantity::YuanPerYear,
        |row| row.cost_yuan.mean,
        language,
    );
    let people = scale(
        data,
        &Quantity::PeoplePerYear,
        |row| row.deaths.mean,
        language,
    );
    let x = around(data, |row| row.cost_yuan, &money, (plot.x, plot.right()));
    let y = around(data, |row| row.deaths, &people, (plot.bottom(), plot.y));
    let title = match language {
        Language::Chinese => format!("死亡人数({})", people.unit),
        Language::English => format!("Deaths ({})", people.unit),
    };
    heading(canvas, &title, "", plot.y - HEADING * 0.65);
    marks_left(canvas, plot, &labelled(&y, 6, grouped));
    marks_below(canvas, plot, &labelled(&x, 7, grouped));
    edges(canvas, plot);
    let set = Type {
        size: SMALL,
        colour: INK,
        ..Type::default()
    };
    let name = format!("{}({})", cost_word(language), money.unit);
    let name = match language {
        Language::Chinese => name,
        Language::English => format!("Money cost without lives ({})", money.unit),
    };
    canvas.text(&name, (plot.x, plot.bottom() + 36.0), set);
    let at = |row: &Row| -> Option<Point> {
        let (cost, deaths) = (row.cost_yuan.mean, row.deaths.mean);
        (cost.is_finite() && deaths.is_finite())
            .then(|| (x.at(cost * money.factor), y.at(deaths * people.factor)))
    };
    let places: Vec<Option<Point>> = data.rows.iter().map(at).collect();
    if places.iter().all(Option::is_none) {
        absent(canvas, plot, language);
        return;
    }
    let front: Vec<Point> = front(data)
        .into_iter()
        .filter_map(|row| places[row])
        .collect();
    canvas.line(&front, Stroke::dashed(UNRESOLVED, 1.5, 6.0));
    for ((row, place), mark) in data.rows.iter().zip(&places).zip(marks) {
        let Some((px, py)) = *place else { continue };
        let stroke = Stroke::solid(mark.colour, 1.25);
        let (cost, deaths) = (row.cost_yuan, row.deaths);
        if cost.available() {
            let ends = [cost.low, cost.high].map(|yuan| (x.at(yuan * money.factor), py));
            canvas.line(&ends, stroke);
        }
        if deaths.available() {
            let ends = [deaths.low, deaths.high].map(|dead| (px, y.at(dead * people.factor)));
            canvas.line(&ends, stroke);
        }
    }
    for ((row, place), mark) in data.rows.iter().zip(&places).zip(marks) {
        if let Some(place) = place {
            canvas.mark(*place, RADIUS, *mark);
            ring(canvas, row, *place);
        }
    }
    labels(canvas, data, (&places, marks), plot, language);
}

/// Rows that no other row beats in both means, by rising cost.
fn front(data: &Data) -> Vec<usize> {
    let point = |row: &Row| (row.cost_yuan.mean, row.deaths.mean);
    let beats = |one: (f64, f64), other: (f64, f64)| {
        one.0 <= other.0 && one.1 <= other.1 && (one.0 < other.0 || one.1 < other.1)
    };
    let mut kept: Vec<usize> = (0..data.rows.len())
        .filter(|row| {
            let own = point(&data.rows[*row]);
            own.0.is_finite()
                && own.1.is_finite()
                && !data.rows.iter().any(|other| beats(point(other), own))
        })
        .collect();
    kept.sort_by(|a, b| point(&data.rows[*a]).0.total_cmp(&point(&data.rows[*b]).0));
    kept
}

/// Names beside the points, in their colours, where they cover nothing; a point without a name is told by its mark in
/// the rows below.
fn labels(
    canvas: &mut Canvas<'_>,
    data: &Data,
    (places, marks): (&[Option<Point>], &[Mark]),
    plot: Area,
    language: Language,
) {
    let around = |(x, y): Point| Area {
        x: x - RING,
        y: y - RING,
        width: RING * 2.0,
        height: RING * 2.0,
    };
    let mut taken: Vec<Area> = places.iter().flatten().copied().map(around).collect();
    for ((row, place), mark) in data.rows.iter().zip(places).zip(marks) {
        let Some((x, y)) = *place else { continue };
        let name = row.policy.name.pick(language);
        let size = (font::width(name, SMALL, Weight::Regular), SMALL * 1.15);
        let sides = [
            (13.0, -12.0),
            (13.0, 12.0),
            (-13.0 - size.0, -12.0),
            (-13.0 - size.0, 12.0),
        ];
        let free = sides.into_iter().find_map(|(dx, dy)| {
            let area = Area {
                x: x + dx,
                y: y + dy - size.1 / 2.0,
                width: size.0,
                height: size.1,
            };
            let inside = area.x >= plot.x + 4.0
                && area.right() <= plot.right() - 4.0
                && area.y >= plot.y + 2.0
                && area.bottom() <= plot.bottom() - 2.0;
            (inside && !taken.iter().any(|other| overlap(area, *other))).then_some(area)
        });
        if let Some(area) = free {
            let set = Type {
                size: SMALL,
                colour: palette::darker(mark.colour),
                ..Type::default()
            };
            canvas.text(name, (area.x, area.y + area.height / 2.0), set);
            taken.push(area);
        }
    }
}

fn overlap(one: Area, other: Area) -> bool {
    one.x < other.right()
        && other.x < one.right()
        && one.y < other.bottom()
        && other.y < one.bottom()
}

/// Fill of a payer: that of the bearer who stands for it.
fn fill(payer: Payer) -> Fill {
    palette::bearer(match payer {
        Payer::Residents => Bearer::Residents,
        Payer::Enterprises => Bearer::Enterprises,
        Payer::Governments => Bearer::Centre,
        Payer::Insurance => Bearer::Insurers,
        Payer::Charity => Bearer::Charity,
    })
}

/// The cost of each policy by who pays it.
fn payers(
    canvas: &mut Canvas<'_>,
    data: &Data,
    (top, area): (f64, Area),
    marks: &[Mark],
    language: Language,
) {
    let money = scale(
        data,
        &Quantity::YuanPerYear,
        |row| row.cost_yuan.mean,
        language,
    );
    let title = match language {
        Language::Chinese => format!("谁出这笔钱({})", money.unit),
        Language::English => format!("Who pays it ({})", money.unit),
    };
    heading(canvas, &title, "", top + HEADING * 0.4);
    let words: Vec<String> = Payer::ALL
        .iter()
        .map(|p| p.word(language).to_owned())
        .collect();
    let legend = flow(&words, MARGIN, WIDTH - MARGIN, KEY);
    for ((payer, word), (x, _)) in Payer::ALL.iter().zip(&words).zip(legend) {
        let y = top + HEADING;
        let key = Area {
            x,
            y: y + 2.0,
            width: KEY,
            height: 14.0,
        };
        canvas.fill(key, fill(*payer));
        canvas.text(word, (x + KEY + 8.0, y + 9.0), Type::default());
    }
    let bars = Area {
        x: area.x + NAMES,
        width: area.width - NAMES - DEATHS,
        ..area
    };
    let most = largest(data.rows.iter().map(|row| row.cost_yuan.mean));
    let room = font::width(&money.show(most), LABEL, Weight::Regular) + 20.0;
    let axis = Axis::linear(0.0, most * money.factor, bars.x, bars.right() - room);
    marks_below(
        canvas,
        Area {
            width: bars.width - room,
            ..bars
        },
        &labelled(&axis, 6, grouped),
    );
    let set = Type {
        align: Align::End,
        colour: QUIET,
        size: SMALL,
        ..Type::default()
    };
    let people = language.pick("死亡(人/年)〔95% 区间〕", "deaths a year [95% interval]");
    canvas.text(people, (WIDTH - MARGIN, top + HEADING * 0.4), set);
    let row = area.height / data.rows.len().max(1) as f64;
    let names = data.rows.iter().map(|row| row.policy.name.pick(language));
    let size = name_size(names, NAMES - ROW_KEY - 12.0);
    for (number, (own, mark)) in data.rows.iter().zip(marks).enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        canvas.mark((area.x + RING, middle), 5.0, *mark);
        ring(canvas, own, (area.x + RING, middle));
        let name = own.policy.name.pick(language);
        let limit = NAMES - ROW_KEY - 12.0;
        row_name(canvas, name, (bars.x - 12.0, middle), limit, size);
        bar(
            canvas,
            own,
            (&axis, &money),
            (middle, (row * 0.6).min(24.0)),
            language,
        );
        let deaths = deaths(own, language);
        canvas.text(
            &deaths,
            (WIDTH - MARGIN, middle),
            Type {
                align: Align::End,
                ..Type::default()
            },
        );
    }
}

fn bar(
    canvas: &mut Canvas<'_>,
    row: &Row,
    (axis, money): (&Axis, &Scale),
    (middle, thickness): (f64, f64),
    language: Language,
) {
    let sum: f64 = row
        .paid_yuan
        .values()
        .iter()
        .filter(|yuan| **yuan > 0.0)
        .sum();
    let mut paid = 0.0;
    for (payer, yuan) in row.paid_yuan.iter().filter(|(_, yuan)| **yuan > 0.0) {
        let left = axis.at(paid * money.factor);
        paid += yuan;
        let area = Area {
            x: left,
            y: middle - thickness / 2.0,
            width: axis.at(paid * money.factor) - left,
            height: thickness,
        };
        segment(canvas, area, fill(payer), yuan / sum);
    }
    let text = if row.cost_yuan.mean.is_finite() {
        money.show(row.cost_yuan.mean)
    } else {
        not_available(language).to_owned()
    };
    let end = axis.at(paid * money.factor) + 10.0;
    canvas.text(&text, (end, middle), Type::default());
}

fn deaths(row: &Row, language: Language) -> String {
    let Estimate { mean, low, high } = row.deaths;
    if !mean.is_finite() {
        return not_available(language).to_owned();
    }
    let decimals = crate::report::numbers::decimals(mean);
    let show = |value: f64| grouped(value, decimals);
    let (open, close) = (language.pick("〔", "["), language.pick("〕", "]"));
    format!("{} {open}{}–{}{close}", show(mean), show(low), show(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_holds_what_nothing_beats() {
        let row = |cost: f64, deaths: f64| Row {
            policy: PolicyLabel::default(),
            deaths: Estimate {
                mean: deaths,
                ..Estimate::default()
            },
            cost_yuan: Estimate {
                mean: cost,
                ..Estimate::default()
            },
            paid_yuan: Table::default(),
            beaten: false,
        };
        let data = Data {
            source: Source::default(),
            rows: vec![
                row(3.0, 5.0),
                row(1.0, 9.0),
                row(4.0, 6.0),
                row(2.0, 7.0),
                row(1.0, 10.0),
            ],
        };
        assert_eq!(front(&data), [1, 3, 0]);
    }
}
