//! What the sets of parameters come to, in a sentence for the report and the briefs.

use super::words;
use crate::experiment::robustness::{Robustness, Row, Verdict};
use crate::report::charts::Words;
use crate::report::html::data;
use crate::vocabulary::Language;

/// The policy of which the finding speaks, if the run has it.
const SPOKEN: &str = "network";

/// Which differences hold under other values of the uncertain parameters.
pub fn robustness(found: &Robustness) -> data::Robustness {
    let compared = || {
        found
            .rows
            .iter()
            .filter(|row| row.verdict != Verdict::Baseline)
    };
    let spoken = compared()
        .find(|row| row.policy == SPOKEN)
        .or_else(|| compared().next())
        .map_or("", |row| row.policy.as_str());
    let own: Vec<&Row> = compared().filter(|row| row.policy == spoken).collect();
    let sentence = |language| sentence(&own, language);
    data::Robustness {
        sets: found.sets as u32,
        least_share: own
            .iter()
            .filter_map(|row| row.same_sign)
            .fold(f64::NAN, f64::min),
        sentence: Words::new(sentence(Language::Chinese), sentence(Language::English)),
    }
}

fn sentence(rows: &[&Row], language: Language) -> String {
    let Some(first) = rows.first() else {
        return String::new();
    };
    let policy = words(&first.policy_name);
    let policy = policy.pick(language);
    let of = |verdict| rows.iter().filter(move |row| row.verdict == verdict);
    let robust: Vec<&str> = of(Verdict::Robust)
        .map(|row| row.measure_name.word(language))
        .collect();
    let depends: Vec<String> = of(Verdict::Depends)
        .map(|row| dependent(row, language))
        .collect();
    let mut parts = Vec::new();
    if !robust.is_empty() {
        let measures = robust.join(language.pick("、", ", "));
        parts.push(match language {
            Language::Chinese => {
                format!("“{policy}”与基准之差，在九成以上的参数组中方向不变的有：{measures}")
            }
            Language::English => format!(
                "Of the differences of \"{policy}\", these keep their direction in nine sets of ten or more: {measures}"
            ),
        });
    }
    if !depends.is_empty() {
        let measures = depends.join(language.pick("；", "; "));
        parts.push(match language {
            Language::Chinese => format!("取决于参数的有：{measures}"),
            Language::English => format!("these depend on the parameters: {measures}"),
        });
    }
    let joined = parts.join(language.pick("；", "; "));
    format!("{joined}{}", language.pick("。", "."))
}

/// A measure with the share of sets in which its direction holds, and what decides it most.
fn dependent(row: &Row, language: Language) -> String {
    let measure = row.measure_name.word(language);
    let share = libm::round(row.same_sign.unwrap_or(f64::NAN) * 100.0);
    let decides: Vec<&str> = row
        .deciding
        .iter()
        .map(|deciding| deciding.name.word(language))
        .collect();
    let decides = decides.join(language.pick("、", ", "));
    match language {
        Language::Chinese => format!("{measure}(方向相同的占 {share}%，最取决于{decides})"),
        Language::English => {
            format!("{measure} (same direction in {share}%, decided most by {decides})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Name;
    use crate::experiment::robustness::Deciding;
    use crate::experiment::sensitivity::Grade;
    use crate::experiment::sensitivity::resample::Interval;

    fn name(zh: &str, en: &str) -> Name {
        Name {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }

    fn row(policy: &str, measure: &str, same_sign: f64, verdict: Verdict) -> Row {
        let decides = Deciding {
            parameter: "enterprise.care_kappa".to_owned(),
            name: name("安全投入弹性", "effect of care"),
            grade: Grade::Judgement,
            correlation: Interval {
                value: 0.7,
                low: 0.5,
                high: 0.9,
            },
        };
        Row {
            policy: policy.to_owned(),
            policy_name: name("六项机制协同", "network of six"),
            measure: measure.to_owned(),
            measure_name: name(measure, measure),
            unit: Name::default(),
            difference: Some(-1.0),
            same_sign: Some(same_sign),
            verdict,
            n: 8,
            deciding: vec![decides],
            mean_regret: None,
            greatest_regret: None,
            probability_of_being_best: None,
        }
    }

    #[test]
    fn what_holds_and_what_depends_is_told_of_the_policy_spoken_of() {
        let found = Robustness {
            sets: 8,
            years: 1,
            replications: 1,
            parameters: 24,
            uncertain: 899,
            self_checks_passed: true,
            rows: vec![
                row("other", "deaths", 0.1, Verdict::Depends),
                row("network", "deaths", 1.0, Verdict::Robust),
                row("network", "direct loss", 0.625, Verdict::Depends),
            ],
            rules: Vec::new(),
        };
        let told = robustness(&found);
        assert_eq!((told.sets, told.least_share), (8, 0.625));
        assert_eq!(
            told.sentence.en,
            "Of the differences of \"network of six\", these keep their direction in nine sets of ten or more: deaths; these depend on the parameters: direct loss (same direction in 63%, decided most by effect of care)."
        );
        assert!(told.sentence.zh.contains("方向相同的占 63%"));
    }
}
