//! Tests of insurers' reinsurance.

use proptest::prelude::*;

use super::pricing::CededEvents;
use super::*;
use crate::model::record::Checks;
use crate::model::settlement::accident::{AccidentClaim, settle_accident};
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::books::Books;
use crate::model::settlement::capital::Fund;
use crate::model::settlement::fixtures::{all, arrangements, strike_losses};
use crate::model::settlement::natural::{NaturalEvent, settle_natural};
use crate::vocabulary::{Bearer, NaturalKind, Vocabulary};

/// A quarter of every claim, then 500 above 1,000 of an event.
const QUOTA_AND_EXCESS: Treaties = Treaties {
    quota_share: 0.25,
    excess: LayerTerms {
        attachment: 1_000,
        limit: Some(Amount::Flat(500)),
        ..LayerTerms::FULL
    },
    ..Treaties::NONE
};

#[test]
fn contracts_act_on_the_event_one_after_the_other() {
    let mut cessions = Cessions::default();
    // 800: 200 by quota. 1,200 more: 2,000 in all, 500 by quota, 500 of the remaining 1,500 by the layer.
    assert_eq!(cessions.cede(&QUOTA_AND_EXCESS, 800), 200);
    assert_eq!(cessions.ceded(&QUOTA_AND_EXCESS, 1_200), 800);
    assert_eq!(cessions.cede(&QUOTA_AND_EXCESS, 1_200), 800);
    cessions.begin_event();
    assert_eq!(cessions.cede(&QUOTA_AND_EXCESS, 400), 100);
}

#[test]
fn a_stop_loss_looks_at_the_year() {
    let treaties = Treaties {
        stop_attachment: 1.2,
        stop_limit: 0.5,
        ..Treaties::NONE
    };
    let mut cessions = Cessions::default();
    assert_eq!(
        cessions.cede(&treaties, 5_000),
        0,
        "the income is not known"
    );
    cessions.begin_year();
    // 500 above 1,200 of the year's claims.
    let treaties = treaties.with_income(1_000);
    let mut paid = [1_000, 400, 600].map(|claim| {
        cessions.begin_event();
        cessions.cede(&treaties, claim)
    });
    assert_eq!(paid, [0, 200, 300]);
    cessions.begin_year();
    paid[0] = cessions.cede(&treaties, 1_300);
    assert_eq!(paid[0], 100);
}

#[test]
fn each_contract_has_its_price() {
    let treaties = Treaties {
        stop_attachment: 0.4,
        stop_limit: 0.2,
        ..QUOTA_AND_EXCESS
    };
    let mut events = CededEvents::default();
    events.natural(&treaties, 2_000);
    events.end_year();
    events.end_year();
    events.single(&treaties, 400, 2.0);
    let priced = events.price(&treaties, 18.0, 4_000, 1.0);
    // Excess: 500 fen every second year, twice that as premium. Retained income 4,000 − 1,000 − 500; stop loss
    // 500 above 1,000 on 1,000 + 600 in one year and 600 in the other.
    assert_eq!(priced.premiums, [1_000, 500, 500]);
    assert_eq!(priced.expected_yuan, [4.5, 2.5, 2.5]);
    assert_eq!(priced.treaties.stop_loss, layer(1_000, 500));
}

fn reinsured(treaties: Treaties) -> Arrangement {
    Arrangement { treaties, ..all() }
}

#[test]
fn what_is_ceded_ruins_nobody_and_a_ruined_insurer_cedes_nothing() {
    let accident = AccidentClaim {
        workers_dead: 1,
        third_parties_dead: 1,
        liability_insured: true,
        ..AccidentClaim::default()
    };
    let half = Treaties {
        quota_share: 0.5,
        ..Treaties::NONE
    };
    // Limit of two deaths: 80,000, of which 40,000 are ceded.
    for (treaties, paid, ruined) in [(Treaties::NONE, 50_000, true), (half, 80_000, false)] {
        let terms = reinsured(treaties);
        let mut books = Books::new(&terms, Fund::new(50_000), Fund::default());
        let outcome = settle_accident(&terms, &accident, &mut books);
        assert_eq!(
            (outcome.liability_cover, books.insurers.ruined),
            (paid, ruined)
        );
    }
    let terms = reinsured(half);
    let mut books = Books::new(&terms, Fund::new(30_000), Fund::default());
    let outcome = settle_accident(&terms, &accident, &mut books);
    assert_eq!(
        (outcome.liability_cover, books.insurers.unpaid),
        (70_000, 10_000)
    );
    let outcome = settle_accident(&terms, &accident, &mut books);
    assert_eq!(outcome.liability_cover, 0);
    assert_eq!(books.ledger.year_borne[Bearer::Reinsurers.number()], 40_000);
}

fn treaties() -> impl Strategy<Value = Treaties> {
    (
        0.0..=1.0_f64,
        0_i64..200_000,
        0_i64..200_000,
        0.0..2.0_f64,
        0.0..2.0_f64,
        0_i64..300_000,
    )
        .prop_map(|(quota_share, attachment, width, from, limit, income)| {
            Treaties {
                quota_share,
                excess: layer(attachment, width),
                stop_attachment: from,
                stop_limit: limit,
                stop_loss: LayerTerms::NONE,
            }
            .with_income(income)
        })
}

/// Claims on the two funds and their reinsurers after two floods and an accident, with what is left unpaid.
fn settled(
    terms: &Arrangement,
    strikes: &[crate::model::settlement::natural::StrikeLoss],
    insurers: Fund,
) -> (Books, Fen) {
    let mut books = Books::new(terms, insurers, Fund::unlimited());
    let flood = NaturalEvent {
        kind: NaturalKind::Flood,
        owner: None,
    };
    let mut unpaid = 0;
    for _ in 0..2 {
        let totals = settle_natural(terms, &flood, strikes, &mut books, &mut Vec::new());
        unpaid += totals.uncompensated + totals.enterprises + totals.public;
    }
    let accident = AccidentClaim {
        workers_dead: 3,
        own_damage: 90_000,
        liability_insured: true,
        property_insured: true,
        ..AccidentClaim::default()
    };
    let totals = settle_accident(terms, &accident, &mut books).totals;
    unpaid += totals.uncompensated + totals.enterprises + totals.public;
    (books, unpaid)
}

proptest! {
    #[test]
    fn gross_is_retained_and_ceded_to_the_fen(
        terms in arrangements(),
        treaties in treaties(),
        strikes in prop::collection::vec(strike_losses(), 0..6),
        capital in 0_i64..600_000,
    ) {
        let gross_terms = Arrangement { treaties: Treaties::NONE, ..terms };
        let net_terms = Arrangement { treaties, ..gross_terms.clone() };
        let reinsurers = |books: &Books| books.ledger.year_borne[Bearer::Reinsurers.number()]
            - books.accounts.transfer[Bearer::Reinsurers.number()];
        let rich = Fund::unlimited();
        let spent = |books: &Books| rich.capital - books.insurers.capital;
        let (gross, unpaid_gross) = settled(&gross_terms, &strikes, rich);
        let (net, unpaid_net) = settled(&net_terms, &strikes, rich);
        // Those who suffer notice nothing, and nothing is lost between insurers and reinsurers.
        prop_assert_eq!(unpaid_gross, unpaid_net);
        prop_assert_eq!(spent(&gross) + reinsurers(&gross), spent(&net) + reinsurers(&net));
        let mut checks = Checks::default();
        net.check(&mut checks);
        prop_assert!(checks.pass());
        // With less capital, too, every event closes.
        let (poor, _) = settled(&net_terms, &strikes, Fund::new(capital));
        let mut checks = Checks::default();
        poor.check(&mut checks);
        prop_assert!(checks.pass());
        prop_assert!(poor.insurers.capital >= 0);
    }

    #[test]
    fn cutting_claims_up_changes_nothing(
        treaties in treaties(),
        claims in prop::collection::vec(0_i64..100_000, 1..9),
    ) {
        let (mut whole, mut parts) = (Cessions::default(), Cessions::default());
        let together = whole.cede(&treaties, claims.iter().sum());
        let mut sum = 0;
        for claim in claims {
            let ceded = parts.cede(&treaties, claim);
            prop_assert!((0..=claim).contains(&ceded));
            sum += ceded;
        }
        prop_assert_eq!(together, sum);
    }
}
