use std::fs;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::experiment::run::Turns;
use crate::experiment::synthetic::record;
use crate::model::record::WeekColumns;
use crate::output::replications::fault::Fault;
use crate::output::replications::keeper::Keeper;

const POLICIES: usize = 3;

fn identity(seed: u64) -> Identity {
    Identity::new(
        json!({ "experiment": { "seed": seed, "years": 3 } }),
        format!("hash {seed}"),
        0,
    )
}

fn turns() -> Arc<Turns> {
    Arc::new(Turns::new(1))
}

fn replication(number: u32) -> Vec<RunRecord> {
    (0..POLICIES)
        .map(|policy| record(number, policy, 3))
        .collect()
}

/// A folder with some replications kept in it.
fn kept(numbers: &[u32]) -> (tempfile::TempDir, Identity) {
    let (root, identity) = (tempfile::tempdir().unwrap(), identity(1));
    let folder = open(root.path(), &identity).unwrap();
    let mut keeper = Keeper::new(folder, *identity.digest(), 0, turns());
    for number in numbers {
        keeper
            .keep(*number, Arc::new(Ok(replication(*number))))
            .unwrap();
    }
    keeper.finish().unwrap();
    assert_eq!(
        keeper.count().close(std::time::Duration::ZERO),
        numbers.len() as u32
    );
    (root, identity)
}

/// All reals of a record, by their bits.
fn bits(record: &RunRecord) -> Vec<u64> {
    record
        .weeks
        .columns()
        .flatten()
        .map(|value| value.to_bits())
        .collect()
}

#[test]
fn what_was_kept_comes_back() {
    let (root, identity) = kept(&[0, 4, 7]);
    let found = Found::in_folder(root.path()).unwrap();
    assert!(found.finished().eq([0, 4, 7]));
    for number in [0, 4, 7] {
        let read = found.read(number, POLICIES, &identity).unwrap();
        assert_eq!(read, Ok(replication(number)));
    }
    assert_eq!(fs::read_dir(root.path().join(FOLDER)).unwrap().count(), 4);
    remove(root.path()).unwrap();
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    assert!(
        Found::in_folder(root.path())
            .unwrap()
            .finished()
            .next()
            .is_none()
    );
}

#[test]
fn a_replication_that_broke_off_is_told_until_it_is_finished() {
    let (root, identity) = kept(&[]);
    let failure = Failure {
        replication: 2,
        policy: Some(1),
        message: "out of range".to_owned(),
    };
    let keep = |kept: Replication| {
        let mut keeper = Keeper::new(root.path().join(FOLDER), *identity.digest(), 0, turns());
        keeper.keep(2, Arc::new(kept)).unwrap();
        keeper.finish().unwrap();
        Found::in_folder(root.path()).unwrap()
    };
    let mut found = keep(Err(failure.clone()));
    assert!(found.holds(2) && !found.has_finished(2));
    assert_eq!(found.read(2, POLICIES, &identity).unwrap(), Err(failure));
    found.forget_broken();
    assert!(!found.holds(2));
    let found = keep(Ok(replication(2)));
    assert!(found.has_finished(2));
    assert!(!root.path().join(FOLDER).join("00003.broken").exists());
}

#[test]
fn another_run_is_refused_by_what_differs() {
    let (root, first) = kept(&[0]);
    assert!(check(root.path(), &first).is_ok());
    let other = identity(2);
    let Err(OutputError::OtherRun { differences, .. }) = check(root.path(), &other) else {
        panic!("taken for the same run");
    };
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].key, "experiment.seed");
    assert_eq!(
        (differences[0].kept.as_str(), differences[0].now.as_str()),
        ("1", "2")
    );
    let tail = Identity::new(json!({}), "hash 1".to_owned(), 500);
    assert_eq!(first.differences(&tail)[0].key, "--tail");
    // A file that was brought from there is refused, too.
    let found = Found::in_folder(root.path()).unwrap();
    let refused = found.read(0, POLICIES, &other);
    assert!(matches!(
        refused,
        Err(OutputError::Kept {
            fault: Fault::OtherRun,
            ..
        })
    ));
    let refused = found.read(0, POLICIES + 1, &first);
    assert!(matches!(refused, Err(OutputError::Kept { .. })));
}

#[test]
fn a_file_under_the_name_of_another_is_refused() {
    let (root, identity) = kept(&[0]);
    let folder = root.path().join(FOLDER);
    fs::copy(
        folder.join("00001.replication"),
        folder.join("00002.replication"),
    )
    .unwrap();
    let found = Found::in_folder(root.path()).unwrap();
    let refused = found.read(1, POLICIES, &identity);
    let Err(OutputError::Kept { fault, .. }) = refused else {
        panic!("taken");
    };
    assert_eq!(fault, Fault::OtherReplication(1));
    for name in [
        "1.replication",
        "00000.replication",
        "00001.partial",
        "x.replication",
        "00001",
    ] {
        assert_eq!(format::named(name), None, "{name}");
    }
    assert_eq!(format::named("12345.broken"), Some((12_344, false)));
}

/// The bytes of a small file.
fn small() -> (Vec<u8>, Identity) {
    let (root, identity) = (tempfile::tempdir().unwrap(), identity(1));
    let mut record = RunRecord::default();
    record.weeks.push(&[1.5, f64::NAN]);
    let records = vec![record];
    let file = format::write(root.path(), identity.digest(), 0, &Ok(records)).unwrap();
    file.finish().unwrap();
    let bytes = fs::read(root.path().join("00001.replication")).unwrap();
    (bytes, identity)
}

#[test]
fn a_file_that_is_cut_or_changed_anywhere_is_refused() {
    let (bytes, identity) = small();
    let read = |bytes: &[u8]| format::read(bytes, identity.digest(), 0);
    assert!(read(&bytes).is_ok());
    for length in 0..bytes.len() {
        assert_eq!(read(&bytes[..length]), Err(Fault::Cut), "{length} bytes");
    }
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert!(read(&changed).is_err(), "bit {bit} of byte {at}");
        }
    }
    assert_eq!(read(&[&bytes[..], b"more"].concat()), Err(Fault::Changed));
    assert_eq!(read(b"PAR1 and so on"), Err(Fault::Foreign));
    let mut newer = bytes;
    newer[8] = 9;
    assert_eq!(read(&newer), Err(Fault::Format(9)));
}

#[test]
fn a_full_disk_is_told() {
    let (root, identity) = kept(&[]);
    let gone = root.path().join("gone");
    let mut keeper = Keeper::new(gone, *identity.digest(), 0, turns());
    let told = (0..9).try_for_each(|number| keeper.keep(number, Arc::new(Ok(replication(number)))));
    let told = told.and_then(|()| keeper.finish());
    assert!(matches!(told, Err(OutputError::Io { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn reals_come_back_bit_for_bit(
        values in proptest::collection::vec(any::<u64>(), 1..60),
        numbers in proptest::collection::vec((any::<i64>(), any::<u64>()), 1..9),
    ) {
        let (root, identity) = (tempfile::tempdir().unwrap(), identity(1));
        let mut record = record(3, 1, 2);
        let row: Vec<f64> = values.iter().map(|bits| f64::from_bits(*bits)).collect();
        record.weeks = WeekColumns::default();
        record.weeks.push(&row);
        for (year, (fen, count)) in record.years.iter_mut().zip(&numbers) {
            year.appropriated_fen = *fen;
            year.strikes = *count;
        }
        let kept = Ok(vec![record.clone()]);
        let file = format::write(root.path(), identity.digest(), 0, &kept).unwrap();
        file.finish().unwrap();
        let bytes = fs::read(root.path().join("00001.replication")).unwrap();
        let read = format::read(&bytes, identity.digest(), 0).unwrap().unwrap();
        prop_assert_eq!(bits(&read[0]), values);
        prop_assert_eq!(&read[0].years, &record.years);
        prop_assert_eq!(&read[0].events, &record.events);
        prop_assert_eq!(&read[0].ledger, &record.ledger);
    }
}
