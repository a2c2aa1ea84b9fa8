//! The data of the charts of a finished comparison, gathered from its plan and its sample.

use crate::experiment::chart_data::{self, grid as grids, ladder as ladders, money};
use crate::experiment::exceedance::{Basis, Exceeded};
use crate::experiment::plan::{Name, Plan};
use crate::experiment::sample::Sample;
use crate::experiment::statistics;
use crate::lint::{DutyCell, DutyMap, Lead};
use crate::measures::{Measure, Part, Subject};
use crate::report::charts::{
    Charts, Estimate, PolicyLabel, Quantity, Source, Words, bearers, causes, differences,
    exceedance, fatalities, grid, ladder, provinces, resilience, responsibility, tiles, trade_off,
};
use crate::scenario::experiment::Start;
use crate::vocabulary::{Category, Owner, Phase, Table, Vocabulary};

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
        grid: crossed(plan, sample),
        ladder: laddered(plan, sample),
        responsibility: duties(plan, sample),
    }
}

fn words(name: &Name) -> Words {
    Words::new(name.zh.clone(), name.en.clone())
}

fn label(plan: &Plan, policy: usize) -> PolicyLabel {
    PolicyLabel {
        key: plan.policies[policy].key.clone(),
        name: words(&plan.policies[policy].name),
    }
}

fn source(plan: &Plan, sample: &Sample) -> Source {
    Source {
        society: words(&plan.society_name),
        years: plan.years,
        replications: sample.replications.len() as u32,
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
            estimate: Estimate {
                mean: row.difference.mean,
                low: row.difference.low,
                high: row.difference.high,
            },
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
                let difference = &row.differences[*policy];
                provinces::Change {
                    estimate: Estimate {
                        mean: difference.mean,
                        low: difference.low,
                        high: difference.high,
                    },
                    resolved: difference.resolved,
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

/// What a grid and a ladder show.
fn shown() -> [(Measure, Quantity); 6] {
    [
        (Measure::Deaths, Quantity::PeoplePerYear),
        (Measure::MoneyCost, Quantity::YuanPerYear),
        (Measure::ResidentsShare, Quantity::Share),
        (Measure::PublicMoney, Quantity::YuanPerYear),
        (Measure::DirectLoss, Quantity::YuanPerYear),
        (Measure::WorkSafetyDeaths, Quantity::PeoplePerYear),
    ]
}

fn crossed(plan: &Plan, sample: &Sample) -> Option<grid::Data> {
    let found = grids::grid(plan)?;
    let panels = shown().into_iter().take(4).map(|(measure, quantity)| {
        let effects = grids::effects(&found, sample, Subject::whole(measure));
        let all = |list: &[statistics::Estimate]| list.iter().copied().map(estimate).collect();
        let (row, column, greatest) = effects.greatest;
        grid::Panel {
            measure: Words::new(measure.zh(), measure.en()),
            quantity,
            cells: effects.cells.iter().map(|cells| all(cells)).collect(),
            row_effects: all(&effects.rows),
            column_effects: all(&effects.columns),
            greatest_at: (row, column),
            greatest: estimate(greatest),
            interaction_share: effects.interaction_share,
        }
    });
    let labels = |factors: &[grids::Factor]| {
        let of = |factor: &grids::Factor| PolicyLabel {
            key: factor.key.clone(),
            name: words(&factor.name),
        };
        factors.iter().map(of).collect()
    };
    Some(grid::Data {
        source: source(plan, sample),
        rows: labels(&found.rows),
        columns: labels(&found.columns),
        panels: panels.collect(),
    })
}

fn laddered(plan: &Plan, sample: &Sample) -> Option<ladder::Data> {
    let found = ladders::ladder(plan)?;
    let panels = shown().into_iter().map(|(measure, quantity)| {
        let value = |policy: usize| {
            let values = sample.values(policy, Subject::whole(measure));
            estimate(statistics::Estimate::of(values.unwrap_or_default()))
        };
        let series = found.series.iter().map(|series| {
            let steps = series.steps.iter().map(|(at, policy)| ladder::Step {
                at: *at,
                value: value(*policy),
            });
            steps.collect()
        });
        ladder::Panel {
            measure: Words::new(measure.zh(), measure.en()),
            quantity,
            series: series.collect(),
            beside: found.beside.map(value),
        }
    });
    Some(ladder::Data {
        source: source(plan, sample),
        lever: words(&found.name),
        share: found.share,
        series: found
            .series
            .iter()
            .map(|series| PolicyLabel {
                key: series.key.clone(),
                name: words(&series.name),
            })
            .collect(),
        beside: found.beside.map(|policy| label(plan, policy)),
        panels: panels.collect(),
    })
}

/// The matrices, where the plan knows them.
fn duties(plan: &Plan, sample: &Sample) -> Option<responsibility::Data> {
    let known = plan
        .policies
        .iter()
        .any(|policy| !policy.duties.cells.is_empty());
    let matrices = (0..plan.policies.len()).map(|policy| responsibility::Matrix {
        policy: label(plan, policy),
        rows: categories(&plan.policies[policy].duties, sample, policy),
    });
    known.then(|| responsibility::Data {
        source: source(plan, sample),
        matrices: matrices.collect(),
    })
}

fn categories(map: &DutyMap, sample: &Sample, policy: usize) -> Vec<responsibility::Row> {
    let subjects = Category::ALL.iter().copied().map(Some).chain([None]);
    let row = |category: Option<Category>| {
        let name = category.map_or_else(
            || Words::new("四新(无专门规定)", "novel, unregulated"),
            |category| Words::new(category.zh(), category.en()),
        );
        let duty = |phase: &Phase| {
            let cell = map
                .cells
                .iter()
                .find(|cell| (cell.category, cell.phase) == (category, *phase))?;
            Some(duty(map, cell, execution(sample, policy, cell)))
        };
        responsibility::Row {
            category: name,
            cells: Phase::ALL.iter().map(duty).collect(),
        }
    };
    let rows = subjects.map(row);
    rows.filter(|row| row.cells.iter().any(Option::is_some))
        .collect()
}

/// Execution of a duty; of unregulated sources the runs do not say it.
fn execution(sample: &Sample, policy: usize, cell: &DutyCell) -> Option<f64> {
    let subject = Subject {
        measure: Measure::Execution,
        category: Some(cell.category?),
        part: Part::Phase(cell.phase),
    };
    let values = sample.values(policy, subject)?;
    Some(statistics::Estimate::of(values).mean).filter(|mean| mean.is_finite())
}

fn duty(map: &DutyMap, cell: &DutyCell, execution: Option<f64>) -> responsibility::Duty {
    let change = map
        .changes
        .iter()
        .find(|change| Some(change.category) == cell.category && change.phases[1] == cell.phase);
    responsibility::Duty {
        lead: cell.lead.map(owner),
        gap: cell.judgement.gap,
        overlap: cell.judgement.overlap,
        leaderless: cell.judgement.lead == Lead::Nobody,
        idle_lead: cell.judgement.lead == Lead::WithoutDuty,
        execution,
        handover: change.map(|change| (change.hours, change.lost)),
    }
}

/// An owner without the explanation in its brackets.
fn owner(owner: Owner) -> Words {
    match owner {
        Owner::Enterprise => Words::new("生产经营单位", "enterprise"),
        Owner::Citizen => Words::new("公民", "citizen"),
        _ => Words::new(owner.zh(), owner.en()),
    }
}
