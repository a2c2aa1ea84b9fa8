//! A danger followed through every policy as a story: facts, texts in both languages, questions.

mod moments;
mod questions;

use super::words;
use crate::experiment::Name;
use crate::experiment::story::{Case, Fate, Spread, Toll};
use crate::model::record::EventRow;
use crate::report::charts::responsibility::{self, Duty};
use crate::report::charts::story::{Data, Happened, Lane, SetOff};
use crate::report::charts::{Charts, PolicyLabel, Quantity, Source, Words};
use crate::report::numbers::Scale;
use crate::vocabulary::{Category, Language, Phase, Table, Vocabulary};

/// What a story needs to know of its run.
pub struct Setting<'a> {
    source: &'a Source,
    policies: Vec<&'a PolicyLabel>,
    duties: Option<&'a responsibility::Data>,
    scene_hours: f64,
}

impl<'a> Setting<'a> {
    /// From the run's charts, and the hours until people at a scene can begin to help.
    pub fn new(charts: &'a Charts, scene_hours: f64) -> Self {
        Setting {
            source: &charts.bearers.source,
            policies: charts.bearers.rows.iter().map(|row| &row.policy).collect(),
            duties: charts.responsibility.as_ref(),
            scene_hours,
        }
    }

    /// Keys of the policies, in their order.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        self.policies.iter().map(|policy| policy.key.as_str())
    }

    /// The duty of a phase of a category under a policy.
    fn duty(&self, policy: usize, category: Category, phase: Phase) -> Option<&'a Duty> {
        let matrix = self.duties?.matrices.get(policy)?;
        let row = matrix
            .rows
            .iter()
            .find(|row| row.category.en == category.en())?;
        row.cells.get(phase.number())?.as_ref()
    }

    /// The story of a case that began in a place; none if it happened under no policy.
    pub fn tell(&self, case: &Case, place: &Name) -> Option<Data> {
        let root = case.happened().find_map(<[EventRow]>::first)?;
        let category = root.kind.category();
        let lanes = self.policies.iter().zip(&case.fates).enumerate();
        let lanes = lanes.map(|(number, (policy, fate))| {
            let duty = |phase| self.duty(number, category, phase);
            match fate {
                Fate::Happened(rows) => self.happened(policy, rows, &duty),
                other => absent(policy, other),
            }
        });
        let mut data = Data {
            source: self.source.clone(),
            replication: case.replication,
            event: case.event.to_string(),
            week: root.week,
            kind: root.kind,
            place: words(place),
            reason: reason(case.spread()),
            lanes: lanes.collect(),
            points: Vec::new(),
        };
        data.points = questions::points(&data);
        Some(data)
    }

    fn happened<'d>(
        &self,
        policy: &PolicyLabel,
        rows: &[EventRow],
        duty: &dyn Fn(Phase) -> Option<&'d Duty>,
    ) -> Lane {
        let happened = facts(rows, self.scene_hours, duty);
        let category = rows[0].kind.category();
        Lane {
            policy: policy.clone(),
            fate: both(|language| moments::toll(&happened, language)),
            watch: both(|language| moments::watch(&happened, language)),
            moments: moments::stages(rows[0].kind)
                .into_iter()
                .map(|stage| {
                    both(|language| {
                        moments::moment(stage, &rows[0], &happened, duty, category, language)
                    })
                })
                .collect(),
            happened: Some(happened),
        }
    }
}

/// A text of which each language says its own.
fn both(text: impl Fn(Language) -> String) -> Words {
    Words::new(text(Language::Chinese), text(Language::English))
}

fn absent(policy: &PolicyLabel, fate: &Fate) -> Lane {
    let words = match fate {
        Fate::Prevented => Words::new(
            "没有发生：同样的风险，在该政策下没有酿成事件",
            "did not happen: under this policy the same danger came to nothing",
        ),
        _ => Words::new(
            "没有记录：没有发生，或死亡不足 3 人且损失不足 1000 万元",
            "not recorded: it did not happen, or fewer than 3 died and the loss was below 10 million yuan",
        ),
    };
    Lane {
        policy: policy.clone(),
        fate: words,
        happened: None,
        watch: Words::default(),
        moments: Vec::new(),
    }
}

fn facts<'d>(
    rows: &[EventRow],
    scene_hours: f64,
    duty: &dyn Fn(Phase) -> Option<&'d Duty>,
) -> Happened {
    let root = &rows[0];
    let set_off = rows[1..].iter().map(|row| SetOff {
        generation: row.generation - root.generation,
        kind: row.kind,
        deaths: row.deaths,
        loss_yuan: crate::measures::yuan(row.loss_fen),
    });
    let mut happened = Happened {
        warned_share: root.warned_share,
        lead_hours: root.lead_hours,
        helped: root.helped,
        scene_hours,
        hours_to_reach: root.hours_to_reach,
        contained: root.contained,
        below_standard: root.below_standard,
        report: root.report,
        own_deaths: root.deaths,
        own_deaths_reported: root.deaths_reported,
        deaths: 0,
        injuries: 0,
        loss_yuan: 0.0,
        borne_yuan: Table::default(),
        failed_phase: root.failed_phase,
        failed_owner: root.failed_owner,
        neglected: root.neglected,
        duty: root.failed_phase.and_then(duty).cloned(),
        set_off: set_off.collect(),
    };
    happened.tolled(&Toll::of(rows));
    happened
}

/// How far the policies lie apart, in words.
fn reason(spread: Option<Spread>) -> Words {
    let Some(Spread { deaths, loss_fen }) = spread else {
        return Words::new("只在一种政策下发生", "It happened under one policy only");
    };
    both(|language| {
        let yuan = crate::measures::yuan(loss_fen);
        let scale = Scale::of(&Quantity::Yuan, yuan, language);
        let (loss, unit) = (scale.show(yuan), scale.unit);
        match language {
            Language::Chinese => {
                format!("在发生了的政策之间，死亡相差 {deaths} 人，损失相差 {loss} {unit}")
            }
            Language::English => format!(
                "Between the policies under which it happened: {deaths} deaths and {loss} {unit} apart"
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::story::tests::{child, event};
    use crate::model::record::Report;
    use crate::report::charts::story::Stage;
    use crate::vocabulary::{Bearer, Kind, Owner};

    fn duty(gap: f64) -> Duty {
        Duty {
            lead: Some(Words::new("县级", "county")),
            gap,
            overlap: 0.0,
            leaderless: false,
            idle_lead: false,
            execution: None,
            handover: Some((3.0, 0.05)),
        }
    }

    fn labels() -> [PolicyLabel; 3] {
        ["a", "b", "c"].map(|key| PolicyLabel {
            key: key.to_owned(),
            name: Words::new(format!("政策{key}"), format!("policy {key}")),
        })
    }

    fn told(case: &Case) -> Data {
        let (labels, source) = (labels(), Source::default());
        let matrix = |policy: &PolicyLabel, gap| responsibility::Matrix {
            policy: policy.clone(),
            rows: vec![responsibility::Row {
                category: Words::new(Category::Accident.zh(), Category::Accident.en()),
                cells: vec![Some(duty(gap)); 4],
            }],
        };
        let duties = responsibility::Data {
            source: source.clone(),
            matrices: labels
                .iter()
                .zip([0.3, 0.0, 0.0])
                .map(|(p, gap)| matrix(p, gap))
                .collect(),
        };
        let setting = Setting {
            source: &source,
            policies: labels.iter().collect(),
            duties: Some(&duties),
            scene_hours: 0.25,
        };
        let place = Name {
            zh: "江州".to_owned(),
            en: "Jiangzhou".to_owned(),
        };
        setting.tell(case, &place).unwrap()
    }

    fn case() -> Case {
        let root = EventRow {
            report: Report::Concealed,
            deaths_reported: 0,
            children: 1,
            contained: false,
            hours_to_reach: 7.5,
            ..event(9, Kind::Chemicals, 4, 1_000_000_000)
        };
        let fire = child(10, &root, Kind::Fire, 2);
        let mild = EventRow {
            helped: true,
            below_standard: false,
            ..event(9, Kind::Chemicals, 1, 500_000_000)
        };
        Case {
            replication: 2,
            event: 9,
            fates: vec![
                Fate::Happened(vec![root, fire]),
                Fate::Happened(vec![mild]),
                Fate::Prevented,
            ],
        }
    }

    #[test]
    fn facts_are_those_of_the_rows_with_what_they_set_off() {
        let data = told(&case());
        assert_eq!(data.name(), "2:9");
        let first = data.lanes[0].happened.as_ref().unwrap();
        assert_eq!(
            (first.deaths, first.own_deaths, first.deaths_set_off()),
            (6, 4, 2)
        );
        assert_eq!(first.loss_yuan, 10_000_000.4);
        assert!((first.share(&[Bearer::Residents]) - 0.5).abs() < 1e-9);
        assert_eq!(first.failed_owner, Some(Owner::CountySector));
        assert_eq!(first.duty.as_ref().map(|duty| duty.gap), Some(0.3));
        assert_eq!(first.set_off[0].generation, 1);
        assert!(data.lanes[2].happened.is_none() && data.lanes[2].moments.is_empty());
        assert!(data.reason.en.contains("5 deaths"), "{}", data.reason.en);
    }

    #[test]
    fn every_point_has_a_text_for_every_policy_and_a_question_from_what_happened() {
        let data = told(&case());
        let stages: Vec<Stage> = data.points.iter().map(|point| point.stage).collect();
        assert_eq!(stages, Stage::ALL);
        for lane in &data.lanes[..2] {
            assert_eq!(lane.moments.len(), stages.len());
        }
        let question = |stage: Stage| &data.points[stage.number()].question;
        assert!(question(Stage::Prevent).en.contains("policy c"));
        assert!(
            question(Stage::Reach).zh.contains("政策a"),
            "{}",
            question(Stage::Reach).zh
        );
        assert!(question(Stage::Contain).en.contains("set off"));
        assert!(
            question(Stage::Report)
                .en
                .contains("concealed under policy a"),
            "{}",
            question(Stage::Report).en
        );
        let text = |lane: usize, stage: Stage| &data.lanes[lane].moments[stage.number()];
        assert!(
            text(0, Stage::Prevent).en.contains("gap of 30 %"),
            "{}",
            text(0, Stage::Prevent).en
        );
        assert!(text(0, Stage::Prevent).zh.contains("缺位 30%"));
        assert!(text(0, Stage::Contain).zh.contains("火灾"));
        assert!(text(0, Stage::Report).zh.contains("瞒报"));
        assert!(text(1, Stage::Scene).en.contains("trained"));
        for point in &data.points {
            assert!(point.question.zh.ends_with('？') && point.question.en.ends_with('?'));
        }
    }

    #[test]
    fn a_natural_danger_asks_who_was_warned() {
        let warned = |share| EventRow {
            warned_share: share,
            lead_hours: 24.0,
            failed_phase: Some(Phase::Respond),
            report: Report::NotApplicable,
            ..event(3, Kind::Flood, 5, 10_000)
        };
        let data = told(&Case {
            replication: 1,
            event: 3,
            fates: vec![
                Fate::Happened(vec![warned(0.6)]),
                Fate::Happened(vec![warned(0.0)]),
                Fate::Unrecorded,
            ],
        });
        assert!(data.points.iter().all(|point| point.stage != Stage::Report));
        let point = data
            .points
            .iter()
            .find(|point| point.stage == Stage::Warn)
            .unwrap();
        assert!(point.question.en.contains("60 %") && point.question.en.contains("policy b"));
        assert!(data.lanes[2].fate.zh.contains("没有记录"));
    }
}
