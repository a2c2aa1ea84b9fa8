//! riskweave: who is responsible for which safety risk, and who shares the losses?
//!
//! A multi-agent simulator of the social-safety risk prevention and control network
//! (织密社会安全风险防控网). Governments, enterprises and citizens live through the same history of
//! dangers under different policies; the differences are the answer. `docs/odd.md` specifies the model.

pub mod calibration;
pub mod cli;
pub mod experiment;
mod fault_injection;
pub mod lint;
pub mod measures;
pub mod model;
pub mod output;
pub mod report;
pub mod scenario;
pub mod verify;
pub mod vocabulary;
