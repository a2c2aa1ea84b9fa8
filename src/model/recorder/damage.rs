//! Assets destroyed, by owner.

use super::Recorder;
use crate::model::record::{Fen, Resource};
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::money::{from_yuan, to_yuan};
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::vocabulary::{Asset, Category, Table};

impl Recorder {
    /// Asset damage of a natural event, and what was lost where it struck.
    pub fn damage_natural(
        &mut self,
        strikes: &[StrikeLoss],
        outcomes: &[StrikeOutcome],
        terms: &Arrangement,
    ) {
        let mut sums: Table<Asset, Fen> = Table::default();
        for (strike, outcome) in strikes.iter().zip(outcomes) {
            let direct = strike.assets() + strike.bodily_loss(terms);
            let unpaid = outcome.unpaid_by_fifth.iter().sum();
            self.lost(strike.province, Category::Natural, direct, unpaid);
            sums[Asset::Housing] += strike.housing.iter().sum::<Fen>();
            sums[Asset::HouseholdGoods] += strike.goods.iter().sum::<Fen>();
            sums[Asset::CropsLivestock] += strike.crops.iter().sum::<Fen>();
            sums[Asset::Enterprise] += strike.enterprise;
            sums[Asset::Infrastructure] += strike.infrastructure;
        }
        self.destroyed(Category::Natural, &sums);
    }

    /// Asset damage of an accident (yuan): the enterprise's own and third parties'.
    pub fn damage_accident(&mut self, own: f64, third_party: f64) {
        let mut sums: Table<Asset, Fen> = Table::default();
        sums[Asset::Enterprise] = from_yuan(own);
        sums[Asset::HouseholdGoods] = from_yuan(third_party);
        self.destroyed(Category::Accident, &sums);
    }

    /// Asset damage of a dispute (yuan), by the owners that the settlement assumes.
    pub fn damage_dispute(&mut self, residents: Fen, enterprises: Fen, public: Fen) {
        let mut sums: Table<Asset, Fen> = Table::default();
        sums[Asset::HouseholdGoods] = residents;
        sums[Asset::Enterprise] = enterprises;
        sums[Asset::Infrastructure] = public;
        self.destroyed(Category::Social, &sums);
    }

    fn destroyed(&mut self, category: Category, sums: &Table<Asset, Fen>) {
        let mut total = 0;
        for (asset, fen) in sums.iter() {
            self.year.damage_fen[category][asset] += fen;
            total += fen;
        }
        self.resource(Resource::Damage, to_yuan(total));
    }
}
