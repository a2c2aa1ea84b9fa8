//! Settlement: every fen of loss finds its final bearer, once, downward.
//!
//! The ladder, each step applied to what is still unpaid and never more than the loss: statutory
//! social insurance; the injurer's legal debt (liability cover, then liquid assets); the victim's own
//! cover, bought by itself or by a government for it; the catastrophe pool and its reinsurance
//! (insurers cede a part of what they pay to reinsurers of their own, [`reinsurance`]);
//! relief, and parametric cover of governments; counterpart aid and charity; the owner keeps the rest.
//!
//! Three accounts that are never mixed: loss ([`ledger`]), transfers and resources ([`accounts`]).
//! One file for each ladder: [`natural`] disasters, an [`accident`], a health or social event
//! ([`person`]); premiums are computed from the same ladder ([`tariff`]) and earned
//! as time goes by ([`premiums`]).

pub mod accident;
pub mod accounts;
pub mod arrangement;
pub mod books;
pub mod capital;
pub mod credibility;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod group_terms;
pub mod ledger;
pub mod money;
pub mod natural;
pub mod person;
pub mod portfolio;
pub mod premiums;
pub mod reinsurance;
pub mod tariff;
pub mod terms;
