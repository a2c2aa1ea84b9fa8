//! People in a run: who is alive, who dies, who is rescued.

use super::Run;
use crate::model::stages::impact::group_weights;
use crate::model::stages::intervene::mark;
use crate::model::stages::{Event, Response};
use crate::model::world::GROUPS;
use crate::vocabulary::{Category, Kind};

/// Victims picked one by one; beyond them, groups share the rest by cumulative floors.
const PICKED_SINGLY: u32 = 256;

impl Run<'_> {
    /// People alive in a county.
    pub fn alive(&self, county: usize) -> u32 {
        let dead: u32 = self.state.counties.dead[county].iter().sum();
        self.model.world.counties.population[county].saturating_sub(dead)
    }

    /// Preparedness of a county.
    pub fn prepared_share(&self, county: usize) -> f64 {
        self.model
            .prepared_share(county, &self.state.counties.prepared[county])
    }

    /// Buries the dead of a danger in one county: who they are, group by group, added to `fifths`.
    pub fn bury(
        &mut self,
        identity: u64,
        kind: Kind,
        county: u32,
        deaths: u32,
        fifths: &mut [u32; 5],
    ) {
        if deaths == 0 {
            return;
        }
        let place = county as usize;
        let people = self.model.world.counties.people[place];
        let dead = &mut self.state.counties.dead[place];
        let weights = group_weights(
            &people,
            self.model.society.natural.aged_death_ratio,
            kind.category() == Category::Natural,
        );
        let total: f64 = weights.iter().sum();
        let mut victims = [0_u32; GROUPS];
        for victim in 0..deaths.min(PICKED_SINGLY) {
            let u = self.streams.victims.uniform(identity, county, victim) * total;
            let mut passed = 0.0;
            let group = weights.iter().position(|w| {
                passed += w;
                passed >= u
            });
            victims[group.unwrap_or(GROUPS - 1)] += 1;
        }
        share_out(
            deaths.saturating_sub(PICKED_SINGLY),
            &weights,
            total,
            &mut victims,
        );
        settle_groups(&mut victims, &people, dead);
        for (group, count) in victims.iter().enumerate() {
            fifths[group % 5] += count;
        }
        let province = self.model.world.counties.province[place];
        self.record.buried(kind, province, &victims);
    }

    /// Counts those whom rescue saved, and rescuers who were hurt.
    pub fn rescued(&mut self, event: &Event, response: &Response, saved: u32) {
        let all = response.saved_at_scene + response.saved_by_teams;
        let scene = if all > 0.0 {
            f64::from(saved) * response.saved_at_scene / all
        } else {
            0.0
        };
        let scene = (scene + 0.5) as u32;
        let rescue = &self.model.society.rescue;
        let danger = if response.helped {
            rescue.responder_hurt_trained
        } else {
            rescue.responder_hurt_untrained
        };
        let hurt = response.potential > 0
            && self.marks.uniform(event.identity, 0, mark::RESCUER)
                < danger * self.regime.effects.sharing.responders_unprotected;
        self.record
            .saved(scene.min(saved), saved - scene.min(saved), hurt, response);
    }
}

/// Spreads a count over groups by cumulative floors of their weights.
fn share_out(count: u32, weights: &[f64; GROUPS], total: f64, victims: &mut [u32; GROUPS]) {
    if count == 0 || total <= 0.0 {
        return;
    }
    let (mut passed, mut given) = (0.0, 0);
    for (weight, victim) in weights.iter().zip(victims) {
        passed += weight;
        let up_to = ((passed / total * f64::from(count)) + 1e-9) as u32;
        *victim += up_to - given;
        given = up_to;
    }
}

/// Adds victims to the dead; who is one too many in a group belongs to the next with people left.
fn settle_groups(victims: &mut [u32; GROUPS], people: &[u32; GROUPS], dead: &mut [u32; GROUPS]) {
    let mut over = 0;
    for group in 0..GROUPS {
        if victims[group] == 0 {
            continue;
        }
        let room = people[group].saturating_sub(dead[group]);
        over += victims[group].saturating_sub(room);
        victims[group] = victims[group].min(room);
        dead[group] += victims[group];
    }
    if over == 0 {
        return;
    }
    for group in (0..GROUPS).rev() {
        let more = over.min(people[group].saturating_sub(dead[group]));
        victims[group] += more;
        dead[group] += more;
        over -= more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights 1 … 15 of 1,200 in all: ten a weight.
    #[test]
    fn a_count_is_shared_out_by_weight() {
        let weights: [f64; GROUPS] = std::array::from_fn(|group| (group + 1) as f64);
        let mut victims = [0; GROUPS];
        share_out(1200, &weights, 120.0, &mut victims);
        for (group, count) in (1..).zip(victims) {
            assert_eq!(count, 10 * group);
        }
        share_out(0, &weights, 120.0, &mut victims);
        assert_eq!(victims.iter().sum::<u32>(), 1200);
    }

    /// Who is one too many in a group belongs to the next with people left.
    #[test]
    fn nobody_dies_twice() {
        let mut victims = [0; GROUPS];
        let (mut people, mut dead) = ([0; GROUPS], [0; GROUPS]);
        (people[3], dead[3], victims[3]) = (10, 8, 5);
        people[9] = 10;
        settle_groups(&mut victims, &people, &mut dead);
        assert_eq!((victims[3], victims[9]), (2, 3));
        assert_eq!((dead[3], dead[9]), (10, 3));
    }
}
