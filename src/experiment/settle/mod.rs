//! A user's losses under a policy or a programme of layers: who bears them, by the settlement of the
//! model itself.

mod arranged;
mod layers;
mod programmed;
#[cfg(test)]
mod tests;

pub(in crate::experiment) use arranged::strike;
pub use arranged::{Assumed, under_policy};
pub use layers::{LayerFigures, LayerTally, figures};
pub use programmed::under_programme;

use std::collections::BTreeMap;

use crate::model::record::Fen;
use crate::scenario::losses::Loss;

/// A word in both languages, with its key in the files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Key.
    pub key: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A part of one loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which loss (position in the table).
    pub loss: usize,
    /// Which layer (position in [`Settled::layers`]).
    pub layer: usize,
    /// Which bearer (position in [`Settled::bearers`]).
    pub bearer: usize,
    /// Amount (fen).
    pub fen: Fen,
}

/// All losses settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Layers, in the order of the ladder.
    pub layers: Vec<Name>,
    /// Bearers.
    pub bearers: Vec<Name>,
    /// Parts of the losses, by loss and layer; none is zero, and those of a loss sum to it.
    pub parts: Vec<Part>,
    /// What each layer paid, year by year.
    pub tallies: Vec<LayerTally>,
}

impl Settled {
    /// What each bearer bears in all (fen).
    pub fn by_bearer(&self) -> Vec<Fen> {
        let mut sums = vec![0; self.bearers.len()];
        for part in &self.parts {
            sums[part.bearer] += part.fen;
        }
        sums
    }
}

/// The events of a table: losses of one year and event name.
///
/// Years in order, events of a year in the order of their names (yearly limits are used up in this
/// order), losses of an event in the order of their claimants: the order of rows does not matter.
fn events(losses: &[Loss]) -> Vec<Vec<usize>> {
    let mut events: BTreeMap<(u32, &str), Vec<usize>> = BTreeMap::new();
    for (number, loss) in losses.iter().enumerate() {
        let event = events.entry((loss.year, &loss.event)).or_default();
        event.push(number);
    }
    let mut events: Vec<Vec<usize>> = events.into_values().collect();
    for event in &mut events {
        event.sort_by_key(|loss| losses[*loss].identity());
    }
    events
}

/// First year of the table and number of years to the last; years without a row had no loss.
pub fn years(losses: &[Loss]) -> (u32, usize) {
    let years = || losses.iter().map(|loss| loss.year);
    let first = years().min().unwrap_or(0);
    let last = years().max().unwrap_or(0);
    (first, (last - first) as usize + 1)
}
