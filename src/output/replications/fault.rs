//! What is wrong with a file of a kept replication, and how two runs differ.

use std::fmt;

use crate::vocabulary::Language;

/// Why a file is not taken for a kept replication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The system does not let it be read, or what it holds is no text of the kind.
    Unreadable(String),
    /// It does not begin as such a file does.
    Foreign,
    /// It is of another version of the format.
    Format(u32),
    /// Its end is missing.
    Cut,
    /// It is not what was written.
    Changed,
    /// It is of another run.
    OtherRun,
    /// It is another replication (from 1) than its name says.
    OtherReplication(u32),
    /// It is of another policy or week than its name says.
    OtherPart,
}

impl Fault {
    /// What is wrong, in a language.
    pub fn text(&self, language: Language) -> String {
        let (zh, en) = match self {
            Fault::Unreadable(said) => {
                return format!("{}{said}", language.pick("读不了：", "cannot be read: "));
            }
            Fault::Format(found) => (
                format!("格式版本为 {found}，本程序只读 {}", super::format::FORMAT),
                format!(
                    "has version {found} of the format; this program reads {}",
                    super::format::FORMAT
                ),
            ),
            Fault::OtherReplication(number) => (
                format!("存的是第 {number} 次模拟，与文件名不符"),
                format!("holds replication {number}, not that of its name"),
            ),
            Fault::Foreign => (
                "不是本程序保存的模拟".to_owned(),
                "is not a replication that this program kept".to_owned(),
            ),
            Fault::Cut => (
                "不完整，尾部缺失".to_owned(),
                "is cut off: its end is missing".to_owned(),
            ),
            Fault::Changed => (
                "校验和不符，写出后被改动过".to_owned(),
                "does not match its checksum: it was changed after it had been written".to_owned(),
            ),
            Fault::OtherPart => (
                "存的是另一项政策或另一周，与文件名不符".to_owned(),
                "holds another policy or week than its name says".to_owned(),
            ),
            Fault::OtherRun => (
                "属于另一次运行(输入、种子、选项或程序版本不同)".to_owned(),
                "is of another run (other inputs, seed, options or program version)".to_owned(),
            ),
        };
        language.pick(&zh, &en).to_owned()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::English))
    }
}

/// A value in which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is of: a key of the inputs, or a name of the command line.
    pub key: String,
    /// Value of the run that is kept.
    pub kept: String,
    /// Value that is asked for now.
    pub now: String,
}

impl Difference {
    /// All of them in one line.
    pub fn line(differences: &[Difference], language: Language) -> String {
        let parts = differences
            .iter()
            .map(|Difference { key, kept, now }| match language {
                Language::Chinese => format!("{key}(已保存 {kept}，现为 {now})"),
                Language::English => format!("{key} (kept {kept}, now {now})"),
            });
        let parts: Vec<String> = parts.collect();
        parts.join(language.pick("、", ", "))
    }
}
