//! Of what run kept replications are: everything that changes a record.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::fault::{Difference, Fault};
use super::format::FORMAT;
use crate::output::OutputError;
use crate::output::file::write_whole;
use crate::scenario::{CheckedExperiment, hash};

/// Name of the file beside the replications.
pub const FILE: &str = "identity.json";
/// Differences that are named at most.
const NAMED: usize = 5;
/// Letters of a value that are shown at most.
const SHOWN: usize = 40;

/// What changes a record: the program's version, the resolved inputs with seed and replications, the years of the tail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    program: String,
    version: String,
    format: u32,
    hash: String,
    tail_years: u32,
    inputs: Value,
    #[serde(skip)]
    digest: [u8; 32],
}

impl Identity {
    /// Of an experiment with so many years of a tail.
    ///
    /// # Errors
    /// If an input cannot be written as JSON, which no checked value causes.
    pub fn of(checked: &CheckedExperiment, tail_years: u32) -> Result<Self, serde_json::Error> {
        let inputs = checked.resolved()?;
        let hash = hash(&inputs);
        Ok(Self::new(inputs, hash, tail_years))
    }

    /// Of resolved inputs and their hash.
    pub fn new(inputs: Value, hash: String, tail_years: u32) -> Self {
        Identity {
            program: "riskweave".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            format: FORMAT,
            hash,
            tail_years,
            inputs,
            digest: [0; 32],
        }
        .sealed()
    }

    fn sealed(mut self) -> Self {
        let Identity {
            program,
            version,
            format,
            hash,
            tail_years,
            ..
        } = &self;
        let text = format!("{program}\n{version}\n{format}\n{hash}\n{tail_years}\n");
        self.digest = Sha256::digest(text.as_bytes()).into();
        self
    }

    /// What stands in every file of the run.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The resolved inputs.
    pub fn inputs(&self) -> &Value {
        &self.inputs
    }

    /// The hash of the resolved inputs (hexadecimal).
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Writes the file.
    pub(super) fn write(&self, folder: &Path) -> Result<(), OutputError> {
        let path = folder.join(FILE);
        let text = serde_json::to_vec(self).map_err(|error| OutputError::io(&path, error))?;
        write_whole(folder, FILE, &text).map(drop)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// If it is not there or is not one.
    pub fn read(folder: &Path) -> Result<Self, OutputError> {
        let path = folder.join(FILE);
        let refused = |said: String| OutputError::Kept {
            path: path.clone(),
            fault: Fault::Unreadable(said),
        };
        let text = fs::read(&path).map_err(|error| refused(error.to_string()))?;
        let read: Identity =
            serde_json::from_slice(&text).map_err(|error| refused(error.to_string()))?;
        Ok(read.sealed())
    }

    /// In what a kept run differs from the one that is asked for; nothing if they are the same.
    pub fn differences(&self, now: &Identity) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut of = |key: &str, kept: &dyn ToString, now: &dyn ToString| {
            let (kept, now) = (kept.to_string(), now.to_string());
            if kept != now {
                let key = key.to_owned();
                found.push(Difference { key, kept, now });
            }
        };
        of("program", &self.program, &now.program);
        of("version", &self.version, &now.version);
        of("format", &self.format, &now.format);
        of("--tail", &self.tail_years, &now.tail_years);
        if self.hash != now.hash {
            let before = found.len();
            compare("", &self.inputs, &now.inputs, &mut found);
            if found.len() == before {
                found.push(Difference {
                    key: "hash".to_owned(),
                    kept: shortened(&self.hash),
                    now: shortened(&now.hash),
                });
            }
        }
        found.truncate(NAMED);
        found
    }
}

/// Values that differ, by their keys.
fn compare(key: &str, kept: &Value, now: &Value, found: &mut Vec<Difference>) {
    if kept == now || found.len() >= NAMED {
        return;
    }
    let below = |name: &str| {
        if key.is_empty() {
            name.to_owned()
        } else {
            format!("{key}.{name}")
        }
    };
    match (kept, now) {
        (Value::Object(kept), Value::Object(now)) => {
            let added = now.keys().filter(|name| !kept.contains_key(*name));
            for name in kept.keys().chain(added) {
                let of = |table: &serde_json::Map<String, Value>| {
                    table.get(name).cloned().unwrap_or(Value::Null)
                };
                compare(&below(name), &of(kept), &of(now), found);
            }
        }
        (Value::Array(kept), Value::Array(now)) if kept.len() == now.len() => {
            for (number, (kept, now)) in kept.iter().zip(now).enumerate() {
                compare(&below(&(number + 1).to_string()), kept, now, found);
            }
        }
        _ => found.push(Difference {
            key: key.to_owned(),
            kept: told(kept),
            now: told(now),
        }),
    }
}

/// A value in short: of a list of inputs their keys.
fn told(value: &Value) -> String {
    let key = |item: &Value| item.get("key").and_then(Value::as_str).map(str::to_owned);
    let keys = value
        .as_array()
        .and_then(|items| items.iter().map(key).collect::<Option<Vec<_>>>());
    match keys {
        Some(keys) => keys.join(" "),
        None => shortened(&value.to_string()),
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
