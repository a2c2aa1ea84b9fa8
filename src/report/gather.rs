//! The data of the charts of a finished comparison, gathered from its plan and its sample.

mod designs;
mod duties;
mod liability;
mod pages;
mod robustness;
pub mod story;

pub use liability::liability;
pub use pages::{Asked, pages};
pub use robustness::robustness;

use crate::experiment::chart_data::{self, money};
use crate::experiment::exceedance::{Basis, Exceeded};
use crate::experiment::plan::{Name, Plan};
use crate::experiment::sample::Sample;
use crate::experiment::statistics;
use crate::experiment::story::Telling;
use crate::measures::{Measure, Subject};
use crate::report::charts::{
    Charts, Estimate, PolicyLabel, Quantity, Source, Words, bearers, causes, differences,
    exceedance, fatalities, provinces, resilience, tiles, trade_off,
};
use crate::report::pictures::Stories;
use crate::scenario::experiment::Start;
use crate::vocabulary::{Category, Table, Vocabulary};

/// The data of every chart.
pub fn charts(plan: &Plan, sample: &Sample) -> Charts {
    Charts {
        bearers: losses(plan, sample),
        differences: forest(plan, sample),
        resilience: function(plan, sample),
        exceedance: curves(plan, sample),
        fatalities: frequencies(plan, sample),
        causes: caused(plan, sample),
        trade_off: trade(plan, sample),
        provinces: tiled(plan, sample),
        grid: designs::crossed(plan, sample),
        ladder: designs::laddered(plan, sample),
        responsibility: duties::duties(plan, sample),
        story: None,
    }
}

/// The stories of the dangers that tell most, and what else it takes to tell others of the same run.
pub fn stories(plan: &Plan, telling: &Telling, charts: &Charts, scene_hours: f64) -> Stories {
    let setting = story::Setting::new(charts, scene_hours);
    let told = telling.cases().into_iter().filter_map(|case| {
        let root = case.happened().find_map(<[_]>::first)?;
        let place = plan.provinces.get(root.province as usize);
        setting.tell(case, &place.cloned().unwrap_or_default())
    });
    Stories {
        run: plan.identity().to_owned(),
        scene_hours,
        stories: told.collect(),
    }
}

pub(crate) use duties::owner as owner_words;

pub(crate) fn words(name: &Name) -> Words {
    Words::new(name.zh.clone(), name.en.clone())
}

fn label(plan: &Plan, policy: usize) -> PolicyLabel {
    PolicyLabel {
        key: plan.policies[policy].key.clone(),
        name: words(&plan.policies[policy].name),
    }
}

fn source(plan: &Plan, sample: &Sample) -> Source {
    source_of(plan, sample.replications.len())
}

/// What a chart of a plan comes from.
pub(crate) fn source_of(plan: &Plan, replications: usize) -> Source {
    Source {
        society: words(&plan.society_name),
        years: plan.years,
        replications: replications as u32,
        run: plan.identity().to_owned(),
        own_start: plan.start == Start::OwnEquilibrium,
    }
}

/// All policies but the baseline.
fn others(plan: &Plan) -> impl Iterator<Item = usize> {
    let baseline = plan.baseline;
    (0..plan.policies.len()).filter(move |policy| *policy != baseline)
}

fn estimate(estimate: statistics::Estimate) -> Estimate {
    Estimate {
        mean: estimate.mean,
        low: estimate.low,
        high: estimate.high,
    }
}

/// A paired difference with its interval.
fn difference(difference: &statistics::Difference) -> Estimate {
    Estimate {
        mean: difference.mean,
        low: difference.low,
        high: difference.high,
    }
}

fn losses(plan: &Plan, sample: &Sample) -> bearers::Data {
    let rows = chart_data::losses_by_bearer(sample)
        .into_iter()
        .map(|losses| {
            let mut borne_yuan = Table::default();
            for (bearer, yuan) in losses.bearers {
                borne_yuan[bearer] = yuan;
            }
            bearers::Row {
                policy: label(plan, losses.policy),
                borne_yuan,
                total_yuan: estimate(losses.total),
            }
        });
    bearers::Data {
        source: source(plan, sample),
        rows: rows.collect(),
    }
}

/// What the forest plot shows: hurt, paid, recovered.
fn forest_measures() -> [(Measure, Quantity); 6] {
    let person_years = Words::new("人·年/年", "person-years a year");
    [
        (Measure::Deaths, Quantity::PeoplePerYear),
        (Measure::WorkSafetyDeaths, Quantity::PeoplePerYear),
        (Measure::DirectLoss, Quantity::YuanPerYear),
        (Measure::ResidentsShare, Quantity::Share),
        (Measure::PublicMoney, Quantity::YuanPerYear),
        (Measure::ResilienceLoss, Quantity::Other(person_years)),
    ]
}

fn forest(plan: &Plan, sample: &Sample) -> differences::Data {
    let others: Vec<usize> = others(plan).collect();
    let panels = forest_measures().into_iter().map(|(measure, quantity)| {
        let rows = chart_data::paired_differences(plan, sample, &[Subject::whole(measure)]);
        let differences = rows.into_iter().map(|row| differences::Difference {
            estimate: difference(&row.difference),
            resolved: row.difference.resolved,
        });
        differences::Panel {
            measure: Words::new(measure.zh(), measure.en()),
            quantity,
            differences: differences.collect(),
        }
    });
    differences::Data {
        source: source(plan, sample),
        baseline: label(plan, plan.baseline),
        policies: others.iter().map(|p| label(plan, *p)).collect(),
        panels: panels.collect(),
    }
}

fn function(plan: &Plan, sample: &Sample) -> resilience::Data {
    let curves = chart_data::functionality(sample)
        .into_iter()
        .map(|policy| resilience::Curve {
            policy: label(plan, policy.policy),
            weeks: policy
                .weeks
                .iter()
                .map(|[mean, low, high]| resilience::Week {
                    mean: *mean,
                    low: *low,
                    high: *high,
                })
                .collect(),
            recovery: policy.recovery,
        });
    resilience::Data {
        source: source(plan, sample),
        curves: curves.collect(),
    }
}

fn curves(plan: &Plan, sample: &Sample) -> exceedance::Data {
    let all = chart_data::exceedance(sample, Exceeded::Direct);
    let levels = |policy: usize, basis: Basis| {
        let curve = all
            .iter()
            .find(|curve| curve.policy == policy && curve.basis == basis);
        let points = curve.map_or(&[][..], |curve| &curve.points);
        let known = points.iter().filter_map(|point| {
            point.value.map(|[value, low, high]| exceedance::Level {
                return_period: f64::from(point.return_period),
                value,
                low,
                high,
            })
        });
        known.collect::<Vec<_>>()
    };
    let curves = (0..plan.policies.len()).map(|policy| exceedance::Curve {
        policy: label(plan, policy),
        annual: levels(policy, Basis::Aep),
        largest_event: levels(policy, Basis::Oep),
    });
    exceedance::Data {
        source: source(plan, sample),
        measure: Words::new("直接损失(含人身损失)", "direct loss with bodily loss"),
        quantity: Quantity::Yuan,
        curves: curves.collect(),
    }
}

fn frequencies(plan: &Plan, sample: &Sample) -> fatalities::Data {
    let panel = |category: Category| {
        let curves = sample.policies.iter().enumerate().map(|(policy, runs)| {
            let points = runs.fatalities.curve(category);
            let steps = points.iter().map(|point| {
                let [mean, low, high] = point.frequency;
                fatalities::Step {
                    deaths: point.deaths as f64,
                    events: point.events,
                    frequency: Estimate { mean, low, high },
                }
            });
            fatalities::Curve {
                policy: label(plan, policy),
                steps: steps.collect(),
            }
        });
        let line = (category == Category::Accident).then_some(plan.facts.national_line_per_year);
        fatalities::Panel {
            category: Words::new(category.zh(), category.en()),
            line: line.filter(|line| *line > 0.0),
            curves: curves.collect(),
        }
    };
    let order = [
        Category::Accident,
        Category::Natural,
        Category::Health,
        Category::Social,
    ];
    fatalities::Data {
        source: source(plan, sample),
        panels: order.map(panel).to_vec(),
    }
}

fn caused(plan: &Plan, sample: &Sample) -> causes::Data {
    let mut causes: Vec<causes::Cause> = Vec::new();
    for row in money::caused(sample) {
        let name = Words::new(row.cause.zh(), row.cause.en());
        let own = causes::Row {
            policy: label(plan, row.policy),
            borne_yuan: row.borne.map(|_, loss| estimate(*loss)),
            total_yuan: estimate(row.total),
        };
        match causes.last_mut().filter(|cause| cause.name == name) {
            Some(cause) => cause.rows.push(own),
            None => causes.push(causes::Cause {
                name,
                rows: vec![own],
            }),
        }
    }
    causes.retain(|cause| cause.rows.iter().any(|row| row.total_yuan.mean > 0.0));
    causes::Data {
        source: source(plan, sample),
        causes,
    }
}

fn trade(plan: &Plan, sample: &Sample) -> trade_off::Data {
    let rows = money::trade_offs(plan, sample)
        .into_iter()
        .map(|row| trade_off::Row {
            policy: label(plan, row.policy),
            deaths: estimate(row.deaths),
            cost_yuan: estimate(row.cost),
            paid_yuan: row.paid,
            beaten: row.beaten,
        });
    trade_off::Data {
        source: source(plan, sample),
        rows: rows.collect(),
    }
}

/// Only of a society whose provinces all have a tile.
fn tiled(plan: &Plan, sample: &Sample) -> Option<provinces::Data> {
    if !plan.provinces.iter().all(|name| tiles::known(&name.zh)) {
        return None;
    }
    let others: Vec<usize> = others(plan).collect();
    let rows = chart_data::provinces::provinces(plan, sample);
    let provinces = rows.into_iter().map(|row| provinces::Province {
        name: plan.provinces[row.province].zh.clone(),
        loss_yuan: estimate(row.baseline),
        differences: others
            .iter()
            .map(|policy| {
                let own = &row.differences[*policy];
                provinces::Change {
                    estimate: difference(own),
                    resolved: own.resolved,
                }
            })
            .collect(),
    });
    Some(provinces::Data {
        source: source(plan, sample),
        baseline: label(plan, plan.baseline),
        policies: others.iter().map(|policy| label(plan, *policy)).collect(),
        provinces: provinces.collect(),
    })
}
