//! A table of losses from its text to its parts: what must always hold.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::model::settlement::fixtures;
use crate::model::settlement::portfolio::Item;
use crate::model::settlement::portfolio::tests::{items, programmes};
use crate::model::settlement::terms::Amount;
use crate::scenario::losses;
use crate::scenario::programme::{self, WrittenProgramme};
use crate::scenario::source::{Place, Source};
use crate::vocabulary::{Asset, NaturalKind, Vocabulary};

const ASSUMED: Assumed = Assumed {
    hazard: NaturalKind::Flood,
    province: 0,
};
/// Share of homes that are insured in these tests.
const TAKE_UP: f64 = 0.4;

fn loss(number: usize, item: &Item) -> Loss {
    let source = Source::option("losses", "");
    Loss {
        year: 2000 + number as u32 % 3,
        event: ["a", "b"][number % 2].to_owned(),
        // Twice the same row is refused by the reader: every claimant has a name of its own here.
        claimant: format!("{}-{number}", item.claimant),
        group: item.group.clone(),
        value: Some(item.value).filter(|value| *value > 0),
        loss: item.loss,
        coverage: item.coverage.clone(),
        asset: Some(Asset::ALL[number % Asset::ALL.len()]),
        hazard: None,
        province: ["0", "1"][number % 2].to_owned(),
        intensity: number as f64,
        place: Place::new(&source, 0..0),
    }
}

fn table() -> impl Strategy<Value = Vec<Loss>> {
    let many = prop::collection::vec(items(), 1..4);
    many.prop_map(|many| {
        let items: Vec<Item> = many.into_iter().flatten().collect();
        let numbered = items.iter().enumerate();
        numbered.map(|(number, item)| loss(number, item)).collect()
    })
}

/// A table, and the same with its rows in another order.
fn shuffled() -> impl Strategy<Value = (Vec<Loss>, Vec<Loss>)> {
    table().prop_flat_map(|losses| (Just(losses.clone()), Just(losses).prop_shuffle()))
}

fn under(terms: &crate::model::settlement::arrangement::Arrangement, losses: &[Loss]) -> Settled {
    under_policy(terms, TAKE_UP, losses, ASSUMED, |word| word.parse().ok())
}

/// Parts by what their loss is called, so that tables in another order can be held against each other.
fn by_name(settled: &Settled, losses: &[Loss]) -> Vec<(u32, String, String, usize, usize, Fen)> {
    let mut parts: Vec<_> = settled
        .parts
        .iter()
        .map(|part| {
            let loss = &losses[part.loss];
            let (event, claimant) = (loss.event.clone(), loss.claimant.clone());
            (
                loss.year,
                event,
                claimant,
                part.layer,
                part.bearer,
                part.fen,
            )
        })
        .collect();
    parts.sort();
    parts
}

/// Every loss is borne whole, in parts above zero, and layers paid what their claimants got.
fn conserved(settled: &Settled, losses: &[Loss]) {
    let mut borne = vec![0; losses.len()];
    let mut paid = vec![0; settled.layers.len()];
    for part in &settled.parts {
        assert!(part.fen > 0 && part.fen <= losses[part.loss].loss);
        borne[part.loss] += part.fen;
        paid[part.layer] += part.fen;
    }
    let all: Vec<Fen> = losses.iter().map(|loss| loss.loss).collect();
    assert_eq!(borne, all);
    let tallied: Vec<Fen> = settled
        .tallies
        .iter()
        .map(|tally| tally.paid.iter().sum())
        .collect();
    assert_eq!(
        settled.by_bearer().iter().sum::<Fen>(),
        all.iter().sum::<Fen>()
    );
    assert_eq!(paid, tallied);
}

/// What the layer of this key paid in all.
fn paid_by(settled: &Settled, key: &str) -> Fen {
    let layer = settled.layers.iter().position(|layer| layer.key == key);
    let layer = layer.expect("a layer of this name");
    settled.tallies[layer].paid.iter().sum()
}

proptest! {
    #[test]
    fn a_policy_bears_every_loss_whole_and_the_order_of_rows_does_not_matter((losses, other) in shuffled()) {
        let settled = under(&fixtures::all(), &losses);
        conserved(&settled, &losses);
        let again = under(&fixtures::all(), &other);
        prop_assert_eq!(by_name(&settled, &losses), by_name(&again, &other));
        prop_assert_eq!(settled.tallies, again.tallies);
    }

    #[test]
    fn a_programme_bears_every_loss_whole_and_the_order_of_rows_does_not_matter(
        programme in programmes(), (losses, other) in shuffled(),
    ) {
        let mut programme = programme;
        // What reinsurers take back is not the layer's own: without them its tally is what it paid.
        let reinsured = under_programme(&WrittenProgramme::of(programme.clone()), &losses);
        let again = under_programme(&WrittenProgramme::of(programme.clone()), &other);
        prop_assert_eq!(by_name(&reinsured, &losses), by_name(&again, &other));
        let borne: Fen = reinsured.parts.iter().map(|part| part.fen).sum();
        prop_assert_eq!(borne, losses.iter().map(|loss| loss.loss).sum::<Fen>());
        programme.treaties.clear();
        conserved(&under_programme(&WrittenProgramme::of(programme), &losses), &losses);
    }

    #[test]
    fn a_wider_pool_or_a_lower_attachment_never_pays_less(losses in table(), more in 0_i64..2_000_000) {
        let terms = fixtures::all();
        let usual = paid_by(&under(&terms, &losses), "pool") + paid_by(&under(&terms, &losses), "reinsurance");
        let mut wider = terms.clone();
        wider.pool.layer.limit = Some(Amount::Flat(1_000_000 + more));
        let mut lower = terms.clone();
        lower.pool.layer.attachment = (1_000 - more).max(0);
        for changed in [wider, lower] {
            let settled = under(&changed, &losses);
            prop_assert!(paid_by(&settled, "pool") + paid_by(&settled, "reinsurance") >= usual);
        }
    }

    #[test]
    fn a_capped_payment_is_split_back_in_exact_proportion(items in items(), cap in 0_i64..5_000_000) {
        let text = format!("[[layer]]\nname = \"cap\"\nlimit_yuan = \"{}.{:02}\"\n", cap / 100, cap % 100);
        let written = programme::of_source(&Source::option("programme", &text)).expect("sound terms");
        let mut losses: Vec<Loss> = items.iter().enumerate().map(|(number, item)| loss(number, item)).collect();
        for loss in &mut losses {
            (loss.year, loss.event) = (2000, "one".to_owned());
        }
        let settled = under_programme(&written, &losses);
        let all: Fen = losses.iter().map(|loss| loss.loss).sum();
        let due = all.min(cap);
        prop_assert_eq!(paid_by(&settled, "cap"), due);
        for (number, loss) in losses.iter().enumerate() {
            let got: Fen = settled.parts.iter().filter(|part| part.loss == number && part.layer == 0).map(|part| part.fen).sum();
            // due · loss / all, rounded to a neighbouring fen.
            let exact = i128::from(due) * i128::from(loss.loss);
            prop_assert!((exact - i128::from(got) * i128::from(all)).abs() < i128::from(all.max(1)), "{got} of {due}");
        }
    }
}

/// Cells that a user may write anywhere.
const CELLS: [&str; 26] = [
    "2020",
    "0",
    "-1",
    "99999",
    "100001",
    "4294967295",
    "1e30",
    "NaN",
    "",
    "a",
    "b",
    "甲",
    "\"a,b\"",
    "5",
    "5.005",
    "10000000000000",
    "9999999999999.99",
    "99999999999999999999",
    "1亿元",
    "-5",
    "flood",
    "洪涝",
    "housing",
    "1e308",
    "\"",
    "\u{feff}",
];
const HEADER: &str =
    "year,event,claimant,group,insured_value,loss,coverage,asset,hazard,province,intensity";
/// Programmes of extreme but sound terms.
const PROGRAMMES: [&str; 3] = [
    "",
    "loading = 1000\n[[level]]\nper = \"event\"\nleast_deductible_yuan = 10000000000000\ngreatest_deductible_yuan = 0\nfranchise = true\n[[layer]]\nname = \"x\"\nattachment_yuan = 10000000000000\n[[account]]\nlimit_share_of_loss = 1\ndeductible_share_of_loss = 1\n[[reinsurance]]\nname = \"y\"\nevent_limit_yuan = 0\n",
    "[[level]]\ndeductible_yuan = 0.01\n[[layer]]\nname = \"x\"\n[[layer]]\nname = \"y\"\nshare = 0\n[[layer]]\nname = \"z\"\nlimit_yuan = 10000000000000\nper = \"coverage\"\n[[reinsurance]]\nname = \"r\"\nceded_share = 1\npriority = 4294967295\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Whatever is written, it is read or refused, and what is read is borne whole.
    #[test]
    fn nothing_that_can_be_written_breaks_it(
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(&CELLS[..]), 9..12), 0..5),
        ending in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        mark in any::<bool>(),
    ) {
        let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let lines = [&[HEADER.to_owned()][..], &rows].concat().join(ending);
        let text = format!("{}{lines}", if mark { "\u{feff}" } else { "" });
        match losses::of_source(&Source::option("losses", &text)) {
            Ok(losses) => settle_every_way(&losses),
            Err(problems) => {
                for language in [crate::vocabulary::Language::Chinese, crate::vocabulary::Language::English] {
                    problems.render(language, &mut Vec::new()).expect("memory takes everything");
                }
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Rows of which most are sound, with extreme sums.
    #[test]
    fn extreme_sums_are_borne_whole_or_refused(
        sums in prop::collection::vec(prop::sample::select(vec!["0", "0.01", "5.005", "9999999999999.99", "10000000000000"]), 1..12),
        years in prop::collection::vec(prop::sample::select(vec!["0", "1", "100000"]), 12),
    ) {
        let mut text = format!("{HEADER}\n");
        for (number, (sum, year)) in sums.iter().zip(&years).enumerate() {
            let asset = Asset::ALL[number % 5].key();
            writeln!(text, "{year},e,c{number},g,,{sum},,{asset},,,1e308").expect("memory takes everything");
        }
        if let Ok(losses) = losses::of_source(&Source::option("losses", &text)) {
            settle_every_way(&losses);
        }
    }
}

fn settle_every_way(losses: &[Loss]) {
    conserved(&under(&fixtures::all(), losses), losses);
    for text in PROGRAMMES {
        let written =
            programme::of_source(&Source::option("programme", text)).expect("sound terms");
        let settled = under_programme(&written, losses);
        let borne: Fen = settled.parts.iter().map(|part| part.fen).sum();
        assert_eq!(borne, losses.iter().map(|loss| loss.loss).sum::<Fen>());
        for tally in &settled.tallies {
            assert!(figures(tally).expected.is_finite());
        }
    }
}

#[test]
fn events_of_a_year_come_in_the_order_of_their_names() {
    let item = Item::default();
    let mut losses: Vec<Loss> = (0..4).map(|number| loss(number, &item)).collect();
    for (loss, event) in losses.iter_mut().zip(["9", "10", "9", "08"]) {
        (loss.year, loss.event) = (2000, event.to_owned());
    }
    assert_eq!(events(&losses), [vec![3], vec![1], vec![0, 2]]);
}
