//! Invariants of a programme, and its order by hand.

use proptest::prelude::*;

use super::*;
use crate::model::settlement::terms::Amount;

fn item(claimant: &str, group: &str, coverage: &str, loss: Fen) -> Item {
    Item {
        claimant: claimant.to_owned(),
        group: group.to_owned(),
        coverage: coverage.to_owned(),
        value: 2 * loss,
        loss,
    }
}

fn level(per: Per, terms: GroupTerms) -> Level {
    Level {
        per,
        terms: vec![LevelTerms {
            scope: Scope::default(),
            terms,
        }],
    }
}

fn layer(attachment: Fen, limit: Option<Amount>, share: f64) -> Layer {
    Layer {
        name: String::new(),
        per: Per::Event,
        terms: LayerTerms {
            attachment,
            limit,
            share,
            ..LayerTerms::FULL
        },
    }
}

fn insured_by(layers: Vec<Layer>) -> Programme {
    Programme {
        covers: vec![Cover {
            scope: Scope::default(),
            levels: Vec::new(),
            layers,
        }],
        ..Programme::default()
    }
}

#[test]
fn a_capped_payment_is_split_back_in_proportion_to_what_is_insured() {
    let mut programme = insured_by(vec![layer(0, Some(Amount::Flat(900)), 1.0)]);
    programme.levels = vec![level(
        Per::Claimant,
        GroupTerms {
            deductible: Amount::Flat(100),
            ..GroupTerms::FULL
        },
    )];
    // 1,000 − 100 and 1,000 − 100 after each place's deductible, 500 − 100: 900 × 900/2,200 …
    let items = [
        item("a", "g", "", 1_000),
        item("b", "g", "", 1_000),
        item("c", "g", "", 500),
    ];
    let payments = programme.settle(&items);
    assert_eq!(payments.layers, [[368, 368, 164]]);
    assert_eq!(payments.kept, [632, 632, 336]);
}

#[test]
fn what_is_given_back_goes_to_those_from_whom_it_was_taken() {
    let mut programme = insured_by(vec![layer(0, None, 1.0)]);
    let mut places = level(
        Per::Claimant,
        GroupTerms {
            deductible: Amount::Flat(900),
            ..GroupTerms::FULL
        },
    );
    places.terms[0].scope.claimants = vec!["b".to_owned()];
    let account = GroupTerms {
        greatest_deductible: Some(Amount::Flat(200)),
        ..GroupTerms::FULL
    };
    programme.levels = vec![places, level(Per::Event, account)];
    let payments = programme.settle(&[item("a", "g", "", 1_000), item("b", "g", "", 1_000)]);
    assert_eq!(payments.layers, [[1_000, 800]]);
}

#[test]
fn policies_that_overlap_pay_no_more_than_the_loss() {
    let programme = insured_by(vec![layer(0, None, 0.7), layer(0, None, 0.7)]);
    let payments = programme.settle(&[item("a", "g", "", 1_000)]);
    assert_eq!(payments.layers, [[700], [300]]);
    assert_eq!(payments.kept, [0]);
}

#[test]
fn later_reinsurance_takes_what_earlier_left() {
    let mut programme = insured_by(vec![layer(0, None, 1.0)]);
    let treaty = |priority, share, attachment| Treaty {
        name: String::new(),
        priority,
        cessions: vec![Cession {
            scope: Scope::default(),
            share,
        }],
        risk: Per::Claimant,
        per_risk: LayerTerms::FULL,
        per_event: LayerTerms {
            attachment,
            ..LayerTerms::FULL
        },
    };
    // The excess of loss (second) sees 2,000 − 25 % = 1,500 and pays what lies above 1,200.
    programme.treaties = vec![treaty(2, 1.0, 1_200), treaty(1, 0.25, 0)];
    let payments = programme.settle(&[item("a", "g", "", 1_500), item("b", "g", "", 500)]);
    let sums: Vec<Fen> = payments
        .treaties
        .iter()
        .map(|paid| paid.iter().sum())
        .collect();
    assert_eq!(sums, [300, 500]);
    assert_eq!(payments.ceded[0].iter().sum::<Fen>(), 800);
}

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        (0_i64..2_000_000).prop_map(Amount::Flat),
        (0.0..1.0_f64).prop_map(Amount::ShareOfLoss),
        (0.0..0.5_f64).prop_map(Amount::ShareOfValue),
    ]
}

fn group_terms() -> impl Strategy<Value = GroupTerms> {
    (
        amount(),
        any::<bool>(),
        prop::option::of(amount()),
        prop::option::of(amount()),
        prop::option::of(amount()),
        0.0..=1.0_f64,
    )
        .prop_map(
            |(deductible, franchise, least, greatest, limit, share)| GroupTerms {
                deductible,
                franchise,
                least_deductible: least,
                greatest_deductible: greatest,
                limit,
                share,
            },
        )
}

fn layers() -> impl Strategy<Value = Vec<Layer>> {
    let one = (0_i64..3_000_000, prop::option::of(amount()), 0.0..=1.0_f64);
    prop::collection::vec(
        one.prop_map(|(attachment, limit, share)| layer(attachment, limit, share)),
        1..4,
    )
}

fn levels() -> impl Strategy<Value = Vec<Level>> {
    let per = prop::sample::select(vec![Per::Coverage, Per::Claimant, Per::Group, Per::Event]);
    let level = (per, group_terms()).prop_map(|(per, terms)| level(per, terms));
    prop::collection::vec(level, 0..4)
}

pub(crate) fn programmes() -> impl Strategy<Value = Programme> {
    (levels(), layers(), levels(), 0.0..=1.0_f64, amount()).prop_map(
        |(levels, layers, account, ceded, limit)| {
            let mut programme = insured_by(layers);
            programme.levels = levels;
            programme.account = account;
            programme.treaties = vec![Treaty {
                name: String::new(),
                priority: 1,
                cessions: vec![Cession {
                    scope: Scope::default(),
                    share: ceded,
                }],
                risk: Per::Claimant,
                per_risk: LayerTerms {
                    limit: Some(limit),
                    ..LayerTerms::FULL
                },
                per_event: LayerTerms::FULL,
            }];
            programme
        },
    )
}

pub(crate) fn items() -> impl Strategy<Value = Vec<Item>> {
    let one = (0_u8..4, 0_u8..2, 0_u8..3, 0_i64..3_000_000);
    prop::collection::vec(
        one.prop_map(|(claimant, group, coverage, loss)| {
            item(
                &claimant.to_string(),
                &group.to_string(),
                &coverage.to_string(),
                loss,
            )
        }),
        1..8,
    )
}

fn total(parts: &[Vec<Fen>]) -> Fen {
    parts.iter().flatten().sum()
}

proptest! {
    #[test]
    fn every_loss_finds_its_payers_and_nobody_gains(programme in programmes(), items in items()) {
        let payments = programme.settle(&items);
        for (number, item) in items.iter().enumerate() {
            let paid: Fen = payments.layers.iter().map(|paid| paid[number]).sum();
            prop_assert!(payments.layers.iter().all(|paid| (0..=item.loss).contains(&paid[number])));
            prop_assert_eq!(paid + payments.kept[number], item.loss);
            prop_assert!(payments.kept[number] >= 0);
            let ceded: Fen = payments.ceded.iter().map(|ceded| ceded[number]).sum();
            let reinsured: Fen = payments.treaties.iter().map(|paid| paid[number]).sum();
            prop_assert_eq!(ceded, reinsured);
            prop_assert!(ceded <= paid);
        }
    }

    #[test]
    fn claimants_together_get_what_the_layer_pays(layers in layers(), items in items()) {
        let losses: Vec<Position> = items.iter().map(|item| Position::of(item.loss)).collect();
        let loss = items.iter().map(|item| item.loss).sum();
        let value = items.iter().map(|item| item.value).sum();
        for layer in layers {
            let paid = pay_layer(&layer, &items, &losses);
            prop_assert_eq!(paid.iter().sum::<Fen>(), layer.terms.pay(loss, value));
        }
    }

    #[test]
    fn terms_move_no_more_than_there_is_and_the_parts_sum(terms in group_terms(), before in prop::collection::vec(group_terms(), 0..3), items in items()) {
        let mut positions: Vec<Position> = items.iter().map(|item| Position::of(item.loss)).collect();
        let full = |terms| GroupTerms { share: 1.0, ..terms };
        let levels: Vec<Level> = before.into_iter().chain([terms]).map(|terms| level(Per::Claimant, full(terms))).collect();
        apply(&levels, &items, &mut positions);
        for (item, position) in items.iter().zip(&positions) {
            prop_assert_eq!(position.insured + position.deducted + position.over, item.loss);
            prop_assert!(position.insured >= 0 && position.deducted >= 0 && position.over >= 0);
            prop_assert!((0..=position.deducted).contains(&position.room));
        }
    }

    #[test]
    fn a_higher_limit_or_a_lower_deductible_never_pays_less(earlier in group_terms(), terms in group_terms(), items in items(), by in 0.0..0.3_f64) {
        let paid = |terms: GroupTerms| {
            let mut programme = insured_by(vec![layer(0, None, 1.0)]);
            programme.levels = vec![level(Per::Claimant, earlier), level(Per::Event, terms)];
            total(&programme.settle(&items).layers)
        };
        let raised = |amount: Amount| match amount {
            Amount::Flat(fen) => Amount::Flat(fen + (by * 1e6) as Fen),
            Amount::ShareOfLoss(part) => Amount::ShareOfLoss(part + by),
            Amount::ShareOfValue(part) => Amount::ShareOfValue(part + by),
        };
        let usual = paid(terms);
        let higher_limit = paid(GroupTerms { limit: terms.limit.map(raised), ..terms });
        prop_assert!(higher_limit >= usual);
        for higher in [
            GroupTerms { deductible: raised(terms.deductible), ..terms },
            GroupTerms { least_deductible: terms.least_deductible.map(raised), ..terms },
            GroupTerms { greatest_deductible: terms.greatest_deductible.map(raised), ..terms },
        ] {
            prop_assert!(paid(higher) <= usual, "{:?} pays {} not {}", higher, paid(higher), usual);
        }
    }
}
