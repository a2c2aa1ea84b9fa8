//! The embedded files, sorted. Made by `RISKWEAVE_REMINT=1 cargo test embedded`; a test holds it against the disk.

macro_rules! files {
    ($($path:literal,)+) => {
        &[$(($path, include_str!(concat!("../../scenarios/", $path))),)+]
    };
}

/// Path below `scenarios/` and text.
pub(crate) const FILES: &[(&str, &str)] = files![
    "experiments/allocation-x-sharing.toml",
    "experiments/china-2020.toml",
    "experiments/seminar-county.toml",
    "policies/co-governance.toml",
    "policies/co-governance/responsibility.csv",
    "policies/current-2020.toml",
    "policies/enterprise-primary.toml",
    "policies/enterprise-primary/responsibility.csv",
    "policies/fiscal-backstop.toml",
    "policies/layered-sharing.toml",
    "policies/loss-lies-where-it-falls.toml",
    "policies/market-insurance.toml",
    "policies/network.toml",
    "policies/network/responsibility.csv",
    "policies/public-catastrophe-cover.toml",
    "policies/sector-led.toml",
    "policies/sector-led/responsibility.csv",
    "policies/territorial-led.toml",
    "policies/territorial-led/responsibility.csv",
    "societies/china-2020.toml",
    "societies/china-2020/cascade.csv",
    "societies/china-2020/drivers.csv",
    "societies/china-2020/exposure.csv",
    "societies/china-2020/neighbours.csv",
    "societies/china-2020/provinces.csv",
    "societies/china-2020/responsibility.csv",
    "societies/china-2020/workers.csv",
    "societies/seminar-county.toml",
    "societies/seminar-county/cascade.csv",
    "societies/seminar-county/exposure.csv",
    "societies/seminar-county/neighbours.csv",
    "societies/seminar-county/provinces.csv",
    "societies/seminar-county/responsibility.csv",
    "societies/seminar-county/workers.csv",
    "targets/china-2020.csv",
    "targets/seminar-county.csv",
];
