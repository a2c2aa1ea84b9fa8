//! Who is left with the loss, and whether those who promised to pay could.

use super::inequality::{concentration_index, kakwani_index};
use super::{Figures, Measure, Part, ratio, yuan};
use crate::vocabulary::{Quintile, Vocabulary};

pub(super) fn add(figures: &mut Figures) {
    figures.by_part(Measure::Uncompensated, Part::Quintile, |year| {
        &year.uncompensated_fen
    });
    let burden = |fifth| {
        let loss = figures.yearly(|year| yuan(year.uncompensated_fen[fifth]));
        ratio(loss, figures.facts.fifth_income_yuan[fifth])
    };
    let poorest_to_richest = ratio(burden(Quintile::Poorest), burden(Quintile::Richest));
    figures.whole(Measure::PoorestToRichest, poorest_to_richest);
    let fifths = |of: &dyn Fn(Quintile) -> f64| Quintile::ALL.iter().map(|&f| of(f)).collect();
    let borne: Vec<f64> =
        fifths(&|fifth| figures.yearly(|year| yuan(year.uncompensated_fen[fifth])));
    let income: Vec<f64> = fifths(&|fifth| figures.facts.fifth_income_yuan[fifth]);
    figures.whole(
        Measure::UncompensatedConcentration,
        concentration_index(&borne, &income),
    );
    figures.whole(
        Measure::UncompensatedKakwani,
        kakwani_index(&borne, &income),
    );
    let hardship = figures.yearly(|year| year.hardship_yuan);
    figures.whole(Measure::Hardship, hardship);
    let ruined = f64::from(u8::from(figures.record.whole.pool_ruined_week.is_some()));
    figures.whole(Measure::PoolRuin, ruined);
    let pool = figures.yearly(|year| yuan(year.pool_unpaid_fen));
    figures.whole(Measure::PoolUnpaid, pool);
    let insurers = figures.yearly(|year| yuan(year.insurers_unpaid_fen));
    figures.whole(Measure::InsurersUnpaid, insurers);
}
