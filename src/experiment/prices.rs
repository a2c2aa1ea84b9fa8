//! What levers cost and do at the margin: each is moved alone by a share of its value, what it costs comes
//! on top of the budget, and all live through the same dangers.
//!
//! The cost is public money (expected, solved before the run) and what enterprises spend because of the
//! lever: care, early retirement of plant, suspension. Transfers such as indemnities are no cost.

use toml::Value as Toml;

use super::run::{Failure, Kept, Schedule, execute};
use super::simulator::Simulator;
use super::statistics::{Difference, NEGLIGIBLE, quantile};
use crate::measures::{Facts, Measure, Subject, figures};
use crate::model::record::{Resource, RunRecord, YearRecord};
use crate::scenario::declaration::{Declaration, ParameterType, declarations};
use crate::scenario::{CheckedExperiment, CheckedPolicy, InputKind};

/// Levers that are not bought: how money is split or handed back, not what it buys.
const NOT_BOUGHT: [&str; 2] = [
    "policy.budget.returned_share",
    "policy.budget.share_before_events",
];
/// Money in whose terms a lever is cheap or dear (yuan).
pub const HUNDRED_MILLION_YUAN: f64 = 1e8;
/// A price further from the median than this factor needs a source of its own.
pub const FACTOR_OF_THE_MEDIAN: f64 = 3.0;

/// A lever and the step that it is moved.
#[derive(Clone, Debug)]
pub struct Lever {
    /// Its declaration.
    pub row: &'static Declaration,
    /// Value in the policy.
    pub from: f64,
    /// Value moved to.
    pub to: f64,
}

impl Lever {
    /// Key without `policy.`.
    pub fn key(&self) -> &'static str {
        self.row.key.trim_start_matches("policy.")
    }

    /// The step as a setting, as in `POLICY[key=value]`.
    pub fn setting(&self) -> String {
        format!("{}={}", self.key(), self.to)
    }
}

/// The levers of a policy that can be raised by a share of their value: one that is at zero is raised by
/// the share of its range, and none beyond its range.
pub fn levers(policy: &CheckedPolicy, share: f64) -> Vec<Lever> {
    let Ok(values) = Toml::try_from(&policy.policy) else {
        return Vec::new();
    };
    let rows = declarations().of(InputKind::Policy);
    rows.filter(|row| !NOT_BOUGHT.contains(&row.key.as_str()))
        .filter_map(|row| raised(row, &values, share))
        .collect()
}

fn raised(row: &'static Declaration, values: &Toml, share: f64) -> Option<Lever> {
    let whole = row.kind == ParameterType::Integer;
    if !whole && row.kind != ParameterType::Number {
        return None;
    }
    let mut path = row.key.trim_start_matches("policy.").split('.');
    let value = path.try_fold(values, |table, name| table.get(name))?;
    let from = value
        .as_float()
        .or_else(|| value.as_integer().map(|n| n as f64))?;
    let (low, high) = (row.low?, row.high?);
    let step = share * if from == 0.0 { high - low } else { from.abs() };
    let step = if whole { libm::ceil(step) } else { step };
    // Eight digits: a value that can be typed again.
    let to = libm::round((from + step).min(high) * 1e8) / 1e8;
    (to > from).then_some(Lever { row, from, to })
}

/// What a lever costs and does.
#[derive(Clone, Debug)]
pub struct Price {
    /// The lever.
    pub lever: Lever,
    /// Public money (expected, yuan a year).
    pub public_yuan: f64,
    /// What enterprises spend because of it (yuan a year).
    pub enterprises_yuan: Difference,
    /// Deaths averted (people a year).
    pub deaths_averted: Difference,
    /// Direct loss averted (yuan a year).
    pub loss_averted: Difference,
    /// Cost below which it costs nothing (yuan a year).
    nothing_yuan: f64,
}

/// Whether a lever costs anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Somebody pays.
    Some,
    /// Nobody pays.
    None,
    /// It saves money.
    Saves,
}

impl Price {
    /// Public money and what enterprises spend (yuan a year).
    pub fn cost_yuan(&self) -> f64 {
        self.public_yuan + self.enterprises_yuan.mean
    }

    /// Whether it costs anything.
    pub fn cost(&self) -> Cost {
        let cost = self.cost_yuan();
        if cost > self.nothing_yuan {
            Cost::Some
        } else if cost < -self.nothing_yuan {
            Cost::Saves
        } else {
            Cost::None
        }
    }

    /// Deaths averted a year per 100 million yuan a year, where the runs resolve them and somebody pays.
    pub fn deaths_averted_per_hundred_million(&self) -> Option<f64> {
        self.per_hundred_million(&self.deaths_averted)
    }

    /// Loss averted a year per 100 million yuan a year (yuan), under the same conditions.
    pub fn loss_averted_per_hundred_million(&self) -> Option<f64> {
        self.per_hundred_million(&self.loss_averted)
    }

    fn per_hundred_million(&self, averted: &Difference) -> Option<f64> {
        let told = self.cost() == Cost::Some && averted.resolved && !averted.negligible;
        told.then(|| averted.mean / self.cost_yuan() * HUNDRED_MILLION_YUAN)
    }

    /// An amount of money, zero where it is below what counts.
    pub fn clean(&self, yuan: f64) -> f64 {
        if yuan.abs() > self.nothing_yuan {
            yuan
        } else {
            0.0
        }
    }

    /// Whether these runs resolve what it does to deaths or to loss.
    pub fn is_resolved(&self) -> bool {
        let told = |difference: &Difference| difference.resolved && !difference.negligible;
        told(&self.deaths_averted) || told(&self.loss_averted)
    }

    /// Whether it moves neither deaths nor loss in these runs.
    pub fn does_nothing(&self) -> bool {
        let still = |difference: &Difference| difference.identical || difference.negligible;
        still(&self.deaths_averted) && still(&self.loss_averted)
    }
}

/// Median of the deaths averted per 100 million yuan over the levers that avert any; `None` if none does.
pub fn median_rate(prices: &[Price]) -> Option<f64> {
    let rates = prices
        .iter()
        .filter_map(Price::deaths_averted_per_hundred_million);
    let mut rates: Vec<f64> = rates.filter(|rate| *rate > 0.0).collect();
    rates.sort_by(f64::total_cmp);
    (!rates.is_empty()).then(|| quantile(&rates, 0.5))
}

/// The cheapest first: by deaths averted for money, then what costs nothing, then what is not resolved.
pub fn sort(prices: &mut [Price]) {
    let place = |price: &Price| {
        let rate = price.deaths_averted_per_hundred_million();
        let group = match (rate, price.deaths_averted.resolved) {
            (Some(_), _) => 0,
            (None, true) => 1,
            (None, false) => 2,
        };
        let size = rate.unwrap_or(price.deaths_averted.mean);
        (group, if size.is_nan() { 0.0 } else { -size })
    };
    prices.sort_by(|a, b| {
        let (a, b) = (place(a), place(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
}

/// Figures of one run that prices are made of.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    deaths: f64,
    loss_yuan: f64,
    enterprises_yuan: f64,
}

impl Told {
    fn of(record: &RunRecord, facts: &Facts) -> Self {
        let all = figures(record, facts);
        let figure = |measure| {
            let subject = Subject::whole(measure);
            let found = all.iter().find(|figure| figure.subject == subject);
            found.map_or(f64::NAN, |figure| figure.value)
        };
        let years = record.years.len().max(1) as f64;
        Told {
            deaths: figure(Measure::Deaths),
            loss_yuan: figure(Measure::DirectLoss),
            enterprises_yuan: record.years.iter().map(by_enterprises).sum::<f64>() / years,
        }
    }
}

/// What enterprises spend on safety because they must or want to (yuan).
fn by_enterprises(year: &YearRecord) -> f64 {
    let kinds = [Resource::Care, Resource::Retirement, Resource::Suspension];
    kinds.iter().map(|kind| year.resource_yuan[*kind]).sum()
}

/// What is to be priced, and how.
pub struct Task<'a> {
    /// Behind the baseline: the policy in question, then that policy with one lever moved, in the order of
    /// `levers`.
    pub checked: &'a CheckedExperiment,
    /// The same, ready to run.
    pub simulator: &'a Simulator,
    /// Position of the policy in question.
    pub reference: usize,
    /// The levers.
    pub levers: Vec<Lever>,
    /// Worker threads.
    pub threads: usize,
    /// Called after each run, by any worker.
    pub watch: &'a (dyn Fn() + Sync),
}

/// Why levers could not be priced.
#[derive(Clone, Debug)]
pub enum Broken {
    /// Replications broke off.
    Off(Vec<Failure>),
    /// A run failed a self-check.
    Check,
}

/// Prices levers.
///
/// # Errors
/// If a replication broke off or failed a self-check.
pub fn prices(task: Task<'_>) -> Result<Vec<Price>, Broken> {
    let Task {
        checked,
        simulator,
        reference,
        levers,
        ..
    } = task;
    let facts = simulator.facts(checked);
    let runs = run(checked, simulator, &facts, task.threads, task.watch)?;
    let appropriation = |policy| simulator.appropriation_yuan_per_head(policy) * facts.population;
    let usual = appropriation(reference);
    let first = checked.policies.len() - levers.len();
    let less = |policy: &[Told], than: &[Told], of: fn(&Told) -> f64| {
        let column = |runs: &[Told]| runs.iter().map(of).collect::<Vec<_>>();
        Difference::of(&column(policy), &column(than))
    };
    let price = |(number, lever): (usize, Lever)| {
        let (before, after) = (&runs[reference], &runs[first + number]);
        Price {
            lever,
            public_yuan: appropriation(first + number) - usual,
            enterprises_yuan: less(after, before, |told| told.enterprises_yuan),
            deaths_averted: less(before, after, |told| told.deaths),
            loss_averted: less(before, after, |told| told.loss_yuan),
            nothing_yuan: usual * NEGLIGIBLE,
        }
    };
    Ok(levers.into_iter().enumerate().map(price).collect())
}

/// Runs everything: policy by policy, the figures of its replications.
fn run(
    checked: &CheckedExperiment,
    simulator: &Simulator,
    facts: &Facts,
    threads: usize,
    watch: &(dyn Fn() + Sync),
) -> Result<Vec<Vec<Told>>, Broken> {
    let schedule = Schedule {
        replications: 0..checked.experiment.replications,
        policies: checked.policies.len(),
        threads,
    };
    let mut runs: Vec<Vec<Told>> = vec![Vec::new(); checked.policies.len()];
    let engine = Kept {
        engine: simulator,
        keep: |record: RunRecord, _| record.checks.pass().then(|| Told::of(&record, facts)),
    };
    let failures = execute(&engine, schedule, watch, |_, records| {
        for (told, figures) in runs.iter_mut().zip(records) {
            told.push(figures.ok_or(Broken::Check)?);
        }
        Ok(())
    })?;
    if failures.is_empty() {
        Ok(runs)
    } else {
        Err(Broken::Off(failures))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_policy_in;

    fn price(public_yuan: f64, deaths: [f64; 3]) -> Price {
        let (_, policy) = load_policy_in("seminar-county", "current-2020", &[]).unwrap();
        Price {
            lever: levers(&policy, 0.1).remove(0),
            public_yuan,
            enterprises_yuan: Difference::of(&[2e6, 4e6, 6e6], &[1e6, 3e6, 5e6]),
            deaths_averted: Difference::of(&deaths, &[1.0; 3]),
            loss_averted: Difference::of(&[1.0; 3], &[1.0; 3]),
            nothing_yuan: 1e3,
        }
    }

    #[test]
    fn a_lever_is_raised_by_a_share_of_its_value_or_range_and_not_beyond_it() {
        let (_, policy) = load_policy_in("china-2020", "current-2020", &[]).unwrap();
        let all = levers(&policy, 0.1);
        let of = |key: &str| all.iter().find(|lever| lever.key() == key);
        let moved = |key: &str| of(key).map(|lever| (lever.from, lever.to));
        assert_eq!(moved("responsibility.coordination"), Some((0.4, 0.44)));
        assert_eq!(moved("responsibility.safe_harbour"), Some((0.0, 0.08)));
        assert_eq!(moved("sharing.relief.days_to_payment"), Some((56.0, 61.6)));
        assert_eq!(
            moved("responsibility.official_sanction_threshold_deaths"),
            Some((10.0, 11.0))
        );
        // The greatest values that are declared, money that is handed back, and what is no number.
        for key in [
            "criteria.individual_risk_limit_per_year",
            "remedy.retirement_age_years",
            "budget.returned_share",
            "sharing.medical",
        ] {
            assert!(of(key).is_none(), "{key}");
        }
        assert_eq!(
            of("responsibility.coordination").unwrap().setting(),
            "responsibility.coordination=0.44"
        );
    }

    #[test]
    fn a_price_is_what_is_averted_over_public_and_private_cost() {
        // 9 + 1 million yuan a year avert 2, 3 and 4 deaths.
        let rate = price(9e6, [3.0, 4.0, 5.0]).deaths_averted_per_hundred_million();
        assert!((rate.unwrap() - 30.0).abs() < 1e-9, "{rate:?}");
        assert_eq!(
            price(9e6, [0.0, 1.0, 2.0]).deaths_averted_per_hundred_million(),
            None
        );
        assert_eq!(price(-1e6, [3.0, 4.0, 5.0]).cost(), Cost::None);
        assert_eq!(price(-9e6, [3.0, 4.0, 5.0]).cost(), Cost::Saves);
        assert!(price(9e6, [1.0; 3]).does_nothing());
    }

    #[test]
    fn the_cheapest_come_first_and_the_median_is_of_those_that_avert_deaths() {
        let mut all = vec![
            price(9e6, [0.0, 1.0, 2.0]),
            price(-1e6, [3.0, 4.0, 5.0]),
            price(39e6, [3.0, 4.0, 5.0]),
            price(9e6, [3.0, 4.0, 5.0]),
        ];
        sort(&mut all);
        let costs: Vec<f64> = all.iter().map(|price| price.public_yuan).collect();
        assert_eq!(costs, [9e6, 39e6, -1e6, 9e6]);
        assert!((median_rate(&all).unwrap() - 18.75).abs() < 1e-9);
        assert_eq!(median_rate(&all[2..]), None);
    }
}
