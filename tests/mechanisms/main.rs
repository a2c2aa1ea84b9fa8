//! What each lever does: moved alone, from the present arrangement, through the same dangers, it moves
//! the measures that theory says, in the stated direction, with a paired 95 % interval without zero.
//!
//! What it means that a mechanism is off stands in `neutral.rs`.

#[path = "../common/mod.rs"]
mod common;

mod bearing;
mod before_events;
mod enterprises;
mod figures;
mod governing;
mod insurers;
mod levers;
mod neutral;
mod terms;

use std::sync::OnceLock;

use common::claims::{Claim, require_in};
use common::{COUNTRY, Laboratory};
use riskweave::model::record::RunRecord;

/// The laboratory and the runs of the present arrangement, shared by all tests.
fn present() -> &'static (Laboratory, Vec<RunRecord>) {
    static PRESENT: OnceLock<(Laboratory, Vec<RunRecord>)> = OnceLock::new();
    PRESENT.get_or_init(|| {
        let laboratory = Laboratory::new(COUNTRY);
        let runs = laboratory.run(&laboratory.checked.baseline);
        (laboratory, runs)
    })
}

/// Requires that everything claimed follows; tells all that does not.
fn require(claims: &[Claim]) {
    let (laboratory, before) = present();
    require_in(laboratory, before, claims);
}
