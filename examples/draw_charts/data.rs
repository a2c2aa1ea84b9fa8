//! Made-up figures for the charts: eight policies, one, sixteen, and extremes.

#[path = "more.rs"]
mod more;
#[path = "stories.rs"]
mod stories;

use riskweave::report::charts::{
    Charts, Estimate, PolicyLabel, Quantity, Source, Words, bearers, differences, exceedance,
    resilience,
};
use riskweave::vocabulary::{Table, Vocabulary};

/// Everything that the charts need.
pub(crate) struct Sample {
    /// Name of the variant.
    pub(crate) name: &'static str,
    /// Their data.
    pub(crate) charts: Charts,
}

const POLICIES: [(&str, &str, &str); 8] = [
    (
        "current-2020",
        "现行安排(2020年基准)",
        "current arrangements (2020 baseline)",
    ),
    (
        "territorial-led",
        "属地管理为主",
        "territorial management leads",
    ),
    (
        "sector-led",
        "行业主管为主(三管三必须)",
        "sector departments lead (the three musts)",
    ),
    (
        "enterprise-primary",
        "压实企业主体责任",
        "principal responsibility of enterprises",
    ),
    ("fiscal-backstop", "财政兜底", "fiscal backstop"),
    (
        "public-catastrophe-cover",
        "巨灾保险(政府投保)",
        "catastrophe cover bought by governments",
    ),
    ("layered-sharing", "多层次分担", "layered sharing"),
    ("network", "六项机制协同", "network of the six mechanisms"),
];

/// All variants.
pub(crate) fn samples() -> Vec<Sample> {
    vec![
        sample("usual", &policies(8)),
        sample("one", &policies(1)),
        sample("sixteen", &policies(16)),
        extreme(),
    ]
}

fn policies(count: usize) -> Vec<PolicyLabel> {
    (0..count)
        .map(|number| match POLICIES.get(number) {
            Some((key, zh, en)) => {
                PolicyLabel { key: (*key).to_owned(), name: Words::new(*zh, *en) }
            }
            None => PolicyLabel {
                key: format!("own-{number}"),
                name: Words::new(
                    format!("自拟方案第{number}号:清单履责、尽职免责并提高基层人财物占比"),
                    format!("own policy {number} with safe harbour & a larger share <45 %> for the grassroots"),
                ),
            },
        })
        .collect()
}

/// A number from 0 to 1 that looks random and is always the same.
fn noise(number: usize) -> f64 {
    let mut mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 40) as f64 / (1u64 << 24) as f64
}

fn sample(name: &'static str, policies: &[PolicyLabel]) -> Sample {
    let source = Source {
        society: Words::new("中国社会(2020年)", "China, 2020"),
        years: 10,
        replications: 200,
        run: "3f9a2c1b".to_owned(),
        own_start: false,
    };
    Sample {
        name,
        charts: Charts {
            bearers: bearers_of(&source, policies),
            differences: differences_of(&source, policies),
            resilience: resilience_of(&source, policies),
            exceedance: exceedance_of(&source, policies),
            fatalities: more::fatalities_of(&source, policies),
            causes: more::causes_of(&source, policies),
            trade_off: more::trade_off_of(&source, policies),
            provinces: Some(more::provinces_of(&source, policies)),
            grid: Some(more::grid_of(&source)),
            ladder: Some(more::ladder_of(&source, policies)),
            responsibility: Some(more::responsibility_of(&source, policies)),
            story: Some(stories::story_of(&source, policies)),
        },
    }
}

fn bearers_of(source: &Source, policies: &[PolicyLabel]) -> bearers::Data {
    let weights = [
        0.46, 0.17, 0.05, 0.04, 0.03, 0.05, 0.06, 0.07, 0.02, 0.02, 0.03,
    ];
    let rows = policies.iter().enumerate().map(|(number, policy)| {
        let total = 4.6e11 * (1.0 - 0.03 * number as f64);
        let mut parts: Vec<f64> = (0..11)
            .map(|b| weights[b] * (0.4 + 1.2 * noise(number * 11 + b)))
            .collect();
        let sum: f64 = parts.iter().sum();
        for part in &mut parts {
            *part *= total / sum;
        }
        bearers::Row {
            policy: policy.clone(),
            borne_yuan: Table::from_fn(|bearer: riskweave::vocabulary::Bearer| {
                parts[bearer.number()]
            }),
            total_yuan: Estimate {
                mean: total,
                low: total * 0.955,
                high: total * 1.05,
            },
        }
    });
    bearers::Data {
        source: source.clone(),
        rows: rows.collect(),
    }
}

fn differences_of(source: &Source, policies: &[PolicyLabel]) -> differences::Data {
    let measures = [
        ("死亡人数", "deaths", Quantity::PeoplePerYear, -2600.0),
        (
            "生产安全事故死亡人数",
            "work-safety deaths",
            Quantity::PeoplePerYear,
            -1800.0,
        ),
        (
            "直接经济损失",
            "direct economic loss",
            Quantity::YuanPerYear,
            -2.4e10,
        ),
        (
            "居民自担份额",
            "share that residents bear",
            Quantity::Share,
            -0.12,
        ),
        ("公共支出", "public money", Quantity::YuanPerYear, 9.0e9),
        (
            "韧性损失",
            "resilience loss",
            Quantity::Other(Words::new("人·年", "person-years")),
            -310_000.0,
        ),
    ];
    let others = &policies[1..];
    let panels = measures
        .into_iter()
        .enumerate()
        .map(|(panel, (zh, en, quantity, size))| {
            let differences = (0..others.len()).map(|number| {
                let mean = size * (noise(panel * 97 + number * 13) * 1.5 - 0.35);
                let half = f64::abs(size) * (0.08 + 0.3 * noise(panel * 31 + number));
                differences::Difference {
                    estimate: Estimate {
                        mean,
                        low: mean - half,
                        high: mean + half,
                    },
                    resolved: mean.abs() > half,
                }
            });
            differences::Panel {
                measure: Words::new(zh, en),
                quantity,
                differences: differences.collect(),
            }
        });
    differences::Data {
        source: source.clone(),
        baseline: policies[0].clone(),
        policies: others.to_vec(),
        panels: panels.collect(),
    }
}

fn resilience_of(source: &Source, policies: &[PolicyLabel]) -> resilience::Data {
    let curves = policies.iter().enumerate().map(|(number, policy)| {
        let mut loss = 0.004;
        let fast = 0.06 + 0.008 * number as f64;
        let weeks = (0..520).map(|week| {
            let season = if week % 52 > 22 && week % 52 < 36 {
                1.0
            } else {
                0.25
            };
            let strike = noise(week * 3 + 7);
            loss += 0.0009 * season * strike + if strike > 0.995 { 0.012 } else { 0.0 };
            loss *= 1.0 - fast;
            resilience::Week {
                mean: 1.0 - loss,
                low: 1.0 - loss * (1.9 + 0.3 * noise(week)),
                high: 1.0 - loss * 0.5,
            }
        });
        let rate = 0.035 + 0.006 * number as f64;
        let recovery = (0..=104).map(|week| 1.0 - 0.21 * libm::exp(-rate * f64::from(week)));
        resilience::Curve {
            policy: policy.clone(),
            weeks: weeks.collect(),
            recovery: recovery.collect(),
        }
    });
    resilience::Data {
        source: source.clone(),
        curves: curves.collect(),
    }
}

fn exceedance_of(source: &Source, policies: &[PolicyLabel]) -> exceedance::Data {
    let periods = [
        2.0, 5.0, 10.0, 20.0, 25.0, 30.0, 50.0, 75.0, 100.0, 150.0, 200.0, 250.0, 500.0,
    ];
    let curves = policies.iter().enumerate().map(|(number, policy)| {
        let level = |base: f64, years: f64| {
            let value = base * (1.0 - 0.035 * number as f64) * libm::pow(years / 2.0, 0.27);
            let part = 0.03 + 0.004 * years.sqrt();
            let value = if years > 300.0 { f64::NAN } else { value };
            exceedance::Level {
                return_period: years,
                value,
                low: value * (1.0 - part),
                high: value * (1.0 + part * 1.4),
            }
        };
        exceedance::Curve {
            policy: policy.clone(),
            annual: periods.iter().map(|years| level(4.4e11, *years)).collect(),
            largest_event: periods.iter().map(|years| level(1.9e11, *years)).collect(),
        }
    });
    exceedance::Data {
        source: source.clone(),
        measure: Words::new("年直接经济损失", "direct economic loss of a year"),
        quantity: Quantity::Yuan,
        curves: curves.collect(),
    }
}

/// One bar ten times the others, zeros, differences of one sign only, figures that are missing.
fn extreme() -> Sample {
    const NONE: Estimate = Estimate {
        mean: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
    };
    let mut sample = sample("extreme", &policies(8));
    let rows = &mut sample.charts.bearers.rows;
    rows[1].borne_yuan = rows[1].borne_yuan.map(|_, yuan| yuan * 10.0);
    let Estimate { mean, low, high } = rows[1].total_yuan;
    rows[1].total_yuan = Estimate {
        mean: mean * 10.0,
        low: low * 10.0,
        high: high * 11.0,
    };
    rows[3].borne_yuan = Table::from_fn(|_| 0.0);
    rows[3].total_yuan = Estimate::default();
    rows[4].borne_yuan = Table::from_fn(|_| f64::NAN);
    rows[4].total_yuan = NONE;
    let panels = &mut sample.charts.differences.panels;
    panels[0].differences[2].estimate = Estimate {
        mean: -31_000.0,
        low: -42_000.0,
        high: -20_000.0,
    };
    panels[1].differences.iter_mut().for_each(|difference| {
        difference.estimate = NONE;
        difference.resolved = false;
    });
    panels[2]
        .differences
        .iter_mut()
        .for_each(|difference| difference.estimate = Estimate::default());
    panels[3].differences[0].estimate = NONE;
    let curves = &mut sample.charts.resilience.curves;
    curves[2].weeks.clear();
    curves[2].recovery.clear();
    curves[5]
        .weeks
        .iter_mut()
        .skip(200)
        .for_each(|week| week.low = 0.35);
    curves[6].recovery.iter_mut().for_each(|value| *value = 1.0);
    let curves = &mut sample.charts.exceedance.curves;
    curves[1].annual.iter_mut().for_each(|level| {
        level.value *= 12.0;
        level.high *= 14.0;
        level.low *= 10.0;
    });
    curves[4].annual.clear();
    curves[4].largest_event.clear();
    more::spoil(&mut sample.charts);
    sample.charts.story.iter_mut().for_each(stories::spoil);
    sample
}
