//! What the model itself makes of the policy: its tariff, its staff, and the greatest losses of the
//! catalogue of natural years that prices premiums.

use std::sync::Arc;

use crate::model::hazards::harm;
use crate::model::mechanisms::responsibility::{Workload, workloads};
use crate::model::{Model, Regime};
use crate::scenario::{CheckedPolicy, CheckedSociety};
use crate::vocabulary::{Asset, Owner, SizeClass, Table, Trade, Vocabulary};

/// Citizen agents that are enough here: nothing that the lint asks depends on single citizens.
const AGENTS: u64 = 2000;

/// A society's model with as few agents as are enough.
pub(super) fn small_model(society: &CheckedSociety) -> Arc<Model> {
    let provinces = society.tables.provinces.iter();
    let people: u64 = provinces.map(|row| row.population).sum();
    let people_per_agent = (people / AGENTS).clamp(1, u64::from(u32::MAX)) as u32;
    Arc::new(Model::new(society.clone(), people_per_agent))
}

/// What the model says of the society, whatever the policy.
pub(super) struct Ground {
    model: Arc<Model>,
    /// The greatest losses of the catalogue.
    greatest: Greatest,
    /// What can be destroyed (yuan), by type of asset.
    stock_yuan: Table<Asset, f64>,
}

impl Ground {
    /// Of a society's model.
    pub(super) fn new(model: Arc<Model>) -> Self {
        let counties = &model.world.counties.stock_yuan;
        Ground {
            greatest: Greatest::of(&model),
            stock_yuan: Table::from_fn(|asset| counties.iter().map(|stock| stock[asset]).sum()),
            model,
        }
    }

    /// What policies make of their levers.
    pub(super) fn regimes(
        &self,
        policies: &[&CheckedPolicy],
        baseline: &CheckedPolicy,
    ) -> Vec<Regime> {
        self.model.regimes(policies, baseline, true)
    }
}

/// The model's figures of a policy.
pub(super) struct Engine<'a> {
    ground: &'a Ground,
    /// What the policy makes of its levers in the society; with the tariff of its layers.
    pub(super) regime: &'a Regime,
    /// Duties and staff under the policy.
    pub(super) workloads: Table<Owner, Workload>,
    /// The same under the baseline.
    pub(super) usual_workloads: Table<Owner, Workload>,
}

/// The greatest losses of natural events at the society's initial state.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Greatest {
    /// Assets lost in an event (yuan).
    pub(super) assets_yuan: f64,
    /// Assets that a province lost in an event, over its yearly product.
    pub(super) loss_per_product: f64,
}

impl<'a> Engine<'a> {
    /// Of a policy under a regime.
    pub(super) fn new(
        ground: &'a Ground,
        society: &CheckedSociety,
        baseline: &CheckedPolicy,
        (policy, regime): (&CheckedPolicy, &'a Regime),
    ) -> Self {
        let of = |policy: &CheckedPolicy| {
            workloads(
                &policy.policy.responsibility,
                &policy.matrix,
                &society.society,
                &society.tables.responsibility,
                policy.policy.criteria.grassroots_share,
            )
        };
        Engine {
            ground,
            regime,
            workloads: of(policy),
            usual_workloads: of(baseline),
        }
    }

    /// The greatest losses of the catalogue.
    pub(super) fn greatest(&self) -> Greatest {
        self.ground.greatest
    }

    /// Years of the catalogue.
    pub(super) fn years(&self) -> u32 {
        self.ground.model.society.sharing.tariff_years.max(1)
    }

    /// Workers by trade (people).
    pub(super) fn workers(&self) -> &Table<Trade, f64> {
        &self.ground.model.workers
    }

    /// What there is of a type of asset (yuan).
    pub(super) fn stock_yuan(&self, asset: Asset) -> f64 {
        self.ground.stock_yuan[asset]
    }

    /// The greatest share of an enterprise's like establishments that each limit of the criteria can
    /// suspend: at the largest rate that any state or lever allows [individual risk, line].
    pub(super) fn most_suspended(&self) -> [f64; 2] {
        let (model, criteria) = (&self.ground.model, &self.regime.effects.criteria);
        let mut most = [0.0_f64; 2];
        for &trade in Trade::ALL {
            if model.workers[trade] <= 0.0 {
                continue;
            }
            let (rate, facts) = (model.majorant[trade], &self.regime.trades[trade]);
            for &size in SizeClass::ALL {
                let accidents = rate * model.society.sizes[size].workers_max;
                let risk =
                    criteria.suspended_for_risk(rate * facts.worker_deaths_per_accident[size]);
                let line = criteria.suspended_for_line(accidents * facts.line_per_accident[size]);
                most = [most[0].max(risk), most[1].max(line)];
            }
        }
        most
    }

    /// Whether anybody works in an enterprise.
    pub(super) fn any_workers(&self) -> bool {
        self.workers().values().iter().any(|workers| *workers > 0.0)
    }
}

impl Greatest {
    fn of(model: &Model) -> Self {
        let mut greatest = Greatest::default();
        let provinces = &model.world.provinces;
        for event in &model.catalogue.events {
            let mut lost = vec![0.0; provinces.len()];
            for strike in &model.catalogue.strikes[event.strikes.rows()] {
                let (world, society) = (&model.world, &model.society);
                let damage =
                    harm::base_damage(world, society, &model.vulnerability, event.kind, strike);
                let province = usize::from(world.counties.province[strike.county as usize]);
                lost[province] += damage.values().iter().sum::<f64>();
            }
            let assets = lost.iter().sum::<f64>();
            greatest.assets_yuan = greatest.assets_yuan.max(assets);
            for (loss, province) in lost.iter().zip(provinces) {
                let ratio = loss / province.gdp_yuan;
                greatest.loss_per_product = greatest.loss_per_product.max(ratio);
            }
        }
        greatest
    }
}
