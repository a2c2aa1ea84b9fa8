//! The premium of each cover: what it is, and who pays it.

use crate::model::settlement::arrangement::{Arrangement, GOVERNMENTS, Levels};
use crate::model::settlement::ledger::BEARERS;
use crate::model::settlement::money::{Fen, from_yuan, share};
use crate::vocabulary::{Bearer, Vocabulary, vocabulary};

vocabulary! {
    /// What is priced on its own.
    Cover {
        WorkInjury = "work_injury", "工伤保险", "work-injury insurance";
        Medical = "medical", "基本医疗保险", "basic medical insurance";
        SafetyLiability = "safety_liability", "安全生产责任保险", "work-safety liability insurance";
        Household = "household", "家庭财产保险", "household property insurance";
        Motor = "motor", "车辆保险(家庭财产)", "motor insurance (household goods)";
        Agricultural = "agricultural", "农业保险", "agricultural insurance";
        EnterpriseProperty = "enterprise_property", "企业财产保险", "enterprise property insurance";
        Infrastructure = "infrastructure", "公共设施保险", "insurance of public facilities";
        PublicCover = "public_cover", "政府投保的居民巨灾保险", "resident cover bought by a government";
        IndexCover = "index_cover", "巨灾指数保险", "parametric cover";
        Pool = "pool", "巨灾保险共同体", "catastrophe pool";
        Reinsurance = "reinsurance", "再保险", "reinsurance";
        QuotaShare = "quota_share", "保险机构的成数再保险", "quota share of insurers";
        Excess = "excess", "保险机构的事故超赔再保险", "excess of loss of insurers";
        StopLoss = "stop_loss", "保险机构的赔付率超赔再保险", "stop loss of insurers";
    }
}

pub(super) const COVERS: usize = Cover::ALL.len();

/// Reinsurance that insurers buy.
pub(super) const OF_INSURERS: [Cover; 3] = [Cover::QuotaShare, Cover::Excess, Cover::StopLoss];

/// The yearly premium of one cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Premium {
    /// Cover.
    pub cover: Cover,
    /// Expected payment (yuan a year).
    pub expected_yuan: f64,
    /// Premium by payer (fen a year).
    pub payers: [Fen; BEARERS],
    /// Who receives it.
    pub receiver: Bearer,
    /// Share of the premium that is loading (a resource).
    pub loading_share: f64,
    /// Share of the premium that is spent on prevention in enterprises (a resource).
    pub prevention_share: f64,
}

impl Premium {
    /// Premium of all payers (fen a year).
    pub fn total(&self) -> Fen {
        self.payers.iter().sum()
    }

    /// Governments' part (fen a year).
    pub fn public(&self) -> Fen {
        crate::model::settlement::ledger::public(&self.payers)
    }
}

/// premium = (1 + loading) × expected payment; the pool's contribution also carries its reinsurance.
pub(super) fn premium(terms: &Arrangement, cover: Cover, expected: &[f64; COVERS]) -> Premium {
    let pricing = &terms.pricing;
    let loading = match cover {
        Cover::WorkInjury | Cover::Medical => pricing.statutory_loading,
        Cover::Reinsurance | Cover::Excess | Cover::StopLoss => pricing.reinsurance_loading,
        // On original terms: the loading is in the premiums of which it is a share.
        Cover::QuotaShare => 0.0,
        _ => pricing.insurer_loading,
    };
    let expected_yuan = expected[cover.number()];
    let mut yuan = (1.0 + loading) * expected_yuan;
    if cover == Cover::Pool {
        yuan += (1.0 + pricing.reinsurance_loading) * expected[Cover::Reinsurance.number()];
    }
    let prevention_share = if cover == Cover::SafetyLiability {
        terms.liability.prevention_fee
    } else {
        0.0
    };
    let loading_share = if yuan > 0.0 {
        loading * expected_yuan / yuan
    } else {
        0.0
    };
    Premium {
        cover,
        expected_yuan,
        payers: payers(terms, cover, from_yuan(yuan)),
        receiver: match cover {
            Cover::WorkInjury | Cover::Medical => Bearer::SocialInsurance,
            Cover::Pool => Bearer::Pool,
            Cover::Reinsurance | Cover::QuotaShare | Cover::Excess | Cover::StopLoss => {
                Bearer::Reinsurers
            }
            _ => Bearer::Insurers,
        },
        // The fee is paid out of the loading as far as that goes: never counted twice.
        loading_share: (loading_share - prevention_share).max(0.0),
        prevention_share,
    }
}

/// Who pays a premium (fen); see the head of this file.
pub(super) fn payers(terms: &Arrangement, cover: Cover, fen: Fen) -> [Fen; BEARERS] {
    let pricing = &terms.pricing;
    let mut payers = [0; BEARERS];
    let mut governments = |levels: Levels, part: Fen| {
        for (government, part) in GOVERNMENTS.into_iter().zip(levels.split(part, false)) {
            payers[government.number()] = part;
        }
        fen - part
    };
    let (payer, rest, other) = match cover {
        Cover::WorkInjury | Cover::SafetyLiability | Cover::EnterpriseProperty => {
            (Bearer::Enterprises, fen, 0)
        }
        Cover::Medical | Cover::Pool => (Bearer::Enterprises, fen / 2, fen - fen / 2),
        Cover::Household => {
            let subsidy = share(fen, pricing.household_subsidy);
            (Bearer::Residents, governments(pricing.levels, subsidy), 0)
        }
        Cover::Agricultural => {
            let subsidy = share(fen, pricing.agricultural_subsidy);
            (Bearer::Residents, governments(pricing.levels, subsidy), 0)
        }
        Cover::Motor => (Bearer::Residents, fen, 0),
        Cover::PublicCover | Cover::IndexCover => {
            (Bearer::Residents, governments(pricing.levels, fen), 0)
        }
        Cover::Infrastructure => (Bearer::Residents, governments(terms.public_owner, fen), 0),
        Cover::Reinsurance => (Bearer::Pool, fen, 0),
        Cover::QuotaShare | Cover::Excess | Cover::StopLoss => (Bearer::Insurers, fen, 0),
    };
    payers[payer.number()] += rest;
    payers[Bearer::Residents.number()] += other;
    payers
}
