//! The layers that a policy can switch on, with the levers that make them.

use crate::model::settlement::tariff::Cover;

/// One layer.
pub(super) struct Layer {
    /// Name (Chinese, English).
    pub(super) name: [&'static str; 2],
    /// What the tariff prices, if it does.
    pub(super) cover: Option<Cover>,
    /// Whether it pays natural losses only.
    pub(super) natural: bool,
    /// Levers of which one must be above zero for the layer to exist.
    pub(super) switches: &'static [&'static str],
    /// Other terms.
    pub(super) terms: &'static [&'static str],
    /// Terms that must be above zero for anything to be paid.
    pub(super) needs: &'static [&'static str],
    /// Terms that keep losses out.
    pub(super) thresholds: &'static [&'static str],
}

/// All layers, in the order of the ladder.
pub(super) const LAYERS: &[Layer] = &[
    Layer {
        name: ["安全生产责任保险", "work-safety liability insurance"],
        cover: Some(Cover::SafetyLiability),
        natural: false,
        switches: &[
            "sharing.safety_liability.take_up_compulsory",
            "sharing.safety_liability.take_up_others",
        ],
        terms: &[
            "sharing.safety_liability.limit_yuan_per_death",
            "sharing.safety_liability.prevention_fee_share",
        ],
        needs: &["sharing.safety_liability.limit_yuan_per_death"],
        thresholds: &[],
    },
    Layer {
        name: ["家庭财产保险", "household property insurance"],
        cover: Some(Cover::Household),
        natural: true,
        switches: &["sharing.property.coverage"],
        terms: &[
            "sharing.property.deductible_yuan",
            "sharing.property.subsidy",
            "sharing.property.promotion",
        ],
        needs: &[],
        thresholds: &["sharing.property.deductible_yuan"],
    },
    Layer {
        name: ["农业保险", "agricultural insurance"],
        cover: Some(Cover::Agricultural),
        natural: true,
        switches: &["sharing.agricultural.take_up"],
        terms: &[
            "sharing.agricultural.deductible_share",
            "sharing.agricultural.insured_value_share",
            "sharing.agricultural.subsidy",
        ],
        needs: &["sharing.agricultural.insured_value_share"],
        thresholds: &[],
    },
    Layer {
        name: ["企业财产保险", "enterprise property insurance"],
        cover: Some(Cover::EnterpriseProperty),
        natural: true,
        switches: &["sharing.enterprise_property.take_up"],
        terms: &[
            "sharing.enterprise_property.deductible_share",
            "sharing.enterprise_property.limit_share_of_value",
            "sharing.enterprise_property.attachment_yuan",
            "sharing.enterprise_property.limit_yuan",
            "sharing.enterprise_property.share",
        ],
        needs: &["sharing.enterprise_property.share"],
        thresholds: &["sharing.enterprise_property.attachment_yuan"],
    },
    Layer {
        name: ["公共设施保险", "insurance of public facilities"],
        cover: Some(Cover::Infrastructure),
        natural: true,
        switches: &["sharing.enterprise_property.infrastructure_insured_share"],
        terms: &[],
        needs: &[],
        thresholds: &[],
    },
    Layer {
        name: [
            "政府投保的居民巨灾保险",
            "resident cover bought by a government",
        ],
        cover: Some(Cover::PublicCover),
        natural: true,
        switches: &["sharing.public_cover.share_of_housing_loss"],
        terms: &["sharing.public_cover.event_trigger_yuan"],
        needs: &[],
        thresholds: &["sharing.public_cover.event_trigger_yuan"],
    },
    Layer {
        name: ["巨灾保险共同体", "the catastrophe pool"],
        cover: Some(Cover::Pool),
        natural: true,
        switches: &["sharing.pool.limit_yuan"],
        terms: &[
            "sharing.pool.attachment_yuan",
            "sharing.pool.annual_attachment_yuan",
            "sharing.pool.annual_limit_yuan",
            "sharing.pool.share",
            "sharing.pool.capital_yuan",
        ],
        needs: &["sharing.pool.share", "sharing.pool.annual_limit_yuan"],
        thresholds: &[
            "sharing.pool.attachment_yuan",
            "sharing.pool.annual_attachment_yuan",
        ],
    },
    Layer {
        name: ["再保险", "reinsurance"],
        cover: Some(Cover::Reinsurance),
        natural: true,
        switches: &["sharing.pool.reinsurance_limit_yuan"],
        terms: &["sharing.pool.reinsurance_attachment_yuan"],
        needs: &[],
        thresholds: &["sharing.pool.reinsurance_attachment_yuan"],
    },
    Layer {
        name: ["保险机构的成数再保险", "quota share of insurers"],
        cover: Some(Cover::QuotaShare),
        natural: false,
        switches: &["sharing.reinsurance.quota_share"],
        terms: &[],
        needs: &[],
        thresholds: &[],
    },
    Layer {
        name: ["保险机构的事故超赔再保险", "excess of loss of insurers"],
        cover: Some(Cover::Excess),
        natural: true,
        switches: &["sharing.reinsurance.excess_limit_yuan"],
        terms: &["sharing.reinsurance.excess_attachment_yuan"],
        needs: &[],
        thresholds: &["sharing.reinsurance.excess_attachment_yuan"],
    },
    Layer {
        name: ["保险机构的赔付率超赔再保险", "stop loss of insurers"],
        cover: Some(Cover::StopLoss),
        natural: true,
        switches: &["sharing.reinsurance.stop_loss_limit"],
        terms: &["sharing.reinsurance.stop_loss_attachment"],
        needs: &[],
        thresholds: &["sharing.reinsurance.stop_loss_attachment"],
    },
    Layer {
        name: ["巨灾指数保险", "parametric cover"],
        cover: Some(Cover::IndexCover),
        natural: true,
        switches: &["sharing.index_cover.share_of_public_need"],
        terms: &["sharing.index_cover.limit_yuan_per_head"],
        needs: &["sharing.index_cover.limit_yuan_per_head"],
        thresholds: &[],
    },
    Layer {
        name: ["政府救助", "government relief"],
        cover: None,
        natural: true,
        switches: &[
            "sharing.relief.share_ordinary",
            "sharing.relief.share_catastrophe",
        ],
        terms: &["sharing.relief.days_to_payment"],
        needs: &[],
        thresholds: &[],
    },
    Layer {
        name: ["对口支援", "counterpart assistance"],
        cover: None,
        natural: true,
        switches: &["sharing.counterpart.share"],
        terms: &["sharing.counterpart.trigger_loss_per_gdp"],
        needs: &[],
        thresholds: &[],
    },
];
