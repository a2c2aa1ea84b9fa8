//! What a figure is of: a measure, of a category or all, split by one further dimension or not.

use serde::{Serialize, Serializer};

use super::list::Measure;
use crate::model::record::Resource;
use crate::vocabulary::{
    Asset, Bearer, BudgetFunction, Category, Grade, Kind, Language, Layer, Level, Phase, Quintile,
    Trade, Vocabulary,
};

macro_rules! parts {
    ($($member:ident($type:ty) = $key:literal, $zh:literal, $en:literal;)+) => {
        /// A part of a measure along one dimension.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Part {
            /// Not split.
            All,
            $(#[doc = concat!($zh, " / ", $en)] $member($type),)+
        }
        impl Part {
            /// Name of the dimension in files; `all` if not split.
            pub fn dimension(self) -> &'static str {
                match self { Part::All => "all", $(Part::$member(_) => $key,)+ }
            }
            /// Key of the part; `all` if not split.
            pub fn key(self) -> &'static str {
                match self { Part::All => "all", $(Part::$member(part) => part.key(),)+ }
            }
            /// Word for the part.
            pub fn word(self, language: Language) -> &'static str {
                match self {
                    Part::All => language.pick("合计", "all"),
                    $(Part::$member(part) => part.word(language),)+
                }
            }
        }
    };
}

parts! {
    Kind(Kind) = "kind", "灾种", "kind";
    Trade(Trade) = "trade", "行业", "trade";
    Bearer(Bearer) = "bearer", "承担者", "bearer";
    Layer(Layer) = "layer", "赔付层", "layer";
    Function(BudgetFunction) = "function", "用途", "function";
    Asset(Asset) = "asset", "资产", "asset";
    Quintile(Quintile) = "fifth", "收入组", "income fifth";
    Level(Level) = "level", "政府层级", "level of government";
    Grade(Grade) = "grade", "事故等级", "grade";
    Resource(Resource) = "resource", "资源", "resource";
    Phase(Phase) = "phase", "阶段", "phase";
}

/// Which figure: the identity of a column of numbers, one number a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Measure.
    pub measure: Measure,
    /// Category of events; `None` = all.
    pub category: Option<Category>,
    /// Part along one further dimension.
    pub part: Part,
}

impl Subject {
    /// A measure as a whole.
    pub fn whole(measure: Measure) -> Self {
        Subject {
            measure,
            category: None,
            part: Part::All,
        }
    }

    /// A measure of one category.
    pub fn of_category(measure: Measure, category: Category) -> Self {
        Subject {
            measure,
            category: Some(category),
            part: Part::All,
        }
    }

    /// A measure of one part over all categories.
    pub fn of_part(measure: Measure, part: Part) -> Self {
        Subject {
            measure,
            category: None,
            part,
        }
    }

    /// Key of the category; `all` if every one.
    pub fn category_key(self) -> &'static str {
        self.category.map_or("all", Vocabulary::key)
    }

    /// Name with its parts in a language, e.g. `deaths · accidents · coal mine`.
    pub fn name(self, language: Language) -> String {
        let mut name = self.measure.word(language).to_owned();
        if let Some(category) = self.category {
            name.push_str(" · ");
            name.push_str(category.word(language));
        }
        if self.part != Part::All {
            name.push_str(" · ");
            name.push_str(self.part.word(language));
        }
        name
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Subject", 5)?;
        fields.serialize_field("measure", self.measure.key())?;
        fields.serialize_field("category", self.category_key())?;
        fields.serialize_field("by", self.part.dimension())?;
        fields.serialize_field("part", self.part.key())?;
        fields.serialize_field("unit", self.measure.unit().key())?;
        fields.end()
    }
}
