//! A policy as meant: what is decided, one table for each of the six mechanisms, and the budget.
//!
//! Field names are the keys of the policy file; unit, range, neutral value, source and evidence
//! grade of each stand in the declaration table (`scenarios/parameters.csv`).
#![expect(
    missing_docs,
    reason = "each field is declared once, with both names, unit and source, in scenarios/parameters.csv"
)]

use serde::{Deserialize, Serialize};

use crate::vocabulary::{BudgetFunction, Category, Mechanism, Owner, Phase, Table};

/// Everything that a policy file (after `extends`) says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub name_zh: String,
    pub name_en: String,
    pub description_zh: String,
    pub description_en: String,
    pub criteria: Criteria,
    pub avoidance: Avoidance,
    pub intervention: Intervention,
    pub remedy: Remedy,
    pub responsibility: Responsibility,
    pub sharing: Sharing,
    pub budget: Budget,
}

impl Policy {
    /// Whether a mechanism's table is in force.
    pub fn enabled(&self, mechanism: Mechanism) -> bool {
        match mechanism {
            Mechanism::Criteria => self.criteria.enabled,
            Mechanism::Avoidance => self.avoidance.enabled,
            Mechanism::Intervention => self.intervention.enabled,
            Mechanism::Remedy => self.remedy.enabled,
            Mechanism::Responsibility => self.responsibility.enabled,
            Mechanism::Sharing => self.sharing.enabled,
        }
    }
}

/// Risk criteria 风险准则: the hard rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    pub enabled: bool,
    /// Decision weight on life-saving functions of the budget; 1 = as planned.
    pub weight_on_life: f64,
    /// Tolerable yearly risk of death of a worker; above it an establishment is suspended.
    pub individual_risk_limit_per_year: f64,
    /// Line F(N) ≤ line/N of one installation (1/year); above it an establishment is suspended.
    pub installation_line_per_year: f64,
    /// Open hazards per 100 workers above which an inspected establishment is suspended.
    pub suspension_backlog_per_100_workers: f64,
    pub suspension_weeks: f64,
    /// Share of suspensions due that is waived for the sake of output.
    pub weight_on_development: f64,
    /// Share of safety staff and money at county and grassroots.
    pub grassroots_share: f64,
}

/// Risk avoidance 风险规避: admission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Avoidance {
    pub enabled: bool,
    /// Correlation of the rating with the true rate.
    pub rating_accuracy: f64,
    /// 0 = visits by plan, 1 = visits by rating.
    pub risk_based_inspection: f64,
    /// Share of applications refused, the worst rated first.
    pub refusal_share: f64,
    /// Share of the required distance between plants and homes that is enforced.
    pub siting_distance: f64,
    /// People whom one event may be able to kill at most; more people or matter must be kept apart.
    pub consequence_ceiling_deaths: u32,
    pub crowd_limit: f64,
    /// Share of major decisions that pass a social-stability assessment 稳评.
    pub stability_assessment: f64,
    /// Share of natural-hazard protection that is directed to the vulnerable.
    pub vulnerable_protection: f64,
    pub food_supervision: f64,
}

/// Risk intervention 风险干预: thresholds before the critical point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    pub enabled: bool,
    /// Added to every hazard's alarm criterion, in standard deviations; negative = warn earlier.
    pub alarm_shift: f64,
    /// Added to the alarm criterion of monitors at work, in standard deviations; negative = stop work earlier.
    pub accident_alarm_shift: f64,
    /// Cost of a false alarm over that of a miss, by which monitors at work set their criterion; 0 = as customary.
    pub alarm_cost_ratio: f64,
    /// Share of villages with a named person who calls each household 叫应.
    pub village_call_share: f64,
    /// Share of the sources that show early signs 苗头 which are removed at once, beyond present practice.
    pub source_removal: f64,
    /// Share of people with a place in a shelter near by, beyond present practice.
    pub shelter_places: f64,
    /// Rescue gear and supplies in stock beyond the customary, as a multiple of these.
    pub stocks: f64,
    /// How much of an event's lesson reaches like enterprises; 1 = as observed.
    pub after_action_depth: f64,
    /// Inspection effort after an event of at least ten deaths, as a multiple.
    pub campaign_multiplier: f64,
    pub campaign_weeks: f64,
    pub containment_multiplier: f64,
}

/// Root-cause remedy 风险根治: institution, management, technology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    pub enabled: bool,
    pub rectification_share: f64,
    pub self_check_multiplier: f64,
    pub quality_target: f64,
    pub regulation_lag_years: f64,
    /// Plant older than this is retired (in the trades to which a rule applies).
    pub retirement_age_years: f64,
    /// Share of old plant that moves from richer to poorer provinces in a year.
    pub relocation_share_per_year: f64,
    /// Share of the price of new plant that retrofit money pays.
    pub retrofit_subsidy_share: f64,
    /// Share of the establishments in high-risk fields whose hazards are supervised online, beyond
    /// present practice.
    pub digital_supervision: f64,
}

/// Responsibility matching 风险责任.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibility {
    pub enabled: bool,
    /// CSV file of the matrix (category, phase, owner, share, lead); empty = the society's customary one.
    pub matrix: String,
    /// Share of staff that is moved to where the duties are.
    pub staff_follow_duties: f64,
    /// Bought coordination: the resulting share of joint duties that are coordinated.
    pub coordination: f64,
    pub linkage: f64,
    /// Linkage of each kind above (or below) the general one.
    pub linkage_above: LinkageAbove,
    pub volunteers_mobilised: f64,
    /// Inspection tours 巡查考核 of owners, beyond present practice.
    pub assessment_tours: f64,
    /// Talks 约谈 with heads of enterprises, beyond present practice.
    pub talks: f64,
    /// Listing 挂牌督办 of found hazards, beyond present practice.
    pub listing: f64,
    pub liability_rule: LiabilityRule,
    pub liability_share: f64,
    pub sanction_multiplier: f64,
    pub exposure_multiplier: f64,
    pub concealment_aggravation: f64,
    pub safe_harbour: f64,
    pub official_sanction_threshold_deaths: u32,
}

/// Linkage by kind, above the general one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkageAbove {
    pub levels: f64,
    pub regions: f64,
    pub sectors: f64,
    pub military: f64,
}

/// When an injurer owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiabilityRule {
    /// Never.
    None,
    /// When care was below the standard.
    Negligence,
    /// Always.
    Strict,
}

/// Risk sharing 风险共担: rescue and loss.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a lever with a name of its own in the policy file"
)]
pub struct Sharing {
    pub enabled: bool,
    pub work_injury: bool,
    pub medical: bool,
    pub safety_liability: SafetyLiability,
    pub experience_rating: f64,
    pub responders: Responders,
    pub property: Property,
    pub agricultural: Agricultural,
    pub enterprise_property: EnterpriseProperty,
    pub public_cover: PublicCover,
    pub pool: Pool,
    pub reinsurance: Reinsurance,
    /// Third parties' own property cover is asked after an accident.
    pub own_cover_after_accidents: bool,
    /// It pays first then, and takes over the victim's claim on the injurer.
    pub recourse: bool,
    pub index_cover: IndexCover,
    pub relief: Relief,
    pub counterpart: Counterpart,
    pub charity: Charity,
}

/// Reinsurance of commercial insurers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reinsurance {
    /// Share of every claim that insurers pay, and of their premiums.
    pub quota_share: f64,
    /// On what insurers retain of an event after the quota share.
    pub excess_attachment_yuan: f64,
    /// 0 = none.
    pub excess_limit_yuan: f64,
    /// Ratio to the retained premium income of a year.
    pub stop_loss_attachment: f64,
    /// Ratio to the retained premium income of a year; 0 = none.
    pub stop_loss_limit: f64,
}

/// First responders beyond those whom training money reaches among all people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responders {
    /// Share of the workers of high-risk fields trained besides.
    pub high_risk: f64,
    /// Share of the front-line staff of services trained besides.
    pub front_line: f64,
    /// Share of the workers of key units trained besides.
    pub key_units: f64,
    /// Share of rescuers with full protective equipment beyond the customary.
    pub protection: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyLiability {
    pub take_up_compulsory: f64,
    pub take_up_others: f64,
    pub limit_yuan_per_death: f64,
    pub prevention_fee_share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// 0 = no household cover is sold.
    pub coverage: f64,
    pub deductible_yuan: f64,
    /// Share of the premium paid by the public.
    pub subsidy: f64,
    /// Shift of take-up in logits against the society's present take-up.
    pub promotion: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agricultural {
    pub take_up: f64,
    pub deductible_share: f64,
    pub insured_value_share: f64,
    pub subsidy: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterpriseProperty {
    pub take_up: f64,
    pub deductible_share: f64,
    pub limit_share_of_value: f64,
    pub attachment_yuan: f64,
    /// Flat limit in place of the share of value; 0 = none.
    pub limit_yuan: f64,
    pub share: f64,
    pub infrastructure_insured_share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicCover {
    pub share_of_housing_loss: f64,
    pub event_trigger_yuan: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    pub attachment_yuan: f64,
    /// 0 = there is no pool.
    pub limit_yuan: f64,
    /// What the layer on events would pay in a year is kept by the insured up to this.
    pub annual_attachment_yuan: f64,
    /// Most that is paid for the events of a year.
    pub annual_limit_yuan: f64,
    pub share: f64,
    pub capital_yuan: f64,
    pub reinsurance_attachment_yuan: f64,
    pub reinsurance_limit_yuan: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexCover {
    pub share_of_public_need: f64,
    pub limit_yuan_per_head: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relief {
    pub share_ordinary: f64,
    pub share_catastrophe: f64,
    pub days_to_payment: f64,
    pub death_consolation_yuan: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counterpart {
    pub trigger_loss_per_gdp: f64,
    pub share: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charity {
    pub share_ordinary: f64,
    pub share_famous: f64,
}

/// How the equal budget is split. Relief and premium subsidy are solved before the run, so that
/// expected outlay is the same for every policy; the seven other functions share the rest in
/// proportion to these amounts, less what is returned to taxpayers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Yuan a head and year before scaling; `relief` and `subsidy` are solved and not given here.
    pub plan_yuan_per_head: PlannedFunctions,
    pub returned_share: f64,
    /// Public money relative to the baseline's.
    pub multiplier: f64,
    /// Share of the appropriation that is spent before events; 0 = as planned.
    pub share_before_events: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedFunctions {
    pub works: f64,
    pub inspect: f64,
    pub monitor_warn: f64,
    pub respond: f64,
    pub train: f64,
    pub remedy: f64,
    pub report: f64,
}

impl PlannedFunctions {
    /// The planned amount of a function; relief and subsidy have none.
    pub fn get(&self, function: BudgetFunction) -> f64 {
        match function {
            BudgetFunction::Works => self.works,
            BudgetFunction::Inspect => self.inspect,
            BudgetFunction::MonitorWarn => self.monitor_warn,
            BudgetFunction::Respond => self.respond,
            BudgetFunction::Train => self.train,
            BudgetFunction::Remedy => self.remedy,
            BudgetFunction::Report => self.report,
            BudgetFunction::Relief | BudgetFunction::Subsidy => 0.0,
        }
    }
}

/// A responsibility matrix: shares of owners by category and phase, with the lead of each cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Share of each owner.
    pub share: Table<Category, Table<Phase, Table<Owner, f64>>>,
    /// The lead owner; `None` = nobody leads.
    pub lead: Table<Category, Table<Phase, Option<Owner>>>,
    /// Shares for unregulated sources (prevent and warn only; others as accidents).
    pub novel_share: Table<Phase, Option<Table<Owner, f64>>>,
}
