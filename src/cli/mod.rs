//! The command line: parse, check, run, report.

pub mod compare;
mod numbers;
pub mod options;
pub mod progress;
pub mod run;
pub mod table;
