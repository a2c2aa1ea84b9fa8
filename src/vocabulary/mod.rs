//! The words of the model, each declared once: key (used in files), Chinese and English.
//!
//! Every list of the program (hazards, owners, mechanisms, bearers …) is one of these enumerations;
//! the command line, the TOML names, the charts and the tables take their words from here.

mod kinds;
mod table;

use std::fmt;

pub use kinds::{Category, Kind, NaturalKind, Trade};
pub use table::Table;

/// A language of the user: everything a person reads exists in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, the default.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The two-letter code used by `--lang` and in file names.
    pub fn code(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// Chooses between a Chinese and an English text.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Language::English => en,
            Language::Chinese => zh,
        }
    }
}

/// A closed list of named things, in a fixed order.
pub trait Vocabulary: Copy + Eq + fmt::Debug + 'static {
    /// All members, in the order of their numbers.
    const ALL: &'static [Self];
    /// Position in [`Vocabulary::ALL`].
    fn number(self) -> usize;
    /// The name used in files.
    fn key(self) -> &'static str;
    /// The Chinese word.
    fn zh(self) -> &'static str;
    /// The English word.
    fn en(self) -> &'static str;
    /// The word in a language.
    fn word(self, language: Language) -> &'static str {
        language.pick(self.zh(), self.en())
    }
    /// The member with this key.
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|member| member.key() == key)
    }
    /// One value for each member, side by side.
    type Each<T>: AsRef<[T]> + AsMut<[T]> + TryFrom<Vec<T>>;
    /// One value for each member, from a function of it.
    fn each<T>(value: impl FnMut(Self) -> T) -> Self::Each<T>;
}

// In text a member is its key, in binary its number.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $key:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = concat!($zh, " / ", $en)] $(#[$doc])* $member,)+ }
        impl Vocabulary for $name {
            const ALL: &'static [Self] = &[$($name::$member,)+];
            fn number(self) -> usize { self as usize }
            fn key(self) -> &'static str { match self { $($name::$member => $key,)+ } }
            fn zh(self) -> &'static str { match self { $($name::$member => $zh,)+ } }
            fn en(self) -> &'static str { match self { $($name::$member => $en,)+ } }
            type Each<T> = [T; [$($key),+].len()];
            fn each<T>(mut value: impl FnMut(Self) -> T) -> Self::Each<T> {
                std::array::from_fn(|number| value(Self::ALL[number]))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.serialize_str($crate::vocabulary::Vocabulary::key(*self))
                } else {
                    serializer.serialize_u8(*self as u8)
                }
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    let number = <u8 as serde::Deserialize>::deserialize(deserializer)?;
                    let all = <$name as $crate::vocabulary::Vocabulary>::ALL;
                    return all.get(usize::from(number)).copied().ok_or_else(|| {
                        serde::de::Error::custom(format!("unknown number {number}"))
                    });
                }
                let key = <String as serde::Deserialize>::deserialize(deserializer)?;
                $crate::vocabulary::Vocabulary::from_key(&key)
                    .ok_or_else(|| serde::de::Error::custom(format!("unknown name `{key}`")))
            }
        }
    };
}

pub(crate) use vocabulary;

vocabulary! {
    /// Size classes of enterprises.
    SizeClass {
        Large = "large", "大型", "large";
        Medium = "medium", "中型", "medium";
        Small = "small", "小型", "small";
        Micro = "micro", "微型", "micro";
    }
}

vocabulary! {
    /// The four phases of a risk's life (words of the Emergency Response Law).
    Phase {
        Prevent = "prevent", "预防与应急准备", "prevent";
        Warn = "warn", "监测与预警", "warn";
        Respond = "respond", "应急处置与救援", "respond";
        Recover = "recover", "事后恢复与重建", "recover";
    }
}

vocabulary! {
    /// Levels of government.
    Level {
        Centre = "centre", "中央", "centre";
        Province = "province", "省级", "province";
        City = "city", "市级", "city";
        County = "county", "县级", "county";
        Grassroots = "grassroots", "基层", "grassroots";
    }
}

vocabulary! {
    /// Roles of a government in the three musts 三管三必须.
    Role {
        Leadership = "leadership", "领导责任(党委政府)", "leadership";
        Sector = "sector", "行业监管责任(行业主管部门)", "sector department";
        General = "general", "综合监管责任(应急管理部门)", "general supervision";
    }
}

vocabulary! {
    /// Owners of a risk: a level and a role of government, or one of three others.
    Owner {
        CentreLeadership = "centre.leadership", "中央·领导责任", "centre, leadership";
        CentreSector = "centre.sector", "中央·行业监管", "centre, sector department";
        CentreGeneral = "centre.general", "中央·综合监管", "centre, general supervision";
        ProvinceLeadership = "province.leadership", "省级·领导责任", "province, leadership";
        ProvinceSector = "province.sector", "省级·行业监管", "province, sector department";
        ProvinceGeneral = "province.general", "省级·综合监管", "province, general supervision";
        CityLeadership = "city.leadership", "市级·领导责任", "city, leadership";
        CitySector = "city.sector", "市级·行业监管", "city, sector department";
        CityGeneral = "city.general", "市级·综合监管", "city, general supervision";
        CountyLeadership = "county.leadership", "县级·领导责任", "county, leadership";
        CountySector = "county.sector", "县级·行业监管", "county, sector department";
        CountyGeneral = "county.general", "县级·综合监管", "county, general supervision";
        GrassrootsLeadership = "grassroots.leadership", "基层·领导责任", "grassroots, leadership";
        GrassrootsSector = "grassroots.sector", "基层·行业监管", "grassroots, sector department";
        GrassrootsGeneral = "grassroots.general", "基层·综合监管", "grassroots, general supervision";
        Enterprise = "enterprise", "主体责任(生产经营单位)", "enterprise (principal responsibility)";
        Citizen = "citizen", "自我防护责任(公民)", "citizen (self-protection)";
        Social = "social", "社会力量与保险机构", "social forces and insurers";
    }
}

impl Owner {
    /// The owner that a level and a role make.
    pub fn of(level: Level, role: Role) -> Self {
        Owner::ALL[level.number() * 3 + role.number()]
    }

    /// Level of government, if the owner is one.
    pub fn level(self) -> Option<Level> {
        Level::ALL.get(self.number() / 3).copied()
    }

    /// Role of government, if the owner is one.
    pub fn role(self) -> Option<Role> {
        self.level().map(|_| Role::ALL[self.number() % 3])
    }
}

vocabulary! {
    /// The six mechanisms of the network.
    Mechanism {
        Criteria = "criteria", "风险准则", "risk criteria";
        Avoidance = "avoidance", "风险规避", "risk avoidance";
        Intervention = "intervention", "风险干预", "risk intervention";
        Remedy = "remedy", "风险根治", "root-cause remedy";
        Responsibility = "responsibility", "风险责任", "responsibility matching";
        Sharing = "sharing", "风险共担", "risk sharing";
    }
}

vocabulary! {
    /// The nine functions over which public safety money is split.
    BudgetFunction {
        Works = "works", "防护工程", "protective works";
        Inspect = "inspect", "监督检查", "inspection";
        MonitorWarn = "monitor_warn", "监测预警", "monitoring and warning";
        Respond = "respond", "应急救援力量", "response forces";
        Train = "train", "培训演练", "training and drills";
        Remedy = "remedy", "治本改造补助", "retrofit subsidy";
        Report = "report", "举报奖励与保护", "rewards and protection of reporters";
        Relief = "relief", "救助与公共重建", "relief and public rebuilding";
        Subsidy = "subsidy", "保费补贴", "premium subsidy";
    }
}

vocabulary! {
    /// Official grades of accidents (State Council Order 493).
    Grade {
        Ordinary = "ordinary", "一般", "ordinary";
        Larger = "larger", "较大", "larger";
        Major = "major", "重大", "major";
        ParticularlyMajor = "particularly_major", "特别重大", "particularly major";
    }
}

impl Grade {
    /// Grade by the number of deaths: 1–2, 3–9, 10–29, 30 and more.
    pub fn of_deaths(deaths: u32) -> Self {
        match deaths {
            0..=2 => Grade::Ordinary,
            3..=9 => Grade::Larger,
            10..=29 => Grade::Major,
            _ => Grade::ParticularlyMajor,
        }
    }

    /// The least number of deaths of the grade.
    pub fn threshold(self) -> u32 {
        [1, 3, 10, 30][self.number()]
    }
}

vocabulary! {
    /// Types of asset that can be destroyed.
    Asset {
        Housing = "housing", "住房", "housing";
        HouseholdGoods = "household_goods", "家庭财产", "household goods";
        CropsLivestock = "crops_livestock", "农作物与畜禽", "crops and livestock";
        Enterprise = "enterprise", "企业", "enterprises";
        Infrastructure = "infrastructure", "基础设施和公共设施", "infrastructure and public facilities";
    }
}

vocabulary! {
    /// Who finally bears a loss.
    Bearer {
        Residents = "residents", "居民(自担)", "residents";
        Enterprises = "enterprises", "企业", "enterprises";
        Centre = "centre", "中央财政", "central government";
        Province = "province", "省级财政", "provincial governments";
        City = "city", "市级财政", "city governments";
        County = "county", "县级财政", "county governments";
        SocialInsurance = "social_insurance", "社会保险(工伤、医疗)", "social insurance";
        Insurers = "insurers", "商业保险机构", "insurers";
        Pool = "pool", "巨灾保险共同体", "catastrophe pool";
        Reinsurers = "reinsurers", "再保险人", "reinsurers";
        Charity = "charity", "社会捐赠", "charity";
    }
}

vocabulary! {
    /// Steps of the settlement ladder, in the order in which they pay.
    Layer {
        WorkInjury = "work_injury", "工伤保险", "work-injury insurance";
        Medical = "medical", "基本医疗保险", "basic medical insurance";
        SafetyLiability = "safety_liability", "安全生产责任保险", "work-safety liability insurance";
        Injurer = "injurer", "责任方资产", "assets of the injurer";
        Property = "property", "家庭财产保险", "household property insurance";
        Agricultural = "agricultural", "农业保险", "agricultural insurance";
        EnterpriseProperty = "enterprise_property", "企业财产保险", "enterprise property insurance";
        PublicCover = "public_cover", "政府投保的居民巨灾保险", "resident cover bought by a government";
        Pool = "pool", "巨灾保险共同体", "catastrophe pool";
        Reinsurance = "reinsurance", "再保险", "reinsurance";
        IndexCover = "index_cover", "巨灾指数保险", "parametric cover";
        Relief = "relief", "政府救助", "government relief";
        Counterpart = "counterpart", "对口支援", "counterpart assistance";
        Charity = "charity", "社会捐赠", "charity";
        Retained = "retained", "自担", "retained by the owner";
    }
}

vocabulary! {
    /// Who or what caused a loss.
    Cause {
        Nature = "nature", "自然", "nature";
        Enterprise = "enterprise", "生产经营单位", "enterprise";
        Person = "person", "个人或群体", "person or crowd";
        Infection = "infection", "病原或食品", "infection or food";
    }
}

vocabulary! {
    /// Quintiles of income per head, poorest first.
    Quintile {
        Poorest = "q1", "最低收入五分之一", "poorest fifth";
        Second = "q2", "次低收入五分之一", "second fifth";
        Middle = "q3", "中间收入五分之一", "middle fifth";
        Fourth = "q4", "次高收入五分之一", "fourth fifth";
        Richest = "q5", "最高收入五分之一", "richest fifth";
    }
}

vocabulary! {
    /// Age groups of people.
    AgeGroup {
        Child = "child", "0–14岁", "0–14 years";
        Adult = "adult", "15–64岁", "15–64 years";
        Aged = "aged", "65岁及以上", "65 years and over";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<K: Vocabulary>() {
        for (number, member) in K::ALL.iter().enumerate() {
            assert_eq!(member.number(), number);
            assert_eq!(K::from_key(member.key()), Some(*member));
            assert!(!member.zh().is_empty() && !member.en().is_empty());
            assert_eq!(
                K::ALL
                    .iter()
                    .filter(|other| other.zh() == member.zh())
                    .count(),
                1
            );
        }
    }

    #[test]
    fn every_word_is_unique_and_bilingual() {
        check::<Category>();
        check::<Kind>();
        check::<NaturalKind>();
        check::<Trade>();
        check::<Owner>();
        check::<Mechanism>();
        check::<BudgetFunction>();
        check::<Bearer>();
        check::<Layer>();
        check::<Asset>();
        check::<Phase>();
        check::<Level>();
    }
}
