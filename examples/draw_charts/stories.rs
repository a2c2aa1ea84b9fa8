//! A made-up danger followed through every policy.

use riskweave::model::record::Report;
use riskweave::report::charts::responsibility::Duty;
use riskweave::report::charts::story::{Data, Happened, Lane, Point, SetOff, Stage};
use riskweave::report::charts::{PolicyLabel, Source, Words};
use riskweave::vocabulary::{Bearer, Kind, Owner, Phase, Table, Vocabulary};

use super::noise;

/// A flood that sets off other events, or does not happen, or cost nothing.
pub(super) fn story_of(source: &Source, policies: &[PolicyLabel]) -> Data {
    let lanes = policies
        .iter()
        .enumerate()
        .map(|(own, policy)| match own % 7 {
            4 => Lane {
                policy: policy.clone(),
                fate: Words::new(
                    "没有发生：同样的风险，在该政策下没有酿成事件",
                    "did not happen: under this policy the same danger came to nothing",
                ),
                happened: None,
                watch: Words::default(),
                moments: Vec::new(),
            },
            _ => lane(policy, own),
        });
    let points = Stage::ALL.iter().map(|stage| Point {
        stage: *stage,
        name: Words::new(stage.zh(), stage.en()),
        question: Words::new("谁本可以做什么？", "Who could have done what?"),
    });
    Data {
        source: source.clone(),
        replication: 17,
        event: "13835058055282163712".to_owned(),
        week: 318,
        kind: Kind::Flood,
        place: Words::new("内蒙古", "Inner Mongolia"),
        reason: Words::new(
            "在发生了的政策之间，死亡相差 41 人，损失相差 3.2 亿元",
            "Between the policies under which it happened: 41 deaths and 0.32 billion yuan apart",
        ),
        lanes: lanes.collect(),
        points: points.collect(),
    }
}

fn lane(policy: &PolicyLabel, own: usize) -> Lane {
    let part = |number: usize| noise(own * 17 + number);
    let weights: Vec<f64> = (0..Bearer::ALL.len()).map(part).collect();
    let sum: f64 = weights.iter().sum();
    let loss_yuan = 3.2e9 * (0.2 + part(12));
    let deaths = (60.0 * part(13)) as u64;
    let happened = Happened {
        warned_share: if own % 3 == 1 { 0.0 } else { part(14) },
        lead_hours: 30.0,
        helped: own.is_multiple_of(2),
        scene_hours: 0.25,
        hours_to_reach: 0.6 + 40.0 * part(15),
        contained: own.is_multiple_of(3),
        below_standard: own.is_multiple_of(2),
        report: Report::ALL[own % Report::ALL.len()],
        own_deaths: deaths / 2,
        own_deaths_reported: deaths / 3,
        deaths,
        injuries: 3 * deaths,
        loss_yuan,
        borne_yuan: Table::from_fn(|bearer: Bearer| loss_yuan * weights[bearer.number()] / sum),
        failed_phase: Some(Phase::ALL[own % 4]),
        failed_owner: Some(Owner::ALL[(own * 5) % Owner::ALL.len()]),
        neglected: own.is_multiple_of(2),
        duty: Some(Duty {
            lead: Some(Words::new("县级", "county")),
            gap: 0.3,
            overlap: 0.0,
            leaderless: false,
            idle_lead: false,
            execution: None,
            handover: Some((2.5, 0.04)),
        }),
        set_off: (0..own % 4)
            .map(|number| SetOff {
                generation: 1,
                kind: Kind::ALL[8 + number],
                deaths: 1,
                loss_yuan: 1e6,
            })
            .collect(),
    };
    let owner = Owner::ALL[(own * 5) % Owner::ALL.len()];
    let (zh, en) = (owner.zh(), owner.en());
    Lane {
        policy: policy.clone(),
        fate: Words::new("死亡、受伤与损失", "dead, injured and loss"),
        happened: Some(happened),
        watch: Words::new(
            format!(
                "失守：监测与预警，责任：{zh}；缺位 30%；脱节：交接损失 2.5 小时、信息丢失 4%；企业安全投入低于标准；瞒报谎报败露"
            ),
            format!(
                "failed: warn; owner: {en}; a gap of 30 %; a disconnect: the handover loses 2.5 h and 4 % of messages; care below the standard; concealment exposed"
            ),
        ),
        moments: Stage::ALL
            .iter()
            .map(|stage| Words::new(stage.zh(), stage.en()))
            .collect(),
    }
}

/// No loss, nobody dead, very late rescue, an accident in place of a flood.
pub(super) fn spoil(data: &mut Data) {
    data.kind = Kind::Chemicals;
    for (number, lane) in data.lanes.iter_mut().enumerate() {
        let Some(happened) = &mut lane.happened else {
            continue;
        };
        match number {
            0 => {
                happened.loss_yuan = 0.0;
                happened.borne_yuan = Table::default();
                (happened.deaths, happened.own_deaths) = (0, 0);
            }
            1 => happened.hours_to_reach = 900.0,
            2 => happened.hours_to_reach = 0.1,
            3 => (happened.deaths, happened.injuries, happened.own_deaths) = (83_467, 1_374_643, 3),
            5 => {
                happened.borne_yuan = Table::from_fn(|bearer: Bearer| {
                    if bearer == Bearer::Residents {
                        happened.loss_yuan
                    } else {
                        0.0
                    }
                });
            }
            _ => {}
        }
    }
}
