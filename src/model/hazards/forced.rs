//! One natural event of a stated return period, put into every history: the same for every policy.
//!
//! Catalogue years of the hazard are drawn, the largest direct loss that a single event brings to the
//! province is noted for each, and the event is taken that is met once in the return period. What is
//! drawn around it (who is warned, who is trapped) differs from replication to replication.

use crate::model::Model;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::hazards::harm;
use crate::model::hazards::natural::{self, NaturalEvent, NaturalHistory, Strike};
use crate::model::world::Span;
use crate::vocabulary::NaturalKind;

/// Replication number of the catalogue: none of a run's, and not that of the premiums.
const CATALOGUE: u32 = u32::MAX - 1;
/// Catalogue years for each year of the return period: the event is one of this rank.
const RANK: u32 = 20;
/// Set in the identity of a forced event, which no drawn event has.
const FORCED: u64 = 1 << 60;

/// A natural event with its footprint, and when it strikes.
#[derive(Clone, Debug, PartialEq)]
pub struct ForcedStrike {
    event: NaturalEvent,
    strikes: Vec<Strike>,
    /// Direct loss in the province at the initial state (yuan).
    pub loss_yuan: f64,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Hazard.
    pub kind: NaturalKind,
    /// Position of the province.
    pub province: usize,
    /// Return period of the largest loss of a year (years).
    pub return_period_years: f64,
    /// Week of the history.
    pub week: u32,
}

impl ForcedStrike {
    /// The event of a return period; `None` where the province is not struck that often.
    pub fn find(model: &Model, wanted: Wanted) -> Option<Self> {
        let years = libm::ceil(wanted.return_period_years) as u32 * RANK;
        let catalogue = natural::history_of(
            &model.world,
            &model.society,
            &model.tables.exposure,
            (model.society.seed, CATALOGUE),
            years * WEEKS_PER_YEAR,
            &[wanted.kind],
        );
        let mut largest = vec![(0.0, usize::MAX); years as usize];
        for (number, event) in catalogue.events.iter().enumerate() {
            let loss = loss_in(model, wanted.province, event, &catalogue);
            let year = &mut largest[(event.week / WEEKS_PER_YEAR) as usize];
            if loss > year.0 {
                *year = (loss, number);
            }
        }
        largest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (loss_yuan, number) = largest[RANK as usize - 1];
        let event = catalogue.events.get(number)?;
        Some(ForcedStrike {
            strikes: catalogue.strikes[event.strikes.rows()].to_vec(),
            event: NaturalEvent {
                identity: event.identity | FORCED,
                week: wanted.week,
                time: (f64::from(wanted.week) + 0.5) / f64::from(WEEKS_PER_YEAR),
                // Neither luck nor misfortune of the hour: the factors have mean one.
                death_factor: 1.0,
                lead_factor: 1.0,
                ..*event
            },
            loss_yuan,
        })
    }

    /// Week of the history in which it strikes.
    pub fn week(&self) -> u32 {
        self.event.week
    }

    /// Puts the event behind the drawn ones.
    pub(super) fn add_to(&self, history: &mut NaturalHistory) {
        let start = history.strikes.len() as u32;
        history.strikes.extend_from_slice(&self.strikes);
        let end = history.strikes.len() as u32;
        history.events.push(NaturalEvent {
            strikes: Span { start, end },
            ..self.event
        });
    }
}

/// Direct loss of an event in a province at the initial state (yuan).
fn loss_in(model: &Model, province: usize, event: &NaturalEvent, all: &NaturalHistory) -> f64 {
    let of = &model.world.counties.province;
    let strikes = all.strikes[event.strikes.rows()].iter();
    let here = strikes.filter(|strike| usize::from(of[strike.county as usize]) == province);
    here.map(|strike| {
        let (world, society) = (&model.world, &model.society);
        harm::base_damage(world, society, &model.vulnerability, event.kind, strike)
            .values()
            .iter()
            .sum::<f64>()
    })
    .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_society;

    #[test]
    fn a_rarer_event_costs_more_and_changes_no_drawn_event() {
        let society = load_society("seminar-county", &[]).unwrap();
        let model = Model::new(society, 1000);
        let wanted = |return_period_years| Wanted {
            kind: NaturalKind::Flood,
            province: 0,
            return_period_years,
            week: 60,
        };
        let rare = ForcedStrike::find(&model, wanted(100.0)).unwrap();
        let usual = ForcedStrike::find(&model, wanted(10.0)).unwrap();
        assert_eq!(rare.week(), 60);
        assert!(rare.loss_yuan > usual.loss_yuan && usual.loss_yuan > 0.0);
        let (without, with) = (
            model.history(5, 0, 104),
            model.history_with(5, 0, 104, &rare),
        );
        let drawn = without.natural.events.len();
        assert_eq!(with.natural.events[..drawn], without.natural.events[..]);
        assert_eq!(with.natural.events.len(), drawn + 1);
        assert_eq!(with.week(60).len(), without.week(60).len() + 1);
        assert_eq!(with.week(59).len(), without.week(59).len());
        assert_eq!(with.shares.len(), without.shares.len() + rare.strikes.len());
    }
}
