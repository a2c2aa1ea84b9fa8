//! Layers of sharing that never pay: their own terms leave nothing, they are switched off with their
//! terms left standing, or no loss of this society reaches them.
//!
//! What a layer pays is the model's own figure: the expected payment that its premium is made of, over
//! the catalogue of natural years of the tariff, after all layers before it.

mod list;

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::model::settlement::tariff::Cover;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::policy::LiabilityRule;
use crate::scenario::problem::say;
use crate::scenario::source::Place;
use list::{LAYERS, Layer};

/// What a layer's terms leave of it: who is to blame, and why.
struct Cause {
    key: &'static str,
    why: [&'static str; 2],
    remedy: [&'static str; 2],
    severity: Severity,
}

/// Findings of all layers. A layer of which a lever is idle already (`idle`) is not named twice.
pub(super) fn findings(subject: &Subject<'_>, idle: &[Finding]) -> Vec<Finding> {
    if !subject.policy.policy.sharing.enabled {
        return Vec::new();
    }
    let mut found = Vec::new();
    for layer in LAYERS {
        let on = layer.switches.iter().any(|key| subject.number(key) > 0.0);
        if !on {
            found.extend(off_with_terms(subject, layer));
        } else if let Some(cause) = by_its_terms(subject, layer) {
            found.push(dead(subject, layer, &cause));
        } else if !named(layer, idle) {
            found.extend(never_reached(subject, layer));
        }
    }
    found.extend(thresholds(subject, idle));
    found
}

fn named(layer: &Layer, idle: &[Finding]) -> bool {
    let keys = || layer.switches.iter().chain(layer.terms);
    idle.iter()
        .any(|finding| keys().any(|key| *key == finding.about))
}

/// Terms that the policy changes for a layer that it does not switch on.
fn off_with_terms(subject: &Subject<'_>, layer: &Layer) -> Option<Finding> {
    let stated = |key: &&str| {
        let own = subject
            .places
            .place(key)
            .is_some_and(|place| subject.places.is_own(place));
        let value = subject.places.value(key);
        own && value
            .is_some_and(|value| !Subject::is_neutral(key, value) && !subject.is_usual(key, value))
    };
    let terms: Vec<&str> = layer.terms.iter().copied().filter(stated).collect();
    if terms.is_empty() {
        return None;
    }
    let what = Words::of(|language| {
        let (name, switch, terms) = (
            language.pick(layer.name[0], layer.name[1]),
            layer.switches.join(", "),
            terms.join(", "),
        );
        say!(
            language,
            "{name}: 没有启用({switch} 为 0),却写明了条款 {terms}",
            "{name}: terms are stated ({terms}), but there is no such layer ({switch} is 0)"
        )
    });
    let remedy = Words::of(|language| {
        let switch = layer.switches[0];
        say!(
            language,
            "写明 {switch} 以启用,或删去条款。",
            "switch the layer on ({switch}), or delete the terms."
        )
    });
    let own_switches: Vec<&str> = layer
        .switches
        .iter()
        .copied()
        .filter(|key| {
            subject
                .places
                .place(key)
                .is_some_and(|place| subject.places.is_own(place))
        })
        .collect();
    let mut labels = subject.labels(&own_switches, &Words::fixed(["在此为 0", "0 here"]));
    labels.extend(subject.labels(&terms, &Words::fixed(["条款落空", "a term of nothing"])));
    let texts = [what, remedy];
    Some(about(subject, layer, Severity::Warning, labels, texts))
}

/// Why the terms alone leave nothing to pay, if they do.
fn by_its_terms(subject: &Subject<'_>, layer: &Layer) -> Option<Cause> {
    let zero = |key: &'static str| (subject.number(key) <= 0.0).then_some(key);
    let nothing = |key, why, remedy| Cause {
        key,
        why,
        remedy,
        severity: Severity::Error,
    };
    if let Some(key) = layer.needs.iter().find_map(|key| zero(key)) {
        let why = [
            "该项为 0,什么也不赔",
            "this term is 0: nothing is ever paid",
        ];
        return Some(nothing(
            key,
            why,
            [
                "写一个大于 0 的值,或停用这一层。",
                "write a value above 0, or switch the layer off.",
            ],
        ));
    }
    match layer.cover {
        Some(Cover::SafetyLiability) if nobody_owes(subject) => Some(nothing(
            "responsibility.liability_rule",
            ["责任方不欠赔偿,没有责任可保", "no injurer owes anything, so that there is no liability to insure"],
            ["设定归责原则和赔偿责任比例,或启用工伤保险。", "set a liability rule and share, or put work-injury insurance in force."],
        )),
        Some(Cover::EnterpriseProperty) => {
            let flat = subject.number("sharing.enterprise_property.limit_yuan") > 0.0;
            let limit = zero("sharing.enterprise_property.limit_share_of_value").filter(|_| !flat)?;
            let why = ["赔付限额为 0,什么也不赔", "the limit is 0: nothing is ever paid"];
            Some(nothing(limit, why, ["写一个大于 0 的限额,或停用这一层。", "write a limit above 0, or switch the layer off."]))
        }
        Some(Cover::Pool) => zero("sharing.pool.capital_yuan").map(|key| Cause {
            key,
            why: [
                "没有资本,第一次赔款超过已收保费即告破产,此后不再赔付",
                "there is no capital: the first claim above the contributions ruins it, and it never pays again",
            ],
            remedy: ["给共同体资本(约为百年一遇的赔款),或停用这一层。", "give the pool capital (about its 1-in-100 payment), or switch it off."],
            severity: Severity::Error,
        }),
        Some(Cover::Reinsurance) => reinsurance(subject),
        _ => None,
    }
}

fn nobody_owes(subject: &Subject<'_>) -> bool {
    let levers = &subject.policy.policy;
    let rule = &levers.responsibility;
    let owed = rule.liability_rule != LiabilityRule::None && rule.liability_share > 0.0;
    !owed && !levers.sharing.work_injury
}

/// Reinsurance begins where what the pool owes for an event ends.
fn reinsurance(subject: &Subject<'_>) -> Option<Cause> {
    let pool = &subject.policy.policy.sharing.pool;
    let most = (pool.share * pool.limit_yuan).min(pool.annual_limit_yuan);
    if most <= 0.0 {
        return Some(Cause {
            key: "sharing.pool.limit_yuan",
            why: [
                "没有巨灾保险共同体,无从再保",
                "there is no catastrophe pool to reinsure",
            ],
            remedy: [
                "写明 sharing.pool.limit_yuan 以设立共同体,或把再保险限额写成 0。",
                "set up the pool (sharing.pool.limit_yuan), or write 0 for the limit of reinsurance.",
            ],
            severity: Severity::Error,
        });
    }
    (pool.reinsurance_attachment_yuan >= most).then_some(Cause {
        key: "sharing.pool.reinsurance_attachment_yuan",
        why: [
            "起赔点不低于共同体对一次事件的最高赔付(限额 × 分担比例)",
            "it attaches at or above the most that the pool pays for an event (limit × share)",
        ],
        remedy: [
            "降低再保险起赔点,或提高共同体的限额。",
            "lower the attachment of reinsurance, or raise the limit of the pool.",
        ],
        severity: Severity::Error,
    })
}

/// A layer that is on, whose terms could pay, and whose price in this society is nothing.
fn never_reached(subject: &Subject<'_>, layer: &Layer) -> Option<Finding> {
    let priced = subject
        .engine
        .regime
        .tariff
        .premium(layer.cover?)
        .expected_yuan
        > 0.0;
    // Without natural years nothing is known of layers on natural losses.
    let known = subject.engine.greatest().assets_yuan > 0.0 || !layer.natural;
    if priced || !known {
        return None;
    }
    let years = subject.engine.years();
    let what = Words::of(|language| {
        let name = language.pick(layer.name[0], layer.name[1]);
        if layer.natural {
            say!(
                language,
                "{name}: 在为它定价的 {years} 年自然灾害中,前面各层赔付之后没有一次损失达到这一层;保费为 0 元",
                "{name}: in the {years} years of natural events that price it, no loss that earlier layers leave reaches it; its premium is 0 yuan"
            )
        } else {
            say!(
                language,
                "{name}: 这个社会没有它可赔的损失,保费为 0 元",
                "{name}: no loss of this society is one that it pays; its premium is 0 yuan"
            )
        }
    });
    let thresholds = layer.thresholds.iter().copied();
    let keeping_out: Vec<&str> = thresholds.filter(|key| subject.number(key) > 0.0).collect();
    let remedy = Words::of(|language| {
        let threshold = if keeping_out.is_empty() {
            layer.switches[0].to_owned()
        } else {
            keeping_out.join(language.pick("、", " or "))
        };
        say!(
            language,
            "降低 {threshold} 或前面各层的赔付,使其与这个社会的损失规模相称;或停用这一层。",
            "lower {threshold}, or what earlier layers pay, to the size of this society's losses; or switch the layer off."
        )
    });
    let keys = [keeping_out, layer.switches.to_vec()].concat();
    let labels = subject.labels(&keys, &Words::fixed(["达不到", "never reached"]));
    let texts = [what, remedy];
    Some(about(subject, layer, Severity::Warning, labels, texts))
}

fn dead(subject: &Subject<'_>, layer: &Layer, cause: &Cause) -> Finding {
    let what = Words::of(|language| {
        let (name, key) = (language.pick(layer.name[0], layer.name[1]), cause.key);
        let why = language.pick(cause.why[0], cause.why[1]);
        say!(
            language,
            "{name}永远不赔({key}): {why}",
            "{name} never pays ({key}): {why}"
        )
    });
    let mut labels = subject.labels(
        &[cause.key],
        &Words::fixed(["由此落空", "this leaves nothing"]),
    );
    labels.extend(subject.labels(
        layer.switches,
        &Words::fixed(["启用了这一层", "the layer is on"]),
    ));
    let texts = [what, Words::fixed(cause.remedy)];
    about(subject, layer, cause.severity, labels, texts)
}

/// The finding about a layer that pays nothing, told at what switches it on.
fn about(
    subject: &Subject<'_>,
    layer: &Layer,
    severity: Severity,
    labels: Vec<(Place, Words)>,
    texts: [Words; 2],
) -> Finding {
    let kind = FindingKind::DeadLayer;
    subject.finding(kind, layer.switches[0], severity, labels, texts)
}

/// Steps behind a threshold that no event of the catalogue reaches.
fn thresholds(subject: &Subject<'_>, idle: &[Finding]) -> Vec<Finding> {
    let facts = &subject.society.society.sharing;
    let greatest = subject.engine.greatest();
    if greatest.assets_yuan <= 0.0 {
        return Vec::new();
    }
    let trigger = subject.number("sharing.counterpart.trigger_loss_per_gdp");
    let aid = subject.number("sharing.counterpart.share") > 0.0;
    let [ordinary, catastrophe] = ["ordinary", "catastrophe"]
        .map(|name| subject.number(&format!("sharing.relief.share_{name}")));
    let [usual, famous] =
        ["ordinary", "famous"].map(|name| subject.number(&format!("sharing.charity.share_{name}")));
    let steps = [
        (
            aid && greatest.loss_per_product <= trigger,
            &[
                "sharing.counterpart.trigger_loss_per_gdp",
                "sharing.counterpart.share",
            ][..],
            ["对口支援", "counterpart assistance"],
        ),
        (
            catastrophe != ordinary && greatest.loss_per_product <= facts.relief_catastrophe_from,
            &["sharing.relief.share_catastrophe"][..],
            ["巨灾救助", "relief in catastrophes"],
        ),
        (
            famous != usual && greatest.assets_yuan <= facts.charity_famous_loss_yuan,
            &["sharing.charity.share_famous"][..],
            ["重大灾害捐赠", "charity in famous disasters"],
        ),
    ];
    let unreached = steps.into_iter().filter(|(dead, keys, _)| {
        *dead
            && !idle
                .iter()
                .any(|finding| keys.contains(&finding.about.as_str()))
    });
    unreached
        .map(|(_, keys, name)| threshold(subject, keys, name))
        .collect()
}

fn threshold(subject: &Subject<'_>, keys: &[&str], name: [&str; 2]) -> Finding {
    let years = subject.engine.years();
    let (percent, billion) = (
        subject.engine.greatest().loss_per_product * 100.0,
        subject.engine.greatest().assets_yuan / 1e9,
    );
    let what = Words::of(|language| {
        let name = language.pick(name[0], name[1]);
        let hundred_million = billion * 10.0;
        say!(
            language,
            "{name}永远不启动: {years} 年自然灾害中最大的一次损失为 {hundred_million:.1} 亿元、一省生产总值的 {percent:.1} %,未达到启动点",
            "{name} never begins: the greatest loss of {years} years of natural events is {billion:.2} billion yuan, {percent:.1} % of a province's product, below the trigger"
        )
    });
    let remedy = Words::fixed([
        "降低启动点,或不写这一步。",
        "lower the trigger, or leave the step out.",
    ]);
    let labels = subject.labels(keys, &Words::fixed(["达不到", "never reached"]));
    let kind = FindingKind::DeadLayer;
    subject.finding(kind, keys[0], Severity::Warning, labels, [what, remedy])
}
