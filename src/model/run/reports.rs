//! How enterprises report accidents under a policy: worked out once for each class and the few deaths that nearly all
//! accidents have.

use super::Run;
use crate::model::agents::reporting::{Choice, Climate, choice};
use crate::model::regime::Regime;
use crate::model::{EnterpriseView, Model};
use crate::scenario::society::Society;
use crate::vocabulary::{SizeClass, Trade, Vocabulary};

/// Deaths below which choices are kept: of accidents that kill, more than nine in ten kill one or two.
const KEPT: usize = 3;

/// The choices of a run.
#[derive(Clone, Debug)]
pub struct Reports<'a> {
    society: &'a Society,
    climate: Climate,
    /// By class, then by deaths.
    kept: Vec<[Choice; KEPT]>,
}

impl<'a> Reports<'a> {
    /// In a society under a policy.
    pub(super) fn new(model: &'a Model, regime: &Regime) -> Self {
        let owned = &regime.effects.responsibility;
        let mut reports = Reports {
            society: &model.society,
            climate: Climate {
                severity: regime.firm_severity,
                exposure: owned.exposure_multiplier,
                aggravation: owned.concealment_aggravation,
            },
            kept: Vec::new(),
        };
        for trade in Trade::ALL {
            for size in SizeClass::ALL {
                let of = |deaths| reports.worked_out(*trade, *size, deaths as u32);
                let choices = std::array::from_fn(of);
                reports.kept.push(choices);
            }
        }
        reports
    }

    /// The choice of an enterprise after an accident that killed so many.
    pub fn choice(&self, own: &EnterpriseView, deaths: u32) -> Choice {
        match self.kept[own.class()].get(deaths as usize) {
            Some(choice) => *choice,
            None => self.worked_out(own.trade, own.size, deaths),
        }
    }

    fn worked_out(&self, trade: Trade, size: SizeClass, deaths: u32) -> Choice {
        let witnesses = self.society.trades[trade].sizes[size].witnesses;
        let (rules, government) = (&self.society.reporting, &self.society.government);
        choice(deaths, witnesses, self.climate, rules, government)
    }
}

impl<'a> Run<'a> {
    /// How enterprises report accidents.
    pub fn reports(&self) -> &Reports<'a> {
        &self.reports
    }
}
