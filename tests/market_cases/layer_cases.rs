//! The worked layer cases in the words of `settle`: the formula to the fen, what the source expects
//! within its floats.

use std::fmt::Write;

use serde::Deserialize;

use riskweave::model::settlement::money::{Fen, to_yuan};

use super::FLOATS;
use super::through_files::{borne, settled};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    rule: String,
    losses: Vec<(String, Fen, Fen)>,
    programme: String,
    paid_yuan: Fen,
    #[serde(default)]
    ceded_yuan: Fen,
    expected_paid_yuan: Option<f64>,
    expected_kept_yuan: Option<f64>,
    expected_ceded_yuan: Option<f64>,
}

#[test]
fn every_layer_case_by_formula_and_by_its_source() {
    let cases: Cases =
        toml::from_str(include_str!("../data/market_cases/layer_cases.toml")).unwrap();
    assert_eq!(cases.case.len(), 14);
    for case in cases.case {
        let mut table = "year,event,claimant,group,insured_value,loss\n".to_owned();
        for (claimant, value, loss) in &case.losses {
            writeln!(table, "2020,event,{claimant},,{value},{loss}").unwrap();
        }
        let [paid, ceded] = borne(&settled(&case.programme, &table));
        let told = format!("{}: {}", case.name, case.rule);
        assert_eq!(
            (paid, ceded),
            (100 * case.paid_yuan, 100 * case.ceded_yuan),
            "{told}"
        );
        let all: Fen = case.losses.iter().map(|(_, _, loss)| 100 * loss).sum();
        for (ours, expected) in [
            (paid, case.expected_paid_yuan),
            (all - paid - ceded, case.expected_kept_yuan),
            (ceded, case.expected_ceded_yuan),
        ] {
            let difference = expected.map_or(0.0, |expected| (to_yuan(ours) - expected).abs());
            assert!(
                difference <= FLOATS * to_yuan(all),
                "{told}: off by {difference}"
            );
        }
    }
}
