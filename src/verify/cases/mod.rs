//! The cases by topic; each file exports its own.

use super::{Case, Text};

pub mod behaviour;
pub mod governing;
pub mod insurance;
pub mod losses;
pub mod recovery;
pub mod rescue;

/// All cases by topic, in the order of `docs/theory.md`.
pub const ALL: [&[Case]; 6] = [
    losses::CASES,
    insurance::CASES,
    behaviour::CASES,
    governing::CASES,
    rescue::CASES,
    recovery::CASES,
];

/// Parameters of cases that are words or texts, not numbers.
pub const TEXTS: &[Text] = &[behaviour::SCHEDULE, governing::COALITIONS];
