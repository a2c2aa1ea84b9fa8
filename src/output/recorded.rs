//! A manifest as it is read again. Nothing of it is trusted: it may be cut off, changed, or none of ours.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::file::{Written, read_limited};
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Name of the file in the folder of a run.
pub const FILE: &str = "manifest.json";
/// Manifests above this are refused (bytes); one of eighteen policies in the nation has less than a megabyte.
pub const SIZE_LIMIT: u64 = 64 * 1024 * 1024;
/// What differs between two runs of the same inputs, or is compared by itself.
const CIRCUMSTANCES: [&str; 5] = ["circumstances", "platform", "version", "outputs", "inputs"];

/// What a manifest says.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Where it was read.
    pub path: PathBuf,
    /// Version of the program that wrote it.
    pub version: String,
    /// Arguments of the command.
    pub arguments: Vec<String>,
    /// Language of the files.
    pub language: Language,
    /// Operating system and architecture.
    pub platform: String,
    /// Experiment, hash and inputs of the run, or of the run in each society.
    pub runs: Vec<Run>,
    /// Replications with which a run began that went on until a difference was known.
    pub first_replications: Option<u64>,
    /// The files.
    pub outputs: Vec<Written>,
    /// All else that the same inputs must give again: self-checks, warnings, replications that broke off.
    pub results: Value,
}

/// A run in one society.
#[derive(Clone, Debug)]
pub struct Run {
    /// Key of the experiment.
    pub experiment: String,
    /// Hash of the inputs (hexadecimal).
    pub hash: String,
    /// The resolved inputs.
    pub inputs: Value,
}

/// Why a manifest cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be opened; the detail is the system's.
    Unreadable(PathBuf, String),
    /// It is larger than [`SIZE_LIMIT`] (bytes).
    TooBig(PathBuf, u64),
    /// It is not JSON from this line and column on; the detail is the parser's, in English.
    NotJson(PathBuf, [usize; 2], String),
    /// Another program wrote it, or none.
    Foreign(PathBuf),
    /// A key is missing or not what it must be.
    Key(PathBuf, String),
    /// A name of a file leads out of the folder.
    Outside(PathBuf, String),
    /// The inputs are not those of their hash.
    Changed(PathBuf),
}

impl Refusal {
    /// The message in a language: what, where and what to do.
    pub fn text(&self, language: Language) -> String {
        let remedy = language.pick(
            "清单文件不能手改：请取回原件，或重新运行当时的命令",
            "a manifest is not edited by hand: get the original back, or run the command of then again",
        );
        match self {
            Refusal::Unreadable(path, detail) => {
                let path = path.display();
                say!(
                    language,
                    "无法读取 {path}（{detail}）：请给出 compare、run 等命令的结果目录中的 manifest.json",
                    "{path} cannot be read ({detail}): give the manifest.json in the folder of the results of compare, run or another command"
                )
            }
            Refusal::TooBig(path, bytes) => {
                let (path, size) = (path.display(), bytes.div_ceil(1024 * 1024));
                let limit = SIZE_LIMIT / 1024 / 1024;
                say!(
                    language,
                    "{path} 过大：{size} MB（上限 {limit} MB）；请检查是否给错了文件",
                    "{path} is too big: {size} MB (limit {limit} MB); check that it is a manifest"
                )
            }
            Refusal::NotJson(path, [line, column], detail) => {
                let path = path.display();
                say!(
                    language,
                    "{path}:{line}:{column}：不是完整的 JSON（{detail}）；{remedy}",
                    "{path}:{line}:{column}: this is no whole JSON ({detail}); {remedy}"
                )
            }
            Refusal::Foreign(path) => {
                let path = path.display();
                say!(
                    language,
                    "{path} 不是本程序写的清单（program 不是 riskweave）：请给出结果目录中的 manifest.json",
                    "{path} is no manifest of this program (its program is not riskweave): give the manifest.json of a folder of results"
                )
            }
            Refusal::Key(path, key) => {
                let path = path.display();
                say!(
                    language,
                    "{path}：`{key}` 缺失，或不是应有的内容；{remedy}",
                    "{path}: `{key}` is missing or not what it must be; {remedy}"
                )
            }
            Refusal::Outside(path, name) => {
                let path = path.display();
                say!(
                    language,
                    "{path}：`outputs` 中的文件名 `{name}` 不在结果目录之内；{remedy}",
                    "{path}: the file name `{name}` in `outputs` leads out of the folder of the results; {remedy}"
                )
            }
            Refusal::Changed(path) => {
                let path = path.display();
                say!(
                    language,
                    "{path}：`inputs` 与其 `hash` 不符，运行之后被改动过；{remedy}",
                    "{path}: the `inputs` are not those of their `hash`, they were changed after the run; {remedy}"
                )
            }
        }
    }
}

impl Recorded {
    /// Reads the manifest of a file, or of the folder of a run.
    ///
    /// # Errors
    /// If there is none, or it cannot be used.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        let path = if path.is_dir() {
            path.join(FILE)
        } else {
            path.to_owned()
        };
        let text = read_limited(&path, SIZE_LIMIT).map_err(|error| match error.kind() {
            ErrorKind::FileTooLarge => {
                let length = fs::metadata(&path).map_or(0, |facts| facts.len());
                Refusal::TooBig(path.clone(), length.max(SIZE_LIMIT + 1))
            }
            _ => Refusal::Unreadable(path.clone(), error.to_string()),
        })?;
        Self::parse(&path, &text)
    }

    /// The manifest in a text, of which `path` says where it was read.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn parse(path: &Path, text: &[u8]) -> Result<Self, Refusal> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let value: Value = serde_json::from_slice(text).map_err(|error| {
            let detail = error.to_string();
            let detail = detail.split(" at line ").next().unwrap_or_default();
            let place = [error.line(), error.column()];
            Refusal::NotJson(path.to_owned(), place, detail.to_owned())
        })?;
        let reader = Reader {
            path,
            value: &value,
        };
        if value["program"] != "riskweave" {
            return Err(Refusal::Foreign(path.to_owned()));
        }
        let several = value.get("runs").is_some();
        let places: Vec<String> = if several {
            let count = reader.list("/runs")?.len();
            (0..count).map(|number| format!("/runs/{number}")).collect()
        } else {
            vec![String::new()]
        };
        let first = places.first().cloned();
        let first = first.ok_or_else(|| reader.refused("/runs"))?;
        let at = |key: &str| format!("{first}/{key}");
        let language = reader.text(&at("circumstances/options/language"))?;
        let language = match language.as_str() {
            "zh" => Language::Chinese,
            "en" => Language::English,
            _ => return Err(reader.refused(&at("circumstances/options/language"))),
        };
        let words = at("circumstances/arguments");
        let arguments =
            (0..reader.list(&words)?.len()).map(|number| reader.text(&format!("{words}/{number}")));
        let platform = ["system", "architecture"].map(|key| {
            reader
                .text(&at(&format!("platform/{key}")))
                .unwrap_or_default()
        });
        let outputs = (0..reader.list("/outputs")?.len())
            .map(|number| reader.output(number))
            .collect::<Result<_, _>>()?;
        let recorded = Recorded {
            path: path.to_owned(),
            version: reader.text("/version")?,
            arguments: arguments.collect::<Result<_, _>>()?,
            language,
            platform: platform.join(" "),
            runs: places
                .iter()
                .map(|place| reader.run(place))
                .collect::<Result<_, _>>()?,
            first_replications: value
                .pointer("/circumstances/options/until/looks/0/replications")
                .and_then(Value::as_u64),
            outputs,
            results: results(&value),
        };
        Ok(recorded)
    }

    /// Folder of the results.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

struct Reader<'a> {
    path: &'a Path,
    value: &'a Value,
}

impl Reader<'_> {
    fn refused(&self, at: &str) -> Refusal {
        let key = at.trim_start_matches('/').replace('/', ".");
        Refusal::Key(self.path.to_owned(), key)
    }

    fn get(&self, at: &str) -> Result<&Value, Refusal> {
        self.value.pointer(at).ok_or_else(|| self.refused(at))
    }

    fn text(&self, at: &str) -> Result<String, Refusal> {
        let text = self.get(at)?.as_str();
        text.map(str::to_owned).ok_or_else(|| self.refused(at))
    }

    fn list(&self, at: &str) -> Result<&[Value], Refusal> {
        let list = self.get(at)?.as_array();
        list.map(Vec::as_slice).ok_or_else(|| self.refused(at))
    }

    fn run(&self, at: &str) -> Result<Run, Refusal> {
        let inputs = self.get(&format!("{at}/inputs"))?;
        let hash = self.text(&format!("{at}/hash"))?;
        if crate::scenario::hash(inputs) != hash {
            return Err(Refusal::Changed(self.path.to_owned()));
        }
        Ok(Run {
            experiment: self.text(&format!("{at}/experiment"))?,
            hash,
            inputs: inputs.clone(),
        })
    }

    fn output(&self, number: usize) -> Result<Written, Refusal> {
        let at = |key: &str| format!("/outputs/{number}/{key}");
        let file = self.text(&at("file"))?;
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
        if file.is_empty() || !Path::new(&file).components().all(inside) {
            return Err(Refusal::Outside(self.path.to_owned(), file));
        }
        let bytes = self.get(&at("bytes"))?.as_u64();
        Ok(Written {
            file,
            bytes: bytes.ok_or_else(|| self.refused(&at("bytes")))?,
            sha256: self.text(&at("sha256"))?,
        })
    }
}

/// What the same inputs must give again, besides the files.
fn results(manifest: &Value) -> Value {
    let mut left = manifest.clone();
    let strip = |value: &mut Value| {
        if let Value::Object(table) = value {
            table.retain(|key, _| !CIRCUMSTANCES.contains(&key.as_str()));
        }
    };
    strip(&mut left);
    if let Some(runs) = left.get_mut("runs").and_then(Value::as_array_mut) {
        runs.iter_mut().for_each(strip);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifest() -> Value {
        let inputs = json!({ "key": "x" });
        json!({
            "program": "riskweave", "version": "0.1.0", "experiment": "x", "hash": crate::scenario::hash(&inputs),
            "platform": { "system": "linux", "architecture": "x86_64" },
            "circumstances": { "arguments": ["compare", "x"], "options": { "language": "zh" }, "threads": 2 },
            "warnings": [], "outputs": [{ "file": "charts/a.svg", "bytes": 3, "sha256": "00" }], "inputs": inputs,
        })
    }

    fn parsed(value: &Value) -> Result<Recorded, Refusal> {
        Recorded::parse(Path::new("m.json"), value.to_string().as_bytes())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let read = parsed(&manifest()).unwrap();
        assert_eq!(
            (read.version.as_str(), read.language),
            ("0.1.0", Language::Chinese)
        );
        assert_eq!(read.arguments, ["compare", "x"]);
        assert_eq!(read.outputs[0].file, "charts/a.svg");
        assert_eq!(read.runs[0].experiment, "x");
        let same = json!({ "program": "riskweave", "experiment": "x", "hash": read.runs[0].hash, "warnings": [] });
        assert_eq!(read.results, same);
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_place() {
        let refused = |change: &dyn Fn(&mut Value)| {
            let mut value = manifest();
            change(&mut value);
            parsed(&value).unwrap_err().text(Language::English)
        };
        assert!(
            refused(&|m| m["program"] = json!("other")).contains("no manifest of this program")
        );
        assert!(refused(&|m| m["inputs"]["key"] = json!("y")).contains("changed after the run"));
        assert!(refused(&|m| m["outputs"][0]["bytes"] = json!(-1)).contains("`outputs.0.bytes`"));
        assert!(refused(&|m| m["outputs"][0]["file"] = json!("../a")).contains("`../a`"));
        assert!(refused(&|m| m["outputs"][0]["file"] = json!("/etc/passwd")).contains("leads out"));
        assert!(refused(&|m| m["runs"] = json!([])).contains("`runs`"));
        let cut = Recorded::parse(Path::new("m.json"), b"{\n\"program\": ").unwrap_err();
        assert!(
            cut.text(Language::Chinese).starts_with("m.json:2:"),
            "{cut:?}"
        );
    }
}
