//! The ten stages of a week, one file each; `step.rs` calls them in order.

pub mod admit;
pub mod decide;
pub mod false_alarms;
pub mod impact;
pub mod intervene;
pub mod learn;
pub mod measure;
pub mod occur;
pub mod outbreaks;
pub mod pressure;
pub mod recover;
pub mod settle;
pub mod small_harm;

use crate::model::hazards::candidates::CountySource;
use crate::vocabulary::{Kind, Owner, Phase};

/// Where an event comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// An enterprise agent (one of its establishments).
    Enterprise(u32),
    /// A natural event of the history.
    Footprint(u32),
    /// A county as a whole.
    County(CountySource),
}

/// Something that happens in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Identity, the same under every policy.
    pub identity: u64,
    /// Identity of the parent; 0 = root.
    pub parent: u64,
    /// Generation in the cascade.
    pub generation: u32,
    /// Kind.
    pub kind: Kind,
    /// County of origin.
    pub county: u32,
    /// Source.
    pub source: Source,
    /// Second of the year; a child's is that of its root.
    pub second: u32,
}

/// What intervention makes of an event, before anybody is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one event, each independent of the others"
)]
pub struct Response {
    /// Whether a danger was forecast.
    pub forecast: bool,
    /// Share of the people struck who were warned in time and moved (at full heed).
    pub warned_share: f64,
    /// Hours until professional rescue arrives.
    pub hours: f64,
    /// Whether the teams contained it before it could set off another.
    pub contained: bool,
    /// Events that it sets off.
    pub children: u32,
    /// Whether a trained person was at the scene.
    pub helped: bool,
    /// Potential dead (accidents, social incidents) or cases.
    pub potential: u32,
    /// Share of the savable whom the people at the scene save.
    pub saved_at_scene: f64,
    /// Share of the savable whom professionals save of the rest.
    pub saved_by_teams: f64,
    /// Whether the accident is reported late, if it is reported.
    pub late: bool,
    /// Whether nobody acted who should have prevented, warned or responded in the phase that failed.
    pub neglected: bool,
    /// The phase that failed, and who owned it.
    pub failed: Option<(Phase, Option<Owner>)>,
}

/// Who and what was hurt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Harm {
    /// Deaths.
    pub deaths: u32,
    /// Deaths of people who do not work there.
    pub third_party_deaths: u32,
    /// Deaths as reported.
    pub reported: u32,
    /// Whether the event is known to the authorities.
    pub known: bool,
    /// Whether nobody reported it, without intent.
    pub missed: bool,
    /// Whether a concealment came out.
    pub exposed: bool,
    /// Injured or ill.
    pub injuries: u32,
    /// Size: magnitude, severity, potential dead, cases or people.
    pub magnitude: f64,
    /// Deaths by income fifth.
    pub deaths_by_fifth: [u32; 5],
    /// Counties struck.
    pub counties: u32,
    /// Share of the people struck who were warned.
    pub warned_share: f64,
}
