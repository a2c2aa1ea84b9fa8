//! The three kinds of agent: what each decides, and by which equation.
//!
//! Governments split inspection and budgets ([`government`]); enterprises take care, comply and
//! report ([`enterprise`], [`stake`], [`reporting`]); citizens protect themselves, insure, trust and
//! complain ([`citizen`]).

pub mod citizen;
pub mod enterprise;
pub mod government;
pub mod reporting;
pub mod stake;
