//! What earlier runs left: manifests, kept replications, shards, data of charts; and designs and observed values.

use super::{Case, case};

const MANIFEST: &str = r#"{
  "program": "riskweave",
  "version": "0.1.0",
  "experiment": "x",
  "hash": "0000",
  "platform": { "system": "linux", "architecture": "x86_64" },
  "circumstances": { "arguments": ["compare", "seminar-county"], "options": { "language": "zh" } },
  "outputs": [{ "file": "summary.csv", "bytes": 3, "sha256": "00" }],
  "inputs": { "key": "x" }
}
"#;

fn manifest(name: &'static str, text: impl Into<Vec<u8>>) -> Case {
    case(name, &["reproduce", "@/m/manifest.json", "--out", "@/o"])
        .file("m/manifest.json", text)
        .remedy("重新运行当时的命令", "run the command of then again")
}

fn resume(name: &'static str, files: &[(&'static str, &[u8])]) -> Case {
    let words = [
        "compare",
        "seminar-county",
        "--policy",
        "network",
        "--years",
        "1",
        "--replications",
        "2",
    ];
    let mut made = case(
        name,
        &[&words[..], &["--resume", "--quiet", "--out", "@/o"]].concat(),
    )
    .remedy("--force", "--force");
    for (file, bytes) in files {
        made = made.file(file, *bytes);
    }
    made
}

/// A study of the values in a file.
fn design(name: &'static str, text: impl Into<Vec<u8>>) -> Case {
    case(
        name,
        &[
            "sensitivity",
            "seminar-county",
            "--import-design",
            "@/d.csv",
            "--dry-run",
            "--out",
            "@/o",
        ],
    )
    .file("d.csv", text)
    .remedy("--export-design", "--export-design")
}

fn observed(name: &'static str, text: impl Into<Vec<u8>>) -> Case {
    case(
        name,
        &["calibrate", "seminar-county", "--targets", "@/t.csv"],
    )
    .file("t.csv", text)
}

const TARGETS: &str = "target,year,value,unit,use,trend,level,error_share,definition,authority\n";

#[expect(clippy::too_many_lines, reason = "one flat table")]
pub(crate) fn cases() -> Vec<Case> {
    vec![
        manifest("manifest: empty file", "").says(&["manifest.json:1:"]),
        manifest("manifest: cut off", &MANIFEST[..200]).says(&["manifest.json:7:"]),
        manifest("manifest: not JSON", "name = 3\n").says(&["manifest.json:1:"]),
        manifest(
            "manifest: not UTF-8",
            b"{ \"program\": \"\xd6\xd0\" }".to_vec(),
        )
        .says(&["manifest.json:1:"]),
        manifest(
            "manifest: lists within lists without end",
            "[".repeat(100_000),
        )
        .says(&["manifest.json:1:"]),
        manifest(
            "manifest: of another program",
            MANIFEST.replace("riskweave", "other"),
        )
        .remedy("请给出", "give the manifest.json")
        .says(&["manifest.json", "riskweave"]),
        manifest("manifest: a list", "[]")
            .remedy("请给出", "give the manifest.json")
            .says(&["manifest.json"]),
        manifest(
            "manifest: no version",
            MANIFEST.replace("  \"version\": \"0.1.0\",\n", ""),
        )
        .says(&["manifest.json", "`version`"]),
        manifest(
            "manifest: version as a number",
            MANIFEST.replace("\"0.1.0\"", "1"),
        )
        .says(&["`version`"]),
        manifest(
            "manifest: no outputs",
            MANIFEST.replace("\"outputs\"", "\"out\""),
        )
        .says(&["`outputs`"]),
        manifest(
            "manifest: negative length",
            MANIFEST.replace("\"bytes\": 3", "\"bytes\": -3"),
        )
        .says(&["`outputs.0.bytes`"]),
        manifest(
            "manifest: unknown language",
            MANIFEST.replace("\"zh\"", "\"de\""),
        )
        .says(&["options.language`"]),
        manifest("manifest: inputs changed", MANIFEST).says(&["manifest.json", "`inputs`"]),
        case("manifest: missing", &["reproduce", "@/none.json"])
            .remedy("请给出", "give the manifest.json")
            .says(&["none.json"]),
        case("manifest: folder without one", &["reproduce", "@/m"])
            .folder("m")
            .remedy("请给出", "give the manifest.json")
            .says(&["manifest.json"]),
        case("chart: folder without a manifest", &["chart", "@/m"])
            .folder("m")
            .remedy("请给出", "give the folder")
            .says(&["/m"]),
        case("chart: size", &["chart", "@/m", "--size", "5"])
            .remedy("办法", "WIDTHxHEIGHT")
            .says(&["--size", "5"]),
        case("chart: faulty manifest", &["chart", "@/m"])
            .file("m/manifest.json", "{")
            .remedy("请给出", "give the folder")
            .says(&["/m"]),
        case("chart: no data", &["chart", "@/m"])
            .file("m/manifest.json", "{ \"program\": \"riskweave\" }")
            .remedy("重新运行", "run compare again")
            .says(&["charts.json"]),
        case("chart: data cut off", &["chart", "@/m"])
            .file("m/manifest.json", "{ \"program\": \"riskweave\" }")
            .file("m/charts.json", "{ \"bearers\": ")
            .remedy("重新运行", "run compare again")
            .says(&["charts.json", "line 1"]),
        case("story: folder without a run", &["story", "@/m"])
            .folder("m")
            .remedy("compare", "compare")
            .says(&["/m"]),
        resume(
            "resume: identity cut off",
            &[
                ("o/replications/identity.json", b"{ \"program\": "),
                ("o/replications/00001.replication", b"x"),
            ],
        )
        .says(&["identity.json"]),
        resume(
            "resume: identity of another program",
            &[
                ("o/replications/identity.json", b"[]"),
                ("o/replications/00001.replication", b"x"),
            ],
        )
        .says(&["identity.json"]),
        resume(
            "resume: replications without an identity",
            &[("o/replications/00001.replication", b"RWREPL\r\n")],
        )
        .says(&["identity.json"]),
        resume("resume: finished results", &[("o/manifest.json", b"{}")]).says(&["/o"]),
        case("merge: folder without a shard", &["merge", "@/m"])
            .folder("m")
            .remedy("运行完毕", "let the command")
            .says(&["/m"]),
        case("merge: shard cut off", &["merge", "@/m"])
            .file("m/shard.json", "{ \"shard\"")
            .remedy("运行完毕", "let the command")
            .says(&["/m"]),
        design("design: empty file", "").says(&["d.csv"]),
        design("design: unknown parameter", "enterprise.care_kapa\n1\n")
            .remedy("care_kappa", "care_kappa")
            .says(&["care_kapa"]),
        design("design: a word", "enterprise.care_kappa\nmuch\n").says(&["d.csv:2", "much"]),
        design("design: not a number", "enterprise.care_kappa\nnan\n").says(&["d.csv:2"]),
        design(
            "design: ragged",
            "enterprise.care_kappa,trades.*.backlog_ceiling\n1\n",
        )
        .says(&["d.csv:2"]),
        design("design: out of range", "enterprise.care_kappa\n1e9\n")
            .says(&["d.csv", "care_kappa"]),
        design(
            "design: changed since it was written",
            "# riskweave design: morris, 1 rows, sha256=00\nenterprise.care_kappa\n1\n",
        )
        .remedy("重新导出", "export it again")
        .says(&["d.csv"]),
        design("design: GBK", b"enterprise.care_kappa\n\xd6\xd0\n".to_vec())
            .remedy("办法", "remedy:")
            .says(&["d.csv"]),
        observed("observed: empty file", "").says(&["t.csv:1:"]),
        observed("observed: no rows", TARGETS).says(&["t.csv"]),
        observed(
            "observed: nothing to fit",
            format!("{TARGETS}natural_deaths,2019,900,people,compared,no,mean,0.1,x,y\n"),
        )
        .remedy("--parameters", "--parameters")
        .says(&["fit"]),
        observed(
            "observed: unknown series",
            format!("{TARGETS}natural_deths,2019,900,people,fit,yes,trend,0.1,x,y\n"),
        )
        .remedy("natural_deaths", "natural_deaths")
        .says(&["natural_deths"]),
        observed(
            "observed: negative",
            format!("{TARGETS}natural_deaths,2019,-900,people,fit,yes,trend,0.1,x,y\n"),
        )
        .says(&["t.csv:2:"]),
        observed(
            "observed: not a number",
            format!("{TARGETS}natural_deaths,2019,NaN,people,fit,yes,trend,0.1,x,y\n"),
        )
        .says(&["t.csv:2:"]),
        observed(
            "observed: unknown use",
            format!("{TARGETS}natural_deaths,2019,900,people,fitt,yes,trend,0.1,x,y\n"),
        )
        .says(&["t.csv:2:", "fitt"]),
        observed(
            "observed: column missing",
            "target,year,value\nnatural_deaths,2019,900\n",
        )
        .says(&["t.csv:1:"]),
    ]
}
