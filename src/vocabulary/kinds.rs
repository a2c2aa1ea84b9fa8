//! Kinds of danger and their categories.

use super::{Vocabulary, vocabulary};

vocabulary! {
    /// The four statutory categories of emergencies.
    Category {
        Natural = "natural", "自然灾害", "natural disasters";
        Accident = "accident", "事故灾难", "accidents";
        Health = "health", "公共卫生事件", "public-health events";
        Social = "social", "社会安全事件", "social incidents";
    }
}

vocabulary! {
    /// Kinds of natural hazard.
    NaturalKind {
        Flood = "flood", "洪涝", "flood";
        Typhoon = "typhoon", "台风", "typhoon";
        Earthquake = "earthquake", "地震", "earthquake";
        Drought = "drought", "干旱", "drought";
        Geological = "geological", "地质灾害", "geological hazard";
        Cold = "cold", "低温冷冻和雪灾", "cold and snow";
        HailWind = "hail_wind", "风雹", "hail and wind";
        Wildfire = "wildfire", "森林草原火灾", "wildfire";
    }
}

vocabulary! {
    /// Trades: the kinds of accident, each of the enterprises of one trade.
    Trade {
        CoalMine = "coal_mine", "煤矿", "coal mine";
        OtherMine = "other_mine", "非煤矿山", "other mine";
        Construction = "construction", "建筑施工", "construction";
        Chemicals = "chemicals", "危险化学品", "chemicals";
        Manufacturing = "manufacturing", "工贸", "manufacturing";
        RoadTransport = "road_transport", "道路运输", "road transport";
        WaterTransport = "water_transport", "水上(含渔船)", "water transport";
        Fire = "fire", "火灾", "fire";
        TownGas = "town_gas", "城镇燃气", "town gas";
    }
}

vocabulary! {
    /// All kinds of danger, by category.
    Kind {
        Flood = "flood", "洪涝", "flood";
        Typhoon = "typhoon", "台风", "typhoon";
        Earthquake = "earthquake", "地震", "earthquake";
        Drought = "drought", "干旱", "drought";
        Geological = "geological", "地质灾害", "geological hazard";
        Cold = "cold", "低温冷冻和雪灾", "cold and snow";
        HailWind = "hail_wind", "风雹", "hail and wind";
        Wildfire = "wildfire", "森林草原火灾", "wildfire";
        CoalMine = "coal_mine", "煤矿", "coal mine";
        OtherMine = "other_mine", "非煤矿山", "other mine";
        Construction = "construction", "建筑施工", "construction";
        Chemicals = "chemicals", "危险化学品", "chemicals";
        Manufacturing = "manufacturing", "工贸", "manufacturing";
        RoadTransport = "road_transport", "道路运输", "road transport";
        WaterTransport = "water_transport", "水上(含渔船)", "water transport";
        Fire = "fire", "火灾", "fire";
        TownGas = "town_gas", "城镇燃气", "town gas";
        RespiratoryOutbreak = "respiratory_outbreak", "呼吸道传染病暴发", "respiratory outbreak";
        FoodborneOutbreak = "foodborne_outbreak", "食源性疾病暴发", "foodborne outbreak";
        CrowdCrush = "crowd_crush", "拥挤踩踏", "crowd crush";
        ExtremeViolence = "extreme_violence", "个人极端暴力案件", "extreme individual violence";
        EscalatedDispute = "escalated_dispute", "矛盾纠纷激化", "escalated dispute";
    }
}

impl Kind {
    /// The category this kind belongs to.
    pub fn category(self) -> Category {
        match self.number() {
            0..=7 => Category::Natural,
            8..=16 => Category::Accident,
            17..=18 => Category::Health,
            _ => Category::Social,
        }
    }

    /// The trade whose accident this is, if it is one.
    pub fn trade(self) -> Option<Trade> {
        self.number()
            .checked_sub(8)
            .and_then(|n| Trade::ALL.get(n).copied())
    }

    /// The natural hazard this is, if it is one.
    pub fn natural(self) -> Option<NaturalKind> {
        NaturalKind::ALL.get(self.number()).copied()
    }
}

impl From<NaturalKind> for Kind {
    fn from(kind: NaturalKind) -> Self {
        Kind::ALL[kind.number()]
    }
}

impl From<Trade> for Kind {
    fn from(trade: Trade) -> Self {
        Kind::ALL[8 + trade.number()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{Level, Owner, Role};

    #[test]
    fn kinds_know_their_category_and_trade() {
        assert_eq!(Kind::Wildfire.category(), Category::Natural);
        assert_eq!(Kind::CoalMine.trade(), Some(Trade::CoalMine));
        assert_eq!(Kind::TownGas.category(), Category::Accident);
        assert_eq!(Kind::FoodborneOutbreak.category(), Category::Health);
        assert_eq!(Kind::EscalatedDispute.category(), Category::Social);
        assert_eq!(Kind::Flood.trade(), None);
        assert_eq!(Kind::CrowdCrush.trade(), None);
        assert_eq!(
            Owner::of(Level::County, Role::Sector).key(),
            "county.sector"
        );
    }
}
