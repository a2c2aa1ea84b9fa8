//! The pages in a real headless Chromium. These tests need the package `chromium` and are run by name:
//!
//! `cargo test --release --test browser -- --ignored`

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/seminar.rs"]
mod made;
#[path = "../common/program.rs"]
mod program;

mod report;
mod seminar;
