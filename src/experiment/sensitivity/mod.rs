//! Which uncertain parameter a conclusion hangs on: the difference between two policies as a function of
//! the facts and behaviour that nobody knows exactly, each within its declared range.
//!
//! First a screening of many parameters (Morris), then shares of the variance for the few that matter
//! (Sobol). The estimators ([`morris`], [`sobol`]) are pure functions of a matrix of values and of what came
//! out; [`study`] lets the model be that function.

pub mod design;
pub mod design_file;
pub mod effort;
pub mod factors;
pub mod morris;
mod refusal;
pub mod resample;
pub mod results;
pub mod sobol;
pub mod study;

pub use factors::{Factor, Grade};
pub use refusal::Refusal;

use crate::vocabulary::{Vocabulary, vocabulary};

vocabulary! {
    /// How a parameter's weight is found.
    Method {
        Morris = "morris", "莫里斯筛选", "Morris screening";
        Sobol = "sobol", "索博尔指数", "Sobol indices";
    }
}
