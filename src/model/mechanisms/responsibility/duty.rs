//! One duty: who owns how much of it, how far it is executed, and whether it was this time.

use crate::model::transcendental::pow;

/// One player of a cell: its share, and its capability x.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Player {
    /// Share r of the duty.
    pub share: f64,
    /// Capability x in 0..1.
    pub capability: f64,
}

/// A duty with its players: how it falls apart is worked out once, for every event asks for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Duty {
    players: Vec<Player>,
    coordination: f64,
    parts: Parts,
}

/// Marks of the draws of one event (see [`Duty::acts`]); a player's own follow.
pub mod draw {
    /// Whether anybody owns the part that was needed.
    pub const OWNED: u32 = 0;
    /// Whether that part is joint.
    pub const JOINT: u32 = 1;
    /// Whether a joint part is coordinated.
    pub const COORDINATED: u32 = 2;
    /// Whose a divided part is.
    pub const WHOSE: u32 = 3;
    /// The first player's effort.
    pub const EFFORT: u32 = 4;
}

/// How a duty falls apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Parts {
    total: f64,
    largest: f64,
    /// Share that several own at once.
    joint: f64,
    /// Effort v of an uncoordinated owner.
    volunteer: f64,
}

/// Probability with which each of `number` equal owners acts who wait for the others, at cost over
/// benefit ω: 1 − ω^{1/(m − 1)}; one owner always acts (Diekmann 1985, J. Conflict Resolution 29:605).
pub fn volunteer_probability(number: f64, omega: f64) -> f64 {
    let others = number.max(1.0) - 1.0;
    if others < 1e-9 {
        1.0
    } else {
        1.0 - pow(omega, 1.0 / others)
    }
}

impl Parts {
    fn of(players: &[Player], omega: f64) -> Self {
        let total: f64 = players.iter().map(|p| p.share).sum();
        let largest = players.iter().map(|p| p.share).fold(0.0, f64::max);
        let overlap = (total - 1.0).max(0.0);
        let rest = total - largest;
        let joint = if rest > 1e-12 {
            (overlap / rest).min(1.0)
        } else {
            0.0
        };
        let concentration: f64 = players
            .iter()
            .map(|p| (p.share / total) * (p.share / total))
            .sum();
        Parts {
            total,
            largest,
            joint,
            volunteer: volunteer_probability(1.0 / concentration, omega),
        }
    }

    /// Effort of a player in a joint part.
    fn effort(&self, player: &Player, coordinated: bool) -> f64 {
        let willing = if coordinated {
            (player.share / self.largest).max(self.volunteer)
        } else {
            self.volunteer
        };
        willing * player.capability
    }
}

impl Duty {
    /// Of its players, with coordination ζ of the joint part and cost over benefit ω of acting for those who share it
    /// without coordination.
    pub fn new(players: Vec<Player>, coordination: f64, omega: f64) -> Self {
        Duty {
            parts: Parts::of(&players, omega),
            players,
            coordination,
        }
    }

    /// Execution Q (equation in the head of [`super`]).
    pub fn execution(&self) -> f64 {
        let parts = self.parts;
        if parts.total <= 0.0 {
            return 0.0;
        }
        let gap = (1.0 - parts.total).max(0.0);
        let divided: f64 = self
            .players
            .iter()
            .map(|p| p.share / parts.total * p.capability)
            .sum();
        let somebody = |coordinated: bool| -> f64 {
            let owners = self.players.iter().filter(|p| p.share > 0.0);
            1.0 - owners
                .map(|p| 1.0 - parts.effort(p, coordinated))
                .product::<f64>()
        };
        let (joint, zeta) = (parts.joint, self.coordination);
        (1.0 - gap)
            * ((1.0 - joint) * divided
                + joint * (zeta * somebody(true) + (1.0 - zeta) * somebody(false)))
    }

    /// Whether somebody acts this once: the same story as [`Duty::execution`], drawn step by step, so that the
    /// probability is Q. `uniform` gives the mark of a [`draw`]; a player's effort has its own.
    pub fn acts(&self, uniform: impl Fn(u32) -> f64) -> bool {
        let parts = self.parts;
        if uniform(draw::OWNED) >= parts.total {
            return false;
        }
        let effort = |number: usize| uniform(draw::EFFORT + number as u32);
        if uniform(draw::JOINT) >= parts.joint {
            let owner = self.whose(uniform(draw::WHOSE) * parts.total);
            return effort(owner) < self.players[owner].capability;
        }
        let coordinated = uniform(draw::COORDINATED) < self.coordination;
        self.players.iter().enumerate().any(|(number, player)| {
            player.share > 0.0 && effort(number) < parts.effort(player, coordinated)
        })
    }

    /// The player in whose share a place of the duty lies.
    fn whose(&self, place: f64) -> usize {
        let mut passed = 0.0;
        let found = self.players.iter().position(|player| {
            passed += player.share;
            passed > place
        });
        found.unwrap_or(self.players.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn execution(players: &[Player], zeta: f64, omega: f64) -> f64 {
        Duty::new(players.to_vec(), zeta, omega).execution()
    }

    fn equal(n: usize, share: f64, capability: f64) -> Vec<Player> {
        vec![Player { share, capability }; n]
    }

    #[test]
    fn a_clean_division_of_labour_is_not_punished() {
        let q = execution(
            &[
                Player {
                    share: 0.6,
                    capability: 0.8,
                },
                Player {
                    share: 0.4,
                    capability: 0.5,
                },
            ],
            0.0,
            0.5,
        );
        assert!((q - (0.6 * 0.8 + 0.4 * 0.5)).abs() < 1e-12);
    }

    #[test]
    fn nobody_owns_nobody_acts() {
        assert_eq!(execution(&equal(3, 0.0, 1.0), 0.5, 0.5), 0.0);
        assert!(
            (execution(
                &[Player {
                    share: 0.5,
                    capability: 1.0
                }],
                0.5,
                0.5
            ) - 0.5)
                .abs()
                < 1e-12
        );
    }

    /// Volunteer's dilemma with m equal joint owners, full effort, ζ = 0: D(m) = 1 − ω^{m/(m−1)}.
    #[test]
    fn uncoordinated_overlap_is_the_volunteers_dilemma() {
        for (m, d) in [(2, 0.91), (3, 0.835_683_2), (10, 0.737_563_9)] {
            assert!(
                (execution(&equal(m, 1.0, 1.0), 0.0, 0.3) - d).abs() < 1e-6,
                "m = {m}"
            );
        }
        assert!((execution(&equal(3, 1.0, 1.0), 0.5, 0.3) - 0.917_841_6).abs() < 1e-6);
    }

    /// The draws of an event tell the same story as Q: gap, division, overlap with and without coordination.
    #[test]
    fn the_frequency_of_acting_is_the_execution() {
        use crate::model::random::{Purpose, Stream};
        let stream = Stream::new(7, 0, Purpose::AccidentMarks);
        let player = |share, capability| Player { share, capability };
        let cells = [
            vec![player(0.5, 0.8)],
            vec![player(0.6, 0.9), player(0.4, 0.5)],
            vec![player(0.8, 0.7), player(0.6, 0.9), player(0.0, 1.0)],
        ];
        for players in cells {
            let duty = Duty::new(players, 0.4, 0.3);
            let n = 20_000;
            let acts = |event: &u64| duty.acts(|mark| stream.uniform(*event, 1, mark));
            let share = (0..n).filter(acts).count() as f64 / n as f64;
            let q = duty.execution();
            let error = (q * (1.0 - q) / n as f64).sqrt();
            assert!((share - q).abs() < 4.0 * error, "{share} for {q}");
        }
    }

    #[test]
    fn nobody_owns_nobody_is_drawn_to_act() {
        assert!(!Duty::default().acts(|_| 0.0));
    }

    proptest! {
        #[test]
        fn execution_is_a_share(shares in proptest::collection::vec(0.0..1.0_f64, 6), xs in proptest::collection::vec(0.0..1.0_f64, 6), zeta in 0.0..1.0_f64, omega in 0.0..0.99_f64) {
            let players: Vec<Player> = shares.iter().zip(&xs).map(|(s, x)| Player { share: *s, capability: *x }).collect();
            let q = execution(&players, zeta, omega);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&q));
        }

        #[test]
        fn more_coordination_never_hurts_full_effort(m in 2_usize..8, zeta in 0.0..1.0_f64, omega in 0.05..0.95_f64) {
            let players = equal(m, 1.0, 1.0);
            prop_assert!(execution(&players, zeta, omega) + 1e-12 >= execution(&players, 0.0, omega));
        }
    }
}
