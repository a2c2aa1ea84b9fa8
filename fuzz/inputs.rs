//! Each kind of input as bytes that nobody vouches for: it is read, and what is wrong with it is told in both languages.
//! Whatever the bytes are, nothing may panic. Fuzzing runs these, and an ordinary test replays the corpus through them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each target uses one of these; a scratch folder that cannot be written must end the run"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use riskweave::calibration::targets;
use riskweave::experiment::simulator::checkpointed::Part;
use riskweave::output::recorded::Recorded;
use riskweave::output::replications::checkpoint::{self, Place};
use riskweave::output::replications::checksum::{CHECKSUM, checksum};
use riskweave::output::replications::fault::Fault;
use riskweave::output::replications::format;
use riskweave::output::replications::identity::Identity;
use riskweave::scenario::source::{Origin, Source};
use riskweave::scenario::{
    CheckedSociety, Overrides, Problems, load_experiment, load_policy, load_society, losses,
    programme, recorded_experiment,
};
use riskweave::vocabulary::Language;

/// The society in which policies and experiments are read.
const SOCIETY: &str = "seminar-county";

/// Tells what is wrong, in both languages.
fn tell<T>(read: Result<T, Problems>) {
    if let Err(problems) = read {
        assert!(!problems.is_empty(), "refused without a reason");
        for language in [Language::Chinese, Language::English] {
            let mut said = Vec::new();
            problems.render(language, &mut said).unwrap();
            assert!(!said.is_empty());
        }
    }
}

/// Tells what is wrong with a kept file, in both languages.
fn tell_fault<T>(read: Result<T, Fault>) {
    if let Err(fault) = read {
        for language in [Language::Chinese, Language::English] {
            assert!(!fault.text(language).is_empty());
        }
    }
}

/// A folder of this process, in memory where there is such a place.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let folder = root.join(format!("riskweave-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    })
}

/// Removes the folder of this process.
pub(crate) fn clean() {
    fs::remove_dir_all(folder()).unwrap();
}

fn file(name: &str, data: &[u8]) -> String {
    let path = folder().join(name);
    fs::write(&path, data).unwrap();
    path.display().to_string()
}

fn county() -> &'static CheckedSociety {
    static COUNTY: OnceLock<CheckedSociety> = OnceLock::new();
    COUNTY.get_or_init(|| load_society(SOCIETY, &[]).unwrap())
}

fn text(name: &str, data: &[u8]) -> Option<Arc<Source>> {
    let text = std::str::from_utf8(data).ok()?.to_owned();
    let (name, origin) = (name.to_owned(), Origin::Option);
    Some(Arc::new(Source { name, text, origin }))
}

/// A society file.
pub(crate) fn society(data: &[u8]) {
    tell(load_society(&file("society.toml", data), &[]));
}

/// A policy file, in the seminar county.
pub(crate) fn policy(data: &[u8]) {
    tell(load_policy(&file("policy.toml", data), county(), &[]));
}

/// An experiment file.
pub(crate) fn experiment(data: &[u8]) {
    let path = file("experiment.toml", data);
    tell(load_experiment(&path, &Overrides::default()));
}

/// The table of the regions of a society whose other tables stay.
pub(crate) fn region(data: &[u8]) {
    let provinces = file("provinces.csv", data);
    let line = format!("society.tables.provinces={provinces}");
    tell(load_society(SOCIETY, &[line]));
}

/// A table of losses.
pub(crate) fn losses(data: &[u8]) {
    if let Some(source) = text("losses.csv", data) {
        tell(losses::of_source(&source));
    }
}

/// A programme of layers, held against a small table of losses.
pub(crate) fn programme(data: &[u8]) {
    let table = "year,event,claimant,group,insured_value,loss\n1,e,a,g,1000,500\n1,e,b,g,,70\n";
    let table = text("losses.csv", table.as_bytes()).unwrap();
    let table = losses::of_source(&table).unwrap();
    if let Some(source) = text("programme.toml", data) {
        tell(programme::of_source(&source).and_then(|written| written.check(&table)));
    }
}

/// A table of observed values.
pub(crate) fn observed(data: &[u8]) {
    let Some(source) = text("observed.csv", data) else {
        return;
    };
    match targets::read(&source) {
        Err(targets::Fault::File(problems)) => tell::<()>(Err(problems)),
        Err(targets::Fault::Refused(refusal)) => {
            for language in [Language::Chinese, Language::English] {
                assert!(!refusal.text(language).is_empty());
            }
        }
        Ok(targets) => {
            for target in targets {
                let _ = target.reading(targets::Use::Fit);
            }
        }
    }
}

/// A kept replication: as it is, and as the content of a sound frame, so that the records are read too.
pub(crate) fn replication(data: &[u8]) {
    let digest = [7; 32];
    for bytes in [data.to_vec(), framed(data, &digest)] {
        tell_fault(format::read(&bytes, &digest, 0));
    }
    file("identity.json", data);
    if let Err(error) = Identity::read(folder()) {
        assert!(!error.word(Language::Chinese).is_empty());
    }
}

/// A frame in which nothing but the content can be wrong.
pub(crate) fn framed(content: &[u8], digest: &[u8; 32]) -> Vec<u8> {
    let parts: [&[u8]; 5] = [
        b"RWREPL\r\n",
        &format::FORMAT.to_le_bytes(),
        digest,
        &1_u32.to_le_bytes(),
        content,
    ];
    let bytes = parts.concat();
    [&bytes, &checksum(&bytes)[..], b"\r\nRWEND."].concat()
}

/// A checkpoint: as it is, and with the head and the checksum of a sound one, so that what it holds is read too.
pub(crate) fn checkpoint(data: &[u8]) {
    let digest = [7; 32];
    let part = Part {
        replication: 0,
        policy: Some(0),
    };
    let place = Place { part, week: 13 };
    for bytes in [data.to_vec(), sound(data, &digest, place)] {
        tell_fault(checkpoint::format::read_bytes(&bytes, &digest, place));
    }
}

/// A checkpoint in which nothing can be wrong but how far it came and what it holds.
fn sound(data: &[u8], digest: &[u8; 32], place: Place) -> Vec<u8> {
    let head: [&[u8]; 6] = [
        b"RWCHKP\r\n",
        &format::FORMAT.to_le_bytes(),
        digest,
        &(place.part.replication + 1).to_le_bytes(),
        &place
            .part
            .policy
            .map_or(0, |position| position as u32 + 1)
            .to_le_bytes(),
        &place.week.to_le_bytes(),
    ];
    let mut bytes = head.concat();
    let held = data.get(bytes.len()..data.len().saturating_sub(CHECKSUM));
    bytes.extend_from_slice(held.unwrap_or_default());
    bytes.extend_from_slice(&checksum(&bytes));
    bytes
}

/// A manifest; and the inputs in it even where their hash does not fit, which no mutation would get past.
pub(crate) fn manifest(data: &[u8]) {
    let read = Recorded::parse(Path::new("manifest.json"), data);
    if let Err(refusal) = &read {
        for language in [Language::Chinese, Language::English] {
            assert!(!refusal.text(language).is_empty());
        }
    }
    if let Ok(value) = serde_json::from_slice::<serde_json::Value>(data) {
        let inputs = value.get("inputs").unwrap_or(&value);
        tell(recorded_experiment("manifest.json", inputs, &[]));
    }
}
