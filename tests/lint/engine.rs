//! What the lint claims holds in the engine.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files must fail"
)]

use riskweave::lint::{FindingKind, Severity};
use riskweave::model::Model;
use riskweave::model::record::RunRecord;
use riskweave::scenario::{load_policy, load_society};
use riskweave::vocabulary::{Layer, Vocabulary};

use super::{planted, society_of};

/// Levers that cost money as such: without effect, they still take what others would have spent.
const PAID_FOR: [&str; 7] = [
    "avoidance.crowd_limit",
    "budget.plan_yuan_per_head.inspect",
    "budget.plan_yuan_per_head.works",
    "intervention.shelter_places",
    "intervention.stocks",
    "remedy.digital_supervision",
    "responsibility.coordination",
];

/// The lint's claims hold in the engine: what it calls an idle lever changes no run when it is set back to
/// the baseline's value, and a layer that its own terms keep from paying pays nothing.
#[test]
fn the_engine_bears_the_lint_out() {
    let mut tried = 0;
    for (path, findings) in planted() {
        let (society, name) = (society_of(path), path.display().to_string());
        if society == "china-2020" {
            continue;
        }
        for finding in findings {
            let loud = finding.severity > Severity::Advice;
            if !loud || PAID_FOR.contains(&finding.about.as_str()) {
                continue;
            }
            let own_terms = finding.severity == Severity::Error;
            match finding.kind {
                FindingKind::IdleLever => {
                    let usual = usual_value(&society, &finding.about);
                    let back = format!("policy.{}={usual}", finding.about);
                    let runs = run(&society, &name, &[vec![], vec![back]]);
                    assert!(
                        runs[0] == runs[1],
                        "{name}: {} does something",
                        finding.about
                    );
                    tried += 1;
                }
                // A pool without capital lives on its contributions until its first claim.
                FindingKind::DeadLayer if own_terms && !name.contains("capital") => {
                    // The layer of enterprises also carries cover of public facilities.
                    let facilities = "infrastructure_insured_share";
                    let only = vec![format!("policy.sharing.enterprise_property.{facilities}=0")];
                    let paid = paid(&run(&society, &name, &[only])[0], &finding.about);
                    assert_eq!(paid, 0, "{name}: {} pays", finding.about);
                    tried += 1;
                }
                _ => {}
            }
        }
    }
    assert!(tried >= 15, "{tried} claims were tried");
}

/// The baseline's value of a lever, as TOML.
fn usual_value(society: &str, key: &str) -> String {
    let checked = load_society(society, &[]).unwrap();
    let baseline = load_policy(&checked.society.baseline, &checked, &[]).unwrap();
    let tree = serde_json::to_value(&baseline.policy).unwrap();
    let leaf = key.split('.').fold(&tree, |node, name| &node[name]);
    leaf.to_string()
}

/// Two years of a policy, once for each list of options, through the same dangers.
fn run(society: &str, policy: &str, sets: &[Vec<String>]) -> Vec<RunRecord> {
    let checked = load_society(society, &[]).unwrap();
    let baseline = load_policy(&checked.society.baseline, &checked, &[]).unwrap();
    let model = Model::new(checked.clone(), 1000);
    let history = model.history(7, 0, 3 * 52);
    let usual = model.regime(&baseline, &baseline, true);
    let start = model.burn_in(&usual, &history, 52);
    let one = |sets: &Vec<String>| {
        let policy = load_policy(policy, &checked, sets).unwrap();
        let regime = model.regime(&policy, &baseline, true);
        model.run(&regime, &history, &start, 52, 2)
    };
    sets.iter().map(one).collect()
}

/// What the layer of a switch paid (fen).
fn paid(record: &RunRecord, switch: &str) -> i64 {
    let layer = match switch.rsplit_once('.').unwrap() {
        ("sharing.pool", "reinsurance_limit_yuan") => Layer::Reinsurance,
        ("sharing.pool", _) => Layer::Pool,
        (table, _) => Layer::from_key(table.trim_start_matches("sharing.")).unwrap(),
    };
    record.years.iter().map(|year| year.paid_fen[layer]).sum()
}
