//! Made-up figures for the tornado: usual sizes, long names, extremes, and nothing that moves.

use riskweave::experiment::sensitivity::Grade;
use riskweave::report::charts::tornado::{Bar, Data, Panel, Parameter};
use riskweave::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words};

/// All variants, by name.
pub(crate) fn samples() -> Vec<(&'static str, Data)> {
    vec![
        ("twelve", sample(12, 1.0)),
        ("two", sample(2, 1.0)),
        ("huge", sample(12, 4e5)),
        ("tiny", sample(5, 3e-6)),
        ("nothing", nothing()),
    ]
}

/// Names as they stand in the table of parameters, short and long.
const NAMES: [(&str, &str, Grade); 12] = [
    (
        "非金钱处罚折价",
        "sanctions that money cannot buy off",
        Grade::Judgement,
    ),
    (
        "安全投入边际效果",
        "marginal effect of care",
        Grade::Literature,
    ),
    (
        "基准事故率(各项同步)",
        "base accident rate (all together)",
        Grade::Judgement,
    ),
    (
        "隐患倍数上限(各项同步)",
        "ceiling of the backlog factor (all together)",
        Grade::Judgement,
    ),
    (
        "损失率(各项同步)",
        "damage ratio (all together)",
        Grade::Judgement,
    ),
    (
        "防护工程效果(各项同步)",
        "effect of protective works (all together)",
        Grade::Judgement,
    ),
    (
        "资金缺口拖延恢复系数",
        "slowing of recovery by lack of money",
        Grade::Judgement,
    ),
    (
        "第一响应人救活比例",
        "effect of a first responder",
        Grade::Literature,
    ),
    (
        "瞒报道德成本",
        "moral cost of concealment",
        Grade::Judgement,
    ),
    (
        "防护装备避免的施救受伤占比",
        "injuries of rescuers avoided by full protective equipment",
        Grade::Measured,
    ),
    (
        "预警响应率(各项同步)",
        "heed of warnings (all together)",
        Grade::Judgement,
    ),
    (
        "装备老化倍数上限",
        "ceiling of the plant age factor",
        Grade::Measured,
    ),
];

fn sample(parameters: usize, size: f64) -> Data {
    let measures = [
        ("死亡人数", "deaths", Quantity::PeoplePerYear, 812.0),
        ("直接经济损失", "direct loss", Quantity::YuanPerYear, 2.4e10),
        ("居民自担份额", "residents' share", Quantity::Share, 0.06),
        (
            "恢复到90%的时间",
            "weeks to 90 %",
            Quantity::Other(Words::new("周", "weeks")),
            3.1,
        ),
    ];
    let panels = measures.into_iter().enumerate();
    let panels = panels.map(|(number, (zh, en, quantity, scale))| {
        let scale = if quantity == Quantity::Share {
            scale
        } else {
            scale * size
        };
        Panel {
            measure: Words::new(zh, en),
            quantity,
            difference: scale * [-1.2, 9.0, 0.0, -0.4][number],
            bars: (0..parameters).map(|row| bar(row, number, scale)).collect(),
        }
    });
    let label = |key: &str, zh: &str, en: &str| PolicyLabel {
        key: key.to_owned(),
        name: Words::new(zh, en),
    };
    Data {
        source: Source {
            society: Words::new("中国社会(2020年)", "China, 2020"),
            years: 2,
            replications: 1,
            run: "3f9a2c1b".to_owned(),
            own_start: false,
        },
        from: label(
            "current-2020",
            "现行安排(2020年基准)",
            "present arrangement (2020)",
        ),
        to: label("network", "六项机制协同", "network of six mechanisms"),
        trajectories: 4,
        parameters: NAMES[..parameters]
            .iter()
            .map(|(zh, en, grade)| Parameter {
                name: Words::new(*zh, *en),
                grade: *grade,
            })
            .collect(),
        others: 12,
        panels: panels.collect(),
    }
}

fn bar(row: usize, panel: usize, scale: f64) -> Bar {
    let wave = ((row * 37 + panel * 53) % 101) as f64 / 101.0;
    let mean = scale * (0.1 + wave) / (row + 1) as f64;
    Bar {
        size: Estimate {
            mean,
            low: mean * (1.0 - 0.6 * wave),
            high: mean * (1.1 + wave),
        },
        rises: (row + panel).is_multiple_of(3),
    }
}

/// One trajectory of parameters that move nothing, in a measure without values.
fn nothing() -> Data {
    let mut data = sample(3, 1.0);
    for (number, panel) in data.panels.iter_mut().enumerate() {
        panel.difference = f64::NAN;
        for bar in &mut panel.bars {
            let none = f64::NAN;
            bar.size = Estimate {
                mean: if number == 0 { 0.0 } else { none },
                low: none,
                high: none,
            };
        }
    }
    data
}
