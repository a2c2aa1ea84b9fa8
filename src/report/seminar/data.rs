//! What the page holds, as plain data; numbers of every history are coded as text.

use serde::Serialize;

use crate::report::charts::Words;

/// Everything.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    /// Version of the program.
    pub version: &'static str,
    /// Years of each history.
    pub years: u32,
    /// Years before, under the present arrangement, that are not measured.
    pub burn_in_years: u32,
    /// Seed of the dangers.
    pub seed: u64,
    /// Half-width of a 95 % interval over the standard error, by the number of values (from 0).
    pub quantiles: Vec<Option<f64>>,
    /// Weeks after a strike of the points of a recovery curve.
    pub weeks: Vec<usize>,
    /// Keys and names of the measures, in the order of the numbers.
    pub measures: Vec<Named>,
    /// Who bears losses, with the colour and pattern of each.
    pub bearers: Vec<Bearing>,
    /// Colours of the present arrangement and of what is compared with it.
    pub colours: [String; 2],
    /// The six mechanisms, in the order of the bits of a combination.
    pub mechanisms: Vec<Named>,
    /// The four dimensions of the cards, in the order of the digits of a hand.
    pub dimensions: Vec<Dimension>,
    /// The four phases.
    pub phases: Vec<Named>,
    /// The societies.
    pub societies: Vec<Society>,
}

/// A key with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Key in files.
    pub key: &'static str,
    /// Name.
    pub name: Words,
}

/// Who bears losses.
#[derive(Clone, Debug, Serialize)]
pub struct Bearing {
    /// Key and name.
    #[serde(flatten)]
    pub named: Named,
    /// Ground, `#rrggbb`.
    pub colour: String,
    /// Direction of the lines over it.
    pub hatch: &'static str,
    /// Whether text upon it is white.
    pub dark: bool,
}

/// A dimension of the cards.
#[derive(Clone, Debug, Serialize)]
pub struct Dimension {
    /// Key.
    pub key: &'static str,
    /// Its cards.
    pub cards: Vec<Card>,
}

/// A card.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Words,
    /// What it means; empty where the page's own words say it.
    pub text: Words,
}

/// One society with its runs. Combinations are the 64 of the switches, then the 144 hands.
#[derive(Clone, Debug, Serialize)]
pub struct Society {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Words,
    /// People.
    pub people: f64,
    /// Short identity of the runs.
    pub identity: String,
    /// Number of each history, from 1.
    pub histories: Vec<u32>,
    /// For each combination and measure, one number a history.
    pub values: String,
    /// For each combination and bearer, the mean loss borne (yuan a year).
    pub borne: String,
    /// For each combination and point of the recovery curve, mean and half-width of its interval.
    pub curves: String,
    /// The event to follow.
    pub story: Option<Story>,
}

/// The event to follow.
#[derive(Clone, Debug, Serialize)]
pub struct Story {
    /// Number of its history, from 1.
    pub history: u32,
    /// Category of the first event.
    pub category: Words,
    /// Under the present arrangement, then under the network.
    pub sides: [Side; 2],
}

/// The event under one policy.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// Name of the policy.
    pub name: Words,
    /// Who has which duty, one a phase.
    pub duties: Vec<Duty>,
    /// The event, then what it set off.
    pub events: Vec<Event>,
}

/// Who has a duty in a phase.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duty {
    /// Who leads.
    pub lead: Option<Words>,
    /// Share of the duty that nobody owns (0–1).
    pub gap: f64,
    /// Share that several own at once.
    pub overlap: f64,
    /// Hours lost where the lead passes on from the phase before.
    pub handover_hours: f64,
    /// Probability that a message is lost there.
    pub message_loss: f64,
}

/// One event.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Week since the beginning of the history, from 0.
    pub week: u32,
    /// Kind.
    pub kind: Words,
    /// Generation; 0 = the first.
    pub generation: u32,
    /// Counties struck.
    pub counties: u32,
    /// Share of the people struck who were warned in time (0–1).
    pub warned: f64,
    /// Hours to the arrival of professional rescue.
    pub hours_to_reach: f64,
    /// Whether it set off nothing else.
    pub contained: bool,
    /// Deaths.
    pub deaths: u64,
    /// Deaths as reported.
    pub deaths_reported: u64,
    /// Injured.
    pub injuries: u64,
    /// Loss (yuan).
    pub loss: f64,
    /// Paid by insurance (yuan).
    pub insured: f64,
    /// Borne by governments (yuan).
    pub public: f64,
    /// Left with residents (yuan).
    pub residents: f64,
    /// Who owned the phase that failed.
    pub failed_owner: Option<Words>,
}
