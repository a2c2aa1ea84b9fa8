//! Development tool: runs an experiment's policies for a few replications and prints yearly means by
//! kind, beside the facts. Usage: `cargo run --release --example baseline -- EXPERIMENT REPLICATIONS YEARS [POLICY…]`.

#![expect(
    clippy::disallowed_methods,
    reason = "a development tool: the clock only tells how long it took"
)]
#![expect(
    clippy::expect_used,
    clippy::too_many_lines,
    reason = "a development tool: one report, printed from top to bottom"
)]

use std::time::Instant;

use riskweave::model::Model;
use riskweave::model::record::YearRecord;
use riskweave::scenario::{Overrides, load_experiment};
use riskweave::vocabulary::{Bearer, Category, Grade, Kind, Layer, Trade, Vocabulary};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let replications: u32 = args[1].parse().expect("replications");
    let years: u32 = args[2].parse().expect("years");
    let overrides = Overrides {
        policies: args[3..].to_vec(),
        ..Overrides::default()
    };
    let experiment = load_experiment(&args[0], &overrides).unwrap_or_else(|problems| {
        for problem in &problems.problems {
            eprintln!("{problem:?}");
        }
        std::process::exit(2)
    });
    let clock = Instant::now();
    let model = Model::new(
        experiment.society.clone(),
        experiment.experiment.people_per_agent,
    );
    println!(
        "model {:?}: {} cells, {} enterprises, {} citizens, {} counties",
        clock.elapsed(),
        model.world.cells.county.len(),
        model.world.enterprises.len(),
        model.world.citizens.len(),
        model.world.counties.len()
    );
    let burn = experiment.experiment.burn_in_years * 52;
    let clock = Instant::now();
    let regimes: Vec<_> = experiment
        .policies
        .iter()
        .map(|p| model.regime(p, &experiment.baseline, true))
        .collect();
    println!("regimes {:?}", clock.elapsed());
    let base = model.regime(&experiment.baseline, &experiment.baseline, true);
    let mut all: Vec<Vec<YearRecord>> = vec![Vec::new(); regimes.len()];
    for replication in 1..=replications {
        let clock = Instant::now();
        let history = model.history(experiment.experiment.seed, replication, burn + years * 52);
        let t1 = clock.elapsed();
        let start = model.burn_in(&base, &history, burn);
        let t2 = clock.elapsed();
        for (number, regime) in regimes.iter().enumerate() {
            let record = model.run(regime, &history, &start, burn, years);
            if replication == 1 {
                println!(
                    "{} checks {:?} candidates {} accepted {}",
                    regime.key, record.checks, record.whole.candidates, record.whole.accepted
                );
                println!(
                    "  money {:?} returned {:.2} levers {:.2}",
                    regime
                        .money
                        .planned
                        .values()
                        .iter()
                        .map(|x| (x * 10.0).round() / 10.0)
                        .collect::<Vec<_>>(),
                    regime.money.returned,
                    regime.money.levers.values().iter().sum::<f64>()
                );
                println!(
                    "  Q {:?}",
                    record
                        .whole
                        .execution
                        .values()
                        .iter()
                        .map(|t| t
                            .values()
                            .iter()
                            .map(|x| (x * 100.0).round() / 100.0)
                            .collect::<Vec<_>>())
                        .collect::<Vec<_>>()
                );
            }
            all[number].extend(record.years);
        }
        if replication <= 2 {
            println!(
                "history {:?} ({} candidates), burn-in {:?}, runs {:?}",
                t1,
                history.candidates.len(),
                t2.saturating_sub(t1),
                clock.elapsed().saturating_sub(t2)
            );
        }
    }
    for (regime, years) in regimes.iter().zip(&all) {
        let n = years.len() as f64;
        let mean = |f: &dyn Fn(&YearRecord) -> f64| years.iter().map(f).sum::<f64>() / n;
        println!("\n== {}", regime.key);
        for kind in Kind::ALL {
            println!(
                "  {:22} events {:9.1} deaths {:9.1} reported {:9.1} injuries {:10.0}",
                kind.key(),
                mean(&|y| y.events[*kind] as f64),
                mean(&|y| y.deaths[*kind] as f64),
                mean(&|y| y.deaths_reported[*kind] as f64),
                mean(&|y| y.injuries[*kind] as f64)
            );
        }
        let accident = |y: &YearRecord, f: &dyn Fn(&YearRecord, Kind) -> u64| {
            Trade::ALL.iter().map(|t| f(y, Kind::from(*t))).sum::<u64>() as f64
        };
        println!(
            "  work-safety deaths {:.0} reported {:.0}; workers {:.0}",
            mean(&|y| accident(y, &|y, k| y.deaths[k])),
            mean(&|y| accident(y, &|y, k| y.deaths_reported[k])),
            mean(&|y| y.worker_deaths.values().iter().sum::<u64>() as f64)
        );
        println!(
            "  grades true {:?} reported {:?}",
            Grade::ALL
                .iter()
                .map(|g| mean(&|y| y.accidents_by_grade[*g] as f64))
                .collect::<Vec<_>>(),
            Grade::ALL
                .iter()
                .map(|g| mean(&|y| y.accidents_by_reported_grade[*g] as f64))
                .collect::<Vec<_>>()
        );
        println!(
            "  hidden share outside road {:.3}; children {:.1}; no owner {:.0}",
            mean(&|y| y.accidents_concealed_outside_road as f64)
                / mean(&|y| y.fatal_accidents_outside_road as f64),
            mean(&|y| y.cascade_children as f64),
            mean(&|y| y.events_without_owner as f64)
        );
        println!(
            "  natural deaths {:.0} (median {:.0}); great {:.0}",
            mean(&|y| y
                .deaths
                .iter()
                .filter(|(k, _)| k.category() == Category::Natural)
                .map(|(_, d)| *d)
                .sum::<u64>() as f64),
            median(
                years
                    .iter()
                    .map(|y| y
                        .deaths
                        .iter()
                        .filter(|(k, _)| k.category() == Category::Natural)
                        .map(|(_, d)| *d)
                        .sum::<u64>() as f64)
                    .collect()
            ),
            mean(&|y| y.deaths_great_events as f64)
        );
        for category in Category::ALL {
            println!(
                "  {:9} damage {:8.1} bodily {:8.1} (1e8 yuan)",
                category.key(),
                mean(&|y| y.damage_fen[*category].values().iter().sum::<i64>() as f64) / 1e10,
                mean(&|y| y.bodily_fen[*category] as f64) / 1e10
            );
        }
        let total = mean(&|y| y.borne_natural_fen.values().iter().sum::<i64>() as f64);
        println!(
            "  natural borne: {:?}",
            Bearer::ALL
                .iter()
                .map(|b| format!(
                    "{} {:.3}",
                    b.key(),
                    mean(&|y| y.borne_natural_fen[*b] as f64) / total
                ))
                .collect::<Vec<_>>()
        );
        let total = mean(&|y| y.borne_fen.values().iter().sum::<i64>() as f64);
        println!(
            "  all borne ({:.0}): {:?}",
            total / 1e10,
            Bearer::ALL
                .iter()
                .map(|b| format!(
                    "{} {:.3}",
                    b.key(),
                    mean(&|y| y.borne_fen[*b] as f64) / total
                ))
                .collect::<Vec<_>>()
        );
        println!(
            "  layers (1e8): {:?}",
            Layer::ALL
                .iter()
                .map(|b| format!("{} {:.1}", b.key(), mean(&|y| y.paid_fen[*b] as f64) / 1e10))
                .collect::<Vec<_>>()
        );
        println!(
            "  resources (1e8): {:?}",
            years[0]
                .resource_yuan
                .iter()
                .map(|(r, _)| format!("{} {:.0}", r.key(), mean(&|y| y.resource_yuan[r]) / 1e8))
                .collect::<Vec<_>>()
        );
        println!(
            "  returned {:.0} borrowed {:.0} (1e8) lost function {:.0} lowest {:.4} visits {:.0} suspensions {:.0} saved scene {:.0} teams {:.0} hours {:.2}",
            mean(&|y| y.returned_fen as f64) / 1e10,
            mean(&|y| y.borrowed_fen as f64) / 1e10,
            mean(&|y| y.lost_function_person_years),
            mean(&|y| y.lowest_functionality),
            mean(&|y| y.visits),
            mean(&|y| y.suspensions),
            mean(&|y| y.saved_by_first_responders as f64),
            mean(&|y| y.saved_by_professionals as f64),
            mean(&|y| y.hours_to_reach_sum) / mean(&|y| y.hours_to_reach_count as f64)
        );
        println!(
            "  affected {:.0}e4 relocated {:.0}e4 warned {:.2}",
            mean(&|y| y.affected as f64) / 1e4,
            mean(&|y| y.relocated as f64) / 1e4,
            mean(&|y| y.strikes_warned as f64) / mean(&|y| y.strikes as f64)
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
