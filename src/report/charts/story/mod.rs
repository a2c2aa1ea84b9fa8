//! One danger followed through every policy: a timeline a policy, with who was hurt and who paid.

mod draw;
mod hours;
mod keys;

use serde::{Deserialize, Serialize};

use crate::experiment::story::Toll;
use crate::measures::yuan;
use crate::model::record::Report;
use crate::report::charts::responsibility::Duty;
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv};
use crate::report::charts::{PolicyLabel, Source, Words};
use crate::vocabulary::{
    Bearer, Category, Kind, Language, Owner, Phase, Table, Vocabulary, vocabulary,
};

pub use draw::svg;
pub use hours::hours;

vocabulary! {
    /// The times at which somebody could have acted, in their order.
    Stage {
        Prevent = "prevent", "事前预防", "prevention";
        Warn = "warn", "征兆与预警", "signs and warning";
        Scene = "scene", "现场第一响应", "first response at the scene";
        Reach = "reach", "专业救援到达", "arrival of professional rescue";
        Contain = "contain", "控制或蔓延", "contained or cascading";
        Report = "report", "事故报告", "reporting";
        Pay = "pay", "善后与损失承担", "recovery, and who pays";
    }
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// Replication, from 1.
    pub replication: u32,
    /// Identity of the event, in decimal digits: the same under every policy.
    pub event: String,
    /// Week since the end of the burn-in, from 0.
    pub week: u32,
    /// Kind of danger.
    pub kind: Kind,
    /// Where it began.
    pub place: Words,
    /// Why it is told: how far the policies lie apart.
    pub reason: Words,
    /// One timeline a policy, in their order.
    pub lanes: Vec<Lane>,
    /// When somebody could have acted, each with a question for a seminar.
    pub points: Vec<Point>,
}

/// A decision point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Which it is.
    pub stage: Stage,
    /// Its name.
    pub name: Words,
    /// A question that follows from what happened.
    pub question: Words,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// The policy.
    pub policy: PolicyLabel,
    /// What became of the danger, in a sentence.
    pub fate: Words,
    /// What happened; none if it did not, or was not written down.
    pub happened: Option<Happened>,
    /// Who had the phase that failed, with what is wrong with its duty.
    pub watch: Words,
    /// One text a decision point, in their order; none where it did not happen.
    pub moments: Vec<Words>,
}

/// What happened under one policy; sums are of the event and all that it set off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one event, each independent of the others"
)]
pub struct Happened {
    /// Share of the people struck who were warned in time (0–1).
    pub warned_share: f64,
    /// Hours between the forecast and the onset.
    pub lead_hours: f64,
    /// Whether a trained person was at the scene.
    pub helped: bool,
    /// Hours until those at the scene could begin.
    pub scene_hours: f64,
    /// Hours until professional rescue arrived.
    pub hours_to_reach: f64,
    /// Whether it was contained before it could set off another.
    pub contained: bool,
    /// Whether the care of the enterprise lay below the standard.
    pub below_standard: bool,
    /// How it was reported.
    pub report: Report,
    /// Deaths of the event alone.
    pub own_deaths: u64,
    /// Deaths of the event alone, as reported.
    pub own_deaths_reported: u64,
    /// Deaths.
    pub deaths: u64,
    /// Injured.
    pub injuries: u64,
    /// Loss (yuan).
    pub loss_yuan: f64,
    /// The loss by who finally bears it (yuan).
    pub borne_yuan: Table<Bearer, f64>,
    /// Phase that failed.
    pub failed_phase: Option<Phase>,
    /// Its owner; none = nobody.
    pub failed_owner: Option<Owner>,
    /// Whether nobody did its duty.
    pub neglected: bool,
    /// The duty of that phase in the policy's matrix, where it is known.
    pub duty: Option<Duty>,
    /// What it set off, in order.
    pub set_off: Vec<SetOff>,
}

/// An event that another set off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetOff {
    /// Generation in the cascade: 1 = set off by the event itself.
    pub generation: u32,
    /// Kind.
    pub kind: Kind,
    /// Deaths.
    pub deaths: u64,
    /// Loss (yuan).
    pub loss_yuan: f64,
}

impl Happened {
    /// Fills in the sums of a toll.
    pub(crate) fn tolled(&mut self, toll: &Toll) {
        self.deaths = toll.deaths;
        self.injuries = toll.injuries;
        self.loss_yuan = yuan(toll.loss_fen);
        self.borne_yuan = Table::from_fn(|bearer: Bearer| yuan(toll.borne_fen[bearer.number()]));
    }

    /// Share of the loss that some bear together; not a number where there is no loss.
    pub fn share(&self, bearers: &[Bearer]) -> f64 {
        let borne: f64 = bearers.iter().map(|bearer| self.borne_yuan[*bearer]).sum();
        borne / self.loss_yuan
    }

    /// Deaths in what it set off.
    pub fn deaths_set_off(&self) -> u64 {
        self.deaths - self.own_deaths.min(self.deaths)
    }
}

impl Data {
    /// Category of the danger.
    pub fn category(&self) -> Category {
        self.kind.category()
    }

    /// The texts of a decision point (position), each once with the names of the policies of which it
    /// holds, in their order.
    pub fn told(&self, point: usize, language: Language) -> Vec<(&str, Vec<&str>)> {
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for lane in &self.lanes {
            let Some(told) = lane.moments.get(point).map(|words| words.pick(language)) else {
                continue;
            };
            let name = lane.policy.name.pick(language);
            match groups.iter_mut().find(|(other, _)| *other == told) {
                Some((_, names)) => names.push(name),
                None => groups.push((told, vec![name])),
            }
        }
        groups
    }

    /// The event as the command `story` takes it.
    pub fn name(&self) -> String {
        format!("{}:{}", self.replication, self.event)
    }
}

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 36] = [
    POLICY,
    POLICY_NAME,
    Heading::new("replication", "模拟序号", "replication, from 1"),
    Heading::new(
        "event",
        "事件编号",
        "identity of the event, the same under every policy",
    ),
    Heading::new("kind", "灾种", "kind of danger"),
    Heading::new("place", "地区", "where it began"),
    Heading::new("week", "周", "week since the end of the burn-in, from 0"),
    Heading::new(
        "fate",
        "结局",
        "whether it happened under the policy; figures are empty where it did not",
    ),
    Heading::new(
        "warned",
        "预警覆盖比例(0–1)",
        "share of the people struck who were warned in time (0–1)",
    ),
    Heading::new(
        "lead_hours",
        "预报提前时间(小时)",
        "hours between the forecast and the onset",
    ),
    Heading::new(
        "helped",
        "现场有无第一响应人",
        "whether a trained person was at the scene",
    ),
    Heading::new(
        "hours_to_reach",
        "救援到达时间(小时)",
        "hours until professional rescue arrived",
    ),
    Heading::new(
        "contained",
        "是否得到控制",
        "whether it was contained before it could set off another",
    ),
    Heading::new(
        "set_off",
        "引发的事件数",
        "number of events that it set off, in all generations",
    ),
    Heading::new(
        "deaths",
        "死亡(含次生，人)",
        "deaths, with those of what it set off (people)",
    ),
    Heading::new(
        "deaths_set_off",
        "其中次生事件死亡(人)",
        "deaths in what it set off (people)",
    ),
    Heading::new(
        "injuries",
        "受伤(含次生，人)",
        "injured, with those of what it set off (people)",
    ),
    Heading::new("report", "报告情况", "how it was reported"),
    Heading::new("failed_phase", "失守阶段", "phase that failed"),
    Heading::new(
        "failed_owner",
        "失守阶段的责任主体",
        "owner of the phase that failed",
    ),
    Heading::new(
        "gap",
        "缺位(0–1)",
        "share of that phase's duty that nobody owns (0–1)",
    ),
    Heading::new(
        "overlap",
        "重叠(0–1)",
        "share beyond the whole, which several own at once",
    ),
    Heading::new(
        "handover_hours",
        "脱节：交接损失(小时)",
        "hours lost where the lead passes on to that phase",
    ),
    Heading::new(
        "below_standard",
        "企业安全投入是否低于标准",
        "whether the care of the enterprise lay below the standard",
    ),
    Heading::new(
        "loss_yuan",
        "损失(含次生，元)",
        "loss, with that of what it set off (yuan)",
    ),
    Heading::new(
        "residents_yuan",
        "居民承担(元)",
        "borne by residents (yuan)",
    ),
    Heading::new(
        "enterprises_yuan",
        "企业承担(元)",
        "borne by enterprises (yuan)",
    ),
    Heading::new(
        "centre_yuan",
        "中央财政承担(元)",
        "borne by the central government (yuan)",
    ),
    Heading::new(
        "province_yuan",
        "省级财政承担(元)",
        "borne by provincial governments (yuan)",
    ),
    Heading::new(
        "city_yuan",
        "市级财政承担(元)",
        "borne by city governments (yuan)",
    ),
    Heading::new(
        "county_yuan",
        "县级财政承担(元)",
        "borne by county governments (yuan)",
    ),
    Heading::new(
        "social_insurance_yuan",
        "社会保险承担(元)",
        "borne by social insurance (yuan)",
    ),
    Heading::new(
        "insurers_yuan",
        "商业保险机构承担(元)",
        "borne by insurers (yuan)",
    ),
    Heading::new(
        "pool_yuan",
        "巨灾保险共同体承担(元)",
        "borne by the catastrophe pool (yuan)",
    ),
    Heading::new(
        "reinsurers_yuan",
        "再保险人承担(元)",
        "borne by reinsurers (yuan)",
    ),
    Heading::new(
        "charity_yuan",
        "社会捐赠承担(元)",
        "borne by charity (yuan)",
    ),
];

/// The chart's data as CSV: one row a policy.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.lanes.iter().map(|lane| {
        let mut cells = vec![
            lane.policy.key.clone(),
            lane.policy.name.pick(language).to_owned(),
            data.replication.to_string(),
            data.event.clone(),
            data.kind.word(language).to_owned(),
            data.place.pick(language).to_owned(),
            data.week.to_string(),
            lane.fate.pick(language).to_owned(),
        ];
        match &lane.happened {
            Some(happened) => cells.extend(figures(happened, language)),
            None => cells.resize(COLUMNS.len(), String::new()),
        }
        cells
    });
    csv(&COLUMNS, rows, language)
}

fn figures(happened: &Happened, language: Language) -> Vec<String> {
    let yes = |is: bool| {
        let word = if is { ["是", "yes"] } else { ["否", "no"] };
        language.pick(word[0], word[1]).to_owned()
    };
    let owner = happened.failed_owner.map(|owner| owner.word(language));
    let nobody = language.pick("无人", "nobody");
    let duty = happened.duty.as_ref();
    let of_duty = |of: &dyn Fn(&Duty) -> f64| duty.map(|duty| cell(of(duty))).unwrap_or_default();
    let mut cells = vec![
        cell(happened.warned_share),
        cell(happened.lead_hours),
        yes(happened.helped),
        cell(happened.hours_to_reach),
        yes(happened.contained),
        happened.set_off.len().to_string(),
        happened.deaths.to_string(),
        happened.deaths_set_off().to_string(),
        happened.injuries.to_string(),
        happened.report.word(language).to_owned(),
        happened
            .failed_phase
            .map_or("", |phase| phase.word(language))
            .to_owned(),
        owner.unwrap_or(nobody).to_owned(),
        of_duty(&|duty| duty.gap),
        of_duty(&|duty| duty.overlap),
        of_duty(&|duty| duty.handover.map_or(0.0, |(hours, _)| hours)),
        yes(happened.below_standard),
        cell(happened.loss_yuan),
    ];
    cells.extend(happened.borne_yuan.values().iter().map(|yuan| cell(*yuan)));
    cells
}
