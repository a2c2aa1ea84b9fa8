//! Tables of losses and programmes of layers.

use super::{Case, case};

const HEADER: &str = "year,event,claimant,group,insured_value,loss\n";
const TOWER: &str = "[[level]]\nper = \"claimant\"\n[[layer]]\nname = \"one\"\nlimit_yuan = 1000\n";

fn losses(name: &'static str, rows: &str) -> Case {
    table(name, format!("{HEADER}{rows}"))
}

fn table(name: &'static str, text: impl Into<Vec<u8>>) -> Case {
    case(
        name,
        &[
            "settle", "--layers", "@/t.toml", "--losses", "@/l.csv", "--out", "@/o",
        ],
    )
    .file("t.toml", TOWER)
    .file("l.csv", text)
}

fn programme(name: &'static str, text: &str) -> Case {
    case(
        name,
        &[
            "settle", "--layers", "@/t.toml", "--losses", "@/l.csv", "--out", "@/o",
        ],
    )
    .file("t.toml", text)
    .file("l.csv", format!("{HEADER}2020,e,a,g,1000,500\n"))
}

#[expect(clippy::too_many_lines, reason = "one flat table")]
pub(crate) fn cases() -> Vec<Case> {
    vec![
        losses("losses: negative", "2020,e,a,g,1000,-5\n").says(&["l.csv:2:", "-5"]),
        losses("losses: a word", "2020,e,a,g,1000,much\n").says(&["l.csv:2:", "much"]),
        losses("losses: not a number", "2020,e,a,g,1000,NaN\n").says(&["l.csv:2:", "NaN"]),
        losses("losses: infinite", "2020,e,a,g,1000,inf\n").says(&["l.csv:2:", "inf"]),
        losses(
            "losses: more than all money",
            "2020,e,a,g,,99999999999999999999\n",
        )
        .says(&["l.csv:2:"]),
        losses("losses: foreign money", "2020,e,a,g,1000,$500\n").says(&["l.csv:2:", "$500"]),
        losses("losses: more than the value", "2020,e,a,g,100,200\n").says(&["l.csv:2:"]),
        losses("losses: year as a word", "twenty,e,a,g,1000,5\n").says(&["l.csv:2:", "twenty"]),
        losses("losses: year as a date", "2020-01-01,e,a,g,1000,5\n").says(&["l.csv:2:"]),
        losses(
            "losses: year beyond any catalogue",
            "4294967296,e,a,g,1000,5\n",
        )
        .says(&["l.csv:2:"]),
        losses("losses: no claimant", "2020,e,,g,1000,5\n").says(&["l.csv:2:", "claimant"]),
        losses("losses: no event", "2020,,a,g,1000,5\n").says(&["l.csv:2:", "event"]),
        losses(
            "losses: row twice",
            "2020,e,a,g,1000,5\n2020,e,a,g,1000,5\n",
        )
        .says(&["l.csv:"]),
        losses("losses: short row", "2020,e,a\n").says(&["l.csv:2:"]),
        losses("losses: no rows", "").says(&["l.csv:1:"]),
        table("losses: empty file", "").says(&["l.csv:1:", "year"]),
        table(
            "losses: column missing",
            "year,event,claimant,group,loss\n2020,e,a,g,5\n",
        )
        .says(&["l.csv:1:", "insured_value"]),
        table(
            "losses: column misspelt",
            HEADER.replace("claimant", "claiment"),
        )
        .says(&["l.csv:1:", "claiment"]),
        table(
            "losses: column twice by two names",
            "year,年份,event,claimant,group,insured_value,loss\n1,1,e,a,g,9,5\n",
        )
        .says(&["l.csv:1:"]),
        table(
            "losses: GBK",
            [HEADER.as_bytes(), b"2020,\xcb\xae\xd4\xd6,a,g,9,5\n"].concat(),
        )
        .says(&["l.csv:2", "UTF-8"]),
        case(
            "losses: folder",
            &[
                "settle", "--layers", "@/t.toml", "--losses", "@/l.csv", "--out", "@/o",
            ],
        )
        .file("t.toml", TOWER)
        .folder("l.csv")
        .says(&["l.csv"]),
        case(
            "losses: missing",
            &[
                "settle", "--layers", "@/t.toml", "--losses", "@/l.csv", "--out", "@/o",
            ],
        )
        .file("t.toml", TOWER)
        .says(&["l.csv"]),
        programme("programme: empty file", "").says(&["t.toml:1:"]),
        programme(
            "programme: unknown key",
            "[[level]]\nper = \"claimant\"\n[[layer]]\nlimt_yuan = 5\n",
        )
        .says(&["t.toml:4:", "limit_yuan"]),
        programme(
            "programme: unknown unit of levels",
            "[[level]]\nper = \"household\"\n[[layer]]\nlimit_yuan = 5\n",
        )
        .says(&["t.toml:2:", "household"]),
        programme(
            "programme: negative limit",
            "[[level]]\nper = \"claimant\"\n[[layer]]\nlimit_yuan = -5\n",
        )
        .says(&["t.toml:4:"]),
        programme(
            "programme: infinite limit",
            "[[level]]\nper = \"claimant\"\n[[layer]]\nlimit_yuan = inf\n",
        )
        .says(&["t.toml:4:"]),
        programme(
            "programme: share above one",
            "[[level]]\nper = \"claimant\"\n[[layer]]\nlimit_yuan = 5\nshare = 1.5\n",
        )
        .says(&["t.toml:5:"]),
        programme(
            "programme: limit said in two ways",
            "[[level]]\nper = \"claimant\"\n[[layer]]\nlimit_yuan = 5\nlimit_share_of_loss = 0.5\n",
        )
        .says(&["t.toml:"]),
        programme(
            "programme: table where a list belongs",
            "[level]\nper = \"claimant\"\n",
        )
        .says(&["t.toml:1:"]),
        programme("programme: syntax", "[[level]\n").says(&["t.toml:1:"]),
    ]
}
