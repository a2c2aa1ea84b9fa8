//! The rescue race: digging out against death, and calls that queue for teams.
//!
//! *Why.* Who is buried, gassed or bleeding dies after a random time; who digs comes sooner or later.
//! Most early rescues are made by people at the scene, because they are there.
//!
//! *Equations.* Survival S(t) = exp(−(t/η)^k) (Weibull 1951). A digger that starts at a and frees a person
//! at the rate r saves F(a, r) = ∫_a^∞ S(t)·r·e^{−r(t − a)} dt. With a second one from b ≥ a at the rate q
//! the hazards of being freed add (competing risks; de Bruycker and others 1983, International Journal of
//! Epidemiology 12:113):
//!
//! first: F(a, r) − e^{−r(b − a)}·[F(b, r) − r/(r + q)·F(b, r + q)];  second: e^{−r(b − a)}·q/(r + q)·F(b, r + q).
//!
//! A digger that frees at once (r → ∞) saves S(a). People at the scene get at a part of the trapped only;
//! the rest wait for teams. Routine calls wait for the first team of the county that is free, in the order
//! of time; each binds it for an exponential time (a queue M/M/c where calls are Poisson; Erlang 1917).

use std::sync::LazyLock;

use super::intervention::survival;
use crate::model::transcendental::exp;
use crate::scenario::society::{Hazard, Natural};

/// Step and half the number of nodes of the double-exponential rule (Takahasi & Mori 1974).
const STEP: f64 = 0.0625;
const HALF_NODES: i32 = 64;

/// Nodes y and weights of ∫_0^∞ g(y)·e^{−y} dy under y = ln(1 + e^x), x = π·sinh s.
static RULE: LazyLock<Vec<[f64; 2]>> = LazyLock::new(|| {
    let node = |number: i32| {
        let s = f64::from(number) * STEP;
        let x = std::f64::consts::PI * libm::sinh(s);
        let small = exp(-x.abs());
        let y = x.max(0.0) + libm::log1p(small);
        let density = small / ((1.0 + small) * (1.0 + small));
        [y, STEP * std::f64::consts::PI * libm::cosh(s) * density]
    };
    (-HALF_NODES..=HALF_NODES).map(node).collect()
});

/// How long the trapped live: Weibull.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lifetime {
    /// Scale η (hours).
    pub scale_hours: f64,
    /// Shape k.
    pub shape: f64,
}

impl Lifetime {
    fn survival(&self, hours: f64) -> f64 {
        survival(hours, self.scale_hours, self.shape)
    }
}

/// Who digs: from when, and how long it takes to free a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Digger {
    /// Start (hours after the event).
    pub start_hours: f64,
    /// Mean time to free a person whom one gets at (hours); 0 = at once.
    pub mean_hours: f64,
}

/// Shares of the trapped who are freed alive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Saved {
    /// By people at the scene.
    pub at_scene: f64,
    /// By teams.
    pub by_teams: f64,
}

/// The race: people at the scene get at a share `within_reach` of the trapped, teams at all. Where neither
/// takes any time, each frees the part that is his, or whoever comes first would free all.
pub fn race(lifetime: Lifetime, within_reach: f64, scene: Digger, teams: Digger) -> Saved {
    if scene.mean_hours <= 0.0 && teams.mean_hours <= 0.0 {
        return Saved {
            at_scene: within_reach * lifetime.survival(scene.start_hours),
            by_teams: (1.0 - within_reach) * lifetime.survival(teams.start_hours),
        };
    }
    let [at_scene, also_teams] = if scene.start_hours <= teams.start_hours {
        together(lifetime, scene, teams)
    } else {
        let [first, second] = together(lifetime, teams, scene);
        [second, first]
    };
    let alone = freed(lifetime, teams.start_hours, teams.mean_hours);
    Saved {
        at_scene: within_reach * at_scene,
        by_teams: within_reach * also_teams + (1.0 - within_reach) * alone,
    }
}

/// The race after a natural danger whose teams come after `hours`, people at the scene reaching the share
/// `local`.
pub fn race_after(natural: &Natural, hazard: &Hazard, local: f64, hours: f64) -> Saved {
    race(
        Lifetime {
            scale_hours: hazard.weibull_scale_hours,
            shape: natural.weibull_shape,
        },
        local,
        Digger {
            start_hours: natural.scene_start_hours,
            mean_hours: natural.scene_digging_hours,
        },
        Digger {
            start_hours: hours,
            mean_hours: natural.team_digging_hours,
        },
    )
}

/// Shares that two diggers free alive, the earlier first.
fn together(lifetime: Lifetime, first: Digger, second: Digger) -> [f64; 2] {
    let alone = freed(lifetime, first.start_hours, first.mean_hours);
    if first.mean_hours <= 0.0 {
        return [alone, 0.0];
    }
    let rate = 1.0 / first.mean_hours;
    let left = exp(-rate * (second.start_hours - first.start_hours));
    let start = second.start_hours;
    let without = freed(lifetime, start, first.mean_hours);
    if second.mean_hours <= 0.0 {
        let at_once = freed(lifetime, start, 0.0);
        return [alone - left * without, left * at_once];
    }
    let other = 1.0 / second.mean_hours;
    let both = freed(lifetime, start, 1.0 / (rate + other));
    let part = rate / (rate + other);
    [
        alone - left * (without - part * both),
        left * (1.0 - part) * both,
    ]
}

/// F(a, r): share freed alive by one who starts at `start` and takes `mean_hours` a person.
fn freed(lifetime: Lifetime, start: f64, mean_hours: f64) -> f64 {
    if mean_hours <= 0.0 {
        return lifetime.survival(start);
    }
    let node = |[y, weight]: &[f64; 2]| weight * lifetime.survival(start + y * mean_hours);
    RULE.iter().map(node).sum()
}

/// Wait (hours) of a call that comes at the hour `arrival` for one of the teams of its county, first come,
/// first served; `free` are the hours from which each team is free. The team that takes it is bound for
/// `service` hours.
pub fn wait_for_team(free: &mut [f64], arrival: f64, service: f64) -> f64 {
    let earlier = |a: &&mut f64, b: &&mut f64| a.total_cmp(b);
    let Some(team) = free.iter_mut().min_by(earlier) else {
        return 0.0;
    };
    let begin = team.max(arrival);
    *team = begin + service;
    begin - arrival
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: f64 = 0.0;

    fn digger(start_hours: f64, mean_hours: f64) -> Digger {
        Digger {
            start_hours,
            mean_hours,
        }
    }

    fn lifetime(scale_hours: f64, shape: f64) -> Lifetime {
        Lifetime { scale_hours, shape }
    }

    /// Exponential lives (k = 1): F(a, r) = e^{−a/η}·r/(r + 1/η).
    #[test]
    fn freed_in_closed_form() {
        for mean in [0.01, 1.0, 20.0, 5000.0] {
            let rate = 1.0 / mean;
            let known = exp(-0.5 / 48.0) * rate / (rate + 1.0 / 48.0);
            let share = freed(lifetime(48.0, 1.0), 0.5, mean);
            assert!(
                (share / known - 1.0).abs() < 1e-9,
                "{mean}: {share} {known}"
            );
        }
    }

    /// Scene from half an hour at 0.05 an hour, teams from 12 at 0.1, η = 48, k = 1: 774.0169 of 1,000;
    /// teams alone 644.5248. With k = 1.2, η = 55, 0.1, 24 and 0.2: 879.1721 and 630.7163.
    #[test]
    fn race_by_hand() {
        for (shape, scale, r1, start, r2, all, alone) in [
            (1.0, 48.0, 0.05, 12.0, 0.1, 0.774_016_9, 0.644_524_8),
            (1.2, 55.0, 0.1, 24.0, 0.2, 0.879_172_1, 0.630_716_3),
        ] {
            let (lives, teams) = (lifetime(scale, shape), digger(start, 1.0 / r2));
            let saved = race(lives, 1.0, digger(0.5, 1.0 / r1), teams);
            assert!((saved.at_scene + saved.by_teams - all).abs() < 1e-7);
            let saved = race(lives, 0.0, digger(0.5, 1.0 / r1), teams);
            assert_eq!(saved.at_scene, 0.0);
            assert!((saved.by_teams - alone).abs() < 1e-7);
        }
    }

    #[test]
    fn at_once_is_the_limit_and_the_earlier_wins() {
        let lives = lifetime(52.0, 1.07);
        let limit = race(lives, 0.55, digger(1.0, AT_ONCE), digger(6.0, AT_ONCE));
        let near = race(lives, 0.55, digger(1.0, 1e-6), digger(6.0, 1e-6));
        assert_eq!(limit.at_scene, 0.55 * survival(1.0, 52.0, 1.07));
        assert_eq!(limit.by_teams, (1.0 - 0.55) * survival(6.0, 52.0, 1.07));
        assert!((limit.at_scene - near.at_scene).abs() < 1e-6);
        assert!((limit.by_teams - near.by_teams).abs() < 1e-6);
        let early = race(lives, 1.0, digger(1.0, 2.0), digger(0.2, AT_ONCE));
        assert_eq!(early.at_scene, 0.0);
        let mixed = race(lives, 1.0, digger(1.0, 2.0), digger(3.0, AT_ONCE));
        assert!((mixed.by_teams - exp(-1.0) * survival(3.0, 52.0, 1.07)).abs() < 1e-12);
        let alone = freed(lives, 1.0, 2.0) - exp(-1.0) * freed(lives, 3.0, 2.0);
        assert!((mixed.at_scene - alone).abs() < 1e-12);
    }

    /// Two teams, four calls at 0, 1, 1 and 2 hours of three hours each: the third waits until 3, the last
    /// until 4.
    #[test]
    fn waits_by_hand() {
        let mut free = [0.0; 2];
        let waits = [0.0, 1.0, 1.0, 2.0].map(|hour| wait_for_team(&mut free, hour, 3.0));
        assert_eq!(waits, [0.0, 0.0, 2.0, 2.0]);
        assert_eq!(wait_for_team(&mut [], 1.0, 3.0), 0.0);
    }
}
