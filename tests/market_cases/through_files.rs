//! A programme and its losses as a user writes them, read back and settled as `settle` does.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use riskweave::experiment::settle::{Settled, under_programme};
use riskweave::model::settlement::group_terms::GroupTerms;
use riskweave::model::settlement::money::Fen;
use riskweave::model::settlement::portfolio::{Item, Level, Per, Programme, Scope};
use riskweave::model::settlement::terms::{Amount, LayerTerms};
use riskweave::scenario::{losses, programme};

/// Settles files of these texts.
pub(crate) fn settled(programme_text: &str, losses_text: &str) -> Settled {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let read = losses::read(&text(&write("losses.csv", losses_text)));
    let losses = read.unwrap_or_else(|problems| panic!("{problems:?}\n{losses_text}"));
    let read = programme::read(&text(&write("programme.toml", programme_text)));
    let written = read.unwrap_or_else(|problems| panic!("{problems:?}\n{programme_text}"));
    written.check(&losses).unwrap();
    under_programme(&written, &losses)
}

/// What insurers and what reinsurers bear (fen).
pub(crate) fn borne(settled: &Settled) -> [Fen; 2] {
    let sums = settled.by_bearer();
    let of = |key: &str| {
        let bearer = settled.bearers.iter().position(|bearer| bearer.key == key);
        sums[bearer.unwrap()]
    };
    [of("insurers"), of("reinsurers")]
}

/// The losses of one event as a table.
pub(crate) fn table(items: &[Item]) -> String {
    let mut text = "year,event,claimant,group,insured_value,loss,coverage\n".to_owned();
    for item in items {
        let (value, loss) = (yuan(item.value), yuan(item.loss));
        writeln!(
            text,
            "2020,event,{},{},{value},{loss},{}",
            item.claimant, item.group, item.coverage
        )
        .unwrap();
    }
    text
}

/// A programme in TOML.
pub(crate) fn toml(programme: &Programme) -> String {
    let mut text = String::new();
    levels(&mut text, "level", &programme.levels);
    for cover in &programme.covers {
        text.push_str("[[policy]]\n");
        scope(&mut text, &cover.scope);
        levels(&mut text, "policy.level", &cover.levels);
        for layer in &cover.layers {
            let per = word(layer.per);
            writeln!(text, "[[policy.layer]]\nper = \"{per}\"").unwrap();
            layer_terms(&mut text, &layer.terms);
        }
    }
    levels(&mut text, "account", &programme.account);
    for treaty in &programme.treaties {
        let per = word(treaty.risk);
        writeln!(
            text,
            "[[reinsurance]]\npriority = {}\nper = \"{per}\"",
            treaty.priority
        )
        .unwrap();
        for (prefix, terms) in [("risk", treaty.per_risk), ("event", treaty.per_event)] {
            writeln!(
                text,
                "{prefix}_attachment_yuan = \"{}\"",
                yuan(terms.attachment)
            )
            .unwrap();
            if let Some(Amount::Flat(limit)) = terms.limit {
                writeln!(text, "{prefix}_limit_yuan = \"{}\"", yuan(limit)).unwrap();
            }
        }
        writeln!(text, "placed_share = {:?}", treaty.per_event.share).unwrap();
        for cession in &treaty.cessions {
            writeln!(text, "[[reinsurance.cession]]\nshare = {:?}", cession.share).unwrap();
            scope(&mut text, &cession.scope);
        }
    }
    text
}

fn levels(text: &mut String, key: &str, levels: &[Level]) {
    for level in levels {
        writeln!(text, "[[{key}]]\nper = \"{}\"", word(level.per)).unwrap();
        for terms in &level.terms {
            writeln!(text, "[[{key}.terms]]").unwrap();
            scope(text, &terms.scope);
            group_terms(text, &terms.terms);
        }
    }
}

fn scope(text: &mut String, scope: &Scope) {
    for (key, names) in [
        ("claimants", &scope.claimants),
        ("groups", &scope.groups),
        ("coverages", &scope.coverages),
    ] {
        if !names.is_empty() {
            writeln!(text, "{key} = {names:?}").unwrap();
        }
    }
}

fn group_terms(text: &mut String, terms: &GroupTerms) {
    amount(text, "deductible", Some(terms.deductible));
    amount(text, "least_deductible", terms.least_deductible);
    amount(text, "greatest_deductible", terms.greatest_deductible);
    amount(text, "limit", terms.limit);
    writeln!(
        text,
        "franchise = {}\nshare = {:?}",
        terms.franchise, terms.share
    )
    .unwrap();
}

fn layer_terms(text: &mut String, terms: &LayerTerms) {
    amount(text, "deductible", Some(terms.deductible));
    amount(text, "limit", terms.limit);
    let attachment = yuan(terms.attachment);
    writeln!(
        text,
        "attachment_yuan = \"{attachment}\"\ncession = {:?}\nshare = {:?}",
        terms.cession, terms.share
    )
    .unwrap();
}

fn amount(text: &mut String, name: &str, amount: Option<Amount>) {
    match amount {
        Some(Amount::Flat(fen)) => writeln!(text, "{name}_yuan = \"{}\"", yuan(fen)).unwrap(),
        Some(Amount::ShareOfLoss(share)) => {
            writeln!(text, "{name}_share_of_loss = {share:?}").unwrap();
        }
        Some(Amount::ShareOfValue(share)) => {
            writeln!(text, "{name}_share_of_value = {share:?}").unwrap();
        }
        None => {}
    }
}

fn word(per: Per) -> &'static str {
    match per {
        Per::Coverage => "coverage",
        Per::Claimant => "claimant",
        Per::Group => "group",
        Per::Event => "event",
    }
}

fn yuan(fen: Fen) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
