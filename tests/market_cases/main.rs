//! The worked cases of the insurance market, through the engine's own programme of cover, and once more
//! through the files of `settle`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own data must fail"
)]

mod layer_cases;
mod through_files;

use serde_json::{Map, Value};

use riskweave::model::settlement::group_terms::GroupTerms;
use riskweave::model::settlement::money::{Fen, from_yuan, to_yuan};
use riskweave::model::settlement::portfolio::{
    Cession, Cover, Item, Layer, Level, LevelTerms, Payments, Per, Programme, Scope, Treaty,
};
use riskweave::model::settlement::terms::{Amount, LayerTerms};

/// The expected results carry single-precision sums of the losses they were computed from.
const FLOATS: f64 = 1e-6;
const COVERAGES: [&str; 4] = ["building", "other", "contents", "interruption"];

fn cases(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A number of a case; 0 if there is none.
fn number(terms: &Map<String, Value>, key: &str) -> f64 {
    terms.get(key).and_then(Value::as_f64).unwrap_or(0.0)
}

/// The amount of a term and its type code; `None` if the term is not there.
fn amount(terms: &Map<String, Value>, key: &str, type_key: &str) -> Option<Amount> {
    let value = number(terms, key);
    if value == 0.0 {
        return None;
    }
    Some(match number(terms, type_key) as u8 {
        0 => Amount::Flat(from_yuan(value)),
        1 => Amount::ShareOfLoss(value),
        _ => Amount::ShareOfValue(value),
    })
}

/// The terms of one level: prefix `Loc`, `Pol` or `Acc`, suffix `1Building` … `6All`.
fn group_terms(terms: &Map<String, Value>, prefix: &str, suffix: &str) -> GroupTerms {
    let of = |term: &str| {
        amount(
            terms,
            &format!("{prefix}{term}{suffix}"),
            &format!("{prefix}{term}Type{suffix}"),
        )
    };
    let share = number(terms, &format!("{prefix}Participation"));
    GroupTerms {
        deductible: of("Ded").unwrap_or(Amount::Flat(0)),
        franchise: false,
        least_deductible: of("MinDed"),
        greatest_deductible: of("MaxDed"),
        limit: of("Limit"),
        share: if share == 0.0 { 1.0 } else { share },
    }
}

fn level(per: Per, terms: Vec<(Scope, GroupTerms)>) -> Level {
    Level {
        per,
        terms: terms
            .into_iter()
            .map(|(scope, terms)| LevelTerms { scope, terms })
            .collect(),
    }
}

fn layer(attachment: f64, limit: f64, share: f64) -> Layer {
    Layer {
        name: String::new(),
        per: Per::Event,
        terms: LayerTerms {
            attachment: from_yuan(attachment),
            limit: (limit > 0.0).then(|| Amount::Flat(from_yuan(limit))),
            share,
            ..LayerTerms::FULL
        },
    }
}

/// Settles a programme; through the files of `settle` it must come to the same, to the fen.
fn settled(programme: &Programme, items: &[Item]) -> Payments {
    let payments = programme.settle(items);
    let settled = through_files::settled(
        &through_files::toml(programme),
        &through_files::table(items),
    );
    let ceded: Fen = payments.treaties.iter().flatten().sum();
    assert_eq!(
        through_files::borne(&settled),
        [paid(&payments) - ceded, ceded]
    );
    payments
}

fn paid(payments: &Payments) -> Fen {
    payments.layers.iter().flatten().sum()
}

/// Places, their coverages and terms → the levels of a policy → layers.
fn insurance(case: &Value) -> (Programme, Vec<Item>) {
    let terms = case["terms"].as_object().unwrap();
    let mut levels: Vec<Vec<(Scope, GroupTerms)>> = vec![Vec::new(); 3];
    let (mut layers, mut policy) = (Vec::new(), Vec::new());
    for (name, terms) in terms {
        let terms = terms.as_object().unwrap();
        if let Some(place) = name.strip_prefix("loc") {
            let scope = |coverages: &[&str]| Scope {
                claimants: vec![place.to_owned()],
                coverages: coverages.iter().map(|name| (*name).to_owned()).collect(),
                ..Scope::default()
            };
            for (coverage, suffix) in
                COVERAGES
                    .iter()
                    .zip(["1Building", "2Other", "3Contents", "4BI"])
            {
                levels[0].push((scope(&[coverage]), group_terms(terms, "Loc", suffix)));
            }
            levels[1].push((scope(&COVERAGES[..3]), group_terms(terms, "Loc", "5PD")));
            levels[2].push((scope(&[]), group_terms(terms, "Loc", "6All")));
        } else {
            // Conditions (Cond…) act on places that carry their tag; no place here does.
            policy = vec![(Scope::default(), group_terms(terms, "Pol", "6All"))];
            let of = |key| number(terms, key);
            layers.push(layer(
                of("LayerAttachment"),
                of("LayerLimit"),
                of("LayerParticipation"),
            ));
        }
    }
    let mut levels = levels.into_iter();
    let mut next = |per| level(per, levels.next().unwrap());
    let levels = vec![
        next(Per::Coverage),
        next(Per::Claimant),
        next(Per::Claimant),
    ];
    let cover = Cover {
        scope: Scope::default(),
        levels: vec![level(Per::Event, policy)],
        layers,
    };
    let programme = Programme {
        levels,
        covers: vec![cover],
        ..Programme::default()
    };
    (programme, items(case))
}

fn items(case: &Value) -> Vec<Item> {
    let places = case["locations"].as_array().unwrap();
    let mut items = Vec::new();
    for place in places {
        for (coverage, key) in
            COVERAGES
                .iter()
                .zip(["BuildingTIV", "OtherTIV", "ContentsTIV", "BITIV"])
        {
            let value = from_yuan(place[key].as_f64().unwrap());
            items.push(Item {
                claimant: place["LocNumber"].as_str().unwrap_or("").to_owned(),
                group: "1".to_owned(),
                coverage: (*coverage).to_owned(),
                value,
                loss: value,
            });
        }
    }
    items
}

/// Two equal places under two layers and the terms of an account.
fn account(case: &Value) -> (Programme, Vec<Item>) {
    let of = |value: &Value, key: &str| value[key].as_f64().unwrap();
    let layers = case["layers"].as_array().unwrap().iter();
    let layers = layers.map(|one| layer(of(one, "attachment"), of(one, "limit"), of(one, "share")));
    let places = case["location_terms"].as_object().unwrap();
    let account = case["account_terms"].as_object().unwrap();
    let programme = Programme {
        levels: vec![level(
            Per::Claimant,
            vec![(Scope::default(), group_terms(places, "Loc", "6All"))],
        )],
        covers: vec![Cover {
            scope: Scope::default(),
            levels: Vec::new(),
            layers: layers.collect(),
        }],
        account: vec![level(
            Per::Event,
            vec![(Scope::default(), group_terms(account, "Acc", "6All"))],
        )],
        treaties: Vec::new(),
    };
    let count = of(case, "n_locations");
    let item = |number: i64| Item {
        claimant: number.to_string(),
        group: "1".to_owned(),
        coverage: String::new(),
        value: from_yuan(of(case, "insured_value") / count),
        loss: from_yuan(of(case, "ground_up_loss") / count),
    };
    (programme, (0..count as i64).map(item).collect())
}

/// Holds each case against its expected result and against the formula; tells those that differ.
fn check(text: &str, settle: impl Fn(&Value) -> (Programme, Vec<Item>)) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in cases(text) {
        let (programme, items) = settle(&case);
        let ours = paid(&settled(&programme, &items));
        let of = |key: &str| case[key].as_f64().unwrap();
        let expected = of("expected_insured_loss");
        if (to_yuan(ours) - expected).abs() > FLOATS * expected {
            wrong.push(format!(
                "{}: {} not {expected}",
                case["case"],
                to_yuan(ours)
            ));
        }
        let agrees = case["simple_formula_agrees"] == Value::Bool(true);
        if agrees && ours != from_yuan(of("simple_formula")) {
            let formula = of("simple_formula");
            wrong.push(format!(
                "{}: {} not formula {formula}",
                case["case"],
                to_yuan(ours)
            ));
        }
    }
    wrong
}

#[test]
fn insurance_cases() {
    let text = include_str!("../data/market_cases/insurance_cases.jsonl");
    assert_eq!(check(text, insurance), Vec::<String>::new());
}

#[test]
fn account_cases() {
    let text = include_str!("../data/market_cases/account_cases.jsonl");
    assert_eq!(check(text, account), Vec::<String>::new());
}

/// Risks whose insured losses are known from the portfolios of the cases, in proportion: two accounts
/// (a large and a small one, each above every limit per risk), two policies, two places.
fn risks(level: &str) -> &'static [f64] {
    match level {
        "ACC" => &[198_000_000.0, 39_600_000.0],
        "POL" => &[2_000_000.0, 396_000_040.25],
        "LOC" => &[99_000_003.0, 49_500_001.5],
        _ => &[198_000_000.0, 99_000_000.0],
    }
}

#[test]
fn reinsurance_cases() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("../data/market_cases/reinsurance_cases.jsonl")) {
        let of = |key: &str| case[key].as_f64().unwrap();
        let limit = |key: &str| (of(key) > 0.0).then(|| Amount::Flat(from_yuan(of(key))));
        let risks = risks(case["risk_level"].as_str().unwrap());
        let losses = risks.iter().enumerate().map(|(number, loss)| Item {
            claimant: number.to_string(),
            group: number.to_string(),
            coverage: String::new(),
            value: from_yuan(*loss),
            loss: from_yuan(*loss),
        });
        let cession = |claimants: &[&str], share| Cession {
            scope: Scope {
                claimants: claimants.iter().map(|name| (*name).to_owned()).collect(),
                ..Scope::default()
            },
            share,
        };
        // A surplus cedes each risk at a share of its own: a tenth of the small one, a fifth of others.
        let cessions = if case["type"] == "SS" {
            let small = if case["risk_level"] == "POL" {
                0.1
            } else {
                0.2
            };
            vec![cession(&["0"], small), cession(&[], 0.2)]
        } else {
            vec![cession(&[], of("ceded_percent"))]
        };
        let treaty = Treaty {
            name: String::new(),
            priority: 1,
            cessions,
            risk: Per::Claimant,
            per_risk: LayerTerms {
                attachment: from_yuan(of("risk_attachment")),
                limit: limit("risk_limit"),
                ..LayerTerms::FULL
            },
            per_event: LayerTerms {
                attachment: from_yuan(of("occ_attachment")),
                limit: limit("occ_limit"),
                share: of("placed"),
                ..LayerTerms::FULL
            },
        };
        let programme = Programme {
            covers: vec![Cover {
                scope: Scope::default(),
                levels: Vec::new(),
                layers: vec![layer(0.0, 0.0, 1.0)],
            }],
            treaties: vec![treaty],
            ..Programme::default()
        };
        let items: Vec<Item> = losses.collect();
        let ceded: Fen = settled(&programme, &items).treaties.iter().flatten().sum();
        let (expected, scope) = (of("expected_ceded"), of("insured_loss_in_scope"));
        if (to_yuan(ceded) - expected).abs() > FLOATS * scope {
            wrong.push(format!(
                "{}: {} not {expected}",
                case["case"],
                to_yuan(ceded)
            ));
        }
        let formula = of("simple_formula");
        if (to_yuan(ceded) - formula).abs() > 0.02 {
            wrong.push(format!(
                "{}: {} not formula {formula}",
                case["case"],
                to_yuan(ceded)
            ));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
