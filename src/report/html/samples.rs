//! Hand-made data for the tests of the pages.

use super::data::{
    Beaten, Better, Change, Data, Difference, Figure, Finding, Measured, Parameter, Policy, Run,
};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Words};

/// A policy's figure: level, difference with half its interval (none for the baseline).
pub(super) type Row = (f64, Option<(f64, f64)>);

/// An estimate with an interval of a half-width.
pub(super) fn about(mean: f64, half: f64) -> Estimate {
    Estimate {
        mean,
        low: mean - half,
        high: mean + half,
    }
}

fn figure((level, difference): Row) -> Figure {
    Figure {
        level: about(level, level.abs() / 20.0),
        difference: difference.map(|(mean, half)| Difference {
            estimate: about(mean, half),
            resolved: mean.abs() > half,
            none: mean == 0.0 && half == 0.0,
        }),
        beaten: None,
    }
}

fn measured(key: &str, zh: &str, en: &str, quantity: Quantity) -> Measured {
    Measured {
        key: key.to_owned(),
        name: Words::new(zh, en),
        quantity,
        better: Better::Lower,
    }
}

fn measures() -> Vec<Measured> {
    let weeks = Quantity::Other(Words::new("周", "weeks"));
    vec![
        measured(
            "work_safety_deaths",
            "生产安全事故死亡人数",
            "work-safety deaths",
            Quantity::PeoplePerYear,
        ),
        measured("deaths", "死亡人数", "deaths", Quantity::PeoplePerYear),
        measured(
            "direct_loss",
            "直接经济损失",
            "direct loss",
            Quantity::YuanPerYear,
        ),
        measured(
            "public_money",
            "公共支出",
            "public money spent",
            Quantity::YuanPerYear,
        ),
        measured(
            "residents_share",
            "居民自担份额",
            "residents' share",
            Quantity::Share,
        ),
        measured("weeks_to_90", "恢复到90%的时间", "weeks to 90 %", weeks),
    ]
}

/// A policy of six figures.
pub(super) fn policy(key: &str, zh: &str, en: &str, rows: [Row; 6]) -> Policy {
    Policy {
        label: PolicyLabel {
            key: key.to_owned(),
            name: Words::new(zh, en),
        },
        description: Words::new("说明", "what it is <for>"),
        figures: rows.map(figure).to_vec(),
        changes: Vec::new(),
        matrix_cells: 0,
        findings: Some(Vec::new()),
    }
}

/// A baseline, `network` (better in lives and share, worse in loss, open in recovery, equal in money) and
/// another (worse in lives, better in recovery).
pub(super) fn data() -> Data {
    let base = policy(
        "current-2020",
        "现行安排(2020年基准)",
        "current arrangements (2020 baseline)",
        [
            (28_000.0, None),
            (30_000.0, None),
            (4e11, None),
            (9e11, None),
            (0.342, None),
            (31.0, None),
        ],
    );
    let mut network = policy(
        "network",
        "六项机制协同",
        "network of the six mechanisms",
        [
            (25_659.0, Some((-2341.0, 338.0))),
            (27_600.0, Some((-2400.0, 400.0))),
            (4.1e11, Some((1e10, 4e9))),
            (9e11, Some((0.0, 0.0))),
            (0.299, Some((-0.043, 0.002))),
            (30.5, Some((-0.5, 2.0))),
        ],
    );
    network.changes = vec![Change {
        key: "criteria.enabled".to_owned(),
        from: "true".to_owned(),
        to: "false".to_owned(),
    }];
    network.matrix_cells = 7;
    network.findings = Some(vec![Finding {
        severity: Words::new("警告", "warning"),
        kind: Words::new("缺位", "gap"),
        what: Words::new("无人预警", "nobody warns"),
        remedy: Words::new("补上", "fill it"),
        accepted: None,
    }]);
    network.figures[5].beaten = Some(Beaten {
        by: 2,
        difference: about(-4.0, 1.0),
    });
    let other = policy(
        "fiscal-backstop",
        "财政兜底",
        "fiscal backstop",
        [
            (28_900.0, Some((900.0, 300.0))),
            (30_100.0, Some((100.0, 700.0))),
            (4e11, Some((1e9, 4e9))),
            (9.1e11, Some((1e10, 1e9))),
            (0.36, Some((0.018, 0.002))),
            (26.5, Some((-4.5, 1.0))),
        ],
    );
    Data {
        run: Run {
            experiment: "china-2020".to_owned(),
            name: Words::new("中国2020", "China 2020"),
            society: Words::new("中国社会(2020年)", "China, 2020"),
            version: "0.1.0".to_owned(),
            identity: "3f9a2c1b".to_owned(),
            hash: "3f9a2c1b".repeat(8),
            seed: 1,
            years: 10,
            burn_in_years: 5,
            replications: 6,
            people_per_agent: 10_000,
            own_start: false,
            arguments: vec!["compare".to_owned(), "china-2020".to_owned()],
        },
        measures: measures(),
        policies: vec![base, network, other],
        baseline: 0,
        warnings: vec![Words::new("区间偏宽", "wide intervals <here>")],
        parameters: vec![Parameter {
            key: "society.citizens.beta_coping".to_owned(),
            value: "0.8".to_owned(),
        }],
        robustness: None,
        liability: None,
        stories: Vec::new(),
    }
}
