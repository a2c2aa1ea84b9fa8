//! Accidents in which a stated number of people are trapped, and who comes to their rescue when.

use crate::model::record::RunRecord;
use crate::verify::Refusal;
use crate::verify::closed_form::rescue::Weibull;
use crate::verify::laboratory::Laboratory;
use crate::verify::losses::{ANY_SEVERITY, Losses};
use crate::verify::stripped::{Stripped, TRADE};
use crate::vocabulary::{Category, SizeClass};

/// Accidents a year at most.
const A_YEAR: u64 = 2000;
/// Accidents at least, so that each run has some, and at most, so that it ends soon.
const ACCIDENTS: [u64; 2] = [20, 100_000];
/// People: so many that nobody is missed.
const PEOPLE: u64 = 2_000_000_000;
/// Teams: so many that nobody waits for one.
const TEAMS: f64 = 1e9;
/// Tail exponent of the number trapped at which the cap is always reached.
const ALWAYS_AT_CAP: f64 = 1e-6;

/// What happens at the scene.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene {
    /// People trapped in each accident.
    pub trapped: u32,
    /// How long they live.
    pub lives: Weibull,
    /// People at the scene: start (hours) and mean time to free a person (hours); 0 = at once.
    pub responders: [f64; 2],
    /// Teams, likewise.
    pub teams: [f64; 2],
}

/// Runs of accidents of one kind.
pub(super) struct Accidents {
    laboratory: Laboratory,
    years: u64,
}

impl Accidents {
    /// Accidents in which so many people are trapped altogether, about. With `responders` everybody at the
    /// scene is trained and gets at all of the trapped; without nobody does.
    pub(super) fn new(scene: &Scene, people: u64, responders: bool) -> Result<Self, Refusal> {
        let [fewest, most] = ACCIDENTS;
        let accidents = (people / u64::from(scene.trapped)).clamp(fewest, most);
        let rate = accidents.min(A_YEAR);
        let losses = Losses::new(rate as f64, ANY_SEVERITY);
        let mut stripped = Stripped::new()?;
        losses.put(&mut stripped);
        put(&mut stripped, scene);
        let share = if responders { 1.0 } else { 0.0 };
        stripped.facts().rescue.first_responder_effect = share;
        let mut laboratory = stripped.laboratory();
        losses.thin(&mut laboratory);
        let effects = &mut laboratory.regime.effects;
        effects.sharing.responder_share = 1.0;
        effects.responsibility.handover_hours[Category::Accident] = 0.0;
        effects.intervention.response_capacity[Category::Accident] = 1.0;
        Ok(Accidents {
            laboratory,
            years: accidents.div_ceil(rate),
        })
    }

    /// Those who were saved, and all who were trapped.
    pub(super) fn saved(&self, seed: u64) -> Result<[u64; 2], Refusal> {
        let count = |record: &RunRecord| {
            let rows = record.events.iter();
            rows.fold([0, 0], |[saved, trapped], row| {
                let here = row.magnitude as u64;
                [saved + here - row.deaths, trapped + here]
            })
        };
        let counts = self.laboratory.replications(seed, self.years, 1, count)?;
        Ok([0, 1].map(|column: usize| counts.iter().map(|count| count[column]).sum()))
    }
}

fn put(stripped: &mut Stripped, scene: &Scene) {
    stripped.inhabit(PEOPLE);
    let society = stripped.facts();
    society.natural.weibull_shape = scene.lives.shape;
    society.reporting.late_share = 0.0;
    let rescue = &mut society.rescue;
    rescue.acute_weibull_scale_hours = scene.lives.scale;
    rescue.teams_per_county = TEAMS;
    rescue.travel_hours_town = 0.0;
    rescue.travel_hours_country = 0.0;
    [rescue.scene_start_hours, rescue.scene_digging_hours] = scene.responders;
    [rescue.detect_hours, rescue.team_digging_hours] = scene.teams;
    let trade = &mut society.trades[TRADE];
    trade.fatal_share = 1.0;
    trade.rescuable_share = 1.0;
    trade.deaths_tail_alpha = ALWAYS_AT_CAP;
    trade.sizes[SizeClass::Large].deaths_cap = scene.trapped;
}
