//! Speed of settlement: natural strikes and accidents a second, beside a plain loop over the same
//! losses that only multiplies by fixed shares (the floor). All layers are in force and pay.

use std::hint::black_box;

use divan::counter::ItemsCount;
use riskweave::model::settlement::accident::{AccidentClaim, settle_accident};
use riskweave::model::settlement::arrangement::{
    AidTerms, Arrangement, Covers, IndexTerms, Levels, Liability, PoolTerms, ProvinceFacts,
    ReliefTerms, Statutory,
};
use riskweave::model::settlement::books::Books;
use riskweave::model::settlement::capital::Fund;
use riskweave::model::settlement::natural::{NaturalEvent, StrikeLoss, settle_natural};
use riskweave::model::settlement::terms::{Amount, LayerTerms};
use riskweave::scenario::policy::LiabilityRule;
use riskweave::vocabulary::{NaturalKind, Owner, Vocabulary};

const STRIKES: usize = 25;
const ACCIDENTS: usize = 1000;
const FLOOD: NaturalEvent = NaturalEvent {
    kind: NaturalKind::Flood,
    owner: Some(Owner::CountyGeneral),
};

fn main() {
    divan::main();
}

/// Every layer in force, in the order of magnitude of a country.
fn arrangement() -> Arrangement {
    let levels = Levels([0.2, 0.25, 0.2, 0.35]);
    let province = ProvinceFacts {
        gdp_yuan: 3.3e12,
        people: 45_000_000,
        municipality: false,
    };
    Arrangement {
        statutory: Statutory {
            work_injury_coverage: 0.36,
            work_injury_treatment: 0.9,
            worker_death: 84_718_000,
            third_party_death: 110_000_000,
            medical: 0.58,
        },
        liability: Liability {
            rule: LiabilityRule::Negligence,
            share: 0.7,
            limit_per_death: 60_000_000,
            prevention_fee: 0.1,
        },
        covers: Covers {
            household: 0.7,
            household_deductible: 50_000,
            goods: 0.22,
            goods_max: 0.6,
            agricultural: 0.09,
            enterprise_take_up: 0.2,
            enterprise: LayerTerms {
                deductible: Amount::ShareOfLoss(0.2),
                limit: Some(Amount::ShareOfValue(0.5)),
                ..LayerTerms::FULL
            },
            infrastructure: 0.03,
            public: 0.3,
            public_trigger: 1_000_000_000,
            after_accidents: false,
            recourse: false,
        },
        pool: PoolTerms {
            accident: 0.0,
            annual_attachment: 0,
            annual_limit: i64::MAX,
            layer: LayerTerms {
                attachment: 1_000_000_000,
                limit: Some(Amount::Flat(15_000_000_000_000)),
                share: 0.8,
                ..LayerTerms::FULL
            },
            housing: 0.35,
            enterprise: 0.25,
            capital: 3_000_000_000_000,
            reinsurance_attachment: 2_000_000_000_000,
            reinsurance_limit: 9_000_000_000_000,
        },
        index: IndexTerms {
            share_of_need: 0.1,
            trigger: 2.5,
            basis_sigma: 0.6,
            limit_per_head: 500,
        },
        relief: ReliefTerms {
            share_ordinary: 0.08,
            share_catastrophe: 0.35,
            from: 0.01,
            full: 0.2,
            goods: 0.5,
            crops: 0.6,
            consolation: 2_000_000,
            levels_ordinary: Levels([0.55, 0.2, 0.1, 0.15]),
            levels_catastrophe: Levels([0.8, 0.15, 0.03, 0.02]),
        },
        aid: AidTerms {
            counterpart_trigger: 0.05,
            counterpart: 0.09,
            charity: 0.003,
            charity_famous: 0.05,
            famous_loss: 5_000_000_000_000,
        },
        ..Arrangement::none(levels, vec![province; 31])
    }
}

fn books(terms: &Arrangement) -> Books {
    Books::new(terms, Fund::unlimited(), Fund::unlimited())
}

fn strikes() -> Vec<StrikeLoss> {
    let strike = |number: usize| StrikeLoss {
        county: number as u32,
        province: (number / 9) as u16,
        housing: [(number as i64 + 3) * 10_000_019; 5],
        goods: [2_500_021; 5],
        crops: [30_000_037; 5],
        enterprise: 70_000_033,
        infrastructure: 120_000_007,
        bodily: [100_003; 5],
        treatment: 300_007,
        deaths: [0, 1, 0, 0, 0],
        at_work_dead: 0,
        insured_share: [0.02, 0.035, 0.055, 0.08, 0.16],
        homes: [100; 5],
        relative_income: [0.3, 0.55, 0.8, 1.15, 2.2],
        intensity: 2.0 + (number % 3) as f64,
        index_noise: 0.3,
    };
    (0..STRIKES).map(strike).collect()
}

fn accidents() -> Vec<AccidentClaim> {
    let accident = |number: usize| AccidentClaim {
        owner: Owner::ALL.get(number % 19).copied(),
        workers_dead: (number % 2) as u32,
        third_parties_dead: (number % 3) as u32,
        worker_treatment: 1_500_000,
        worker_earnings: 400_000,
        third_party_treatment: 700_000,
        third_party_earnings: 100_000,
        third_party_property: 900_000,
        third_party_insured: 0.07,
        own_damage: 20_000_000 + number as i64,
        negligent: !number.is_multiple_of(4),
        liability_insured: number.is_multiple_of(2),
        property_insured: number.is_multiple_of(5),
        assets_liquid: 30_000_000 * (1 + number as i64 % 9),
        fine: 50_000_000,
        fifth_weights: [1, 2, 3, 2, 1],
    };
    (0..ACCIDENTS).map(accident).collect()
}

#[divan::bench]
fn natural(bencher: divan::Bencher<'_, '_>) {
    let terms = arrangement();
    let (mut books, mut out) = (books(&terms), Vec::new());
    let strikes = strikes();
    bencher
        .counter(ItemsCount::new(STRIKES))
        .bench_local(|| settle_natural(&terms, &FLOOD, black_box(&strikes), &mut books, &mut out));
}

#[divan::bench]
fn natural_floor(bencher: divan::Bencher<'_, '_>) {
    let strikes = strikes();
    bencher.counter(ItemsCount::new(STRIKES)).bench_local(|| {
        let mut borne = [0.0; 4];
        for strike in black_box(&strikes) {
            for fifth in 0..5 {
                let home = strike.housing[fifth] as f64;
                let goods = strike.goods[fifth] as f64;
                let crops = strike.crops[fifth] as f64;
                let insured = 0.05 * home + 0.2 * goods + 0.09 * crops;
                let relief = 0.08 * (0.95 * home + 0.4 * goods + 0.55 * crops);
                borne[0] += insured;
                borne[1] += relief;
                borne[2] += home + goods + crops - insured - relief + strike.bodily[fifth] as f64;
            }
            borne[3] += (strike.enterprise + strike.infrastructure) as f64;
        }
        borne
    });
}

#[divan::bench]
fn accident(bencher: divan::Bencher<'_, '_>) {
    let terms = arrangement();
    let mut books = books(&terms);
    let accidents = accidents();
    bencher.counter(ItemsCount::new(ACCIDENTS)).bench_local(|| {
        for claim in black_box(&accidents) {
            black_box(settle_accident(&terms, claim, &mut books));
        }
    });
}

#[divan::bench]
fn accident_floor(bencher: divan::Bencher<'_, '_>) {
    let accidents = accidents();
    bencher.counter(ItemsCount::new(ACCIDENTS)).bench_local(|| {
        let mut borne = [0.0; 4];
        for claim in black_box(&accidents) {
            let workers = f64::from(claim.workers_dead) * 8.5e7 + claim.worker_treatment as f64;
            let others = f64::from(claim.third_parties_dead) * 1.1e8
                + (claim.third_party_treatment + claim.third_party_property) as f64;
            let owed = 0.64 * workers + 0.7 * others;
            let assets = (claim.assets_liquid - claim.own_damage).max(0) as f64;
            borne[0] += 0.36 * workers;
            borne[1] += owed.min(assets);
            borne[2] += workers + others - 0.36 * workers - owed.min(assets);
            borne[3] += claim.own_damage as f64;
        }
        borne
    });
}
