//! What the model itself makes of the policy: its tariff, its staff, and the greatest losses of the
//! catalogue of natural years that prices premiums.

use crate::model::Model;
use crate::model::hazards::harm;
use crate::model::mechanisms::responsibility::{Workload, workloads};
use crate::model::settlement::tariff::Tariff;
use crate::scenario::{CheckedPolicy, CheckedSociety};
use crate::vocabulary::{Owner, Table, Trade};

/// Citizen agents that are enough here: nothing that the lint asks depends on single citizens.
const AGENTS: u64 = 2000;

/// The model's figures.
pub(super) struct Engine {
    /// Premiums of the policy's layers at the society's initial state.
    pub(super) tariff: Tariff,
    /// Duties and staff under the policy.
    pub(super) workloads: Table<Owner, Workload>,
    /// The same under the baseline.
    pub(super) usual_workloads: Table<Owner, Workload>,
    /// The greatest losses of the catalogue.
    pub(super) greatest: Greatest,
    /// Years of the catalogue.
    pub(super) years: u32,
    /// Workers by trade (people).
    pub(super) workers: Table<Trade, f64>,
    /// What can be destroyed (yuan), by type of asset.
    pub(super) stock_yuan: Table<crate::vocabulary::Asset, f64>,
}

/// The greatest losses of natural events at the society's initial state.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Greatest {
    /// Assets lost in an event (yuan).
    pub(super) assets_yuan: f64,
    /// Assets that a province lost in an event, over its yearly product.
    pub(super) loss_per_product: f64,
}

impl Engine {
    pub(super) fn new(
        society: &CheckedSociety,
        baseline: &CheckedPolicy,
        policy: &CheckedPolicy,
    ) -> Self {
        let people: u64 = society
            .tables
            .provinces
            .iter()
            .map(|row| row.population)
            .sum();
        let people_per_agent = (people / AGENTS).clamp(1, u64::from(u32::MAX)) as u32;
        let model = Model::new(society.clone(), people_per_agent);
        let of = |policy: &CheckedPolicy| {
            workloads(
                &policy.policy.responsibility,
                &policy.matrix,
                &society.society,
                &society.tables.responsibility,
                policy.policy.criteria.grassroots_share,
            )
        };
        let counties = &model.world.counties.stock_yuan;
        Engine {
            tariff: model.baseline(baseline).regime(policy, true).tariff,
            workloads: of(policy),
            usual_workloads: of(baseline),
            greatest: Greatest::of(&model),
            years: society.society.sharing.tariff_years.max(1),
            workers: model.workers.clone(),
            stock_yuan: Table::from_fn(|asset| counties.iter().map(|stock| stock[asset]).sum()),
        }
    }

    /// Whether anybody works in an enterprise.
    pub(super) fn any_workers(&self) -> bool {
        self.workers.values().iter().any(|workers| *workers > 0.0)
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
