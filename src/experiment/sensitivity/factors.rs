//! The uncertain parameters: facts and behaviour of the society with a declared range, one by one or several
//! at once (`*` for any part of a name), each member then at the same place of its own range.

use serde_json::Value as Json;

use super::Refusal;
use crate::calibration::parameters::{matches, pointer};
use crate::experiment::Name;
use crate::scenario::InputKind;
use crate::scenario::declaration::{Declaration, ParameterType, Value, declarations, nearest_of};
use crate::scenario::relations::is_held;
use crate::scenario::society::Society;
use crate::vocabulary::{Vocabulary, vocabulary};

vocabulary! {
    /// What a value rests on, the weakest first.
    Grade {
        Judgement = "judgement", "判断", "judgement";
        Literature = "literature", "文献", "literature";
        Measured = "measured", "实测", "measured";
    }
}

/// What is looked at when nothing is named: what enterprises, officials and citizens do, what works and
/// warnings achieve, how bad things get, how fast they mend – the parameters through which the six
/// mechanisms act and whose true values are known worst.
pub const CUSTOMARY: [&str; 24] = [
    "enterprise.care_kappa",
    "enterprise.perceived_risk",
    "enterprise.sanction_not_money_yuan",
    "enterprise.backlog_growth_per_year",
    "enterprise.self_check_removal_per_year",
    "enterprise.compliance_slope",
    "trades.*.base_rate_per_100k_worker_years",
    "trades.*.backlog_ceiling",
    "trades.*.care_out_of_reach",
    "trades.*.rescuable_share",
    "accident.plant_age_ceiling",
    "government.deterrence_max",
    "government.coordination_zeta_max",
    "government.handover.*.loss",
    "government.retrofit_renewal_per_subsidy_year",
    "reporting.moral_conceal",
    "rescue.first_responder_effect",
    "hazards.*.damage_ratio.*",
    "hazards.*.works_effect",
    "hazards.*.warning_compliance",
    "hazards.*.lethality_avoided",
    "citizens.beta_expected_relief",
    "sharing.pool_housing_share",
    "recovery.money_gap_slowdown",
];

/// Tables that are no facts: how the fictional counties are spread, and how results are valued.
const NO_FACTS: [&str; 2] = ["society.synthesis.", "society.evaluation."];

/// A parameter that moves with a factor.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its declaration.
    pub row: &'static Declaration,
    /// Value in the society.
    pub value: f64,
    /// Least value tried.
    pub low: f64,
    /// Greatest value tried.
    pub high: f64,
}

/// One uncertain parameter, or several that move together.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Name as typed, without `society.`.
    pub name: String,
    /// Name in words.
    pub words: Name,
    /// Weakest evidence of its members.
    pub grade: Grade,
    /// What moves.
    pub members: Vec<Member>,
}

impl Factor {
    /// What stands in a design for a place from 0 to 1 in the range: the value of a single parameter, or the
    /// place itself where several move.
    pub fn value(&self, place: f64) -> f64 {
        match &self.members[..] {
            [one] => (one.low + place * (one.high - one.low)).clamp(one.low, one.high),
            _ => place,
        }
    }

    /// The place in the range of what stands in a design.
    pub fn place(&self, value: f64) -> f64 {
        match &self.members[..] {
            [one] => (value - one.low) / (one.high - one.low),
            _ => value,
        }
    }

    /// Ends of what may stand in a design.
    pub fn ends(&self) -> [f64; 2] {
        [self.value(0.0), self.value(1.0)]
    }

    /// The settings of its members, as `--set` takes them, for what stands in a design.
    pub fn settings(&self, value: f64) -> impl Iterator<Item = String> {
        let single = self.members.len() == 1;
        self.members.iter().map(move |member| {
            let own = if single {
                value
            } else {
                (member.low + value * (member.high - member.low)).clamp(member.low, member.high)
            };
            format!("{}={own}", member.row.key)
        })
    }

    /// Unit of what stands in a design; empty where several move.
    pub fn unit(&self) -> &'static str {
        match &self.members[..] {
            [one] => &one.row.unit,
            _ => "",
        }
    }
}

/// The factors of these names; of [`CUSTOMARY`] if there is none.
///
/// # Errors
/// A name that matches no uncertain parameter, or a parameter of two names.
pub fn factors(names: &[String], society: &Society) -> Result<Vec<Factor>, Refusal> {
    let values = serde_json::to_value(society).unwrap_or_default();
    let names: Vec<&str> = if names.is_empty() {
        CUSTOMARY.to_vec()
    } else {
        names.iter().map(String::as_str).collect()
    };
    let mut taken: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for name in names {
        let factor = factor(name.trim().trim_start_matches("society."), &values)?;
        let keys = factor.members.iter().map(|member| member.row.key.as_str());
        if let Some(key) = keys.clone().find(|key| taken.contains(key)) {
            return Err(Refusal::Overlap {
                key: key.to_owned(),
            });
        }
        taken.extend(keys);
        all.push(factor);
    }
    Ok(all)
}

/// How many uncertain parameters a society has.
pub fn uncertain_count(society: &Society) -> usize {
    let values = serde_json::to_value(society).unwrap_or_default();
    uncertain(&values).count()
}

fn uncertain(values: &Json) -> impl Iterator<Item = Member> {
    declarations()
        .of(InputKind::Society)
        .filter_map(move |row| member(row, values))
}

/// A parameter with its range, if it is uncertain: a number with a range, not held against others.
fn member(row: &'static Declaration, values: &Json) -> Option<Member> {
    let fact = !NO_FACTS.iter().any(|table| row.key.starts_with(table));
    if row.kind != ParameterType::Number || !fact || is_held(&row.key) {
        return None;
    }
    let key = row.key.trim_start_matches("society.");
    let value = values.pointer(&pointer(key))?.as_f64()?;
    let (low, high) = match stated(row) {
        Some(stated) => extent(row, value, stated)?,
        None => (row.low?, row.high?),
    };
    (low < high).then_some(Member {
        row,
        value,
        low,
        high,
    })
}

/// The uncertainty for China that is stated of what grows with the size of the society, whose declared range allows
/// any size.
fn stated(row: &Declaration) -> Option<(f64, f64)> {
    let (_, range) = row.note.split_once("uncertainty for China ")?;
    let range = range.split(';').next().unwrap_or(range);
    let (low, high) = range.split_once(" to ")?;
    Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
}

/// That uncertainty in proportion to a society's value; `None` where the society has nothing of the kind.
fn extent(row: &Declaration, value: f64, (low, high): (f64, f64)) -> Option<(f64, f64)> {
    let Some(Value::Number(usual)) = row.default else {
        return None;
    };
    let of_value = |end: f64| {
        let end = value * end / usual;
        end.clamp(row.low.unwrap_or(end), row.high.unwrap_or(end))
    };
    (usual > 0.0 && value > 0.0).then(|| (of_value(low), of_value(high)))
}

fn factor(name: &str, values: &Json) -> Result<Factor, Refusal> {
    let short = |row: &'static Declaration| row.key.trim_start_matches("society.");
    let members: Vec<Member> = uncertain(values)
        .filter(|member| matches(name, short(member.row)))
        .collect();
    if members.is_empty() {
        let all: Vec<&str> = uncertain(values).map(|member| short(member.row)).collect();
        let nearest = nearest_of(name, all.into_iter()).map(str::to_owned);
        return Err(Refusal::Unknown {
            name: name.to_owned(),
            nearest,
        });
    }
    let grades = members.iter().map(|member| grade(member.row));
    Ok(Factor {
        name: name.to_owned(),
        words: words(name, &members),
        grade: grades.min().unwrap_or(Grade::Judgement),
        members,
    })
}

fn grade(row: &Declaration) -> Grade {
    match row.grade.as_str() {
        "measured" => Grade::Measured,
        "literature" => Grade::Literature,
        _ => Grade::Judgement,
    }
}

/// The name of a single parameter; of several, what their names have in common after the colon.
fn words(name: &str, members: &[Member]) -> Name {
    if let [one] = members {
        return Name {
            zh: one.row.name_zh.clone(),
            en: one.row.name_en.clone(),
        };
    }
    let common = |of: fn(&Declaration) -> &str| {
        let mut tails = members.iter().map(|member| {
            let name = of(member.row);
            name.rsplit_once([':', '：'])
                .map_or(name, |(_, tail)| tail)
                .trim()
        });
        let first = tails.next().unwrap_or(name);
        let all = tails.all(|tail| tail == first);
        if all { first } else { name }.to_owned()
    };
    Name {
        zh: format!("{}(各项同步)", common(|row| &row.name_zh)),
        en: format!("{} (all together)", common(|row| &row.name_en)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, load_experiment, load_society};

    fn society(key: &str) -> Society {
        load_society(key, &[]).unwrap().society
    }

    fn of(name: &str, key: &str) -> Result<Factor, Refusal> {
        factors(&[name.to_owned()], &society(key)).map(|mut all| all.remove(0))
    }

    #[test]
    fn the_customary_factors_are_there_in_every_society_and_load_at_both_ends() {
        for key in ["china-2020", "seminar-county", "seminar-city"] {
            let all = factors(&[], &society(key)).unwrap();
            assert_eq!(all.len(), CUSTOMARY.len());
            for place in [0.0, 0.37, 1.0] {
                let sets = all.iter().flat_map(|f| f.settings(f.value(place)));
                let overrides = Overrides {
                    sets: sets.collect(),
                    ..Overrides::default()
                };
                let loaded = load_experiment(key, &overrides);
                assert!(loaded.is_ok(), "{key} at {place}: {:?}", loaded.err());
            }
        }
    }

    #[test]
    fn all_uncertain_parameters_can_be_set_in_the_middle_of_their_ranges() {
        let values = serde_json::to_value(society("china-2020")).unwrap();
        let sets = uncertain(&values).map(|m| format!("{}={}", m.row.key, m.low.midpoint(m.high)));
        let sets: Vec<String> = sets.collect();
        assert!(sets.len() > 800, "{}", sets.len());
        assert_eq!(uncertain_count(&society("china-2020")), sets.len());
        let loaded = load_society("china-2020", &sets);
        assert!(loaded.is_ok(), "{:?}", loaded.err());
    }

    #[test]
    fn places_and_values_lead_back_to_each_other() {
        let care = of("enterprise.care_kappa", "china-2020").unwrap();
        assert_eq!(care.ends(), [0.6, 1.6]);
        assert!((care.place(care.value(0.3)) - 0.3).abs() < 1e-12);
        assert_eq!(care.grade, Grade::Literature);
        let settings: Vec<String> = care.settings(0.75).collect();
        assert_eq!(settings, ["society.enterprise.care_kappa=0.75"]);
        let rates = of(
            "society.trades.*.base_rate_per_100k_worker_years",
            "china-2020",
        )
        .unwrap();
        assert_eq!((rates.members.len(), rates.ends()), (9, [0.0, 1.0]));
        let first = rates.settings(1.0).next().unwrap();
        assert_eq!(
            first,
            "society.trades.coal_mine.base_rate_per_100k_worker_years=22.8"
        );
        assert_eq!(rates.words.en, "base accident rate (all together)");
        assert_eq!(rates.words.zh, "基准事故率(各项同步)");
    }

    #[test]
    fn what_grows_with_the_society_keeps_its_share_of_uncertainty() {
        let nation = of("hazards.flood.events_per_year", "china-2020").unwrap();
        assert_eq!(nation.ends(), [48.0, 80.0]);
        let city = society("seminar-county");
        let own = city.hazards[crate::vocabulary::NaturalKind::Flood].events_per_year;
        let city = of("hazards.flood.events_per_year", "seminar-county").unwrap();
        assert!((city.ends()[0] - own * 0.8).abs() < 1e-9 && own < 48.0);
        for row in declarations().rows() {
            let extensive = row.note.starts_with("extensive");
            assert_eq!(stated(row).is_some(), extensive, "{}", row.key);
        }
    }

    #[test]
    fn what_is_no_uncertain_fact_is_refused_with_the_nearest_name() {
        for name in [
            "enterprise.care_kapa",
            "seed",
            "stocks.public_owner_share.centre",
            "sizes.small.workers_mean",
            "evaluation.discount_rate_per_year",
            "policy.remedy.retrofit",
        ] {
            let refused = of(name, "china-2020");
            assert!(matches!(refused, Err(Refusal::Unknown { .. })), "{name}");
        }
        let Err(Refusal::Unknown { nearest, .. }) = of("enterprise.care_kapa", "china-2020") else {
            panic!("not refused");
        };
        assert_eq!(nearest.as_deref(), Some("enterprise.care_kappa"));
        let twice = ["trades.*.fatal_share", "trades.fire.fatal_share"].map(str::to_owned);
        let refused = factors(&twice, &society("china-2020"));
        assert!(matches!(refused, Err(Refusal::Overlap { .. })));
        assert_eq!(Grade::ALL[0], Grade::Judgement);
    }
}
