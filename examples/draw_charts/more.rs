//! Made-up figures for the charts of events, causes, money, provinces, grids, ladders and duties.

use riskweave::report::charts::{
    Estimate, PolicyLabel, Quantity, Source, Words, causes, fatalities, grid, ladder, provinces,
    responsibility, trade_off,
};
use riskweave::vocabulary::{Bearer, Category, Cause, Owner, Phase, Table, Vocabulary};

use super::{noise, policies};

/// A mean with an interval of so large a part of it.
fn around(mean: f64, part: f64) -> Estimate {
    let half = mean.abs() * part;
    Estimate {
        mean,
        low: mean - half,
        high: mean + half,
    }
}

pub(super) fn fatalities_of(source: &Source, policies: &[PolicyLabel]) -> fatalities::Data {
    let thresholds = [
        1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 20.0, 30.0, 50.0, 70.0, 100.0, 200.0,
    ];
    let panel = |number: usize, category: Category, slope: f64, line: Option<f64>| {
        let curves = policies.iter().enumerate().map(|(own, policy)| {
            let last = thresholds.len() - own % 4;
            let steps = thresholds[..last].iter().map(|deaths| {
                let rate = 4e4 * (1.0 - 0.04 * own as f64) * libm::pow(*deaths, slope);
                fatalities::Step {
                    deaths: *deaths,
                    events: (rate * 200.0) as u64,
                    frequency: around(rate, 0.02 + 0.3 * deaths / 200.0),
                }
            });
            fatalities::Curve {
                policy: policy.clone(),
                steps: steps.collect(),
            }
        });
        fatalities::Panel {
            category: Words::new(category.zh(), category.en()),
            line: line.filter(|_| number == 0),
            curves: curves.collect(),
        }
    };
    fatalities::Data {
        source: source.clone(),
        panels: vec![
            panel(0, Category::Accident, -2.4, Some(141.0)),
            panel(1, Category::Natural, -1.6, None),
            panel(2, Category::Health, -2.0, None),
        ],
    }
}

pub(super) fn causes_of(source: &Source, policies: &[PolicyLabel]) -> causes::Data {
    let cause = |number: usize, cause: Cause| {
        let rows = policies.iter().enumerate().map(|(own, policy)| {
            let parts: Vec<f64> = (0..Bearer::ALL.len())
                .map(|bearer| {
                    let size = noise(number * 17 + bearer * 3) + 0.1 * noise(own * 7 + bearer);
                    if (bearer + number).is_multiple_of(5) {
                        0.0
                    } else {
                        size * 1e10
                    }
                })
                .collect();
            let total: f64 = parts.iter().sum();
            causes::Row {
                policy: policy.clone(),
                borne_yuan: Table::from_fn(|bearer: Bearer| around(parts[bearer.number()], 0.1)),
                total_yuan: around(total, 0.05),
            }
        });
        causes::Cause {
            name: Words::new(cause.zh(), cause.en()),
            rows: rows.collect(),
        }
    };
    let causes = Cause::ALL.iter().enumerate();
    causes::Data {
        source: source.clone(),
        causes: causes.map(|(number, own)| cause(number, *own)).collect(),
    }
}

pub(super) fn trade_off_of(source: &Source, policies: &[PolicyLabel]) -> trade_off::Data {
    let rows = policies.iter().enumerate().map(|(number, policy)| {
        let cost = 7.2e11 * (1.0 - 0.04 * noise(number * 5 + 2));
        let deaths = 71_000.0 * (1.0 - 0.05 * noise(number * 3 + 1));
        let shares = [0.31, 0.33, 0.21, 0.13, 0.02];
        trade_off::Row {
            policy: policy.clone(),
            deaths: around(deaths, 0.006),
            cost_yuan: around(cost, 0.004),
            paid_yuan: Table::from_fn(|payer: riskweave::measures::payers::Payer| {
                cost * shares[payer.number()]
            }),
            beaten: number == 3,
        }
    });
    trade_off::Data {
        source: source.clone(),
        rows: rows.collect(),
    }
}

const PROVINCES: [&str; 31] = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
];

pub(super) fn provinces_of(source: &Source, policies: &[PolicyLabel]) -> provinces::Data {
    let all = PROVINCES.iter().enumerate().map(|(number, name)| {
        let loss = 90.0 + 700.0 * noise(number * 11);
        let differences = (1..policies.len()).map(|policy| {
            let part = 0.2 * (noise(number * 29 + policy) - 0.7);
            provinces::Change {
                estimate: around(loss * part, 0.6),
                resolved: part.abs() > 0.03,
            }
        });
        provinces::Province {
            name: (*name).to_owned(),
            loss_yuan: around(loss, 0.1),
            differences: differences.collect(),
        }
    });
    provinces::Data {
        source: source.clone(),
        baseline: policies[0].clone(),
        policies: policies[1..].to_vec(),
        provinces: all.collect(),
    }
}

/// Measures of designs: both names, what they count, and a size.
fn measures() -> [(&'static str, &'static str, Quantity, f64); 6] {
    [
        ("死亡人数", "deaths", Quantity::PeoplePerYear, 70_000.0),
        (
            "不含生命的货币成本",
            "money cost without lives",
            Quantity::YuanPerYear,
            7e11,
        ),
        ("居民自担份额", "residents' share", Quantity::Share, 0.4),
        (
            "公共支出",
            "public money spent",
            Quantity::YuanPerYear,
            9e10,
        ),
        ("直接经济损失", "direct loss", Quantity::YuanPerYear, 3e11),
        (
            "生产安全事故死亡人数",
            "work-safety deaths",
            Quantity::PeoplePerYear,
            27_000.0,
        ),
    ]
}

pub(super) fn grid_of(source: &Source) -> grid::Data {
    let label = |key: &str, zh, en| PolicyLabel {
        key: key.to_owned(),
        name: Words::new(zh, en),
    };
    let known = policies(8);
    let rows = [
        known[1].clone(),
        known[2].clone(),
        known[3].clone(),
        label("co-governance", "多元共治", "co-governance"),
    ];
    let columns = [
        label(
            "loss-lies-where-it-falls",
            "损失由受损者自担",
            "loss lies where it falls",
        ),
        known[4].clone(),
        label("market-insurance", "市场保险", "market insurance"),
        known[6].clone(),
    ];
    let panels =
        measures()
            .into_iter()
            .take(4)
            .enumerate()
            .map(|(panel, (zh, en, quantity, size))| {
                let value = |i: usize, j: usize| {
                    around(size * (0.8 + 0.4 * noise(panel * 50 + i * 4 + j)), 0.02)
                };
                grid::Panel {
                    measure: Words::new(zh, en),
                    quantity,
                    cells: (0..4)
                        .map(|i| (0..4).map(|j| value(i, j)).collect())
                        .collect(),
                    row_effects: (0..4)
                        .map(|i| around(size * 0.1 * (noise(i) - 0.5), 0.5))
                        .collect(),
                    column_effects: (0..4)
                        .map(|j| around(size * 0.1 * (noise(j + 9) - 0.5), 1.5))
                        .collect(),
                    greatest_at: (1, 1),
                    greatest: around(-size * 0.02, 0.3 + panel as f64 * 0.4),
                    interaction_share: 0.07 * panel as f64,
                }
            });
    grid::Data {
        source: source.clone(),
        rows: rows.to_vec(),
        columns: columns.to_vec(),
        panels: panels.collect(),
    }
}

pub(super) fn ladder_of(source: &Source, policies: &[PolicyLabel]) -> ladder::Data {
    let series: Vec<PolicyLabel> = [policies.first(), policies.last()]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let panels = measures()
        .into_iter()
        .enumerate()
        .map(|(panel, (zh, en, quantity, size))| {
            let step = |own: usize, at: f64| ladder::Step {
                at,
                value: around(
                    size * (1.0 - 0.1 * at - 0.05 * own as f64 + 0.02 * noise(panel)),
                    0.01,
                ),
            };
            let steps = |own: usize| [0.8, 1.0, 1.2, 1.5].map(|at| step(own, at)).to_vec();
            ladder::Panel {
                measure: Words::new(zh, en),
                quantity,
                series: (0..series.len()).map(steps).collect(),
                beside: Some(around(size * 0.9, 0.01)),
            }
        });
    let panels: Vec<ladder::Panel> = panels.collect();
    ladder::Data {
        source: source.clone(),
        lever: Words::new("预算倍数", "budget multiplier"),
        share: false,
        beside: policies.first().cloned(),
        panels,
        series,
    }
}

pub(super) fn responsibility_of(source: &Source, policies: &[PolicyLabel]) -> responsibility::Data {
    let row = |own: usize, category: Option<Category>| {
        let line = category.map_or(4, Vocabulary::number);
        let name = category.map_or_else(
            || Words::new("四新(无专门规定)", "novel, unregulated"),
            |category| Words::new(category.zh(), category.en()),
        );
        let duty = |phase: &Phase| {
            let number = own % 5 * 31 + line * 7 + phase.number() * 3;
            let owner = Owner::ALL[(number * 5 + 1) % Owner::ALL.len()];
            let part = noise(number);
            let led = category.is_some() && part < 0.9;
            responsibility::Duty {
                lead: led.then(|| Words::new(owner.zh(), owner.en())),
                gap: if part < 0.2 { part } else { 0.0 },
                overlap: if part > 0.6 { part } else { 0.0 },
                leaderless: category.is_some() && !led,
                idle_lead: number.is_multiple_of(11),
                execution: category.map(|_| 0.4 + part / 2.0),
                handover: (phase.number() > 0 && number.is_multiple_of(2))
                    .then_some((12.5 * part, part / 3.0)),
            }
        };
        responsibility::Row {
            category: name,
            cells: Phase::ALL
                .iter()
                .map(|phase| (category.is_some() || phase.number() < 2).then(|| duty(phase)))
                .collect(),
        }
    };
    let matrices = policies.iter().enumerate().map(|(own, policy)| {
        let categories = Category::ALL.iter().copied().map(Some).chain([None]);
        responsibility::Matrix {
            policy: policy.clone(),
            rows: categories.map(|category| row(own, category)).collect(),
        }
    });
    responsibility::Data {
        source: source.clone(),
        matrices: matrices.collect(),
    }
}

/// Figures that are missing, nothing at all, and one far from the others.
pub(super) fn spoil(charts: &mut riskweave::report::charts::Charts) {
    const NONE: Estimate = Estimate {
        mean: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
    };
    charts.fatalities.panels[0]
        .curves
        .iter_mut()
        .for_each(|curve| curve.steps.clear());
    charts.fatalities.panels[1].curves[2].steps.truncate(1);
    charts.causes.causes[1].rows[2].borne_yuan = Table::from_fn(|_| NONE);
    charts.causes.causes[1].rows[2].total_yuan = NONE;
    charts.trade_off.rows[1].cost_yuan = NONE;
    charts.trade_off.rows[1].deaths = NONE;
    charts.trade_off.rows[1].paid_yuan = Table::from_fn(|_| f64::NAN);
    let same = charts.trade_off.rows[2].clone();
    for row in &mut charts.trade_off.rows[3..7] {
        (row.cost_yuan, row.deaths) = (same.cost_yuan, same.deaths);
    }
    if let Some(provinces) = &mut charts.provinces {
        provinces.provinces.truncate(20);
        provinces.provinces[4].loss_yuan = NONE;
        provinces.provinces[5].loss_yuan = around(123_456.0, 0.1);
    }
    if let Some(grid) = &mut charts.grid {
        grid.panels[0].cells[1][1] = NONE;
        grid.panels[1].greatest = NONE;
        grid.panels[1].row_effects[0] = NONE;
    }
    if let Some(ladder) = &mut charts.ladder {
        ladder.panels[0]
            .series
            .iter_mut()
            .flatten()
            .for_each(|step| step.value = NONE);
        ladder.panels[1].series[0][1].value = NONE;
        ladder.panels[2].beside = None;
    }
    if let Some(duties) = &mut charts.responsibility {
        duties.matrices.truncate(1);
    }
}
