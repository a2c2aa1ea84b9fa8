//! CSV tables of a society.

use super::{Case, case};

const HEAD: &str = "extends = \"seminar-county\"\nname_zh = \"甲\"\nname_en = \"a\"\nbaseline = \"current-2020\"\n";
const PROVINCES: &str = "code,name_zh,name_en,population,aged_share,child_share,urban_share,gdp_yuan,counties,prefectures,area_km2,income_yuan,beds_per_1000,tile_row,tile_col\n";
/// The row of the seminar county, by which the other tables know it.
const ROW: [&str; 15] = [
    "991", "临澜", "Linlan", "3000000", "0.13", "0.18", "0.62", "2.1e11", "12", "1", "13000",
    "31000", "6.1", "1", "1",
];

fn table(
    name: &'static str,
    table: &'static str,
    file: &'static str,
    text: impl Into<Vec<u8>>,
) -> Case {
    case(name, &["check", "@/s.toml", "--kind", "society"])
        .file("s.toml", format!("{HEAD}[tables]\n{table} = \"{file}\"\n"))
        .file(file, text)
}

fn provinces(name: &'static str, text: impl Into<Vec<u8>>) -> Case {
    table(name, "provinces", "r.csv", text)
}

/// One province of which one fact is another.
fn fact(name: &'static str, column: usize, value: &str) -> Case {
    let mut row = ROW.map(str::to_owned);
    value.clone_into(&mut row[column]);
    provinces(name, format!("{PROVINCES}{}\n", row.join(","))).says(&["r.csv:2:"])
}

pub(crate) fn cases() -> Vec<Case> {
    let row = ROW.join(",");
    vec![
        fact("region: negative population", 3, "-5"),
        fact("region: no population", 3, "0"),
        fact("region: half a person", 3, "2.5"),
        fact("region: population as a word", 3, "three million"),
        fact("region: population with thousands", 3, "\"3,000,000\""),
        fact("region: population in ten thousands", 3, "300万"),
        fact("region: population not a number", 3, "NaN"),
        fact("region: population infinite", 3, "inf"),
        fact("region: more people than the world has", 3, "1e30"),
        fact("region: share above one", 4, "1.2"),
        fact("region: share in percent", 6, "62%"),
        fact("region: no adults", 4, "0.9"),
        fact("region: empty cell", 7, ""),
        fact("region: negative product", 7, "-1"),
        fact("region: product beyond a double", 7, "1e999"),
        fact("region: no counties", 8, "0"),
        fact("region: a billion counties", 8, "1000000000"),
        fact("region: a billion prefectures", 9, "1000000000"),
        fact("region: no area", 10, "0"),
        fact("region: negative beds", 12, "-1"),
        fact("region: tile beyond any chart", 13, "4294967296"),
        fact("region: no name", 1, ""),
        fact("region: no code", 0, ""),
        provinces("region: empty file", "").says(&["r.csv:1:"]),
        provinces("region: only a header", PROVINCES).says(&["r.csv:1:"]),
        provinces("region: no header", format!("{row}\n{row}\n")).says(&["r.csv:1:"]),
        provinces("region: column missing", PROVINCES.replace("population,", "")).says(&["r.csv:1:", "population"]),
        provinces("region: column misspelt", PROVINCES.replace("population,", "populaton,")).says(&["r.csv:1:", "populaton"]),
        provinces("region: column twice", PROVINCES.replace("population,", "population,population,")).says(&["r.csv:1:"]),
        provinces("region: semicolons", format!("{PROVINCES}{row}\n").replace(',', ";")).says(&["r.csv:1:"]),
        provinces("region: short row", format!("{PROVINCES}991,临澜\n")).says(&["r.csv:2:"]),
        provinces("region: long row", format!("{PROVINCES}{row},1,2\n")).says(&["r.csv:2:"]),
        provinces("region: quote left open", format!("{PROVINCES}\"{row}\n")).says(&["r.csv:2:"]),
        provinces("region: province twice", format!("{PROVINCES}{row}\n{row}\n")).says(&["r.csv:"]),
        provinces("region: GBK", [PROVINCES.as_bytes(), b"991,\xc1\xd9,x\n"].concat()).says(&["r.csv:2", "UTF-8"]),
        provinces("region: a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec()).says(&["r.csv:1", "UTF-8"]),
        provinces("region: Windows line ends and a faulty cell", format!("{PROVINCES}{}\n", row.replace("3000000", "-1")).replace('\n', "\r\n"))
            .says(&["r.csv:2:", "population"]),
        provinces("region: byte-order mark and a faulty cell", format!("\u{feff}{PROVINCES}{}\n", row.replace("3000000", "-1")))
            .says(&["r.csv:2:", "population"]),
        provinces("region: other provinces than the tables", format!("{PROVINCES}{}\n", row.replace("991", "992")))
            .says(&["991"]),
        table("exposure: index above one", "exposure", "x.csv",
            "code,flood,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls\n991,7,0,0,0,0,0,0,0,0\n")
            .says(&["x.csv:2:", "flood"]),
        table("exposure: negative landfalls", "exposure", "x.csv",
            "code,flood,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls\n991,0,0,0,0,0,0,0,0,-1\n")
            .says(&["x.csv:2:", "landfalls"]),
        table("exposure: no row of a province", "exposure", "x.csv",
            "code,flood,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls\n")
            .says(&["x.csv:1:", "991"]),
        table("exposure: hazard misspelt", "exposure", "x.csv",
            "code,flod,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls\n")
            .says(&["x.csv:1:", "flod"]),
        table("workers: negative", "workers", "w.csv", "code,chemicals\n991,-4\n").says(&["w.csv:1:"]),
        table("neighbours: a province and itself", "neighbours", "n.csv", "code_a,code_b\n991,991\n").says(&["n.csv:2:"]),
        table("neighbours: unknown province", "neighbours", "n.csv", "code_a,code_b\n991,992\n").says(&["n.csv:2:", "992"]),
        table("cascade: without end", "cascade", "c.csv",
            "trigger,to,expected_children,unit\nchemicals,fire,0.95,per uncontained triggering event\nfire,chemicals,0.95,per uncontained triggering event\n")
            .says(&["c.csv"]),
        table("cascade: negative", "cascade", "c.csv",
            "trigger,to,expected_children,unit\nchemicals,fire,-0.1,per uncontained triggering event\n")
            .says(&["c.csv:2:"]),
        table("cascade: unknown unit", "cascade", "c.csv", "trigger,to,expected_children,unit\nchemicals,fire,0.1,each\n")
            .says(&["c.csv:2:", "each"]),
        table("cascade: footprint of no natural danger", "cascade", "c.csv",
            "trigger,to,expected_children,unit\nchemicals,fire,0.1,per exposed source in the footprint\n")
            .says(&["c.csv:2:"]),
        table("prefectures: of an unknown province", "prefectures", "f.csv",
            "code,name_zh,name_en,population,urban_share,gdp_yuan,counties,income_yuan\n7,甲,a,1,0.5,1,1,1\n")
            .says(&["f.csv:2:"]),
        table("prefectures: more people than the province", "prefectures", "f.csv",
            "code,name_zh,name_en,population,urban_share,gdp_yuan,counties,income_yuan\n991,甲,a,9000000,0.62,210000000000,12,31000\n")
            .says(&["f.csv:"]),
    ]
}
