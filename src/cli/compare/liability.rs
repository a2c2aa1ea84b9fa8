//! What governments are liable for, on the terminal: each level's outlay in a rare year.

use crate::cli::layout::{Figures, laid_out};
use crate::cli::numbers::{change, number};
use crate::cli::scale::{Scale, scale_of};
use crate::experiment::Plan;
use crate::experiment::exceedance::YearSource;
use crate::experiment::liability::{Amount, LEVELS, Liability, Outlay, PERIODS};
use crate::measures::Unit;
use crate::output::contingent_liability::all;
use crate::scenario::problem::say;
use crate::vocabulary::{Language, Vocabulary};

/// The whole text.
pub(super) fn render(plan: &Plan, liability: &Liability, width: u16, language: Language) -> String {
    let names: Vec<&str> = plan
        .policies
        .iter()
        .map(|policy| policy.name.word(language))
        .collect();
    let rarest = rarest(liability);
    let scale = scale(liability, rarest, language);
    let all_levels = LEVELS.len() - 1;
    let mut shown = vec![(all_levels, 0)];
    shown.extend((0..all_levels).map(|level| (level, rarest)));
    if rarest > 0 {
        shown.push((all_levels, rarest));
    }
    let columns: Vec<Figures> = shown
        .into_iter()
        .map(|place| column(liability, place, &scale, language))
        .collect();
    let table = laid_out(language.pick("政策", "policy"), &names, &columns, width);
    let (years, source) = (liability.years, liability.source.word(language));
    let more = match liability.source {
        YearSource::Run => language.pick(
            "；更少见的年份加 --tail 5000",
            "; for rarer years add --tail 5000",
        ),
        YearSource::Tail => "",
    };
    say!(
        language,
        "各级政府的或有负债({source}，n = {years})：\n{table}\n次行：与基准之差。含救助、公共设施重建、对口支援，以及保险付不出而转来的部分；不含预算安排、保费补贴和抚恤金。区间见 contingent_liability.csv{more}。\n",
        "Contingent liability of governments ({source}, n = {years}):\n{table}\nSecond line: difference to the baseline. Relief, rebuilding of public assets, aid between provinces, and what insurance fails to pay; no budgets, premium subsidies or consolation. Intervals in contingent_liability.csv{more}.\n"
    )
}

/// The rarest of the amounts that the years carry at every level under every policy; 0 = the expected one.
fn rarest(liability: &Liability) -> usize {
    let carried = |position: &usize| {
        let mut outlays = liability.policies.iter().flatten();
        outlays.all(|outlay| outlay.amounts()[*position].value.is_some())
    };
    (1..=PERIODS.len()).rev().find(carried).unwrap_or(0)
}

/// The scale of all columns: that of the greatest amount shown.
fn scale(liability: &Liability, rarest: usize, language: Language) -> Scale {
    let outlays = liability.policies.iter().filter_map(|own| own.last());
    let values = outlays.filter_map(|outlay| outlay.amounts()[rarest].value);
    let greatest = values.fold(0.0, |most: f64, value| most.max(value[0]));
    scale_of(Unit::YuanPerYear, greatest, language)
}

/// A level at a position among its amounts.
fn column(
    liability: &Liability,
    (level, position): (usize, usize),
    scale: &Scale,
    language: Language,
) -> Figures {
    let amounts: Vec<&Amount> = liability
        .policies
        .iter()
        .map(|outlays: &Vec<Outlay>| outlays[level].amounts()[position])
        .collect();
    let name = LEVELS[level].map_or_else(|| all(language), |level| level.word(language));
    let period = position.checked_sub(1).map(|position| PERIODS[position]);
    let year = match (language, period) {
        (Language::Chinese, None) => "年均".to_owned(),
        (Language::Chinese, Some(period)) => format!("{period}年一遇"),
        (Language::English, None) => "expected".to_owned(),
        (Language::English, Some(period)) => format!("1 in {period}"),
    };
    let cell = |amount: &&Amount| {
        let value = amount.value.map_or(f64::NAN, |value| value[0]);
        format!(
            "{}\n{}",
            number(value / scale.divisor),
            gap(amount, scale.divisor, language)
        )
    };
    Figures {
        heading: format!("{name}\n{year}\n{}", scale.unit),
        cells: amounts.iter().map(cell).collect(),
    }
}

fn gap(amount: &Amount, divisor: f64, language: Language) -> String {
    match amount.gap {
        None => language.pick("基准", "baseline").to_owned(),
        Some(gap) if gap.none => language.pick("持平", "equal").to_owned(),
        Some(gap) if gap.resolved => moved([gap.value, gap.low, gap.high].map(|end| end / divisor)),
        Some(_) => language.pick("尚难区分", "not resolved").to_owned(),
    }
}

/// A difference with half its interval, or with both ends where it does not lie in the middle, as of quantiles.
fn moved([value, low, high]: [f64; 3]) -> String {
    let half = (high - low) / 2.0;
    if (value - f64::midpoint(low, high)).abs() <= half / 10.0 {
        return change(value, half);
    }
    let [value, low, high] = [value, low, high].map(|end| {
        let sign = if end > 0.0 { "+" } else { "" };
        format!("{sign}{}", number(end))
    });
    format!("{value} [{low}, {high}]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::liability::Liabilities;
    use crate::experiment::synthetic::{plan, sample};

    fn text(replications: u32, language: Language) -> String {
        let plan = plan(&[0, 3], replications, 4);
        let sample = sample(&plan, &[0, 3], 0..replications);
        let liabilities = Liabilities::of(&plan, &sample);
        render(&plan, liabilities.told().unwrap(), 200, language)
    }

    #[test]
    fn ends_are_told_where_the_middle_would_mislead() {
        assert_eq!(moved([12.4, 0.128, 31.4]), "+12.4 [+0.128, +31.4]");
        assert_eq!(moved([-40.0, -50.0, -30.0]), "−40 ± 10");
    }

    #[test]
    fn the_rarest_year_that_the_runs_carry_is_told() {
        for language in [Language::Chinese, Language::English] {
            let text = text(200, language);
            for part in ["800", "100", "contingent_liability.csv", "--tail 5000"] {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains("NaN") && !text.contains('–'), "{text}");
        }
        assert!(text(200, Language::English).contains("1 in 100"));
        let fewer = text(20, Language::English);
        assert!(fewer.contains("1 in 10") && !fewer.contains("1 in 100"));
        let few = text(1, Language::Chinese);
        assert!(few.contains("年均") && !few.contains("一遇"), "{few}");
    }
}
