//! Trade-off: money cost without lives against deaths, with the Pareto front, and who pays the cost.

mod paid;
mod scatter;

use serde::{Deserialize, Serialize};

use crate::measures::payers::Payer;
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, number_table};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, largest};
use crate::report::draw::{Area, Canvas, Point, Stroke, sheet};
use crate::report::frame::Frame;
use crate::report::numbers::Scale;
use crate::report::palette::{self, Mark};
use crate::report::style::{INK, MARGIN, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::{Language, Table, Vocabulary};

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
const RADIUS: f64 = 6.0;
const RING: f64 = 10.5;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    POLICY,
    POLICY_NAME,
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
    let row = row.max(31.0);
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
        scatter::scatter(canvas, data, plot, &marks, language);
        let area = Area {
            x: MARGIN,
            y: bars,
            width: WIDTH - 2.0 * MARGIN,
            height: rows * row,
        };
        paid::payers(canvas, data, (below, area), &marks, language);
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
        "十字：均值与 95% 区间；虚线：均值的帕累托前沿；加圈：没有别的政策死亡更少、成本也更低(两项配对差异都可区分)；损毁资产与医疗按损失承担份额分给各方；",
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

/// The scale of the money cost.
fn money(data: &Data, language: Language) -> Scale {
    let costs = data.rows.iter().map(|row| row.cost_yuan.mean);
    Scale::of(&Quantity::YuanPerYear, largest(costs), language)
}

/// The scale of the deaths.
fn people(data: &Data, language: Language) -> Scale {
    let deaths = data.rows.iter().map(|row| row.deaths.mean);
    Scale::of(&Quantity::PeoplePerYear, largest(deaths), language)
}
