//! Events that events set off: children of cascades, and what the public makes of an event.

use super::{Lesson, Run};
use crate::model::hazards::candidates::CountySource;
use crate::model::hazards::cascade::{self, Child, Parent};
use crate::model::stages::{Event, Harm, Response, Source};
use crate::scenario::tables::Trigger;
use crate::vocabulary::{Category, Grade, Kind};

impl Run<'_> {
    /// Moves children from the buffer (from position `before`) into the queue; those beyond the last
    /// generation are counted as cut. They happen at the same second as their parent. Returns how many
    /// will happen.
    pub fn admit_children(&mut self, before: usize, second: u32) -> u32 {
        let mut admitted = 0;
        while self.scratch.children.len() > before
            && let Some(child) = self.scratch.children.pop()
        {
            if child.generation > self.model.society.cascade.max_generations {
                self.record.cut_generation();
                continue;
            }
            if let Some(source) = self.source_of(&child) {
                let Child {
                    identity,
                    parent,
                    generation,
                    kind,
                    county,
                } = child;
                self.scratch.queue.push_front(Event {
                    identity,
                    parent,
                    generation,
                    kind,
                    county,
                    source,
                    second,
                });
                admitted += 1;
            }
        }
        admitted
    }

    /// Where a child happens: an establishment of its trade in the county, or the county itself.
    fn source_of(&self, child: &Child) -> Option<Source> {
        let county = match child.kind {
            Kind::RespiratoryOutbreak => CountySource::Cluster,
            Kind::FoodborneOutbreak => CountySource::Canteen,
            Kind::CrowdCrush => CountySource::Crush,
            Kind::ExtremeViolence => CountySource::Violence,
            Kind::EscalatedDispute => CountySource::Dispute,
            _ => return self.establishment_for(child).map(Source::Enterprise),
        };
        Some(Source::County(county))
    }

    fn establishment_for(&self, child: &Child) -> Option<u32> {
        let trade = child.kind.trade()?;
        let cells = &self.model.world.cells;
        let span = self.model.world.counties.cells[child.county as usize];
        let of_trade = || span.rows().filter(|cell| cells.trade[*cell] == trade);
        let total: f64 = of_trade().map(|cell| cells.workers[cell]).sum();
        let [cell_mark, establishment] = self.streams.cascade.pair(child.identity, 0, 1);
        let mut passed = 0.0;
        for cell in of_trade() {
            passed += cells.workers[cell];
            if passed >= cell_mark * total {
                return Some(self.model.establishment(cell, establishment));
            }
        }
        None
    }

    /// Remembers an event for the lessons, and lets the public react: disputes after great accidents,
    /// exposed concealments and large poisonings. Returns how many disputes it set off.
    pub fn remember(&mut self, event: &Event, response: &Response, harm: &Harm) -> u32 {
        let province = self.model.world.counties.province[event.county as usize];
        let trade = event.kind.trade();
        let natural = event.kind.category() == Category::Natural;
        let notable = harm.deaths > 0 || harm.exposed;
        if notable {
            self.scratch.lessons.push(Lesson {
                county: event.county,
                province,
                trade,
                natural,
                deaths: harm.deaths,
                reported: harm.reported,
                known: harm.known,
                exposed: harm.exposed,
                late: response.late,
                attributed: matches!(response.failed, Some((_, Some(_)))),
            });
        }
        self.public_reaction(event, harm)
    }

    fn public_reaction(&mut self, event: &Event, harm: &Harm) -> u32 {
        let parent = Parent {
            identity: event.identity,
            generation: event.generation,
            kind: event.kind,
            county: event.county,
        };
        let before = self.scratch.children.len();
        let mut react = |trigger: Trigger| {
            cascade::children(
                parent,
                trigger,
                |_| 1.0,
                &self.model.tables.cascade,
                self.streams.cascade,
                &mut self.scratch.children,
            );
        };
        if event.kind.category() == Category::Accident
            && harm.known
            && harm.reported >= Grade::Major.threshold()
        {
            react(Trigger::MajorAccident);
        }
        if harm.exposed {
            react(Trigger::ConcealmentExposed);
        }
        if event.kind == Kind::FoodborneOutbreak && harm.magnitude >= 30.0 {
            react(Trigger::LargeFoodborne);
        }
        self.admit_children(before, event.second)
    }
}
