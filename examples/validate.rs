//! Development tool: the figures of `docs/validation.md` and of the README's baseline table, through the
//! whole engine. Usage: `cargo run --release --example validate -- REPLICATIONS [probes]`.

#![expect(clippy::expect_used, reason = "a development tool")]

use rayon::prelude::*;
use riskweave::experiment::statistics::{Difference, Estimate};
use riskweave::model::record::{RunRecord, YearRecord};
use riskweave::model::{Model, Regime};
use riskweave::scenario::{CheckedExperiment, Overrides, load_experiment};
use riskweave::vocabulary::{Asset, Bearer, Category, Grade, Kind, Layer, Trade, Vocabulary};

const YEARS: u32 = 10;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let replications: u32 = args.first().and_then(|n| n.parse().ok()).unwrap_or(10);
    let checked = load_experiment("china-2020", &Overrides::default()).unwrap_or_else(|problems| {
        eprintln!("{problems:?}");
        std::process::exit(2)
    });
    let model = Model::new(checked.society.clone(), checked.experiment.people_per_agent);
    let lab = Lab { model, checked };
    let base = lab.regime("current-2020");
    let baseline = lab.runs(&base, &base, replications);
    windows(&baseline);
    tails(&baseline);
    shares(&baseline);
    if args.len() > 1 {
        probes(&lab, &base, &baseline[..baseline.len().min(8)]);
        relapse(&lab, &base);
    }
}

struct Lab {
    model: Model,
    checked: CheckedExperiment,
}

impl Lab {
    fn regime(&self, key: &str) -> Regime {
        let policy = self
            .checked
            .policies
            .iter()
            .find(|policy| policy.key == key);
        self.model.regime(
            policy.expect("a policy of the experiment"),
            &self.checked.baseline,
            true,
        )
    }

    fn runs(&self, base: &Regime, regime: &Regime, replications: u32) -> Vec<RunRecord> {
        let burn = self.checked.experiment.burn_in_years * 52;
        let run = |replication: u32| {
            let history = self
                .model
                .history(7_000_000, replication, burn + YEARS * 52);
            let start = self.model.burn_in(base, &history, burn);
            let mut record = self.model.run(regime, &history, &start, burn, YEARS);
            assert!(record.checks.pass(), "{:?}", record.checks);
            record.events.clear();
            record.ledger.clear();
            record
        };
        (1..=replications).into_par_iter().map(run).collect()
    }
}

fn of(year: &YearRecord, category: Category) -> f64 {
    year.deaths
        .iter()
        .filter(|(kind, _)| kind.category() == category)
        .map(|(_, n)| *n as f64)
        .sum()
}

fn reported(year: &YearRecord) -> f64 {
    Trade::ALL
        .iter()
        .map(|trade| year.deaths_reported[Kind::from(*trade)] as f64)
        .sum()
}

fn major(year: &YearRecord) -> f64 {
    (year.accidents_by_reported_grade[Grade::Major]
        + year.accidents_by_reported_grade[Grade::ParticularlyMajor]) as f64
}

fn natural_loss(year: &YearRecord) -> f64 {
    year.damage_fen[Category::Natural]
        .values()
        .iter()
        .sum::<i64>() as f64
        / 1e10
}

fn quantile(values: &mut [f64], p: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = p * (values.len() - 1) as f64;
    let (low, part) = (at as usize, at.fract());
    values[low] + part * (values[(low + 1).min(values.len() - 1)] - values[low])
}

/// Five-year windows of the baseline against the means of 2016–2020.
fn windows(runs: &[RunRecord]) {
    type Figure = (&'static str, f64, fn(&YearRecord) -> f64);
    let figures: [Figure; 5] = [
        ("work-safety deaths, reported", 34_378.0, reported),
        ("accidents with 10 or more deaths, reported", 22.0, major),
        ("dead or missing in natural disasters", 964.0, |y| {
            of(y, Category::Natural)
        }),
        (
            "direct loss of natural disasters (100 million yuan)",
            3_534.0,
            natural_loss,
        ),
        (
            "deaths of commercial road transport, reported",
            21_700.0,
            |y| y.deaths_reported[Kind::RoadTransport] as f64,
        ),
    ];
    println!("| five-year mean | record 2016–2020 | model median | 10 % | 90 % | ratio |");
    println!("|---|---|---|---|---|---|");
    for (name, record, figure) in figures {
        let mut means: Vec<f64> = runs
            .iter()
            .flat_map(|run| run.years.chunks(5))
            .map(|w| w.iter().map(figure).sum::<f64>() / 5.0)
            .collect();
        let median = quantile(&mut means, 0.5);
        println!(
            "| {name} | {record:.0} | {median:.0} | {:.0} | {:.0} | {:.2} |",
            quantile(&mut means, 0.1),
            quantile(&mut means, 0.9),
            median / record
        );
    }
    let mut spread: Vec<f64> = runs
        .iter()
        .flat_map(|run| run.years.chunks(5))
        .map(|w| variation(&w.iter().map(natural_loss).collect::<Vec<_>>()))
        .collect();
    println!(
        "| variation of natural loss within five years (sd/mean) | 0.26 | {:.2} | {:.2} | {:.2} | |",
        quantile(&mut spread, 0.5),
        quantile(&mut spread, 0.1),
        quantile(&mut spread, 0.9)
    );
}

fn variation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt() / mean
}

/// Return levels of natural disasters and the chance of a year as bad as 2008.
fn tails(runs: &[RunRecord]) {
    let years: Vec<&YearRecord> = runs.iter().flat_map(|run| &run.years).collect();
    let mut deaths: Vec<f64> = years.iter().map(|y| of(y, Category::Natural)).collect();
    let mut losses: Vec<f64> = years.iter().map(|y| natural_loss(y)).collect();
    println!(
        "return levels 5 / 10 years: deaths {:.0} / {:.0} (record 1,262 / 3,432); loss {:.0} / {:.0} (record 4,542 / 5,639)",
        quantile(&mut deaths, 0.8),
        quantile(&mut deaths, 0.9),
        quantile(&mut losses, 0.8),
        quantile(&mut losses, 0.9)
    );
    let n = years.len() as f64;
    let worse = |count: usize| 1.0 - libm::pow(1.0 - count as f64 / n, 25.0);
    let by_deaths = deaths.iter().filter(|d| **d >= 39_765.0).count();
    let by_loss = losses.iter().filter(|l| **l >= 13_473.0).count();
    let either = years
        .iter()
        .filter(|y| of(y, Category::Natural) >= 39_765.0 || natural_loss(y) >= 13_473.0)
        .count();
    println!(
        "a year at least as bad as 2008 in 25 years: deaths {:.2}, loss {:.2}, either {:.2} (n = {n} years)",
        worse(by_deaths),
        worse(by_loss),
        worse(either)
    );
}

/// Who bears, insured and relief share, hidden share.
fn shares(runs: &[RunRecord]) {
    let years: Vec<&YearRecord> = runs.iter().flat_map(|run| &run.years).collect();
    let sum = |f: &dyn Fn(&YearRecord) -> f64| years.iter().map(|y| f(y)).sum::<f64>();
    let loss = sum(&|y| y.borne_natural_fen.values().iter().sum::<i64>() as f64);
    for bearer in Bearer::ALL {
        print!(
            "{} {:.3}; ",
            bearer.key(),
            sum(&|y| y.borne_natural_fen[*bearer] as f64) / loss
        );
    }
    let layer = |l: Layer| sum(&|y| y.paid_fen[l] as f64) / loss;
    println!(
        "\nrelief share {:.3}; counterpart and charity {:.3}",
        layer(Layer::Relief),
        layer(Layer::Counterpart) + layer(Layer::Charity)
    );
    let public = sum(&|y| y.damage_fen[Category::Natural][Asset::Infrastructure] as f64) / loss;
    println!("public assets {public:.3} of natural loss");
    let hidden = sum(&|y| y.accidents_concealed_outside_road as f64)
        / sum(&|y| y.fatal_accidents_outside_road as f64);
    println!("hidden share of fatal accidents outside road {hidden:.3}");
}

/// Elasticities and crowding out, paired with the baseline.
fn probes(lab: &Lab, base: &Regime, baseline: &[RunRecord]) {
    let n = baseline.len() as u32;
    let outside_road =
        |y: &YearRecord| of(y, Category::Accident) - y.deaths[Kind::RoadTransport] as f64;
    let mut stake = base.clone();
    for trade in Trade::ALL {
        for value in stake.trades[*trade].stake.values_mut() {
            value.at_fault *= 1.1;
            value.with_due_care *= 1.1;
        }
    }
    let mut visits = base.clone();
    visits.visit_volume = visits.visit_volume.map(|v| v * 1.1);
    for (name, regime) in [("stake", &stake), ("visits", &visits)] {
        let runs = lab.runs(base, regime, n);
        elasticity(name, "all", baseline, &runs, &|y| of(y, Category::Accident));
        elasticity(name, "outside road", baseline, &runs, &outside_road);
    }
    let fiscal = lab.runs(base, &lab.regime("fiscal-backstop"), n);
    let mut unmoved = lab.model.clone();
    unmoved.society.citizens.beta_expected_relief = 0.0;
    let control = Lab {
        model: unmoved,
        checked: lab.checked.clone(),
    };
    let calm = control.regime("current-2020");
    let calm_base = control.runs(&calm, &calm, n);
    let calm_fiscal = control.runs(&calm, &control.regime("fiscal-backstop"), n);
    let last = |run: &RunRecord| {
        run.series(riskweave::model::record::Series::Preparedness)
            .last()
            .copied()
            .unwrap_or(0.0)
    };
    let mean = |runs: &[RunRecord]| runs.iter().map(last).sum::<f64>() / runs.len() as f64;
    println!(
        "preparedness at the end: current {:.4}, fiscal {:.4} ({:+.1} %); without crowding {:+.1} %",
        mean(baseline),
        mean(&fiscal),
        100.0 * (mean(&fiscal) / mean(baseline) - 1.0),
        100.0 * (mean(&calm_fiscal) / mean(&calm_base) - 1.0)
    );
}

fn elasticity(
    lever: &str,
    scope: &str,
    baseline: &[RunRecord],
    runs: &[RunRecord],
    figure: &dyn Fn(&YearRecord) -> f64,
) {
    let per_run = |runs: &[RunRecord]| {
        runs.iter()
            .map(|run| run.years.iter().map(figure).sum::<f64>())
            .collect::<Vec<f64>>()
    };
    let (before, after) = (per_run(baseline), per_run(runs));
    let difference = Difference::of(&after, &before);
    let scale = Estimate::of(&before).mean * 0.1;
    println!(
        "elasticity of deaths ({scope}) to {lever}: {:.3} [{:.3}, {:.3}]",
        difference.mean / scale,
        difference.low / scale,
        difference.high / scale
    );
}

/// Rate of the same province and trade after an accident of ten and more deaths, against just before.
fn relapse(lab: &Lab, base: &Regime) {
    use riskweave::model::{run::Run, step};
    let weeks = 52 * 12;
    let marks = [1, 26, 52, 156];
    let mut sums = [[0.0; 2]; 4];
    for replication in 1..=4 {
        let history = lab.model.history(7_000_001, replication, weeks);
        let start = lab.model.burn_in(base, &history, 104);
        let mut run = Run::new(&lab.model, base, &history, start, 104, true);
        let mut track: Vec<Vec<f64>> = Vec::new();
        let mut struck: Vec<(usize, usize)> = Vec::new();
        for week in 0..(weeks - 104) as usize {
            let seen = run.record.events_so_far().bytes();
            run.common_factors();
            step::week(&mut run);
            for event in run.record.events_so_far().after(seen) {
                if let Some(trade) = event.kind.trade().filter(|_| event.deaths_reported >= 10) {
                    struck.push((week, event.province as usize * 9 + trade.number()));
                }
            }
            let rates = (0..run.state.provinces.len() * 9).map(|slot| {
                let (province, trade) = (slot / 9, slot % 9);
                run.state.blocks.accidents(province, trade)
                    * libm::exp(-run.state.provinces[province].learning[trade].min(0.4))
            });
            track.push(rates.collect());
        }
        for (week, slot) in struck {
            for (mark, sum) in marks.iter().zip(&mut sums) {
                if week > 0 && week + mark < track.len() {
                    sum[0] += track[week + mark][slot] / track[week - 1][slot];
                    sum[1] += 1.0;
                }
            }
        }
    }
    for (mark, [sum, n]) in marks.iter().zip(sums) {
        println!(
            "rate index {mark} weeks after an accident of ten and more deaths: {:.3} (n = {n})",
            sum / n
        );
    }
    one_visit(lab, base);
}

/// Rate of a small manufacturing firm after one visit more than it would have, over one and four years.
fn one_visit(lab: &Lab, base: &Regime) {
    use riskweave::model::agents::enterprise::{backlog_after, remembered_after};
    use riskweave::model::hazards::accident::{backlog_factor, deterrence};
    use riskweave::model::transcendental::exp;
    let society = &lab.model.society;
    let trade = &society.trades[Trade::Manufacturing];
    let visits = 0.15;
    let growth =
        society.enterprise.backlog_growth_per_year * (1.0 - society.enterprise.quality_mean);
    let removal = base.removal(society, Trade::Manufacturing, visits);
    let rest = growth / removal;
    let memory = visits * society.government.deterrence_half_life_years / std::f64::consts::LN_2;
    let government = &society.government;
    let rate = |backlog: f64, remembered: f64| {
        backlog_factor(
            backlog,
            trade.backlog_ceiling,
            society.accident.backlog_half_per_100_workers,
        ) * exp(-deterrence(
            remembered,
            government.deterrence_max,
            government.deterrence_half_visits,
            society.accident.deterrence_bound,
        ))
    };
    let found = base.find_rate * base.effects.remedy.rectified_share;
    let (mut backlog, mut remembered) = (rest * (1.0 - found), memory + 1.0);
    let mut sums = [0.0; 2];
    for quarter in 0..16 {
        let index = rate(backlog, remembered) / rate(rest, memory) - 1.0;
        sums[1] += index / 16.0;
        if quarter < 4 {
            sums[0] += index / 4.0;
        }
        backlog = backlog_after(backlog, growth, removal, 0.25);
        remembered = remembered_after(
            remembered,
            visits,
            government.deterrence_half_life_years,
            0.25,
        );
    }
    println!(
        "one more visit: rate {:+.1} % over a year, {:+.1} % over four years",
        100.0 * sums[0],
        100.0 * sums[1]
    );
}
