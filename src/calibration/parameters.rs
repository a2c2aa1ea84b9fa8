//! Parameters that can be fitted: base rates and severities, by name, with `*` for any part of it.
//!
//! Each name is one factor on all values that it matches. What behaviour, responsibility and sharing do
//! cannot be told from national totals of one policy, so their parameters are not fitted.

use super::moments::Moment;
use super::refusal::Refusal;
use super::targets::{Target, Use};
use crate::scenario::declaration::{declarations, nearest_of};
use crate::scenario::society::Society;
use crate::vocabulary::{Trade, Vocabulary};

/// Endings of keys that public series identify, by the table that they stand in.
const IDENTIFIED: [(&str, &[&str]); 2] = [
    (
        "society.trades.",
        &[
            "base_rate_per_100k_worker_years",
            "deaths_tail_alpha",
            "fatal_share",
        ],
    ),
    ("society.hazards.", &["death_rate_scale", ".damage_ratio."]),
];

/// A factor on one or several values.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name as typed, without `society.`.
    pub name: String,
    /// Keys that it moves, without `society.`.
    pub keys: Vec<String>,
    /// Values at the start.
    pub start: Vec<f64>,
    /// Logarithm of the least factor that keeps every value in its declared range.
    pub least: f64,
    /// Logarithm of the greatest.
    pub greatest: f64,
}

/// Whether public series identify a key.
fn is_identified(key: &str) -> bool {
    IDENTIFIED.iter().any(|(table, endings)| {
        key.starts_with(table)
            && endings.iter().any(|ending| {
                key.ends_with(&format!(".{ending}"))
                    || (ending.ends_with('.') && key.contains(ending))
            })
    })
}

/// What is fitted when nothing is named: what some fitted target speaks of. Base rates of the trades whose
/// deaths are known; one factor on all tail exponents of accidents, if large accidents are counted; one on
/// the deaths and one on the damage of natural hazards.
pub fn customary(targets: &[Target]) -> Vec<String> {
    let fitted = |wanted: &dyn Fn(Moment) -> bool| {
        targets
            .iter()
            .any(|target| wanted(target.moment) && target.of_use(Use::Fit).next().is_some())
    };
    let mut names = Vec::new();
    for trade in Trade::ALL {
        if fitted(&|moment| moment == Moment::DeathsOf(*trade)) {
            names.push(format!(
                "trades.{}.base_rate_per_100k_worker_years",
                trade.key()
            ));
        }
    }
    let large = |moment| matches!(moment, Moment::Accidents(_) | Moment::ThreeAndMore(_));
    for (known, name) in [
        (fitted(&large), "trades.*.deaths_tail_alpha"),
        (
            fitted(&|moment| moment == Moment::NaturalDeaths),
            "hazards.*.death_rate_scale",
        ),
        (
            fitted(&|moment| moment == Moment::NaturalLossShare),
            "hazards.*.damage_ratio.*",
        ),
    ] {
        if known {
            names.push(name.to_owned());
        }
    }
    names
}

/// The parameters of these names.
///
/// # Errors
/// A name that matches nothing that can be fitted, or a value that two names move.
pub fn named(names: &[String], society: &Society) -> Result<Vec<Parameter>, Refusal> {
    let values = serde_json::to_value(society).unwrap_or_default();
    let mut taken: Vec<String> = Vec::new();
    let mut parameters = Vec::new();
    for name in names {
        let short = name.trim().trim_start_matches("society.");
        let parameter = of(short, &values)?;
        if let Some(key) = parameter.keys.iter().find(|key| taken.contains(key)) {
            return Err(Refusal::Overlap { key: key.clone() });
        }
        taken.extend(parameter.keys.iter().cloned());
        parameters.push(parameter);
    }
    Ok(parameters)
}

fn of(name: &str, values: &serde_json::Value) -> Result<Parameter, Refusal> {
    let rows = declarations()
        .rows()
        .iter()
        .filter(|row| is_identified(&row.key));
    let mut parameter = Parameter {
        name: name.to_owned(),
        keys: Vec::new(),
        start: Vec::new(),
        least: f64::NEG_INFINITY,
        greatest: f64::INFINITY,
    };
    for row in rows.clone() {
        let key = row.key.trim_start_matches("society.");
        let value = values
            .pointer(&pointer(key))
            .and_then(serde_json::Value::as_f64);
        // A value of zero cannot be moved by a factor.
        let Some(value) = value.filter(|value| matches(name, key) && *value > 0.0) else {
            continue;
        };
        // A factor of ten each way where the declaration sets no bound (assumption).
        let low = row
            .low
            .filter(|low| *low > 0.0)
            .unwrap_or(value / 10.0)
            .min(value);
        let high = row.high.unwrap_or(value * 10.0).max(value);
        parameter.least = parameter.least.max(libm::log(low / value));
        parameter.greatest = parameter.greatest.min(libm::log(high / value));
        parameter.keys.push(key.to_owned());
        parameter.start.push(value);
    }
    if parameter.keys.is_empty() {
        let nearest = nearest_of(name, rows.map(|row| row.key.trim_start_matches("society.")));
        let nearest = nearest.map(str::to_owned);
        return Err(Refusal::UnknownParameter {
            name: name.to_owned(),
            nearest,
        });
    }
    Ok(parameter)
}

/// Whether a key has the parts of a pattern, `*` being any one part.
pub(crate) fn matches(pattern: &str, key: &str) -> bool {
    let (pattern, key): (Vec<_>, Vec<_>) = (pattern.split('.').collect(), key.split('.').collect());
    pattern.len() == key.len() && pattern.iter().zip(&key).all(|(p, k)| *p == "*" || p == k)
}

/// Where a key (without `society.`) stands in the JSON of a society.
pub(crate) fn pointer(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

/// The society with each parameter's values multiplied by e to the power of its number.
pub fn moved(society: &Society, parameters: &[Parameter], logs: &[f64]) -> Society {
    let Ok(mut values) = serde_json::to_value(society) else {
        return society.clone();
    };
    for (parameter, log) in parameters.iter().zip(logs) {
        for (key, start) in parameter.keys.iter().zip(&parameter.start) {
            if let Some(value) = values.pointer_mut(&pointer(key)) {
                *value = serde_json::json!(start * libm::exp(*log));
            }
        }
    }
    serde_json::from_value(values).unwrap_or_else(|_| society.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_society;
    use crate::vocabulary::{Asset, NaturalKind, Trade};

    fn society() -> Society {
        load_society("china-2020", &[]).unwrap().society
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_star_moves_all_that_it_matches_by_one_factor() {
        let society = society();
        let all = names(&[
            "society.hazards.*.damage_ratio.*",
            "trades.fire.fatal_share",
        ]);
        let parameters = named(&all, &society).unwrap();
        assert!(parameters[0].keys.len() > 30 && parameters[1].keys.len() == 1);
        let changed = moved(&society, &parameters, &[libm::log(1.5), 0.0]);
        for kind in [NaturalKind::Flood, NaturalKind::Cold] {
            let (old, new) = (&society.hazards[kind], &changed.hazards[kind]);
            let ratio = new.damage_ratio[Asset::Housing] / old.damage_ratio[Asset::Housing];
            assert!((ratio - 1.5).abs() < 1e-9);
            assert_eq!(old.death_rate_scale, new.death_rate_scale);
        }
        assert_eq!(
            society.trades[Trade::Fire].fatal_share,
            changed.trades[Trade::Fire].fatal_share
        );
    }

    #[test]
    fn only_what_a_target_speaks_of_is_fitted_by_custom() {
        let targets = crate::calibration::targets::load(None, "seminar-county").unwrap();
        let names = customary(&targets);
        assert_eq!(names.len(), 6);
        assert!(names.contains(&"trades.*.deaths_tail_alpha".to_owned()));
        assert!(
            !names
                .iter()
                .any(|name| name.contains("hazards") || name.contains("coal"))
        );
    }

    #[test]
    fn declared_ranges_bound_the_factor() {
        let coal = names(&["trades.coal_mine.base_rate_per_100k_worker_years"]);
        let parameter = named(&coal, &society()).unwrap().remove(0);
        assert!((parameter.least - libm::log(0.5)).abs() < 1e-6);
        assert!((parameter.greatest - libm::log(2.0)).abs() < 1e-6);
    }

    #[test]
    fn behaviour_is_refused_and_a_near_miss_is_named() {
        let society = society();
        let refused = named(&names(&["enterprise.care_kappa"]), &society);
        assert!(matches!(refused, Err(Refusal::UnknownParameter { .. })));
        let near = named(
            &names(&["trades.fire.base_rate_per_100k_worker_year"]),
            &society,
        );
        assert!(
            matches!(near, Err(Refusal::UnknownParameter { nearest: Some(name), .. })
            if name == "trades.fire.base_rate_per_100k_worker_years")
        );
        let twice = names(&["trades.*.fatal_share", "trades.fire.fatal_share"]);
        assert!(matches!(
            named(&twice, &society),
            Err(Refusal::Overlap { .. })
        ));
    }
}
