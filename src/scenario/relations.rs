//! Rules over several values of a society.

use std::collections::BTreeMap;

use crate::scenario::problem::{Problems, RelationProblem};
use crate::scenario::resolve::Resolved;
use crate::scenario::source::Place;
use crate::scenario::tables::{CascadeRow, Trigger};
use crate::vocabulary::{Kind, Level, NaturalKind, SizeClass, Trade, Vocabulary};

/// How far a sum of shares may be from one.
const SUM_TOLERANCE: f64 = 1e-6;

/// The spectral radius of the cascade must stay below this.
pub(crate) const RADIUS_LIMIT: f64 = 0.9;

/// Tables whose values are shares of one whole.
const WHOLES: [&str; 6] = [
    "society.stocks.public_owner_share",
    "society.government.budget_share",
    "society.government.workload_share",
    "society.sharing.relief_levels_ordinary",
    "society.sharing.relief_levels_catastrophe",
    "society.sharing.premium_subsidy_levels",
];

/// Whether a value is held against others, so that it cannot be moved alone.
pub(crate) fn is_held(key: &str) -> bool {
    let in_table = |table: &&str| {
        key.strip_prefix(*table)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    WHOLES.iter().any(in_table)
        || key.contains(".role_share.")
        || key.ends_with(".share_of_workers")
        || ordered()
            .iter()
            .any(|(low, high)| low == key || high == key)
}

/// Holds the values of a society against each other.
pub(crate) fn check(society: &Resolved, problems: &mut Problems) {
    for (what, keys) in wholes(society) {
        sums_to_one(society, what, &keys, problems);
    }
    for (low, high) in ordered() {
        in_order(society, low, high, problems);
    }
    contagion(society, problems);
}

/// Groups of keys whose values are shares of one whole, by the name of the group.
fn wholes(society: &Resolved) -> BTreeMap<String, Vec<String>> {
    let mut wholes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let below = |table: &str| {
        let prefix = format!("{table}.");
        society
            .settings
            .keys()
            .filter(|key| key.starts_with(&prefix))
            .cloned()
            .collect::<Vec<_>>()
    };
    for table in WHOLES {
        wholes.insert(table.to_owned(), below(table));
    }
    for level in Level::ALL {
        let table = format!("society.government.staff.{}.role_share", level.key());
        wholes.insert(table.clone(), below(&table));
    }
    for trade in Trade::ALL {
        let keys = SizeClass::ALL.iter().map(|size| {
            format!(
                "society.trades.{}.sizes.{}.share_of_workers",
                trade.key(),
                size.key()
            )
        });
        wholes.insert(
            format!("society.trades.{}.sizes.*.share_of_workers", trade.key()),
            keys.collect(),
        );
    }
    wholes
}

fn sums_to_one(society: &Resolved, what: String, keys: &[String], problems: &mut Problems) {
    if keys.is_empty() || keys.iter().any(|key| society.faulty.contains(key)) {
        return;
    }
    let sum: f64 = keys.iter().map(|key| society.number(key)).sum();
    if (sum - 1.0).abs() > SUM_TOLERANCE {
        // Rounded so that the message shows the error of the user, not that of the machine.
        let sum = (sum * 1e9).round() / 1e9;
        problems.push(RelationProblem::SumNotOne {
            what,
            sum,
            places: society.places(keys.iter()),
        });
    }
}

/// Pairs of keys of which the first must not be above the second.
fn ordered() -> Vec<(String, String)> {
    let mut pairs = vec![(
        "society.earthquake.magnitude_min".to_owned(),
        "society.earthquake.magnitude_max".to_owned(),
    )];
    for size in SizeClass::ALL {
        let key = |name: &str| format!("society.sizes.{}.{name}", size.key());
        pairs.push((key("workers_min"), key("workers_mean")));
        pairs.push((key("workers_mean"), key("workers_max")));
    }
    for hazard in NaturalKind::ALL {
        let key = |name: &str| format!("society.hazards.{}.spread.{name}", hazard.key());
        pairs.push((key("severity_min"), key("severity_max")));
    }
    pairs.push((
        "society.sharing.relief_catastrophe_from".into(),
        "society.sharing.relief_catastrophe_full".into(),
    ));
    pairs
}

fn in_order(society: &Resolved, low_key: String, high_key: String, problems: &mut Problems) {
    let known = |key: &String| society.settings.contains_key(key) && !society.faulty.contains(key);
    if !known(&low_key) || !known(&high_key) {
        return;
    }
    let (low, high) = (society.number(&low_key), society.number(&high_key));
    if low > high {
        let places = society.places([&low_key, &high_key].into_iter());
        problems.push(RelationProblem::Disorder {
            low_key,
            low,
            high_key,
            high,
            places,
        });
    }
}

/// Imitation has one equilibrium at every share of adopters P if β·P(1 − P) < 1 at P = ½.
fn contagion(society: &Resolved, problems: &mut Problems) {
    let key = "society.citizens.beta_social".to_owned();
    let value = society.number(&key);
    if value * 0.25 >= 1.0 && !society.faulty.contains(&key) {
        let places = society.places([&key].into_iter());
        problems.push(RelationProblem::ContagionTooStrong { value, places });
    }
}

/// Holds the cascade table against the limit at which chains might not end.
pub(crate) fn check_cascade(
    society: &Resolved,
    rows: &[CascadeRow],
    table: &Place,
    problems: &mut Problems,
) {
    let key = "society.cascade.park_multiplier".to_owned();
    let park_multiplier = society.number(&key);
    let radius = spectral_radius(&children(rows, park_multiplier));
    if radius >= RADIUS_LIMIT {
        let mut places = vec![table.clone()];
        places.extend(society.place(&key).cloned());
        problems.push(RelationProblem::CascadeTooStrong {
            radius,
            limit: RADIUS_LIMIT,
            park_multiplier,
            places,
        });
    }
}

/// Expected children of one event of each kind; chemical events lie in a park at worst. Rows whose
/// number depends on the footprint or on the size of the event set off no chain of their own.
fn children(rows: &[CascadeRow], park_multiplier: f64) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; Kind::ALL.len()]; Kind::ALL.len()];
    for row in rows {
        if let Trigger::Event(kind) = row.trigger {
            let park = if kind == Kind::Chemicals {
                park_multiplier
            } else {
                1.0
            };
            matrix[kind.number()][row.to.number()] += park * row.expected_children;
        }
    }
    matrix
}

/// Largest absolute eigenvalue of a matrix without negative elements: power iteration on I + M, whose
/// dominant eigenvalue is 1 + ρ(M) also where M itself would make the iteration oscillate.
fn spectral_radius(matrix: &[Vec<f64>]) -> f64 {
    let mut vector = vec![1.0; matrix.len()];
    let mut growth: f64 = 1.0;
    for _ in 0..2000 {
        let next: Vec<f64> = matrix
            .iter()
            .zip(&vector)
            .map(|(row, own)| own + row.iter().zip(&vector).map(|(m, v)| m * v).sum::<f64>())
            .collect();
        growth = next.iter().fold(0.0, |most: f64, x| most.max(*x));
        vector = next.iter().map(|x| x / growth).collect();
    }
    growth - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_radius_of_known_matrices() {
        let near = |matrix: &[Vec<f64>], radius: f64| {
            assert!((spectral_radius(matrix) - radius).abs() < 1e-3);
        };
        near(&[vec![0.0, 0.0], vec![0.0, 0.0]], 0.0);
        near(&[vec![0.5, 0.0], vec![0.0, 0.2]], 0.5);
        // Two kinds that only set off each other: eigenvalues ±√(0.4·0.9).
        near(&[vec![0.0, 0.4], vec![0.9, 0.0]], 0.6);
        // A chain without return ends.
        near(&[vec![0.0, 5.0], vec![0.0, 0.0]], 0.0);
    }

    fn society(key: &str, value: f64) -> Problems {
        use crate::scenario::declaration::Value;
        use crate::scenario::{InputKind, resolve};
        let base = crate::scenario::source::Origin::Option;
        let source = resolve::find(InputKind::Society, "china-2020", &base, None).unwrap();
        let mut problems = Problems::default();
        let mut society = resolve::resolve(InputKind::Society, &source, &[], &mut problems);
        let setting = resolve::Setting {
            value: Value::Number(value),
            place: None,
            items: Vec::new(),
        };
        society.settings.insert(key.to_owned(), setting);
        check(&society, &mut problems);
        problems
    }

    #[test]
    fn imitation_that_allows_two_equilibria_is_refused() {
        assert!(society("society.citizens.beta_social", 3.99).is_empty());
        assert_eq!(
            society("society.citizens.beta_social", 4.0).problems.len(),
            1
        );
    }

    #[test]
    fn values_in_the_wrong_order_are_refused() {
        assert!(society("society.earthquake.magnitude_min", 5.5).is_empty());
        assert_eq!(
            society("society.earthquake.magnitude_min", 9.0)
                .problems
                .len(),
            1
        );
        // The mean of small establishments lies between their least and greatest size.
        assert_eq!(
            society("society.sizes.small.workers_mean", 2.0)
                .problems
                .len(),
            1
        );
        assert_eq!(
            society("society.sizes.small.workers_mean", 9000.0)
                .problems
                .len(),
            1
        );
    }

    #[test]
    fn a_park_multiplies_the_children_of_chemical_events_only() {
        let row = |kind, to| CascadeRow {
            trigger: Trigger::Event(kind),
            to,
            expected_children: 0.2,
        };
        let matrix = children(
            &[
                row(Kind::Chemicals, Kind::Fire),
                row(Kind::Fire, Kind::Chemicals),
            ],
            2.0,
        );
        assert!((matrix[Kind::Chemicals.number()][Kind::Fire.number()] - 0.4).abs() < 1e-12);
        assert!((matrix[Kind::Fire.number()][Kind::Chemicals.number()] - 0.2).abs() < 1e-12);
    }
}
