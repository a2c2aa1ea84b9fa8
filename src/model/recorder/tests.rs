//! Sums that are written down, by hand.

use super::Recorder;
use super::year::relief_and_rebuilding;
use crate::model::Model;
use crate::model::state::{State, Totals};
use crate::scenario::{Overrides, load_experiment};
use crate::vocabulary::{Layer, Vocabulary};

/// The seminar county at the beginning, and a recorder for it.
fn beginning() -> (Recorder, State) {
    let checked = load_experiment("seminar-county", &Overrides::default()).unwrap();
    let model = Model::new(checked.society.clone(), 1000);
    let regime = model.regime(&checked.baseline, &checked.baseline, true);
    let state = model.burn_in(&regime, &model.history(1, 0, 1), 0);
    (Recorder::new(&model, &regime, true, &state), state)
}

#[test]
fn a_week_of_enterprises_is_a_part_of_their_year() {
    let (mut recorder, _) = beginning();
    for _ in 0..2 {
        recorder.enterprises(&Totals {
            visits: 52.0,
            found: 104.0,
            suspensions: 156.0,
            reported: 208.0,
            ..Totals::default()
        });
    }
    let year = &recorder.year;
    let found = [
        year.visits,
        year.hazards_found,
        year.suspensions,
        year.hazards_reported,
    ];
    assert_eq!(found, [2.0, 4.0, 6.0, 8.0]);
}

#[test]
fn parametric_cover_beyond_the_loss_spares_relief() {
    let (_, state) = beginning();
    let mut books = state.books;
    books.ledger.year_paid[Layer::Relief.number()] = 100;
    books.year.consolation = 30;
    books.year.public_rebuilding = 50;
    books.year.index_excess = 20;
    assert_eq!(relief_and_rebuilding(&books), 160);
    books.year.index_excess = 500;
    assert_eq!(relief_and_rebuilding(&books), 0);
}
