//! What happened at each decision point under one policy, in words.

use crate::model::record::{EventRow, Report};
use crate::report::charts::Quantity;
use crate::report::charts::responsibility::Duty;
use crate::report::charts::story::{Happened, Stage, hours};
use crate::report::gather::duties::owner as owner_words;
use crate::report::numbers::{Scale, grouped};
use crate::scenario::problem::say;
use crate::vocabulary::{Bearer, Category, Kind, Language, Phase, Vocabulary};

/// Events set off that are named; the others are counted.
const NAMED: usize = 4;
/// Hours below this are not told.
const SHORT: f64 = 0.005;
/// Shares of the loss below this are not told.
const LITTLE: f64 = 0.005;

/// The decision points of a kind of danger: nobody reports a flood, nobody digs at an outbreak.
pub(super) fn stages(kind: Kind) -> Vec<Stage> {
    let category = kind.category();
    let holds = |stage: &Stage| match stage {
        Stage::Scene => category != Category::Health && kind != Kind::EscalatedDispute,
        Stage::Report => category == Category::Accident,
        _ => true,
    };
    Stage::ALL.iter().copied().filter(holds).collect()
}

/// A share in per cent.
pub(super) fn percent(share: f64, language: Language) -> String {
    let decimals = usize::from(share > 0.0 && share < 0.0095);
    format!(
        "{}{}",
        grouped(share * 100.0, decimals),
        language.pick("%", " %")
    )
}

/// A sum of money with its unit.
pub(super) fn money(yuan: f64, language: Language) -> String {
    let scale = Scale::of(&Quantity::Yuan, yuan, language);
    format!("{} {}", scale.show(yuan), scale.unit)
}

/// One decision point of one policy.
pub(super) fn moment<'d>(
    stage: Stage,
    root: &EventRow,
    happened: &Happened,
    duty: &dyn Fn(Phase) -> Option<&'d Duty>,
    category: Category,
    language: Language,
) -> String {
    let (own, phase) = match stage {
        Stage::Prevent => (
            prevented(happened, category, language),
            Some(Phase::Prevent),
        ),
        Stage::Warn => (warned(happened, category, language), Some(Phase::Warn)),
        Stage::Scene => (helped(root, happened, category, language), None),
        Stage::Reach => (reached(happened, language), Some(Phase::Respond)),
        Stage::Contain => (contained(happened, language), None),
        Stage::Report => (reported(happened, language), None),
        Stage::Pay => (paid(happened, language), Some(Phase::Recover)),
    };
    let mut parts = vec![own];
    parts.extend(phase.and_then(duty).map(|duty| led(duty, language)));
    if phase.is_some() && phase == happened.failed_phase {
        parts.push(failed(happened, language));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(language.pick("；", "; "))
}

/// Who leads a duty, and what is wrong with it.
fn led(duty: &Duty, language: Language) -> String {
    let lead = match &duty.lead {
        Some(lead) => {
            let lead = lead.pick(language);
            say!(language, "{lead}牵头", "led by {lead}")
        }
        None => language.pick("无人牵头", "nobody leads").to_owned(),
    };
    let mut parts = vec![lead];
    parts.extend(faults(duty, language));
    parts.join(language.pick("，", ", "))
}

/// Gap, overlap and disconnect of a duty.
fn faults(duty: &Duty, language: Language) -> Vec<String> {
    let mut parts = Vec::new();
    if duty.gap > 0.0 {
        let share = percent(duty.gap, language);
        parts.push(say!(language, "缺位 {share}", "a gap of {share}"));
    }
    if duty.overlap > 0.0 {
        let share = percent(duty.overlap, language);
        parts.push(say!(language, "重叠 {share}", "an overlap of {share}"));
    }
    if duty.idle_lead {
        parts.push(
            language
                .pick("牵头而无责", "a lead without duty")
                .to_owned(),
        );
    }
    parts.extend(duty.handover.map(|lost| disconnect(lost, language)));
    parts
}

/// What a handover from the phase before loses: hours (none where a message is all that passes) and messages.
fn disconnect((lost, messages): (f64, f64), language: Language) -> String {
    let messages = percent(messages, language);
    if lost < SHORT {
        return say!(
            language,
            "脱节：交接中信息丢失 {messages}",
            "a disconnect: the handover loses {messages} of messages"
        );
    }
    let lost = hours(lost, language);
    say!(
        language,
        "脱节：交接损失 {lost}、信息丢失 {messages}",
        "a disconnect: the handover loses {lost} and {messages} of messages"
    )
}

/// Whose the phase was that failed, and whether the duty was done.
fn failed(happened: &Happened, language: Language) -> String {
    let done = if happened.neglected {
        language.pick("未履行", "the duty was not done")
    } else {
        language.pick("已履行但未能阻止", "the duty was done and was not enough")
    };
    match happened.failed_owner {
        Some(owner) => {
            let owner = owner_words(owner);
            let owner = owner.pick(language);
            say!(
                language,
                "失守于此：责任在{owner}，{done}",
                "this phase failed: it was that of {owner}; {done}"
            )
        }
        None => language
            .pick("失守于此：无人负责", "this phase failed: it was nobody's")
            .to_owned(),
    }
}

/// The phase that failed, its owner, and what is wrong with the duty: for the line below a timeline.
pub(super) fn watch(happened: &Happened, language: Language) -> String {
    let Some(phase) = happened.failed_phase else {
        return String::new();
    };
    let phase = phase.word(language);
    let owner = happened.failed_owner.map_or_else(
        || language.pick("无人负责", "nobody's").to_owned(),
        |owner| owner_words(owner).pick(language).to_owned(),
    );
    let mut parts = vec![say!(
        language,
        "失守：{phase}，责任：{owner}",
        "failed: {phase}; owner: {owner}"
    )];
    if let Some(duty) = &happened.duty {
        parts.extend(faults(duty, language));
    }
    if happened.below_standard {
        parts.push(
            language
                .pick("企业安全投入低于标准", "care below the standard")
                .to_owned(),
        );
    }
    if !matches!(happened.report, Report::NotApplicable | Report::InFull) {
        parts.push(happened.report.word(language).to_owned());
    }
    parts.join(language.pick("；", "; "))
}

/// The dead, the injured and the loss in a sentence.
pub(super) fn toll(happened: &Happened, language: Language) -> String {
    let Happened {
        deaths,
        injuries,
        loss_yuan,
        ..
    } = happened;
    let loss = money(*loss_yuan, language);
    let later = happened.deaths_set_off();
    let inner = if later > 0 {
        say!(
            language,
            "(其中次生事件 {later} 人)",
            " ({later} of them in what it set off)"
        )
    } else {
        String::new()
    };
    say!(
        language,
        "死亡 {deaths} 人{inner}，受伤 {injuries} 人，损失 {loss}",
        "{deaths} dead{inner}, {injuries} injured, loss {loss}"
    )
}

fn prevented(happened: &Happened, category: Category, language: Language) -> String {
    match (category, happened.below_standard) {
        (Category::Accident, true) => language
            .pick(
                "企业安全投入低于标准",
                "the enterprise's care was below the standard",
            )
            .to_owned(),
        (Category::Accident, false) => language
            .pick(
                "企业安全投入达到标准",
                "the enterprise's care met the standard",
            )
            .to_owned(),
        _ => String::new(),
    }
}

fn warned(happened: &Happened, category: Category, language: Language) -> String {
    if category != Category::Natural {
        return language
            .pick("征兆没有促成处置", "no sign led anybody to act in time")
            .to_owned();
    }
    if happened.warned_share <= 0.0 {
        return language
            .pick("没有人及时得到预警", "nobody was warned in time")
            .to_owned();
    }
    let share = percent(happened.warned_share, language);
    let lead = hours(happened.lead_hours, language);
    say!(
        language,
        "提前 {lead}预报，受灾人口的 {share} 及时得到预警",
        "forecast {lead} ahead; {share} of the people struck were warned in time"
    )
}

fn helped(root: &EventRow, happened: &Happened, category: Category, language: Language) -> String {
    let words = match (category, happened.helped) {
        (Category::Natural, _) => ["当地群众先行自救互救", "local people dug at once"],
        _ if root.magnitude <= 0.0 => ["无人受困", "nobody was trapped"],
        (_, true) => [
            "现场有受过培训的第一响应人",
            "a trained first responder was at the scene",
        ],
        (_, false) => [
            "现场没有受过培训的第一响应人",
            "no trained first responder was at the scene",
        ],
    };
    language.pick(words[0], words[1]).to_owned()
}

fn reached(happened: &Happened, language: Language) -> String {
    let after = hours(happened.hours_to_reach, language);
    say!(
        language,
        "{after}后专业救援到达",
        "professional rescue came after {after}"
    )
}

fn contained(happened: &Happened, language: Language) -> String {
    let held = if happened.contained {
        language.pick("得到控制", "it was contained")
    } else {
        language.pick("未及控制", "it was not contained in time")
    };
    if happened.set_off.is_empty() {
        let none = language.pick("没有引发次生事件", "it set off nothing");
        return format!("{held}{}{none}", language.pick("，", ", "));
    }
    let named: Vec<String> = happened
        .set_off
        .iter()
        .take(NAMED)
        .map(|event| {
            let (kind, deaths) = (event.kind.word(language), event.deaths);
            say!(
                language,
                "{kind}(死亡 {deaths} 人)",
                "{kind} ({deaths} dead)"
            )
        })
        .collect();
    let named = named.join(language.pick("、", ", "));
    let count = happened.set_off.len();
    let more = if count > NAMED {
        language.pick("等", " and others")
    } else {
        ""
    };
    say!(
        language,
        "{held}，引发 {count} 起：{named}{more}",
        "{held}, and set off {count}: {named}{more}"
    )
}

fn reported(happened: &Happened, language: Language) -> String {
    let word = happened.report.word(language);
    let Happened {
        own_deaths,
        own_deaths_reported,
        ..
    } = happened;
    match happened.report {
        Report::NotApplicable => language
            .pick("无人死亡，不涉及", "nobody died; nothing to hide")
            .to_owned(),
        Report::InFull => word.to_owned(),
        _ => say!(
            language,
            "{word}：死亡 {own_deaths} 人，上报 {own_deaths_reported} 人",
            "{word}: {own_deaths} died, {own_deaths_reported} were reported"
        ),
    }
}

/// Who bears how much of the loss, the greatest first.
fn paid(happened: &Happened, language: Language) -> String {
    let mut parts: Vec<(Bearer, f64)> = happened
        .borne_yuan
        .iter()
        .map(|(b, yuan)| (b, *yuan))
        .collect();
    parts.retain(|(_, yuan)| *yuan > LITTLE * happened.loss_yuan);
    parts.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    if parts.is_empty() {
        return language.pick("没有损失", "no loss").to_owned();
    }
    let told: Vec<String> = parts
        .iter()
        .map(|(bearer, yuan)| {
            let share = percent(yuan / happened.loss_yuan, language);
            format!("{} {share}", bearer.word(language))
        })
        .collect();
    let told = told.join(language.pick("、", ", "));
    let loss = money(happened.loss_yuan, language);
    say!(language, "损失 {loss}：{told}", "loss of {loss}: {told}")
}
