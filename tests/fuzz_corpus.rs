//! Every file of the committed fuzzing corpus through the readers that fuzzing runs (`fuzz/inputs.rs`): what once crashed
//! stays mended, and the targets stay such that they can be built.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its files must fail"
)]

#[path = "../fuzz/inputs.rs"]
mod inputs;

use std::fs;
use std::path::Path;

use riskweave::experiment::simulator::checkpointed::Part;
use riskweave::output::replications::checkpoint::{Place, format};
use riskweave::output::replications::format::FORMAT;

/// Reads bytes; panics only where the program does.
type Reader = fn(&[u8]);

/// The targets, each with the reader that it runs.
const TARGETS: [(&str, Reader); 10] = [
    ("society", inputs::society),
    ("policy", inputs::policy),
    ("experiment", inputs::experiment),
    ("region", inputs::region),
    ("losses", inputs::losses),
    ("programme", inputs::programme),
    ("observed", inputs::observed),
    ("replication", inputs::replication),
    ("checkpoint", inputs::checkpoint),
    ("manifest", inputs::manifest),
];

/// Files of the corpus of a target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let entries = fs::read_dir(root.join(target)).unwrap();
    entries
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

/// Each seed as it is; then cut off, and with a byte changed, at some places: what a fuzzer tries first. One test, since
/// the readers share a folder.
#[test]
fn the_corpus_is_read_whole_cut_off_and_changed() {
    const PLACES: usize = 24;
    for (target, reader) in TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target}");
        for seed in seeds {
            reader(&seed);
            for place in 0..PLACES {
                let at = seed.len() * place / PLACES;
                reader(&seed[..at]);
                let mut changed = seed.clone();
                if let Some(byte) = changed.get_mut(at) {
                    *byte = byte.wrapping_add(1 + place as u8);
                }
                reader(&changed);
            }
        }
    }
    inputs::clean();
}

/// What was laid down once is read as long as the format has its number: one that cannot be read any more, since what a
/// state holds has changed, asks for the next number and for new files here (from the folder of
/// `riskweave run seminar-county --people-per-agent 100000 --years 1 --replications 1 --policy network --checkpoint-every 13`
/// that was killed on its way).
#[test]
fn a_checkpoint_of_this_format_can_be_read() {
    for seed in seeds("checkpoint") {
        let number = |at: usize| u32::from_le_bytes(*seed[at..].first_chunk().unwrap());
        assert_eq!(number(8), FORMAT, "new files, please");
        let part = Part {
            replication: number(44) - 1,
            policy: number(48).checked_sub(1).map(|policy| policy as usize),
        };
        let place = Place {
            part,
            week: number(52),
        };
        let digest = seed[12..].first_chunk().unwrap();
        let read = format::read_bytes(&seed, digest, place);
        assert!(read.is_ok(), "raise FORMAT: {:?}", read.err());
    }
}

#[test]
fn every_target_is_declared_and_has_a_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let declared = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let script = fs::read_to_string(root.join("run")).unwrap();
    for (target, _) in TARGETS {
        assert!(
            declared.contains(&format!("name = \"{target}\"")),
            "{target}"
        );
        assert!(script.contains(target), "{target}");
        assert!(
            root.join(format!("fuzz_targets/{target}.rs")).is_file(),
            "{target}"
        );
    }
    assert_eq!(
        fs::read_dir(root.join("corpus")).unwrap().count(),
        TARGETS.len()
    );
}
