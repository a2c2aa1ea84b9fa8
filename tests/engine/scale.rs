//! How many people an agent stands for is a matter of cost, not of results.

use crate::common::{COUNTRY, Laboratory, Size};
use riskweave::model::History;
use riskweave::model::record::RunRecord;
use riskweave::vocabulary::Bearer;
use statrs::distribution::{ContinuousCDF, Normal};

const SMALL: Size = Size {
    people_per_agent: 1000,
    years: 2,
    replications: 4,
    ..COUNTRY
};

/// A figure of a run with its name.
type Figure = (&'static str, fn(&RunRecord) -> f64);

/// What is compared.
const FIGURES: [Figure; 4] = [
    ("deaths", |record| {
        let deaths = record.years.iter().flat_map(|year| year.deaths.values());
        deaths.sum::<u64>() as f64
    }),
    ("loss", |record| {
        let borne = record.years.iter().flat_map(|year| year.borne_fen.values());
        borne.sum::<i64>() as f64
    }),
    ("residents' share", |record| {
        let years = record.years.iter();
        let residents = years.map(|year| year.borne_fen[Bearer::Residents]);
        let all = record.years.iter().flat_map(|year| year.borne_fen.values());
        residents.sum::<i64>() as f64 / all.sum::<i64>() as f64
    }),
    ("lost function", |record| {
        let years = record.years.iter();
        years.map(|year| year.lost_function_person_years).sum()
    }),
];

/// Mean and its standard error of the logarithm of a figure.
fn level(records: &[RunRecord], figure: fn(&RunRecord) -> f64) -> (f64, f64) {
    let logs: Vec<f64> = records
        .iter()
        .map(|record| libm::log(figure(record)))
        .collect();
    let n = logs.len() as f64;
    let mean = logs.iter().sum::<f64>() / n;
    let variance = logs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, libm::sqrt(variance / n))
}

/// Every scale must draw the same dangers in the same places.
fn same_candidates(one: &Laboratory, other: &Laboratory) {
    let identity = |laboratory: &Laboratory, history: &History| -> Vec<(u64, u32, u32)> {
        let cell = &laboratory.model.world.enterprises.cell;
        let candidates = history.candidates.iter();
        candidates
            .map(|candidate| {
                let place = match candidate.class {
                    riskweave::model::hazards::candidates::Class::Accident => {
                        cell[candidate.source as usize]
                    }
                    _ => candidate.source,
                };
                (candidate.identity(), place, candidate.threshold.to_bits())
            })
            .collect()
    };
    for ((left, _), (right, _)) in one.starts.iter().zip(&other.starts) {
        assert!(identity(one, left) == identity(other, right));
    }
}

/// Differences over the joint interval of independent runs (Bonferroni over the figures), and a
/// closer look pair by pair, since the dangers are the same.
fn agree(coarse: &[RunRecord], fine: &[RunRecord], tolerance: f64) {
    let z = Normal::standard().inverse_cdf(1.0 - 0.05 / 2.0 / FIGURES.len() as f64);
    for (name, figure) in FIGURES {
        let ((a, ea), (b, eb)) = (level(coarse, figure), level(fine, figure));
        println!("{name}: {a:.4} ± {ea:.4}, {b:.4} ± {eb:.4}");
        assert!(
            libm::fabs(a - b) <= z * libm::sqrt(ea * ea + eb * eb),
            "{name}: {a} and {b}"
        );
        for (a, b) in coarse.iter().zip(fine) {
            let ratio = figure(a) / figure(b);
            assert!(
                libm::fabs(ratio - 1.0) <= tolerance,
                "{name}: paired ratio {ratio}"
            );
        }
    }
}

#[test]
fn scale_10000_and_2000_agree() {
    let size = |people_per_agent| Size {
        people_per_agent,
        years: 1,
        replications: 3,
        ..COUNTRY
    };
    let (coarse, fine) = (Laboratory::new(size(10_000)), Laboratory::new(size(2000)));
    same_candidates(&coarse, &fine);
    let run = |laboratory: &Laboratory| laboratory.run(&laboratory.shipped("network"));
    agree(&run(&coarse), &run(&fine), 0.01);
}

#[test]
#[ignore = "long: fourteen million agents; CI's long part runs it in release"]
fn scale_1000_and_100_agree() {
    let coarse = Laboratory::new(SMALL);
    let policies = ["current-2020", "network"].map(|name| coarse.shipped(name));
    let at_1000 = policies.each_ref().map(|policy| coarse.run(policy));
    let fine = Laboratory::new(Size {
        people_per_agent: 100,
        ..SMALL
    });
    same_candidates(&coarse, &fine);
    for (policy, records) in policies.iter().zip(&at_1000) {
        println!("{}", policy.key);
        agree(records, &fine.run(policy), 0.02);
    }
}
