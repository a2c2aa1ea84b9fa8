//! Problems of files and names.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, labelled, say};
use crate::scenario::source::{Place, SIZE_LIMIT};
use crate::vocabulary::Language;

/// A file or name that cannot be opened or read as TOML. `place` is where it is referred to.
#[derive(Clone, Debug, PartialEq)]
pub enum FileProblem {
    /// There is no such file.
    Missing { path: String, place: Option<Place> },
    /// The system refuses to read it.
    Unreadable {
        path: String,
        detail: String,
        place: Option<Place>,
    },
    /// It is a folder.
    Directory { path: String, place: Option<Place> },
    /// It is larger than [`SIZE_LIMIT`].
    TooBig {
        path: String,
        bytes: u64,
        place: Option<Place>,
    },
    /// It is not UTF-8 from this line (from 1) and byte (from 0) on.
    NotUtf8 {
        path: String,
        line: usize,
        offset: usize,
        place: Option<Place>,
    },
    /// It is not TOML; the detail is the parser's, in English.
    Syntax { detail: String, place: Place },
    /// Of the inputs that a manifest holds, one is missing or not as this version writes it; the detail is the
    /// parser's, in English.
    Recorded {
        path: String,
        key: String,
        detail: String,
    },
    /// A file extends itself, directly or through others.
    CircularExtends { chain: Vec<String>, place: Place },
}

impl FileProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            FileProblem::Syntax { detail, place } => Text {
                what: say!(language, "不符合 TOML 语法", "this is not valid TOML"),
                labels: vec![(place.clone(), detail_in(detail, language))],
                advice: say!(
                    language,
                    "一行写一个 `键 = 值`;文字加双引号;表名写成 `[表]`;同一个键只写一次。",
                    "write one `key = value` a line, texts in double quotes, tables as `[table]`, each key once."
                ),
            },
            FileProblem::CircularExtends { chain, place } => {
                let chain = chain.join(" → ");
                Text {
                    what: say!(
                        language,
                        "`extends` 首尾相接: {chain}",
                        "`extends` goes round in a circle: {chain}"
                    ),
                    labels: vec![(place.clone(), say!(language, "回到自身", "leads back"))],
                    advice: say!(
                        language,
                        "其中一个文件去掉 `extends`,或改为继承内置方案。",
                        "remove `extends` from one of these files, or let it extend a built-in."
                    ),
                }
            }
            FileProblem::Recorded { path, key, detail } => Text {
                what: say!(
                    language,
                    "{path} 中的 `{key}` 读不懂（{detail}）",
                    "`{key}` in {path} cannot be read: {detail}"
                ),
                labels: Vec::new(),
                advice: say!(
                    language,
                    "清单文件由程序写出，不能手改；用写出它的程序版本，或重新运行当时的命令。",
                    "a manifest is written by the program and not edited by hand: use the version that wrote it, or run the command of then again."
                ),
            },
            _ => self.unopened(language),
        }
    }

    fn unopened(&self, language: Language) -> Text {
        let (what, advice, place) = match self {
            FileProblem::Missing { path, place } => (
                say!(language, "找不到文件 `{path}`", "there is no file `{path}`"),
                say!(
                    language,
                    "检查路径;文件内的路径相对于该文件。内置文件写作 `builtin:…`,见 `riskweave list`。",
                    "check the path; paths inside a file are relative to that file. Built-in files are written `builtin:…`, see `riskweave list`."
                ),
                place,
            ),
            FileProblem::Unreadable {
                path,
                detail,
                place,
            } => (
                say!(
                    language,
                    "无法读取文件 `{path}`: {detail}",
                    "the file `{path}` cannot be read: {detail}"
                ),
                say!(
                    language,
                    "检查文件的读取权限。",
                    "check that you may read the file."
                ),
                place,
            ),
            FileProblem::Directory { path, place } => (
                say!(
                    language,
                    "`{path}` 是文件夹,不是文件",
                    "`{path}` is a folder, not a file"
                ),
                say!(
                    language,
                    "请写出文件夹中某个 .toml 文件的路径。",
                    "give the path of a .toml file in it."
                ),
                place,
            ),
            FileProblem::TooBig { path, bytes, place } => {
                let (size, limit) = (bytes.div_ceil(1024 * 1024), SIZE_LIMIT / 1024 / 1024);
                (
                    say!(
                        language,
                        "文件 `{path}` 过大: {size} MB(上限 {limit} MB)",
                        "the file `{path}` is too big: {size} MB (limit {limit} MB)"
                    ),
                    say!(
                        language,
                        "检查是否给错了文件(例如结果文件)。",
                        "check that it is an input file and not, say, a file of results."
                    ),
                    place,
                )
            }
            FileProblem::NotUtf8 {
                path,
                line,
                offset,
                place,
            } => (
                say!(
                    language,
                    "{path}:{line} 不是 UTF-8 编码：文件第 {offset} 字节(从 0 起)无法识别",
                    "{path}:{line} is not UTF-8: the byte at offset {offset} of the file (from 0) cannot be read"
                ),
                say!(
                    language,
                    "用编辑器另存为 UTF-8(不要用 GBK 或 UTF-16)。",
                    "save it as UTF-8 in your editor (not GBK or UTF-16)."
                ),
                place,
            ),
            FileProblem::Syntax { .. }
            | FileProblem::CircularExtends { .. }
            | FileProblem::Recorded { .. } => (String::new(), String::new(), &None),
        };
        Text {
            what,
            advice,
            labels: labelled(
                place.as_ref(),
                say!(language, "在此引用", "referred to here"),
            ),
        }
    }
}

/// The parser's commonest remarks in Chinese; others stay in English.
fn detail_in(detail: &str, language: Language) -> String {
    if language == Language::English {
        return detail.to_owned();
    }
    let known = [
        ("duplicate key", "键重复"),
        ("unclosed table", "表名缺少 `]`"),
        ("unclosed array", "列表缺少 `]`"),
        ("unclosed inline table", "行内表缺少 `}`"),
        ("missing value", "缺少值"),
        ("key with no value", "有键无值,应为 `键 = 值`"),
        ("missing assignment", "键和值之间缺少 `=`"),
        ("missing comma", "缺少逗号"),
        ("missing opening quote", "文字缺少左引号"),
        ("invalid basic string", "文字缺少右引号"),
        ("invalid literal string", "文字缺少右引号"),
        ("invalid multi-line", "多行文字缺少右引号"),
        ("string values must be quoted", "文字须加双引号"),
        ("escaped value", "`\\` 之后的字符不合法"),
        ("unicode", "`\\u` 之后应为十六进制数"),
        ("invalid unquoted key", "键名中有须加引号的字符"),
        ("unquoted keys cannot be empty", "键名为空"),
        ("keys cannot be multi-line", "键名不能跨行"),
        ("invalid key", "键名不合法"),
        ("extra `=`", "多余的 `=`"),
        ("unexpected `=`", "多余的 `=`"),
        ("leading zero", "数字开头有多余的 0"),
        ("sign", "数字有多余的正负号"),
        ("radix", "进制前缀应为小写,且不带正负号"),
        ("carriage return", "换行只有回车符,应为换行符"),
        ("invalid comment character", "注释中有不可见的控制字符"),
        ("recurs", "嵌套太深"),
        ("invalid value", "值不合法"),
        ("unexpected", "此处有多余的内容"),
        ("invalid", "写法不合法"),
    ];
    known
        .iter()
        .find(|(english, _)| detail.contains(english))
        .map_or_else(|| detail.to_owned(), |(_, chinese)| (*chinese).to_owned())
}
