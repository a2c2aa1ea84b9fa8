//! Natural strikes on the only county of the stripped society, each of a stated loss of function and all
//! of one time constant of recovery.

use super::Refusal;
use super::laboratory::Laboratory;
use super::stripped::Stripped;
use crate::model::History;
use crate::model::hazards::natural::{NaturalEvent, NaturalHistory, Strike};
use crate::model::transcendental::log;
use crate::model::world::Span;
use crate::scenario::society::Society;
use crate::vocabulary::{Category, NaturalKind, Table};

/// Damage of a strike on the scale from 0 to 1; single precision holds it exactly.
pub const DAMAGE: f32 = 0.5;
/// Intensity of a strike: above the threshold of every hazard but the earthquake.
const INTENSITY: f32 = 2.0;
/// Value of each stock (yuan): so much that rounding to the fen does not matter.
const STOCK_YUAN: f64 = 1e13;
/// −ln(1 − loss) beyond which nothing is left in double precision.
const DEEPEST: f64 = 40.0;

/// Puts kinds of danger with a stated loss of function each into the society: loss = 1 − e^{−k·d} for the
/// share d of assets destroyed. No asset is slower than another, neither money nor preparation matters, nobody dies.
pub fn put(society: &mut Society, losses: &[(NaturalKind, f64)], time_constant_weeks: f64) {
    let depth = |loss: f64| (-log(1.0 - loss)).min(DEEPEST);
    let deepest = losses.iter().map(|(_, loss)| depth(*loss));
    let deepest = deepest.fold(f64::MIN_POSITIVE, f64::max);
    for (kind, loss) in losses {
        let hazard = &mut society.hazards[*kind];
        hazard.damage_ratio = Table::from_fn(|_| depth(*loss) / deepest);
        hazard.recovery_weeks = time_constant_weeks;
        hazard.death_rate_scale = 0.0;
    }
    society.natural.goods_saved_per_day_of_warning = 0.0;
    society.natural.preparedness_loss_avoided = 0.0;
    let recovery = &mut society.recovery;
    recovery.functional_loss_factor = deepest / f64::from(DAMAGE);
    recovery.severity_slowdown = 0.0;
    recovery.money_gap_slowdown = 0.0;
    recovery.infrastructure_weeks = time_constant_weeks;
    recovery.goods_weeks = time_constant_weeks;
    recovery.crops_weeks = time_constant_weeks;
    recovery.repaired_below = 0.0;
}

/// The laboratory of a society of such dangers.
pub fn laboratory(stripped: Stripped) -> Laboratory {
    let mut laboratory = stripped.laboratory();
    for stocks in &mut laboratory.model.world.counties.stock_yuan {
        *stocks = Table::from_fn(|_| STOCK_YUAN);
    }
    laboratory.regime.effects.responsibility.recovery_hours[Category::Natural] = 0.0;
    laboratory
}

/// The laboratory of strikes of these losses.
///
/// # Errors
/// If the stripped society does not load.
pub fn laboratory_of(
    losses: &[(NaturalKind, f64)],
    time_constant_weeks: f64,
    change: impl FnOnce(&mut Society),
) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    put(stripped.facts(), losses, time_constant_weeks);
    change(stripped.facts());
    Ok(laboratory(stripped))
}

/// A history of so many years in which one strike of each kind comes at the beginning of a stated week.
pub fn history(laboratory: &Laboratory, years: u32, struck: &[(NaturalKind, u32)]) -> History {
    let mut natural = NaturalHistory::default();
    for (number, (kind, week)) in (0..).zip(struck) {
        natural.strikes.push(Strike {
            county: 0,
            intensity: INTENSITY,
            damage: DAMAGE,
        });
        natural.events.push(NaturalEvent {
            identity: u64::from(number) + 1,
            week: *week,
            // A little after the beginning, so that rounding does not put it into the week before.
            time: (f64::from(*week) + 0.01) / 52.0,
            kind: *kind,
            magnitude: f64::from(INTENSITY),
            origin: 0,
            strikes: Span {
                start: number,
                end: number + 1,
            },
            death_factor: 1.0,
            lead_factor: 1.0,
        });
    }
    laboratory.stated(0, years, Vec::new(), natural)
}
