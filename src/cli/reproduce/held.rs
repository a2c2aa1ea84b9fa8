//! Every file of the run made again, held against what the manifest says and what its folder holds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::output::difference::{Difference, first};
use crate::output::file::describe;
use crate::output::recorded::{FILE, Recorded, Refusal};
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The same bytes as the manifest says; and whether the file is there in the folder of the manifest.
    Equal {
        /// Whether it is there.
        here: bool,
    },
    /// The run gives what the manifest says, but the file in the folder is another.
    ChangedHere(Option<Difference>),
    /// The run gives something else; from where, if the original is there to compare.
    Differs(Option<Difference>),
    /// The run does not write it any more.
    Gone,
    /// The manifest does not know it.
    New,
}

impl Verdict {
    /// Whether the fault lies with the folder alone.
    pub(super) fn is_changed_here(&self) -> bool {
        matches!(self, Verdict::ChangedHere(_))
    }

    fn is_equal(&self) -> bool {
        matches!(self, Verdict::Equal { .. })
    }

    fn text(&self, file: &str, language: Language) -> String {
        let at = |found: &Option<Difference>, words: [&str; 2]| {
            found.as_ref().map_or_else(String::new, |found| {
                format!(
                    "{}{}",
                    language.pick("：", ": "),
                    found.text(words, language)
                )
            })
        };
        match self {
            Verdict::Equal { .. } => String::new(),
            Verdict::ChangedHere(found) => {
                let place = at(
                    found,
                    [language.pick("现为", "now"), language.pick("原为", "then")],
                );
                say!(
                    language,
                    "{file}：目录中的文件在运行之后被改动{place}",
                    "{file}: the file in the folder was changed after the run{place}"
                )
            }
            Verdict::Differs(found) => {
                let place = at(
                    found,
                    [
                        language.pick("原为", "then"),
                        language.pick("重新运行得", "again"),
                    ],
                );
                let without = if found.is_some() {
                    ""
                } else {
                    language.pick(
                        "(目录中没有原件，不知从何处起)",
                        " (the original is not in the folder, so from where is not known)",
                    )
                };
                say!(
                    language,
                    "{file}：重新运行的结果不同{place}{without}",
                    "{file}: comes out different{place}{without}"
                )
            }
            Verdict::Gone => say!(
                language,
                "{file}：重新运行没有写出",
                "{file}: is not written any more"
            ),
            Verdict::New => say!(
                language,
                "{file}：清单中没有",
                "{file}: is not in the manifest"
            ),
        }
    }
}

/// Where the manifests differ: a key and both values.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stated {
    key: String,
    values: [String; 2],
}

/// The verdicts.
#[derive(Clone, Debug)]
pub(super) struct Held {
    files: Vec<(String, Verdict)>,
    stated: Option<Stated>,
    other_inputs: bool,
}

impl Held {
    /// Files in all, the manifest among them.
    pub(super) fn count(&self) -> usize {
        self.files.len() + 1
    }

    /// Files that are not as they were.
    pub(super) fn differing(&self) -> usize {
        let files = self.files.iter().filter(|(_, verdict)| !verdict.is_equal());
        files.count() + usize::from(self.stated.is_some())
    }

    /// Whether every file that is not as it was has a verdict of a kind, and the manifest is as it was.
    pub(super) fn all_are(&self, kind: impl Fn(&Verdict) -> bool) -> bool {
        let mut files = self.files.iter().filter(|(_, verdict)| !verdict.is_equal());
        self.stated.is_none() && files.all(|(_, verdict)| kind(verdict))
    }

    /// Whether the run was of other inputs.
    pub(super) fn other_inputs(&self) -> bool {
        self.other_inputs
    }

    /// One line a file that is not as it was, and their numbers.
    pub(super) fn text(&self, language: Language) -> String {
        let mut text = String::new();
        for (file, verdict) in &self.files {
            let line = verdict.text(file, language);
            if !line.is_empty() {
                text.push_str(&line);
                text.push('\n');
            }
        }
        if let Some(Stated {
            key,
            values: [one, other],
        }) = &self.stated
        {
            text.push_str(&say!(
                language,
                "manifest.json：{key} 原为 {one}，重新运行得 {other}\n",
                "manifest.json: {key}: then {one}, again {other}\n"
            ));
        }
        let (all, equal) = (self.count(), self.count() - self.differing());
        text.push_str(&say!(
            language,
            "{all} 个文件中 {equal} 个逐字节相同（manifest.json 不计当时的情况）\n",
            "{equal} of {all} files are the same, byte for byte (manifest.json without its circumstances)\n"
        ));
        let files = self.files.iter();
        let away = files.filter(|(_, verdict)| *verdict == Verdict::Equal { here: false });
        let away = away.count();
        if away > 0 {
            text.push_str(&say!(
                language,
                "其中 {away} 个不在清单所在的目录中，与清单所记的校验值比较\n",
                "{away} of them are not in the folder of the manifest and were held against its hashes\n"
            ));
        }
        text
    }
}

/// Holds the files in a folder, in which the run was made again, against those of a manifest.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn hold(recorded: &Recorded, again: &Path) -> io::Result<Held> {
    let now = Recorded::read(&again.join(FILE))
        .map_err(|refusal: Refusal| io::Error::other(refusal.text(Language::English)))?;
    let mut files = Vec::new();
    for then in &recorded.outputs {
        let written = now.outputs.iter().find(|own| own.file == then.file);
        let verdict = match written {
            None => Verdict::Gone,
            Some(written) => of_file(
                (&then.sha256, &written.sha256),
                [recorded.folder().join(&then.file), again.join(&then.file)],
            )?,
        };
        files.push((then.file.clone(), verdict));
    }
    let known = |file: &str| recorded.outputs.iter().any(|then| then.file == file);
    let new = now.outputs.iter().filter(|own| !known(&own.file));
    files.extend(new.map(|own| (own.file.clone(), Verdict::New)));
    let hashes = |of: &Recorded| {
        of.runs
            .iter()
            .map(|run| run.hash.clone())
            .collect::<Vec<_>>()
    };
    Ok(Held {
        files,
        stated: stated("", &recorded.results, &now.results),
        other_inputs: hashes(recorded) != hashes(&now),
    })
}

fn of_file((then, again): (&str, &str), [here, made]: [PathBuf; 2]) -> io::Result<Verdict> {
    let is_there = fs::metadata(&here).is_ok_and(|facts| facts.is_file());
    let held = if is_there {
        let written = describe(Path::new(""), &here).map_err(io::Error::other)?;
        Some(written.sha256)
    } else {
        None
    };
    let is_original = held.as_deref() == Some(then);
    Ok(match (then == again, is_original) {
        (true, _) if is_original || held.is_none() => Verdict::Equal { here: is_there },
        (true, _) => Verdict::ChangedHere(first(&here, &made)?),
        (false, true) => Verdict::Differs(first(&here, &made)?),
        (false, false) => Verdict::Differs(None),
    })
}

/// The first value that two manifests state otherwise.
fn stated(key: &str, then: &Value, again: &Value) -> Option<Stated> {
    if then == again {
        return None;
    }
    let below = |name: &str| match key {
        "" => name.to_owned(),
        _ => format!("{key}.{name}"),
    };
    let inner = match (then, again) {
        (Value::Object(one), Value::Object(other)) => {
            let added = other.keys().filter(|name| !one.contains_key(*name));
            one.keys().chain(added).find_map(|name| {
                let of = |table: &serde_json::Map<String, Value>| {
                    table.get(name).cloned().unwrap_or_default()
                };
                stated(&below(name), &of(one), &of(other))
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(number, (one, other))| stated(&below(&number.to_string()), one, other))
        }
        _ => None,
    };
    inner.or_else(|| {
        Some(Stated {
            key: key.to_owned(),
            values: [then, again].map(|value| value.to_string().chars().take(60).collect()),
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_value_that_is_stated_otherwise_is_named() {
        let then = json!({ "a": [1, { "b": 2 }], "c": 3 });
        assert_eq!(stated("", &then, &then), None);
        let found = stated("", &then, &json!({ "a": [1, { "b": 4 }], "c": 3 })).unwrap();
        assert_eq!(found.key, "a.1.b");
        assert_eq!(found.values, ["2", "4"]);
        let longer = stated("", &then, &json!({ "a": [1], "c": 3 })).unwrap();
        assert_eq!(longer.key, "a");
        let added = stated("", &json!({}), &json!({ "d": 1 })).unwrap();
        assert_eq!(
            (added.key.as_str(), added.values[0].as_str()),
            ("d", "null")
        );
    }

    #[test]
    fn a_file_is_equal_changed_afterwards_or_different() {
        let folder = tempfile::tempdir().unwrap();
        let [here, made] = ["here.csv", "made.csv"].map(|name| folder.path().join(name));
        fs::write(&made, "x\n1\n").unwrap();
        let hash = |path: &Path| describe(Path::new(""), path).unwrap().sha256;
        let made_hash = hash(&made);
        let verdict =
            |then: &str| of_file((then, &made_hash), [here.clone(), made.clone()]).unwrap();
        assert_eq!(verdict(&made_hash), Verdict::Equal { here: false });
        fs::write(&here, "x\n2\n").unwrap();
        assert!(matches!(verdict(&made_hash), Verdict::ChangedHere(Some(_))));
        assert!(matches!(verdict(&hash(&here)), Verdict::Differs(Some(_))));
        assert_eq!(verdict("another"), Verdict::Differs(None));
        fs::write(&here, "x\n1\n").unwrap();
        assert_eq!(verdict(&made_hash), Verdict::Equal { here: true });
    }
}
