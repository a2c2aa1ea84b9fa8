//! The commands as a user runs them: what they print, the files that they write, what they refuse.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/seminar.rs"]
mod made;
#[path = "../common/program.rs"]
mod program;

mod attribute;
mod chart_command;
mod checkpoint;
mod effort;
mod experiments;
mod explain;
mod faults;
mod inputs;
mod kept;
mod reproduce;
mod robustness;
mod said;
mod seminar;
mod sensitivity;
mod settle;
mod story;
