//! Compares simulated natural disasters of a society with the record, and proposes scales.
//!
//! `cargo run --release --example fit_natural -- SOCIETY.json RECORD.csv YEARS [ROUNDS]`
//!
//! SOCIETY.json holds a checked society and its tables. RECORD.csv holds one row a year: `year`,
//! `dead_or_missing_count`, `direct_loss_share_of_gdp`. Only years up to 2020 are used. No policy
//! acts: these are the figures under the baseline at the initial state.

#![expect(
    clippy::disallowed_methods,
    reason = "a development tool: the clock only tells how long it took"
)]

use std::error::Error;
use std::time::Instant;

use riskweave::model::hazards::harm::{
    Vulnerability, affected_share, base_damage, base_death_rate, relocated_share,
};
use riskweave::model::hazards::natural::history;
use riskweave::model::random::{Purpose, Stream, poisson_quantile};
use riskweave::model::world::World;
use riskweave::model::world::build::build;
use riskweave::scenario::society::Society;
use riskweave::scenario::tables::SocietyTables;
use riskweave::vocabulary::{Asset, NaturalKind, Vocabulary};

const KINDS: usize = 8;
const ASSETS: usize = 5;
const YEARS_PER_REPLICATION: u32 = 25;
/// 10⁸ yuan, in which losses are printed.
const YI: f64 = 1e8;
/// Gross domestic product of 2020 (10⁸ yuan).
const GDP_2020: f64 = 1_015_986.0;

#[derive(serde::Deserialize)]
struct Input {
    society: Society,
    tables: SocietyTables,
}

/// Figures of one year by kind: loss (10⁸ yuan), deaths, affected and relocated (10⁴ people).
#[derive(Clone, Default)]
struct Year {
    loss: [f64; KINDS],
    deaths: [f64; KINDS],
    affected: [f64; KINDS],
    relocated: [f64; KINDS],
    greatest_loss: f64,
    great_deaths: f64,
}

#[derive(Default)]
struct Simulated {
    years: Vec<Year>,
    assets: [[f64; ASSETS]; KINDS],
    events: [u32; KINDS],
    strikes: [u32; KINDS],
    expected_deaths: [f64; KINDS],
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, society, record, years, rest @ ..] = arguments.as_slice() else {
        return Err("usage: fit_natural SOCIETY.json RECORD.csv YEARS [ROUNDS]".into());
    };
    let mut input: Input = serde_json::from_str(&std::fs::read_to_string(society)?)?;
    let years: u32 = years.parse()?;
    let rounds: u32 = rest.first().map_or(Ok(0), |text| text.parse())?;
    let begun = Instant::now();
    let world = build(&input.society, &input.tables, 1000);
    println!(
        "world: {:.2} s, {} counties, {} cells, {} enterprises, {} citizens",
        begun.elapsed().as_secs_f64(),
        world.counties.len(),
        world.cells.county.len(),
        world.enterprises.len(),
        world.citizens.len()
    );
    let record = record_at_2020(record)?;
    for round in 0..rounds {
        let simulated = simulate(&world, &input, years / 2, 1000 + u64::from(round));
        refit(&mut input.society, &simulated);
    }
    if rounds > 0 {
        print_scales(&input.society);
    }
    let begun = Instant::now();
    let simulated = simulate(&world, &input, years, 1);
    let each = begun.elapsed().as_secs_f64() * 1000.0 / f64::from(years);
    println!("{years} years, {each:.2} ms a year (with harm)");
    report(&simulated, &record);
    Ok(())
}

fn simulate(world: &World, input: &Input, years: u32, seed: u64) -> Simulated {
    let vulnerability = Vulnerability::new(world, &input.society);
    let mut all = Simulated::default();
    let exposure = &input.tables.exposure;
    for replication in 0..years.div_ceil(YEARS_PER_REPLICATION) {
        let weeks = YEARS_PER_REPLICATION * 52;
        let history = history(world, &input.society, exposure, seed, replication, weeks);
        let counts = Stream::new(seed, replication, Purpose::Victims);
        let first = all.years.len();
        all.years
            .resize(first + YEARS_PER_REPLICATION as usize, Year::default());
        for event in &history.events {
            let k = event.kind.number();
            let year = &mut all.years[first + (event.week / 52) as usize];
            all.events[k] += 1;
            all.strikes[k] += event.strikes.len() as u32;
            let (mut loss, mut expected) = (0.0, 0.0);
            for strike in &history.strikes[event.strikes.rows()] {
                let people = f64::from(world.counties.population[strike.county as usize]);
                let damage = base_damage(world, &input.society, &vulnerability, event.kind, strike);
                for (asset, yuan) in damage.iter() {
                    all.assets[k][asset.number()] += yuan / YI;
                    loss += yuan / YI;
                }
                expected += people
                    * base_death_rate(
                        &input.society,
                        &vulnerability,
                        event.kind,
                        strike,
                        event.death_factor,
                    );
                let affected = affected_share(&input.society, event.kind, strike);
                let relocated = relocated_share(&input.society, event.kind, strike);
                year.affected[k] += people * affected / 1e4;
                year.relocated[k] += people * relocated / 1e4;
            }
            let deaths = f64::from(poisson_quantile(
                expected,
                counts.uniform(event.identity, 0, 0),
            ));
            all.expected_deaths[k] += expected;
            year.loss[k] += loss;
            year.deaths[k] += deaths;
            year.greatest_loss = year.greatest_loss.max(loss);
            if deaths >= 1000.0 {
                year.great_deaths += deaths;
            }
        }
    }
    all
}

/// What the scales are fitted to: means at the 2020 level, from the record up to 2020.
struct Targets {
    loss: [f64; KINDS],
    deaths: [f64; KINDS],
    affected: [f64; KINDS],
    relocated: [f64; KINDS],
    /// Shares of the loss by type of asset.
    assets: [[f64; ASSETS]; KINDS],
}

/// Kinds in the order of the vocabulary; zero for an earthquake's loss and deaths: its scales follow
/// from single shocks, not from a mean that one shock decides.
const TARGETS: Targets = Targets {
    loss: [1930.0, 500.0, 0.0, 340.0, 36.0, 190.0, 300.0, 8.0],
    deaths: [390.0, 75.0, 0.0, 0.0, 205.0, 6.0, 125.0, 14.0],
    affected: [5800.0, 1700.0, 150.0, 3500.0, 10.0, 1000.0, 1200.0, 0.3],
    relocated: [310.0, 210.0, 18.0, 0.0, 13.0, 2.0, 6.0, 1.0],
    assets: [
        [0.19, 0.06, 0.36, 0.13, 0.26],
        [0.17, 0.06, 0.38, 0.16, 0.23],
        [0.38, 0.07, 0.02, 0.20, 0.33],
        [0.0, 0.0, 0.93, 0.03, 0.04],
        [0.35, 0.06, 0.10, 0.10, 0.39],
        [0.05, 0.01, 0.72, 0.07, 0.15],
        [0.15, 0.05, 0.70, 0.06, 0.04],
        [0.05, 0.02, 0.78, 0.05, 0.10],
    ],
};

/// Multiplies every scale by target over simulated mean (again in the next round: the caps bite).
fn refit(society: &mut Society, simulated: &Simulated) {
    let n = simulated.years.len() as f64;
    let mean = |of: &dyn Fn(&Year) -> f64| simulated.years.iter().map(of).sum::<f64>() / n;
    for &kind in NaturalKind::ALL {
        let k = kind.number();
        let hazard = &mut society.hazards[kind];
        let total: f64 = simulated.assets[k].iter().sum::<f64>() / n;
        let loss = if TARGETS.loss[k] > 0.0 {
            TARGETS.loss[k]
        } else {
            total
        };
        for &asset in Asset::ALL {
            let a = asset.number();
            let found = simulated.assets[k][a] / n;
            if found > 0.0 {
                hazard.damage_ratio[asset] *= TARGETS.assets[k][a] * loss / found;
            }
        }
        let deaths = simulated.expected_deaths[k] / n;
        if TARGETS.deaths[k] > 0.0 && deaths > 0.0 {
            hazard.death_rate_scale *= TARGETS.deaths[k] / deaths;
        }
        let affected = mean(&|year| year.affected[k]);
        hazard.affected_scale *= TARGETS.affected[k] / affected;
        let relocated = mean(&|year| year.relocated[k]);
        if relocated > 0.0 {
            hazard.relocated_scale *= TARGETS.relocated[k] / relocated;
        }
    }
}

fn print_scales(society: &Society) {
    println!("key,default");
    for &kind in NaturalKind::ALL {
        let hazard = &society.hazards[kind];
        let name = format!("society.hazards.{}", kind.key());
        for (asset, value) in hazard.damage_ratio.iter() {
            println!("{name}.damage_ratio.{},{value:.3e}", asset.key());
        }
        println!("{name}.death_rate_scale,{:.3e}", hazard.death_rate_scale);
        println!("{name}.affected_scale,{:.3e}", hazard.affected_scale);
        println!("{name}.relocated_scale,{:.3e}", hazard.relocated_scale);
    }
}

/// The record brought to the level of 2020.
struct Record {
    loss: Vec<f64>,
    deaths: Vec<f64>,
}

/// Reads 2000–2020 and takes out the trend of the logarithm, fitted without 2008.
fn record_at_2020(path: &str) -> Result<Record, Box<dyn Error>> {
    let mut rows = csv::Reader::from_path(path)?;
    let names = rows.headers()?.clone();
    let column = |name: &str| names.iter().position(|n| n == name).ok_or(name.to_owned());
    let columns = (
        column("year")?,
        column("direct_loss_share_of_gdp")?,
        column("dead_or_missing_count")?,
    );
    let mut years = Vec::new();
    let (mut loss, mut deaths) = (Vec::new(), Vec::new());
    for row in rows.records() {
        let row = row?;
        let year: f64 = row[columns.0].parse()?;
        if year <= 2020.0 {
            years.push(year);
            loss.push(row[columns.1].parse::<f64>()? * GDP_2020);
            deaths.push(row[columns.2].parse::<f64>()?);
        }
    }
    let record = Record {
        loss: without_trend(&years, &loss),
        deaths: without_trend(&years, &deaths),
    };
    for (name, values) in [("loss", &record.loss), ("deaths", &record.deaths)] {
        println!(
            "record at the 2020 level, {name}: median {:.0}, mean {:.0}, return 5 and 10 years {:.0} {:.0}, sd of log without 2008 {:.2}",
            quantile(values, 0.5),
            values.iter().sum::<f64>() / values.len() as f64,
            weibull(values, 5.0),
            weibull(values, 10.0),
            sd_of_log(
                &values
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| years[*i] != 2008.0)
                    .map(|(_, v)| *v)
                    .collect::<Vec<_>>()
            ),
        );
    }
    Ok(record)
}

fn without_trend(years: &[f64], values: &[f64]) -> Vec<f64> {
    let kept: Vec<(f64, f64)> = years
        .iter()
        .zip(values)
        .filter(|(year, _)| **year != 2008.0)
        .map(|(year, value)| (year - 2020.0, libm::log(*value)))
        .collect();
    let n = kept.len() as f64;
    let (x, y) = (
        kept.iter().map(|p| p.0).sum::<f64>() / n,
        kept.iter().map(|p| p.1).sum::<f64>() / n,
    );
    let slope = kept.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>()
        / kept.iter().map(|p| (p.0 - x) * (p.0 - x)).sum::<f64>();
    println!("trend of the logarithm: {slope:.4} a year");
    years
        .iter()
        .zip(values)
        .map(|(year, value)| value * libm::exp(-slope * (year - 2020.0)))
        .collect()
}

fn report(simulated: &Simulated, record: &Record) {
    let years = &simulated.years;
    println!(
        "kind: mean loss (10^8 yuan), CV | mean deaths | affected, relocated (10^4) | events, counties each"
    );
    for &kind in NaturalKind::ALL {
        let k = kind.number();
        let column = |of: &dyn Fn(&Year) -> f64| -> Vec<f64> { years.iter().map(of).collect() };
        let loss = column(&|y| y.loss[k]);
        let deaths = column(&|y| y.deaths[k]);
        println!(
            "  {:11} {:7.0} (median {:6.0}, CV {:.2}) | {:6.0} (median {:4.0}) | {:7.1} {:6.1} | {:5.1} {:6.1} | {}",
            kind.key(),
            mean(&loss),
            quantile(&loss, 0.5),
            sd(&loss) / mean(&loss),
            mean(&deaths),
            quantile(&deaths, 0.5),
            mean(&column(&|y| y.affected[k])),
            mean(&column(&|y| y.relocated[k])),
            f64::from(simulated.events[k]) / years.len() as f64,
            f64::from(simulated.strikes[k]) / f64::from(simulated.events[k].max(1)),
            simulated.assets[k]
                .map(|a| format!("{:.2}", a / simulated.assets[k].iter().sum::<f64>()))
                .join(" "),
        );
    }
    let sum = |of: &dyn Fn(&Year) -> [f64; KINDS]| -> Vec<f64> {
        years.iter().map(|y| of(y).iter().sum()).collect()
    };
    let loss = sum(&|y| y.loss);
    let deaths = sum(&|y| y.deaths);
    compare("loss", &loss, &record.loss, 3534.0, 13_473.0);
    compare("deaths", &deaths, &record.deaths, 964.0, 39_765.0);
    compare(
        "affected",
        &sum(&|y| y.affected),
        &record.loss,
        14_900.0,
        f64::MAX,
    );
    println!(
        "relocated median {:.0}",
        quantile(&sum(&|y| y.relocated), 0.5)
    );
    let nature: Vec<f64> = years
        .iter()
        .map(|y| y.loss.iter().sum::<f64>() - y.loss[2])
        .collect();
    let core: Vec<f64> = years
        .iter()
        .map(|y| y.deaths.iter().sum::<f64>() - y.deaths[2])
        .collect();
    println!(
        "without earthquakes: loss CV {:.2}, sd of log {:.2}; deaths CV {:.2}, sd of log {:.2}",
        sd(&nature) / mean(&nature),
        sd_of_log(&nature),
        sd(&core) / mean(&core),
        sd_of_log(&core)
    );
    let ordinary: Vec<f64> = years
        .iter()
        .zip(&deaths)
        .map(|(y, d)| d - y.great_deaths)
        .collect();
    println!(
        "deaths in events below 1000: mean {:.0}, CV {:.2}",
        mean(&ordinary),
        sd(&ordinary) / mean(&ordinary)
    );
    let greatest: Vec<f64> = years.iter().map(|y| y.greatest_loss).collect();
    println!(
        "greatest event of a year, return 10/25/50/100: {:?}",
        [10.0, 25.0, 50.0, 100.0].map(|t| quantile(&greatest, 1.0 - 1.0 / t).round())
    );
    let either = loss
        .iter()
        .zip(&deaths)
        .filter(|(l, d)| **l >= 13_473.0 || **d >= 39_765.0)
        .count() as f64
        / loss.len() as f64;
    println!(
        "a year as bad as 2008 in loss or deaths, in 25 years: {:.2}",
        1.0 - libm::pow(1.0 - either, 25.0)
    );
    let deadly =
        |limit: f64| deaths.iter().filter(|d| **d >= limit).count() as f64 / deaths.len() as f64;
    println!(
        "share of years with at least 1500 dead {:.3}, 3000 {:.3}, 10000 {:.3}, 50000 {:.4}",
        deadly(1500.0),
        deadly(3000.0),
        deadly(10_000.0),
        deadly(50_000.0)
    );
}

fn compare(name: &str, simulated: &[f64], record: &[f64], five_years: f64, great: f64) {
    let windows: Vec<f64> = simulated.chunks(5).map(mean).collect();
    let spread: Vec<f64> = simulated.chunks(25).map(sd_of_log).collect();
    let variation: Vec<f64> = simulated.chunks(5).map(|w| sd(w) / mean(w)).collect();
    let rare = simulated.iter().filter(|x| **x >= great).count() as f64 / simulated.len() as f64;
    println!(
        "{name}: median {:.0} (10-90 % {:.0}-{:.0}), mean {:.0}, CV {:.2}\n   five-year means: median {:.0}, 10-90 % {:.0}-{:.0}; 2016-2020: {five_years:.0}; CV within five years: median {:.2}, 10-90 % {:.2}-{:.2}\n   return 5/10/25/100: {:.0} {:.0} {:.0} {:.0}, record 5/10: {:.0} {:.0}; sd of log in 25 years: median {:.2}, 10-90 % {:.2}-{:.2}\n   a year as bad as 2008 in 25 years: {:.2}",
        quantile(simulated, 0.5),
        quantile(simulated, 0.1),
        quantile(simulated, 0.9),
        mean(simulated),
        sd(simulated) / mean(simulated),
        quantile(&windows, 0.5),
        quantile(&windows, 0.1),
        quantile(&windows, 0.9),
        quantile(&variation, 0.5),
        quantile(&variation, 0.1),
        quantile(&variation, 0.9),
        quantile(simulated, 0.8),
        quantile(simulated, 0.9),
        quantile(simulated, 0.96),
        quantile(simulated, 0.99),
        weibull(record, 5.0),
        weibull(record, 10.0),
        quantile(&spread, 0.5),
        quantile(&spread, 0.1),
        quantile(&spread, 0.9),
        1.0 - libm::pow(1.0 - rare, 25.0),
    );
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn sd(values: &[f64]) -> f64 {
    let m = mean(values);
    (values.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / (values.len() as f64 - 1.0)).sqrt()
}

fn sd_of_log(values: &[f64]) -> f64 {
    sd(&values
        .iter()
        .map(|x| libm::log(x.max(1.0)))
        .collect::<Vec<_>>())
}

fn quantile(values: &[f64], p: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let x = p * (sorted.len() - 1) as f64;
    let i = x as usize;
    let next = sorted[(i + 1).min(sorted.len() - 1)];
    sorted[i] + (x - i as f64) * (next - sorted[i])
}

/// Return level by Weibull positions: rank m of n + 1.
fn weibull(values: &[f64], years: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let x = (1.0 - 1.0 / years) * (sorted.len() + 1) as f64 - 1.0;
    let i = x as usize;
    let next = sorted[(i + 1).min(sorted.len() - 1)];
    sorted[i] + (x - i as f64) * (next - sorted[i])
}
