use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::json;

use super::shelf::Shelf;
use super::*;
use crate::experiment::run::Engine;
use crate::experiment::simulator::Simulator;
use crate::experiment::simulator::checkpointed::{Checkpointed, Checkpoints, Reached, Resumed};
use crate::model::columns::{Column, ColumnMut};
use crate::model::journey::{LaidDown, UnderWay};
use crate::model::record::RunRecord;
use crate::model::{History, Model, Regime};
use crate::output::replications::checksum::checksum;
use crate::scenario::{Overrides, without_file};
use crate::vocabulary::Language;

/// Four checkpoints a year; the society has a year of burn-in, and a year after it.
const EVERY: u32 = 13;

fn identity(seed: u64) -> Identity {
    Identity::new(json!({ "seed": seed }), format!("hash {seed}"), 0)
}

/// A small society under two policies, with more natural years.
fn simulator(start: &str) -> Simulator {
    let overrides = Overrides {
        policies: vec!["current-2020".to_owned(), "network".to_owned()],
        years: Some(1),
        replications: Some(2),
        people_per_agent: Some(3000),
        sets: vec![
            "experiment.burn_in_years=1".to_owned(),
            format!("experiment.start=\"{start}\""),
        ],
        ..Overrides::default()
    };
    Simulator::new(&without_file("seminar-county", &overrides).unwrap()).with_tail(3)
}

/// A place that passes everything on to a shelf and, like a kill, lets nothing be written from some call on.
struct Killed {
    shelf: Shelf,
    left: std::sync::atomic::AtomicI32,
}

impl Killed {
    fn after(folder: &Path, calls: i32) -> Self {
        fs::create_dir_all(folder.join(FOLDER)).unwrap();
        let digest = *identity(1).digest();
        Killed {
            shelf: Shelf::new(folder, digest, Some(EVERY), 2, Language::English),
            left: calls.into(),
        }
    }
}

impl Checkpoints for Killed {
    fn every(&self) -> Option<u32> {
        self.shelf.every()
    }
    fn holds(&self, part: Part) -> bool {
        self.shelf.holds(part)
    }
    fn newest(&self, part: Part) -> Option<Resumed> {
        self.shelf.newest(part)
    }
    fn lay_down(&self, part: Part, week: u32, reached: Reached<'_>) {
        let before = self.left.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        assert!(before > 0, "killed");
        self.shelf.lay_down(part, week, reached);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let found = in_replications(&folder.join(FOLDER)).unwrap();
    found.into_iter().map(|(place, _)| place.name()).collect()
}

fn replication<E: Engine<Record = RunRecord>>(engine: &E) -> Vec<RunRecord> {
    let start = engine.prepare(1);
    let first = engine.run(&start, 0);
    vec![first, engine.run_last(start, 1)]
}

/// The replication, unless it is killed after so many checkpoints, and how many were made.
fn killed(simulator: &Simulator, folder: &Path, calls: i32) -> (Option<Vec<RunRecord>>, i32) {
    let engine = Checkpointed {
        simulator,
        checkpoints: Killed::after(folder, calls),
    };
    let work = std::panic::AssertUnwindSafe(|| replication(&engine));
    let ended = std::panic::catch_unwind(work).ok();
    (ended, calls - engine.checkpoints.left.into_inner().max(0))
}

#[test]
fn a_replication_that_is_killed_after_any_checkpoint_ends_in_the_same_record() {
    for start in ["baseline", "own-equilibrium"] {
        let simulator = simulator(start);
        let whole = replication(&simulator);
        assert!(!whole[0].tail.years.is_empty());
        // Four quarters of a burn-in, three quarters and the end of each policy.
        let all = if start == "baseline" {
            4 + 2 * 4
        } else {
            2 * 8
        };
        for calls in 0..=all {
            let root = tempfile::tempdir().unwrap();
            let (broken, made) = killed(&simulator, root.path(), calls);
            assert_eq!((broken.is_none(), made), (calls < all, calls));
            assert!(names(root.path()).len() <= 3, "{:?}", names(root.path()));
            let (resumed, made) = killed(&simulator, root.path(), i32::MAX);
            assert!(resumed.unwrap() == whole, "{start}, {calls} checkpoints");
            // What was done before is not done again.
            assert_eq!(made, all - calls, "{start}, {calls} checkpoints");
        }
    }
}

#[test]
fn a_damaged_checkpoint_is_passed_over_for_an_older_one_or_a_fresh_run() {
    let simulator = simulator("baseline");
    let whole = replication(&simulator);
    let root = tempfile::tempdir().unwrap();
    let kept = root.path().join(FOLDER).join(UNFINISHED);
    let (older, newer) = (
        kept.join("00002-001-00078.checkpoint"),
        kept.join("00002-001-00091.checkpoint"),
    );
    // The whole burn-in, and of the first policy so many quarters.
    killed(&simulator, root.path(), 4 + 2);
    let [burn_in, before] =
        [&kept.join("00002-000-00052.checkpoint"), &older].map(|path| fs::read(path).unwrap());
    killed(&simulator, root.path(), 1);
    let after = fs::read(&newer).unwrap();
    assert!(!older.exists());
    let mut changed = after.clone();
    changed[after.len() / 2] ^= 1;
    for (damaged, older_too, left) in [
        (after.clone(), true, 1 + 4),
        (changed.clone(), true, 2 + 4),
        (after[..after.len() / 2].to_vec(), true, 2 + 4),
        (Vec::new(), true, 2 + 4),
        (changed, false, 4 + 4),
    ] {
        fs::remove_dir_all(&kept).unwrap();
        fs::create_dir_all(&kept).unwrap();
        fs::write(kept.join("00002-000-00052.checkpoint"), &burn_in).unwrap();
        fs::write(&newer, &damaged).unwrap();
        if older_too {
            fs::write(&older, &before).unwrap();
        }
        check(root.path(), &identity(1)).unwrap();
        let (ended, made) = killed(&simulator, root.path(), i32::MAX);
        assert!(ended.unwrap() == whole);
        assert_eq!(made, left);
    }
}

#[test]
fn checkpoints_of_another_run_or_part_are_refused_and_damaged_ones_are_not() {
    let simulator = simulator("baseline");
    let root = tempfile::tempdir().unwrap();
    killed(&simulator, root.path(), 1);
    let path = root
        .path()
        .join(FOLDER)
        .join(UNFINISHED)
        .join("00002-000-00013.checkpoint");
    let checked = |seed| match check(root.path(), &identity(seed)) {
        Ok(()) => None,
        Err(OutputError::Kept { fault, .. }) => Some(fault),
        Err(other) => panic!("{other}"),
    };
    assert_eq!(checked(1), None);
    assert_eq!(checked(2), Some(Fault::OtherRun));
    let whole = fs::read(&path).unwrap();
    let sealed = |at: usize, byte: u8| {
        let mut changed = whole.clone();
        changed[at] = byte;
        let (written, sum) = changed.split_last_chunk_mut().unwrap();
        *sum = checksum(written);
        changed
    };
    for (at, byte, fault) in [
        (0, b'X', Fault::Foreign),
        (8, 9, Fault::Format(9)),
        (12, whole[12] ^ 1, Fault::OtherRun),
        (44, 7, Fault::OtherReplication(7)),
        (48, 3, Fault::OtherPart),
        (52, 14, Fault::OtherPart),
    ] {
        fs::write(&path, sealed(at, byte)).unwrap();
        assert_eq!(checked(1), Some(fault));
        // The same without its checksum is damage.
        let mut damaged = whole.clone();
        damaged[at] = byte;
        fs::write(&path, damaged).unwrap();
        assert_eq!(checked(1), None);
    }
}

#[test]
fn names_are_those_that_are_written() {
    let part = |replication, policy| Part {
        replication,
        policy,
    };
    for (place, name) in [
        (
            Place {
                part: part(0, None),
                week: 52,
            },
            "00001-000-00052.checkpoint",
        ),
        (
            Place {
                part: part(65_534, Some(1)),
                week: 12_345,
            },
            "65535-002-12345.checkpoint",
        ),
    ] {
        assert_eq!(place.name(), name);
        assert_eq!(Place::named(name), Some(place));
    }
    for name in [
        "00000-000-00052.checkpoint",
        "1-0-52.checkpoint",
        "00001-000.checkpoint",
        "00001-000-00052-1.checkpoint",
        "00001-000-00052.replication",
        "checkpoint",
    ] {
        assert_eq!(Place::named(name), None, "{name}");
    }
}

/// A run of a small society, laid down in the middle of its year.
fn laid_down() -> &'static LaidDown {
    static ONE: OnceLock<LaidDown> = OnceLock::new();
    ONE.get_or_init(|| {
        let overrides = Overrides {
            policies: vec!["current-2020".to_owned()],
            people_per_agent: Some(5000),
            ..Overrides::default()
        };
        let checked = without_file("seminar-county", &overrides).unwrap();
        let model = Model::new(checked.society.clone(), 5000);
        let regime: Regime = model.regime(&checked.baseline, &checked.baseline, true);
        let history: History = model.history(5, 1, 60);
        let mut seen = None;
        let mut watch = |under_way: &UnderWay<'_>| seen = Some(under_way.laid_down());
        model.burn_in_from(&regime, &history, 30, None, &mut watch);
        seen.unwrap()
    })
}

fn written(laid_down: &LaidDown) -> (Vec<u8>, Place) {
    let root = tempfile::tempdir().unwrap();
    let part = Part {
        replication: 1,
        policy: Some(0),
    };
    let place = Place {
        part,
        week: laid_down.state.week,
    };
    let reached = Reached::Years(laid_down.under_way());
    let size = format::write(root.path(), identity(1).digest(), place, reached).unwrap();
    let bytes = fs::read(root.path().join(place.name())).unwrap();
    assert_eq!(bytes.len() as u64, size);
    (bytes, place)
}

fn read(bytes: &[u8], place: Place) -> Result<LaidDown, Fault> {
    match format::read_bytes(bytes, identity(1).digest(), place)? {
        Resumed::Years(laid_down) => Ok(*laid_down),
        other => panic!("{other:?}"),
    }
}

/// All columns by their bits.
fn bits(laid_down: &LaidDown) -> Vec<Vec<u32>> {
    let columns = laid_down.state.columns().into_iter();
    let bits = columns.map(|column| match column {
        Column::Reals(values) => values.iter().map(|value| value.to_bits()).collect(),
        Column::Bytes(values) => values.iter().map(|value| u32::from(*value)).collect(),
    });
    bits.collect()
}

#[test]
fn a_checkpoint_that_is_cut_or_changed_anywhere_is_refused() {
    let (bytes, place) = written(laid_down());
    assert!(read(&bytes, place).is_ok());
    let end = bytes.len();
    let places = || {
        (0..200)
            .chain((200..end).step_by(1009))
            .chain(end - 40..end)
    };
    for length in places() {
        let fault = read(&bytes[..length], place).unwrap_err();
        assert!(
            matches!(fault, Fault::Cut | Fault::Changed),
            "{length} of {end} bytes: {fault}"
        );
    }
    let mut changed = bytes.clone();
    for at in places() {
        changed[at] ^= 4;
        assert!(read(&changed, place).is_err(), "byte {at} of {end}");
        changed[at] = bytes[at];
    }
    assert!(read(&[&bytes[..], b"more"].concat(), place).is_err());
}

#[test]
fn a_checkpoint_is_hardly_larger_than_its_columns() {
    let (bytes, _) = written(laid_down());
    let columns: usize = laid_down()
        .state
        .columns()
        .iter()
        .map(|column| match column {
            Column::Reals(values) => 4 * values.len(),
            Column::Bytes(values) => values.len(),
        })
        .sum();
    assert!(columns > 1000 && bytes.len() - columns < 200_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_state_that_is_written_and_read_is_the_same_bit_for_bit(
        reals in proptest::collection::vec(any::<u32>(), 0..5),
        values in proptest::collection::vec(any::<u8>(), 0..70_000),
        stocks in any::<[u64; 3]>(),
        fen in any::<[i64; 3]>(),
        week in any::<u32>(),
    ) {
        let mut given = laid_down().clone();
        let state = &mut given.state;
        for (number, column) in state.columns_mut().into_iter().enumerate() {
            match column {
                ColumnMut::Reals(column) => {
                    let shifted = reals.iter().map(|bits| bits.rotate_left(number as u32));
                    column.extend(shifted.map(f32::from_bits));
                    // One that does not fill what is read at once, one that is empty.
                    column.truncate(column.len() - number.min(column.len()));
                }
                ColumnMut::Bytes(column) => column.extend(&values),
            }
        }
        state.week = week;
        [state.stocks.works, state.stocks.novel, state.stocks.responders] =
            stocks.map(f64::from_bits);
        [state.books.pool.capital, state.books.pool_layer_of_year, state.books.year.fines] = fen;
        let (bytes, place) = written(&given);
        let back = read(&bytes, place).unwrap();
        prop_assert_eq!(bits(&back), bits(&given));
        prop_assert!(postcard::to_stdvec(&back) == postcard::to_stdvec(&given));
        // Everything, the columns included: written again it is the same file.
        prop_assert!(written(&back).0 == bytes);
    }
}
