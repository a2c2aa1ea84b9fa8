//! `--region`: what the policies do to one province, on the terminal.

use super::Failure;
use super::layout::{Figures, laid_out};
use super::scale::scale_of;
use super::table::two_lines;
use crate::experiment::Plan;
use crate::experiment::regional::{RegionalFigure, regional};
use crate::experiment::sample::Sample;
use crate::measures::regional::RegionalMeasure;
use crate::scenario::problem::say;
use crate::scenario::tables::SocietyTables;
use crate::vocabulary::{Language, Table, Vocabulary};

/// The province that is asked for by its code, Chinese or English name.
///
/// # Errors
/// If the society has none of that name; the message lists those that it has.
pub(super) fn find(
    tables: &SocietyTables,
    asked: &str,
    language: Language,
) -> Result<usize, Failure> {
    tables.province_named(asked.trim()).ok_or_else(|| {
        let rows = tables.provinces.iter();
        let names: Vec<&str> = rows
            .map(|row| language.pick(&row.name_zh, &row.name_en))
            .collect();
        let (chinese, english) = (names.join("、"), names.join(", "));
        Failure::Usage(say!(
            language,
            "这个社会里没有“{asked}”。可选：{chinese}",
            "there is no province `{asked}` in this society. Choose one of: {english}"
        ))
    })
}

/// The table of a province, with what it does not hold.
pub(super) fn render(
    plan: &Plan,
    sample: &Sample,
    province: usize,
    width: u16,
    language: Language,
) -> String {
    let all = regional(plan, sample, province);
    let columns: Vec<Figures> = RegionalMeasure::ALL
        .iter()
        .map(|measure| column(&all, *measure, language))
        .collect();
    let names: Vec<&str> = plan
        .policies
        .iter()
        .map(|policy| policy.name.word(language))
        .collect();
    let region = plan.provinces[province].word(language);
    let table = laid_out(language.pick("政策", "policy"), &names, &columns, width);
    say!(
        language,
        "{region}：\n{table}\n公共支出、由谁承担和恢复时间只有全社会的数字；各省数字见 provinces.csv。\n\n",
        "{region}:\n{table}\nPublic money, who bears, and recovery time are of the whole society alone; every province is in provinces.csv.\n\n"
    )
}

fn column(
    all: &[Table<RegionalMeasure, RegionalFigure>],
    measure: RegionalMeasure,
    language: Language,
) -> Figures {
    let greatest = all
        .iter()
        .map(|figures| figures[measure].estimate.mean.abs())
        .fold(0.0, f64::max);
    let scale = scale_of(measure.unit(), greatest, language);
    let cell = |figures: &Table<RegionalMeasure, RegionalFigure>| {
        let RegionalFigure {
            estimate,
            difference,
        } = &figures[measure];
        two_lines(estimate, difference.as_ref(), &scale, language)
    };
    Figures {
        heading: format!("{}\n{}", measure.word(language), scale.unit),
        cells: all.iter().map(cell).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic::{plan, sample};

    #[test]
    fn a_province_is_found_by_either_name_and_another_is_refused_with_those_there_are() {
        let (_, tables) = crate::model::world::sample::society();
        let row = &tables.provinces[1];
        let english = row.name_en.to_uppercase();
        for asked in [row.name_zh.as_str(), english.as_str(), row.code.as_str()] {
            assert!(matches!(find(&tables, asked, Language::English), Ok(1)));
        }
        let Err(Failure::Usage(text)) = find(&tables, "Atlantis", Language::English) else {
            panic!("refused");
        };
        assert!(text.contains("Atlantis") && text.contains(&row.name_en));
    }

    #[test]
    fn the_table_has_a_figure_and_a_difference_for_every_policy_in_both_languages() {
        let plan = plan(&[0, 3], 8, 3);
        let sample = sample(&plan, &[0, 3], 0..8);
        for language in [Language::Chinese, Language::English] {
            let text = render(&plan, &sample, 1, 240, language);
            assert!(!text.contains("NaN"), "{text}");
            for measure in RegionalMeasure::ALL {
                let word = measure.word(language);
                let first = word.split([' ', '(']).next().unwrap_or(word);
                assert!(text.contains(first), "{word}");
            }
            assert_eq!(text.matches(language.pick("基准", "baseline")).count(), 8);
        }
    }
}
