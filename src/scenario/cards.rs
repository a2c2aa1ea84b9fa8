//! Group cards for a seminar: a group picks one card of each of four dimensions, and its hand is a policy.
//! Responsibility and avoidance come from the allocation, sharing from the arrangement, all else from the
//! baseline with the levers of the other two cards.

use crate::scenario::design::{Overrides, grid_without_file};
use crate::scenario::{CheckedPolicy, Problems};
use crate::vocabulary::{Vocabulary, vocabulary};

/// Policies whose allocation of responsibility is a card.
pub const ALLOCATIONS: [&str; 4] = [
    "territorial-led",
    "sector-led",
    "enterprise-primary",
    "co-governance",
];

/// Policies whose sharing arrangement is a card.
pub const SHARINGS: [&str; 4] = [
    "loss-lies-where-it-falls",
    "fiscal-backstop",
    "market-insurance",
    "layered-sharing",
];

vocabulary! {
    /// What share of the public money is spent before events.
    Prevention {
        Low = "low", "三成用于事前", "30 % before events";
        Middle = "middle", "五成用于事前", "50 % before events";
        High = "high", "七成用于事前", "70 % before events";
    }
}

vocabulary! {
    /// How much is inspected and how hard a failure of duty is sanctioned.
    Enforcement {
        Light = "light", "宽松执法", "light enforcement";
        Usual = "usual", "执法如常", "enforcement as now";
        Strict = "strict", "从严执法", "strict enforcement";
    }
}

impl Prevention {
    /// The lever that the card moves, `key=value`.
    pub fn setting(self) -> &'static str {
        match self {
            Prevention::Low => "budget.share_before_events=0.3",
            Prevention::Middle => "budget.share_before_events=0.5",
            Prevention::High => "budget.share_before_events=0.7",
        }
    }
}

impl Enforcement {
    /// The levers that the card moves, `key=value`; empty = those of the allocation.
    pub fn settings(self) -> &'static [&'static str] {
        match self {
            Enforcement::Light => &[
                "responsibility.sanction_multiplier=0.5",
                "budget.plan_yuan_per_head.inspect=6",
            ],
            Enforcement::Usual => &[],
            Enforcement::Strict => &[
                "responsibility.sanction_multiplier=2",
                "budget.plan_yuan_per_head.inspect=15",
            ],
        }
    }
}

/// One card of each dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Position among [`ALLOCATIONS`].
    pub allocation: usize,
    /// Share before events.
    pub prevention: Prevention,
    /// Inspection and sanctions.
    pub enforcement: Enforcement,
    /// Position among [`SHARINGS`].
    pub sharing: usize,
}

impl Hand {
    /// All hands, in the order of their numbers: the sharing changes fastest, the allocation slowest.
    pub fn all() -> impl Iterator<Item = Hand> {
        entries().flat_map(|(allocation, prevention, enforcement)| {
            (0..SHARINGS.len()).map(move |sharing| Hand {
                allocation,
                prevention,
                enforcement,
                sharing,
            })
        })
    }

    /// Name in files, e.g. `territorial-led+low+strict+fiscal-backstop`.
    pub fn key(self) -> String {
        [
            ALLOCATIONS[self.allocation],
            self.prevention.key(),
            self.enforcement.key(),
            SHARINGS[self.sharing],
        ]
        .join("+")
    }
}

/// The three cards that make an allocation of the grid.
fn entries() -> impl Iterator<Item = (usize, Prevention, Enforcement)> {
    (0..ALLOCATIONS.len()).flat_map(|allocation| {
        Prevention::ALL.iter().flat_map(move |prevention| {
            let each = Enforcement::ALL.iter();
            each.map(move |enforcement| (allocation, *prevention, *enforcement))
        })
    })
}

/// The policies of all hands in a society, in the order of [`Hand::all`], named by their keys.
///
/// # Errors
/// Everything that is wrong with the society and the options.
pub fn policies(society: &str, overrides: &Overrides) -> Result<Vec<CheckedPolicy>, Problems> {
    let entry = |(allocation, prevention, enforcement): (usize, Prevention, Enforcement)| {
        let first = [prevention.setting()];
        let settings: Vec<&str> = first
            .iter()
            .chain(enforcement.settings())
            .copied()
            .collect();
        format!("{}[{}]", ALLOCATIONS[allocation], settings.join("; "))
    };
    let grid = [
        entries().map(entry).collect(),
        SHARINGS.map(str::to_owned).to_vec(),
    ];
    let checked = grid_without_file(society, grid, overrides)?;
    let cells = checked.policies.into_iter().skip(1);
    let named = cells.zip(Hand::all()).map(|(policy, hand)| CheckedPolicy {
        key: hand.key(),
        ..policy
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{load_policy, load_society};

    #[test]
    fn a_hand_is_its_four_cards() {
        let all = policies("seminar-city", &Overrides::default()).unwrap();
        assert_eq!((all.len(), Hand::all().count()), (144, 144));
        let hand = Hand {
            allocation: 0,
            prevention: Prevention::High,
            enforcement: Enforcement::Strict,
            sharing: 1,
        };
        let position = Hand::all().position(|other| other == hand).unwrap();
        // 2 × 3 + 2 = 8 entries of the first allocation go before, of four arrangements each.
        assert_eq!(position, 8 * 4 + 1);
        let policy = &all[position];
        assert_eq!(policy.key, "territorial-led+high+strict+fiscal-backstop");
        let society = load_society("seminar-city", &[]).unwrap();
        let load = |key| load_policy(key, &society, &[]).unwrap();
        assert_eq!(policy.matrix, load("territorial-led").matrix);
        assert_eq!(
            policy.policy.sharing,
            load("fiscal-backstop").policy.sharing
        );
        assert_eq!(policy.policy.budget.share_before_events, 0.7);
        assert_eq!(policy.policy.responsibility.sanction_multiplier, 2.0);
        assert_eq!(policy.policy.budget.plan_yuan_per_head.inspect, 15.0);
    }

    #[test]
    fn enforcement_as_now_is_that_of_the_allocation() {
        let all = policies("seminar-county", &Overrides::default()).unwrap();
        let usual = Hand::all()
            .zip(&all)
            .filter(|(hand, _)| hand.enforcement == Enforcement::Usual);
        for (hand, policy) in usual {
            let expected = if hand.allocation == 0 { 1.3 } else { 1.0 };
            let found = policy.policy.responsibility.sanction_multiplier;
            assert_eq!(found, expected, "{}", policy.key);
        }
    }
}
