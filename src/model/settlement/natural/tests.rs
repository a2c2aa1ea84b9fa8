//! Tests of the ladder of natural events.

use proptest::prelude::*;

use super::*;
use crate::model::record::{Checks, YearRecord};
use crate::model::settlement::arrangement::{IndexTerms, PoolTerms};
use crate::model::settlement::capital::Fund;
use crate::model::settlement::fixtures::{all, arrangements, none, strike_losses};
use crate::model::settlement::terms::{Amount, LayerTerms};
use crate::vocabulary::Bearer;

const FLOOD: NaturalEvent = NaturalEvent {
    kind: NaturalKind::Flood,
    owner: Some(Owner::CountyGeneral),
};

fn rich(terms: &Arrangement) -> Books {
    Books::new(terms, Fund::unlimited(), Fund::unlimited())
}

fn paid(books: &Books, layer: Layer) -> Fen {
    books.ledger.year_paid[layer.number()]
}

fn borne(books: &Books, bearer: Bearer) -> Fen {
    books.ledger.year_borne[bearer.number()]
}

/// A loss of 10,000 fen in each fifth's housing and 1,000 in goods and crops, 40,000 of enterprises,
/// 20,000 of roads, 500 bodily a fifth, 5 dead.
fn strike() -> StrikeLoss {
    StrikeLoss {
        housing: [10_000; 5],
        goods: [1_000; 5],
        crops: [1_000; 5],
        enterprise: 40_000,
        infrastructure: 20_000,
        bodily: [500; 5],
        treatment: 1_000,
        deaths: [1; 5],
        insured_share: [0.2; 5],
        homes: [10; 5],
        relative_income: [1.0; 5],
        intensity: 3.0,
        ..StrikeLoss::default()
    }
}

#[test]
fn without_sharing_the_loss_lies_where_it_falls() {
    let terms = none();
    let mut books = Books::new(&terms, Fund::default(), Fund::default());
    let mut out = Vec::new();
    let mut lost = strike();
    lost.at_work_dead = 1;
    let totals = settle_natural(&terms, &FLOOD, &[lost], &mut books, &mut out);
    assert_eq!(totals.uncompensated, 62_500);
    assert_eq!(totals.enterprises, 40_000);
    assert_eq!(totals.public, 20_000);
    assert_eq!((totals.insured, totals.social_insurance), (0, 0));
    assert_eq!(paid(&books, Layer::Retained), totals.direct);
    assert_eq!(books.accounts.transfer, [0; 11]);
    assert_eq!((books.insurers.ruined, books.pool.ruined), (false, false));
}

#[test]
fn the_ladder_by_hand() {
    let mut terms = all();
    terms.pool = PoolTerms::NONE;
    let mut books = rich(&terms);
    let mut out = Vec::new();
    settle_natural(&terms, &FLOOD, &[strike()], &mut books, &mut out);
    // Treatment 1,000 × 0.6.
    assert_eq!(paid(&books, Layer::Medical), 600);
    // A fifth: 2,000 insured − 2 insured homes × 10, half of it: 990; motor 0.2 × 1,000.
    assert_eq!(paid(&books, Layer::Property), 5 * (990 + 200));
    assert_eq!(paid(&books, Layer::Agricultural), 5 * 100);
    // Enterprises: half insured, min(0.8, 0.5) of the loss; roads a tenth.
    assert_eq!(paid(&books, Layer::EnterpriseProperty), 10_000 + 2_000);
    // Resident cover: 0.2 × (10,000 − 990).
    assert_eq!(paid(&books, Layer::PublicCover), 5 * 1_802);
    // Loss over product 120,000 / 1,000,000 = 0.12: severity 0.11/0.19, relief share 0.2158.
    // Eligible a fifth: 7,208 + 0.5 × 800 + 0.6 × 900 = 8,148, relief 1,758.
    let relief = 5 * 1_758;
    // Need: relief + roads 18,000; half of it from parametric cover, limit 100 × 50 = 5,000.
    assert_eq!(paid(&books, Layer::IndexCover), 5_000);
    assert_eq!(out[0].relief, relief);
    let roads_paid = 5_000 * 18_000 / (relief + 18_000);
    let roads = 18_000 - roads_paid;
    assert_eq!(paid(&books, Layer::Relief), relief - (5_000 - roads_paid));
    // Aid: a tenth of residents' 8,908 − 1,758 = 7,150 a fifth and of the roads; then 1 % gifts.
    assert_eq!(paid(&books, Layer::Counterpart), 5 * 715 + (roads + 5) / 10);
    assert_eq!(paid(&books, Layer::Charity), 5 * 64);
    assert_eq!(
        out[0].unpaid_by_fifth.iter().sum::<Fen>(),
        5 * (7_150 - 715 - 64) + 2_500 - 600
    );
    assert_eq!(out[0].public_paid + out[0].public_unpaid, 20_000);
    assert_eq!(out[0].enterprise_unpaid, 30_000);
    // Consolation 5 × 20 is a transfer and no loss.
    assert_eq!(books.accounts.transfer[Bearer::Residents.number()], 100);
    assert_eq!(books.ledger.open_events, 0);
}

#[test]
fn resident_cover_pool_and_index_insure_catastrophe_kinds_only() {
    let terms = all();
    let mut books = rich(&terms);
    let drought = NaturalEvent {
        kind: NaturalKind::Drought,
        owner: None,
    };
    settle_natural(&terms, &drought, &[strike()], &mut books, &mut Vec::new());
    for layer in [
        Layer::PublicCover,
        Layer::Pool,
        Layer::Reinsurance,
        Layer::IndexCover,
    ] {
        assert_eq!(paid(&books, layer), 0);
    }
    assert!(paid(&books, Layer::Property) > 0);
}

#[test]
fn insurers_that_cannot_pay_all_pay_in_proportion_and_are_ruined() {
    let terms = all();
    let mut books = Books::new(&terms, Fund::new(1_000), Fund::default());
    let strikes = [strike(), strike()];
    let mut out = Vec::new();
    settle_natural(&terms, &FLOOD, &strikes, &mut books, &mut out);
    let insurers = borne(&books, Bearer::Insurers);
    assert!((970..=1_000).contains(&insurers), "{insurers}");
    assert_eq!(out[0].insured, out[1].insured);
    assert!(books.insurers.ruined && books.insurers.capital >= 0);
    // Claims: 2 × (5,950 + 500 + 12,000 + 9,010), and parametric cover finds nothing left.
    assert!(books.insurers.unpaid >= 2 * 27_460 - insurers);
    settle_natural(&terms, &FLOOD, &strikes, &mut books, &mut out);
    assert_eq!(borne(&books, Bearer::Insurers), insurers);
    assert_eq!(books.ledger.open_events, 0);
}

fn pool_alone() -> Arrangement {
    let mut terms = none();
    terms.pool = all().pool;
    terms.pool.enterprise = 1.0;
    terms.pool.layer.attachment = 0;
    terms.pool.layer.share = 1.0;
    terms
}

fn enterprise_loss(fen: Fen) -> StrikeLoss {
    StrikeLoss {
        enterprise: fen,
        ..StrikeLoss::default()
    }
}

#[test]
fn a_pool_pays_from_capital_what_reinsurers_do_not_and_is_ruined_once() {
    let terms = pool_alone();
    let mut books = Books::new(&terms, Fund::default(), Fund::new(50_000));
    let mut out = Vec::new();
    // 30,000: above 20,000 reinsurers pay, and their 10,000 of the year are gone.
    settle_natural(
        &terms,
        &FLOOD,
        &[enterprise_loss(30_000)],
        &mut books,
        &mut out,
    );
    assert_eq!(
        (paid(&books, Layer::Pool), paid(&books, Layer::Reinsurance)),
        (20_000, 10_000)
    );
    // 40,000 against a capital of 30,000: ruined, 10,000 stay with the owner.
    settle_natural(
        &terms,
        &FLOOD,
        &[enterprise_loss(40_000)],
        &mut books,
        &mut out,
    );
    assert_eq!(paid(&books, Layer::Pool), 50_000);
    assert_eq!(out[0].enterprise_unpaid, 10_000);
    assert!(books.pool.ruined);
    books.close_year(&terms, 0, &mut YearRecord::default(), &mut Vec::new());
    settle_natural(
        &terms,
        &FLOOD,
        &[enterprise_loss(30_000)],
        &mut books,
        &mut out,
    );
    assert_eq!(
        (out[0].enterprise_unpaid, books.pool.unpaid),
        (30_000, 30_000)
    );
}

#[test]
fn a_layer_on_exponential_losses_has_its_closed_form() {
    // The pool as the only layer: 200 in excess of 50, share 0.8, on Exp(100), 4 losses a year:
    // 167.8226 a year paid, 232.1774 left with the insured.
    let unit = 10_000.0;
    let mut terms = pool_alone();
    terms.pool.layer = LayerTerms {
        attachment: (50.0 * unit) as Fen,
        limit: Some(Amount::Flat((200.0 * unit) as Fen)),
        share: 0.8,
        ..LayerTerms::FULL
    };
    terms.pool.reinsurance_limit = 0;
    let mut books = rich(&terms);
    let strata = 100_000;
    for stratum in 0..strata {
        let loss = -100.0 * unit * libm::log1p(-(f64::from(stratum) + 0.5) / f64::from(strata));
        let strikes = [enterprise_loss(loss as Fen)];
        settle_natural(&terms, &FLOOD, &strikes, &mut books, &mut Vec::new());
    }
    let yearly = |fen: Fen| 4.0 * fen as f64 / unit / f64::from(strata);
    assert!((yearly(paid(&books, Layer::Pool)) - 167.8226).abs() < 0.01);
    assert!((yearly(borne(&books, Bearer::Enterprises)) - 232.1774).abs() < 0.01);
    assert_eq!(books.ledger.open_events, 0);
}

/// Parametric cover of three times the need, up to 50,000 a year, triggered at an intensity of 2.
fn parametric_alone() -> Arrangement {
    let mut terms = none();
    terms.index = IndexTerms {
        share_of_need: 3.0,
        trigger: 2.0,
        basis_sigma: 0.0,
        limit_per_head: 500,
    };
    terms
}

/// Public assets of 10,000 destroyed at an intensity.
fn public_loss(intensity: f64) -> StrikeLoss {
    StrikeLoss {
        infrastructure: 10_000,
        intensity,
        ..StrikeLoss::default()
    }
}

/// Need 10,000, paid 30,000, of which reinsurers pay a quarter: of the excess of 20,000 insurers pay 15,000.
#[test]
fn reinsurers_pay_their_part_of_what_is_beyond_the_need() {
    let mut terms = parametric_alone();
    terms.treaties.quota_share = 0.25;
    let mut books = rich(&terms);
    let lost = public_loss(2.0);
    settle_natural(&terms, &FLOOD, &[lost], &mut books, &mut Vec::new());
    let got = |bearer: Bearer| books.accounts.transfer[bearer.number()];
    assert_eq!(got(Bearer::Insurers), -15_000);
    assert_eq!(got(Bearer::Reinsurers), -5_000);
    assert_eq!(got(Bearer::Province), 20_000);
}

#[test]
fn parametric_cover_beyond_the_need_is_a_transfer() {
    let terms = parametric_alone();
    let mut books = rich(&terms);
    let lost = public_loss(2.0);
    settle_natural(&terms, &FLOOD, &[lost], &mut books, &mut Vec::new());
    assert_eq!(borne(&books, Bearer::Insurers), 10_000);
    assert_eq!(books.accounts.transfer[Bearer::Province.number()], 20_000);
    // 20,000 of the yearly 50,000 are left; below the trigger nothing is paid.
    settle_natural(&terms, &FLOOD, &[lost], &mut books, &mut Vec::new());
    assert_eq!(books.year.index_paid, 50_000);
    let weak = public_loss(1.9);
    settle_natural(&terms, &FLOOD, &[weak], &mut books, &mut Vec::new());
    assert_eq!(
        (books.year.index_paid, books.year.index_missed),
        (50_000, 10_000)
    );
}

proptest! {
    #[test]
    fn the_loss_is_the_same_whatever_is_shared_and_more_relief_leaves_less_unpaid(
        terms in arrangements(),
        strikes in prop::collection::vec(strike_losses(), 1..6),
        more in 0.0..0.3_f64,
    ) {
        let mut out = Vec::new();
        let mut unshared = none();
        unshared.statutory.worker_death = terms.statutory.worker_death;
        let alone = settle_natural(&unshared, &FLOOD, &strikes, &mut rich(&unshared), &mut out);
        let before = settle_natural(&terms, &FLOOD, &strikes, &mut rich(&terms), &mut out);
        prop_assert_eq!(alone.direct, before.direct);
        prop_assert_eq!(alone.uncompensated + alone.enterprises + alone.public, alone.direct);
        let mut generous = terms.clone();
        generous.relief.share_ordinary += more;
        generous.relief.share_catastrophe += more;
        let after = settle_natural(&generous, &FLOOD, &strikes, &mut rich(&generous), &mut out);
        prop_assert!(after.uncompensated <= before.uncompensated);
    }

    #[test]
    fn every_event_closes_to_the_fen(
        terms in arrangements(),
        strikes in prop::collection::vec(strike_losses(), 0..8),
        kind in prop::sample::select(NaturalKind::ALL.to_vec()),
        insurers in 0_i64..1_000_000,
        pool in 0_i64..300_000,
    ) {
        let mut books = Books::new(&terms, Fund::new(insurers), Fund::new(pool));
        let mut out = Vec::new();
        let event = NaturalEvent { kind, owner: None };
        let mut before = [0; LAYERS];
        for _ in 0..2 {
            before.copy_from_slice(&books.ledger.year_paid);
            let totals = settle_natural(&terms, &event, &strikes, &mut books, &mut out);
            let unpaid: Fen = out.iter().flat_map(|one| one.unpaid_by_fifth).sum();
            prop_assert_eq!(totals.uncompensated, unpaid);
            let kept: Fen = out.iter().map(|one| one.enterprise_unpaid).sum();
            prop_assert_eq!(totals.enterprises, kept);
            prop_assert!(books.insurers.capital >= 0 && books.pool.capital >= 0);
        }
        for (lost, got) in strikes.iter().zip(&out) {
            let property = sum(&lost.housing) + sum(&lost.goods) + sum(&lost.crops);
            let external = got.insured + got.relief + got.aid;
            prop_assert!((0..=property).contains(&external));
            prop_assert_eq!(got.public_paid + got.public_unpaid, lost.infrastructure);
            prop_assert!(got.unpaid_by_fifth.iter().all(|fen| *fen >= 0));
            prop_assert!((0..=lost.enterprise).contains(&got.enterprise_unpaid));
            prop_assert!(got.by_layer.iter().all(|fen| *fen >= 0));
            let loss = lost.assets() + lost.bodily_loss(&terms);
            prop_assert_eq!(got.by_layer.iter().sum::<Fen>(), loss);
        }
        for (layer, paid) in books.ledger.year_paid.iter().enumerate() {
            let told: Fen = out.iter().map(|one| one.by_layer[layer]).sum();
            prop_assert_eq!(paid - before[layer], told);
        }
        // A municipality has no city purse.
        if strikes.iter().all(|strike| strike.province == 1) {
            prop_assert_eq!(borne(&books, Bearer::City), 0);
        }
        let mut record = YearRecord::default();
        let mut rows = Vec::new();
        books.close_year(&terms, 0, &mut record, &mut rows);
        let posted: Fen = rows.iter().map(|row| row.amount_fen).sum();
        prop_assert_eq!(posted, record.borne_natural_fen.values().iter().sum::<Fen>());
        let mut checks = Checks::default();
        books.check(&mut checks);
        prop_assert!(checks.pass());
    }
}
