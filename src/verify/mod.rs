//! Limit cases: quantities whose true value theory knows, computed by the model's own stages.
//!
//! A [`Case`] builds the stripped society ([`stripped`]), lets the engine run ([`laboratory`]) or calls
//! the engine's own decision or settlement function, and compares with the closed form
//! ([`closed_form`], which the engine never calls). `docs/theory.md` tells each case: statement,
//! equation, source, setting, test. Names of cases, parameters and quantities are what users type.

pub mod cases;
pub mod closed_form;
pub mod damages;
pub mod laboratory;
pub mod losses;
pub mod natural_tail;
pub mod quantity;
pub mod refusal;
pub mod stripped;
pub mod values;

pub use quantity::{Judge, Quantity, family_wise_level};
pub use refusal::Refusal;
pub use values::{Text, Values};

/// One limit case: name and parameters as users type them, and how it is run.
pub struct Case {
    /// Name.
    pub name: &'static str,
    /// What it shows, in English and Chinese.
    pub summary: [&'static str; 2],
    /// Parameters that are numbers; those that are words stand in [`cases::TEXTS`].
    pub parameters: &'static [Parameter],
    /// Runs it.
    pub run: fn(&Values, &Effort) -> Result<Vec<Quantity>, Refusal>,
}

/// A parameter of a case that is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Name.
    pub name: &'static str,
    /// Unit, as [`values::unit`] knows it.
    pub unit: &'static str,
    /// Value unless the user says otherwise.
    pub default: f64,
    /// Least value allowed.
    pub least: f64,
    /// Greatest value allowed.
    pub greatest: f64,
    /// Whether it must be whole.
    pub integer: bool,
}

impl Parameter {
    /// A parameter that may be any number within a range.
    pub const fn number(
        name: &'static str,
        unit: &'static str,
        default: f64,
        [least, greatest]: [f64; 2],
    ) -> Self {
        Parameter {
            name,
            unit,
            default,
            least,
            greatest,
            integer: false,
        }
    }

    /// A parameter that must be whole.
    pub const fn whole(
        name: &'static str,
        unit: &'static str,
        default: f64,
        range: [f64; 2],
    ) -> Self {
        Parameter {
            integer: true,
            ..Self::number(name, unit, default, range)
        }
    }
}

/// How much is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Seed of the dangers.
    pub seed: u64,
    /// Replications relative to the default of the case.
    pub scale: f64,
    /// Replications, in place of the default of the case.
    pub replications: Option<u64>,
}

impl Default for Effort {
    fn default() -> Self {
        Effort {
            seed: 1,
            scale: 1.0,
            replications: None,
        }
    }
}

impl Effort {
    /// How many to draw where a case draws `default` ones (years, paths, events …); at least two.
    pub fn replications(&self, default: u64) -> u64 {
        let scaled = (default as f64 * self.scale + 0.5) as u64;
        self.replications.unwrap_or(scaled).max(2)
    }
}

/// A case that was run.
pub struct Outcome {
    /// The case.
    pub case: &'static Case,
    /// Its parameters.
    pub values: Values,
    /// What was found.
    pub quantities: Vec<Quantity>,
}

impl Outcome {
    /// Whether all quantities passed.
    pub fn pass(&self) -> bool {
        self.quantities.iter().all(Quantity::pass)
    }
}

/// All cases, in the order of `docs/theory.md`.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    cases::ALL.iter().flat_map(|topic| topic.iter())
}

/// The case of a name.
///
/// # Errors
/// If there is none; the nearest name is suggested.
pub fn case(name: &str) -> Result<&'static Case, Refusal> {
    cases()
        .find(|case| case.name == name)
        .ok_or_else(|| Refusal::unknown_case(name))
}

/// Runs a case with settings `name=value`.
///
/// # Errors
/// If a setting is wrong, values do not go together, or the engine failed a self-check.
pub fn run(case: &'static Case, settings: &[String], effort: &Effort) -> Result<Outcome, Refusal> {
    let values = Values::read(case, settings)?;
    let quantities = (case.run)(&values, effort)?;
    Ok(Outcome {
        case,
        values,
        quantities,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn cases_and_parameters_have_names_of_their_own_and_defaults_within_range() {
        let mut names = BTreeSet::new();
        for case in cases() {
            assert!(names.insert(case.name), "{}", case.name);
            let mut parameters = BTreeSet::new();
            for parameter in case.parameters {
                assert!(parameters.insert(parameter.name), "{}", parameter.name);
                assert!((parameter.least..=parameter.greatest).contains(&parameter.default));
                assert!(
                    values::unit(parameter.unit, crate::vocabulary::Language::Chinese).is_some(),
                    "{}: unit {:?} has no Chinese word",
                    case.name,
                    parameter.unit
                );
            }
        }
    }

    #[test]
    fn effort_scales_or_replaces() {
        let effort = |scale, replications| Effort {
            seed: 1,
            scale,
            replications,
        };
        assert_eq!(effort(0.1, None).replications(1000), 100);
        assert_eq!(effort(0.1, Some(7)).replications(1000), 7);
        assert_eq!(effort(0.0, Some(0)).replications(1000), 2);
    }
}
