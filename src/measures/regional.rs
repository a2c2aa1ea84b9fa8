//! Figures of one province of a run: what its people and assets went through. Who paid, and what the
//! state spent, is recorded of the whole society alone.

use super::{Unit, yuan};
use crate::model::record::{ProvinceYear, RunRecord};
use crate::vocabulary::{Category, Table, Vocabulary, vocabulary};

vocabulary! {
    /// What is measured of a province; sums are means a year over the horizon.
    RegionalMeasure {
        Deaths = "deaths", "死亡人数", "deaths";
        NaturalDeaths = "deaths_natural", "自然灾害死亡失踪", "deaths in natural disasters";
        AccidentDeaths = "deaths_accident", "事故死亡", "deaths in accidents";
        DirectLoss = "direct_loss", "直接损失(含人身损失)", "direct loss with bodily loss";
        Uncompensated = "uncompensated", "居民未获补偿损失", "uncompensated loss of residents";
        UncompensatedShare = "uncompensated_share", "居民未获补偿占比", "uncompensated share of direct loss";
        LostFunction = "lost_function", "平均功能缺失", "mean share of function lost";
        LowestFunction = "lowest_functionality", "最低周功能水平", "lowest weekly functionality";
    }
}

impl RegionalMeasure {
    /// Unit of the figure.
    pub fn unit(self) -> Unit {
        match self {
            RegionalMeasure::Deaths
            | RegionalMeasure::NaturalDeaths
            | RegionalMeasure::AccidentDeaths => Unit::PeoplePerYear,
            RegionalMeasure::DirectLoss | RegionalMeasure::Uncompensated => Unit::YuanPerYear,
            RegionalMeasure::UncompensatedShare
            | RegionalMeasure::LostFunction
            | RegionalMeasure::LowestFunction => Unit::Share,
        }
    }
}

/// The figures of a province (position) in a run; a share without loss is not a number.
pub fn regional(record: &RunRecord, province: usize) -> Table<RegionalMeasure, f64> {
    let count = record.years.len().max(1) as f64;
    let yearly = |figure: &dyn Fn(&ProvinceYear) -> f64| {
        let years = record.years.iter();
        let own = years.filter_map(|year| year.provinces.get(province));
        own.map(figure).sum::<f64>() / count
    };
    let deaths = |year: &ProvinceYear, category: Category| year.deaths[category] as f64;
    let direct = yearly(&|year| yuan(year.direct_fen.values().iter().sum()));
    let uncompensated = yearly(&|year| yuan(year.uncompensated_fen));
    let [function, ..] = record.province_series(province);
    let mean = function.iter().sum::<f64>() / function.len() as f64;
    Table::from_fn(|measure| match measure {
        RegionalMeasure::Deaths => yearly(&|year| year.deaths.values().iter().sum::<u64>() as f64),
        RegionalMeasure::NaturalDeaths => yearly(&|year| deaths(year, Category::Natural)),
        RegionalMeasure::AccidentDeaths => yearly(&|year| deaths(year, Category::Accident)),
        RegionalMeasure::DirectLoss => direct,
        RegionalMeasure::Uncompensated => uncompensated,
        RegionalMeasure::UncompensatedShare => uncompensated / direct,
        RegionalMeasure::LostFunction => 1.0 - mean,
        RegionalMeasure::LowestFunction => function.iter().copied().fold(f64::NAN, f64::min),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::YearRecord;

    #[test]
    fn two_years_and_two_weeks_of_the_second_province() {
        let year = |deaths, fen| {
            let mut own = ProvinceYear::default();
            own.deaths[Category::Natural] = deaths;
            own.deaths[Category::Social] = 1;
            own.direct_fen[Category::Natural] = fen;
            own.uncompensated_fen = fen / 4;
            YearRecord {
                provinces: vec![ProvinceYear::default(), own],
                ..YearRecord::default()
            }
        };
        let mut record = RunRecord {
            years: vec![year(3, 4_000), year(5, 0)],
            ..RunRecord::default()
        };
        for function in [0.9, 0.7] {
            record
                .province_weeks
                .push(&[1.0, 1.0, 1.0, function, 0.0, 0.0]);
        }
        let own = regional(&record, 1);
        let close = |measure: RegionalMeasure, value: f64| (own[measure] - value).abs() < 1e-12;
        assert!(close(RegionalMeasure::Deaths, 5.0) && close(RegionalMeasure::NaturalDeaths, 4.0));
        assert!(close(RegionalMeasure::DirectLoss, 20.0));
        assert!(close(RegionalMeasure::UncompensatedShare, 0.25));
        assert!(close(RegionalMeasure::LostFunction, 0.2));
        assert!(close(RegionalMeasure::LowestFunction, 0.7));
        assert!(regional(&record, 0)[RegionalMeasure::UncompensatedShare].is_nan());
    }
}
