//! Society files.

use super::{Case, case};

const HEAD: &str = "extends = \"seminar-county\"\nname_zh = \"甲\"\nname_en = \"a\"\nbaseline = \"current-2020\"\n";

fn society(name: &'static str, more: &str) -> Case {
    case(name, &["check", "@/s.toml", "--kind", "society"]).file("s.toml", format!("{HEAD}{more}"))
}

#[expect(clippy::too_many_lines, reason = "one flat table")]
pub(crate) fn cases() -> Vec<Case> {
    let check = ["check", "@/s.toml", "--kind", "society"];
    vec![
        case("society: empty file", &check)
            .file("s.toml", "")
            .says(&["s.toml:1:"]),
        case("society: only a byte-order mark", &check)
            .file("s.toml", "\u{feff}")
            .says(&["s.toml:1:"]),
        case("society: byte-order mark and Windows line ends", &check)
            .file(
                "s.toml",
                format!("\u{feff}{HEAD}").replace('\n', "\r\n") + "[citizens]\r\nxyzzy = 1\r\n",
            )
            .says(&["s.toml:6:", "xyzzy"]),
        case("society: only old Mac line ends", &check)
            .file("s.toml", HEAD.replace('\n', "\r"))
            .says(&["s.toml:2:"]),
        case("society: UTF-16", &check)
            .file("s.toml", b"\xff\xfen\x00a\x00m\x00e\x00".to_vec())
            .says(&["s.toml:1", "UTF-8"]),
        case("society: GBK in line 3", &check)
            .file(
                "s.toml",
                b"extends = \"seminar-county\"\nname_en = \"a\"\nname_zh = \"\xd6\xd0\"\n".to_vec(),
            )
            .says(&["s.toml:3", "UTF-8"]),
        case("society: zero bytes", &check)
            .file("s.toml", vec![0; 64])
            .says(&["s.toml:1:"]),
        case("society: folder instead of file", &check)
            .folder("s.toml")
            .says(&["s.toml"]),
        case("society: JSON instead of TOML", &check)
            .file("s.toml", "{ \"name_zh\": \"甲\" }\n")
            .says(&["s.toml:1:"]),
        case("society: lists within lists without end", &check)
            .file("s.toml", format!("x = {}", "[".repeat(100_000)))
            .says(&["s.toml:1:"]),
        case("society: tables within tables without end", &check)
            .file(
                "s.toml",
                format!("x = {}1{}\n", "{ a = ".repeat(20_000), " }".repeat(20_000)),
            )
            .says(&["s.toml:1:"]),
        case("society: a key of a thousand parts", &check)
            .file("s.toml", format!("{}x = 1\n", "a.".repeat(1_000)))
            .says(&["s.toml:1:"]),
        society("society: duplicated key", "[citizens]\nx = 1\nx = 2\n").says(&["s.toml:7:"]),
        society("society: duplicated table", "[citizens]\n[citizens]\n").says(&["s.toml:6:"]),
        society("society: quote left open", "seed = \"12\n").says(&["s.toml:5:"]),
        society(
            "society: unknown key near a known one",
            "[health]\ncluster_arivals_per_year = 2\n",
        )
        .says(&["s.toml:6:", "cluster_arrivals_per_year"]),
        society(
            "society: unknown table near a known one",
            "[helth]\ncluster_arrivals_per_year = 2\n",
        )
        .says(&["s.toml:5:", "health"]),
        society(
            "society: text for a number",
            "[health]\ncluster_arrivals_per_year = \"two\"\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: number as text",
            "[health]\ncluster_arrivals_per_year = \"2\"\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: number with its unit",
            "[health]\ncluster_arrivals_per_year = 2/a\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: percentage sign",
            "[health]\ncluster_arrivals_per_year = 5%\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: full-width digits",
            "[health]\ncluster_arrivals_per_year = ２\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: decimal comma",
            "[health]\ncluster_arrivals_per_year = 1,5\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: not a number",
            "[health]\ncluster_arrivals_per_year = nan\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: infinite",
            "[health]\ncluster_arrivals_per_year = inf\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: beyond a double",
            "[health]\ncluster_arrivals_per_year = 1e999\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: negative rate",
            "[health]\ncluster_arrivals_per_year = -1\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: share given in percent",
            "[synthesis]\nchemical_park_share = 8.33\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: date for a number",
            "[health]\ncluster_arrivals_per_year = 2020-01-01\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: list for a number",
            "[health]\ncluster_arrivals_per_year = [2]\n",
        )
        .says(&["s.toml:6:"]),
        society("society: whole number with a fraction", "seed = 12.5\n").says(&["s.toml:5:"]),
        society(
            "society: whole number of a hundred digits",
            &format!("seed = {}\n", "9".repeat(100)),
        )
        .says(&["s.toml:5:"]),
        society(
            "society: shares that do not add up",
            "[government.budget_share]\ncentre = 0.9\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: table that is a folder",
            "[tables]\nprovinces = \"./\"\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: table with an empty name",
            "[tables]\nprovinces = \"\"\n",
        )
        .says(&["s.toml:6:"]),
        society(
            "society: table outside the built-ins",
            "[tables]\nprovinces = \"builtin:nowhere.csv\"\n",
        )
        .says(&["s.toml:6:", "nowhere.csv"]),
        society(
            "society: table that is the file itself",
            "[tables]\nprovinces = \"s.toml\"\n",
        )
        .says(&["s.toml:1:"]),
        case("society: extends itself", &check)
            .file("s.toml", "extends = \"./s.toml\"\n")
            .says(&["s.toml:1:"]),
        case("society: extends a policy", &check)
            .file(
                "s.toml",
                "extends = \"network\"\nname_zh = \"甲\"\nname_en = \"a\"\n",
            )
            .says(&["s.toml:1:", "network"]),
        case("society: extends a number", &check)
            .file("s.toml", "extends = 3\n")
            .says(&["s.toml:1:"]),
        case("society: baseline that is a folder", &check)
            .file("s.toml", HEAD.replace("current-2020", "./"))
            .says(&["s.toml:4:"]),
    ]
}
