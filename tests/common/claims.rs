//! Claims of what a lever does: moved alone through the same dangers, it moves a figure the stated way,
//! with a paired 95 % interval without zero.

use riskweave::model::record::RunRecord;
use riskweave::scenario::policy::Policy;

use super::{Laboratory, paired};

/// Which way a figure goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// More of it.
    More,
    /// Less of it.
    Less,
}
use Way::{Less, More};

/// A figure of a run with its name.
pub type Figure = (&'static str, fn(&RunRecord) -> f64);

/// A lever moved, and what follows.
pub struct Claim {
    pub lever: &'static str,
    pub moved: fn(&mut Policy),
    pub follows: &'static [(Way, Figure)],
}

/// Requires that everything claimed follows in a laboratory; tells all that does not.
pub fn require_in(laboratory: &Laboratory, before: &[RunRecord], claims: &[Claim]) {
    let mut broken = String::new();
    for claim in claims {
        let after = laboratory.with(claim.moved);
        for (way, figure) in claim.follows {
            broken.push_str(&judge(claim.lever, before, &after, *way, *figure));
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

/// An empty text if the figure goes the way, else what it does.
pub fn judge(
    lever: &str,
    before: &[RunRecord],
    after: &[RunRecord],
    way: Way,
    figure: Figure,
) -> String {
    let (name, value) = figure;
    let difference = paired(before, after, value);
    let as_said = match way {
        More => difference.low > 0.0,
        Less => difference.high < 0.0,
    };
    if as_said {
        return String::new();
    }
    let level = before.iter().map(value).sum::<f64>() / before.len() as f64;
    let (mean, low, high) = (difference.mean, difference.low, difference.high);
    format!("{lever}: {way:?} {name} expected, not {mean:+} ({low} to {high}) on {level}\n")
}
