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
    "policies/current-2020.toml",
    "policies/layered-sharing.toml",
    "policies/territorial-led.toml",
    "societies/china-2020.toml",
    "societies/china-2020/cascade.csv",
    "societies/china-2020/exposure.csv",
    "societies/china-2020/neighbours.csv",
    "societies/china-2020/provinces.csv",
    "societies/china-2020/responsibility.csv",
    "societies/china-2020/workers.csv",
];
