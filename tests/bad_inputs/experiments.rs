//! Experiment files.

use super::{Case, case};

const HEAD: &str = "name_zh = \"甲\"\nname_en = \"a\"\nsociety = \"seminar-county\"\n";

fn experiment(name: &'static str, more: &str) -> Case {
    case(name, &["compare", "@/e.toml", "--dry-run"]).file("e.toml", format!("{HEAD}{more}"))
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        experiment("experiment: no policies", "policies = []\n").says(&["e.toml:4:"]),
        experiment("experiment: policies as one text", "policies = \"network\"\n").says(&["e.toml:4:"]),
        experiment("experiment: a number among policies", "policies = [\"network\", 5]\n").says(&["e.toml:4:"]),
        experiment("experiment: an empty name among policies", "policies = [\"\"]\n").says(&["e.toml:4:"]),
        experiment("experiment: unknown policy", "policies = [\"netwrok\"]\n").says(&["e.toml:4:", "network"]),
        experiment("experiment: policy twice", "policies = [\"network\", \"network\"]\n").says(&["e.toml:4:"]),
        experiment("experiment: bracket left open", "policies = [\"network[remedy.quality_target=0.6\"]\n").says(&["e.toml:4:"]),
        experiment("experiment: variant without a value", "policies = [\"network[remedy.quality_target]\"]\n").says(&["e.toml:4:"]),
        experiment("experiment: variant with an unknown lever", "policies = [\"network[remedy.qualty_target=0.6]\"]\n")
            .says(&["quality_target"]),
        experiment("experiment: variant out of range", "policies = [\"network[remedy.quality_target=7]\"]\n")
            .says(&["remedy.quality_target"]),
        experiment("experiment: half a grid", "[grid]\nallocation = [\"sector-led\"]\n").says(&["e.toml:5:"]),
        experiment("experiment: no years", "policies = [\"network\"]\nyears = 0\n").says(&["e.toml:5:"]),
        experiment("experiment: half a year", "policies = [\"network\"]\nyears = 0.5\n").says(&["e.toml:5:"]),
        experiment("experiment: a thousand years", "policies = [\"network\"]\nyears = 1000\n").says(&["e.toml:5:"]),
        experiment("experiment: negative burn-in", "policies = [\"network\"]\nburn_in_years = -1\n").says(&["e.toml:5:"]),
        experiment("experiment: too many years in all", "policies = [\"network\"]\nyears = 200\nreplications = 100000\n")
            .says(&["e.toml:"]),
        experiment("experiment: negative seed", "policies = [\"network\"]\nseed = -1\n").says(&["e.toml:5:"]),
        experiment("experiment: seed beyond a double", "policies = [\"network\"]\nseed = 18446744073709551615\n").says(&["e.toml:5:"]),
        experiment("experiment: no people an agent", "policies = [\"network\"]\npeople_per_agent = 0\n").says(&["e.toml:5:"]),
        experiment("experiment: unknown start", "policies = [\"network\"]\nstart = \"baselin\"\n").says(&["e.toml:5:", "baseline"]),
        experiment("experiment: forced event of an unknown kind", "policies = [\"network\"]\n[forced_event]\nkind = \"flod\"\n")
            .says(&["e.toml:6:", "flood"]),
        experiment("experiment: forced event nowhere", "policies = [\"network\"]\n[forced_event]\nkind = \"flood\"\nprovince = \"临兰\"\n")
            .says(&["e.toml:7:"]),
        experiment(
            "experiment: forced event after the end",
            "policies = [\"network\"]\nyears = 1\n[forced_event]\nkind = \"flood\"\nprovince = \"临澜市\"\nweek = 53\n",
        )
        .says(&["e.toml:9:"]),
        experiment(
            "experiment: forced event that never comes",
            "policies = [\"network\"]\n[forced_event]\nkind = \"flood\"\nprovince = \"临澜市\"\nreturn_period_years = -5\n",
        )
        .says(&["e.toml:8:"]),
        case("experiment: unknown society", &["compare", "@/e.toml", "--dry-run"])
            .file("e.toml", "name_zh = \"甲\"\nname_en = \"a\"\nsociety = \"seminar-contry\"\npolicies = [\"network\"]\n")
            .says(&["e.toml:3:", "seminar-county"]),
        case("experiment: a policy file in its place", &["compare", "@/e.toml", "--dry-run"])
            .file("e.toml", "extends = \"current-2020\"\n[criteria]\nweight_on_life = 1\n")
            .says(&["e.toml:1:"]),
        case("experiment: fault of a policy file that it names", &["compare", "@/e.toml", "--dry-run"])
            .file("e.toml", format!("{HEAD}policies = [\"p.toml\"]\n"))
            .file("p.toml", "extends = \"current-2020\"\nname_zh = \"甲\"\nname_en = \"a\"\n[remedy]\nquality_target = 7\n")
            .says(&["p.toml:5:"]),
        case("experiment: unknown name", &["compare", "chna-2020"]).says(&["chna-2020", "china-2020"]),
    ]
}
