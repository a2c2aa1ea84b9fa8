//! Where counties lie and how far apart: a disk for each province, a metric along the border graph.
//!
//! Inside a province counties are scattered over a disk of its area. Between provinces only the
//! neighbour graph is known: an edge is 0.75 (R_p + R_q) long, and each county is nearer to (or
//! farther from) the outside than its province's centre by a fixed offset of −0.4 to 0.6 R.

use libm::{cos, sin, sqrt};

use super::{Counties, Province, World};
use crate::model::random::{Purpose, Stream};

/// Edge length over the sum of the two radii.
const EDGE_FACTOR: f64 = 0.75;
/// Distance from an event in a county to the people of the same county, in county radii.
const OWN_COUNTY_FACTOR: f64 = 0.35;
/// Least distance between counties of two provinces (km).
const LEAST_BORDER_DISTANCE_KM: f64 = 20.0;
/// Distance between provinces that no path joins (km).
pub const UNREACHABLE_KM: f64 = 1e9;

/// Places every county: position in the province's disk, border offset and radius.
pub(super) fn place(counties: &mut Counties, provinces: &[Province], seed: u64) {
    let stream = Stream::new(seed, 0, Purpose::Counties);
    for province in provinces {
        let radius = province.radius_km;
        let own = radius / sqrt(province.counties.len() as f64);
        for county in province.counties.rows() {
            let [turn, out] = stream.pair(county as u64, 1, 0);
            let angle = std::f64::consts::TAU * turn;
            let from_centre = radius * sqrt(out);
            counties.x_km.push(from_centre * cos(angle));
            counties.y_km.push(from_centre * sin(angle));
            counties
                .border_offset_km
                .push(radius * (stream.uniform(county as u64, 1, 2) - 0.4));
            counties.radius_km.push(own);
        }
    }
}

/// Shortest paths between provinces (km), row-major: Floyd–Warshall over the neighbour edges.
pub(super) fn province_distances(provinces: &[Province]) -> Vec<f64> {
    let n = provinces.len();
    let mut d = vec![UNREACHABLE_KM; n * n];
    for (p, province) in provinces.iter().enumerate() {
        d[p * n + p] = 0.0;
        for &q in &province.neighbours {
            let q = usize::from(q);
            let edge = EDGE_FACTOR * (province.radius_km + provinces[q].radius_km);
            d[p * n + q] = edge;
            d[q * n + p] = edge;
        }
    }
    for k in 0..n {
        for p in 0..n {
            for q in 0..n {
                let round = d[p * n + k] + d[k * n + q];
                if round < d[p * n + q] {
                    d[p * n + q] = round;
                }
            }
        }
    }
    d
}

/// Distance from an event in county `a` to the people of county `b` (km).
///
/// The own county: 0.35 of its radius; the same province: straight line, but no less than that;
/// another province: the path along the graph less both border offsets, at least 20 km;
/// [`UNREACHABLE_KM`] where no path leads.
pub fn distance_km(world: &World, a: u32, b: u32) -> f64 {
    let counties = &world.counties;
    let (i, j) = (a as usize, b as usize);
    let own = OWN_COUNTY_FACTOR * counties.radius_km[i];
    if i == j {
        return own;
    }
    let (p, q) = (
        usize::from(counties.province[i]),
        usize::from(counties.province[j]),
    );
    if p == q {
        let dx = counties.x_km[i] - counties.x_km[j];
        let dy = counties.y_km[i] - counties.y_km[j];
        return sqrt(dx * dx + dy * dy).max(own);
    }
    between_provinces_km(
        world.province_distance_km[p * world.provinces.len() + q],
        counties.border_offset_km[i],
        counties.border_offset_km[j],
    )
}

/// Distance between counties of two provinces from the path between the provinces (km).
#[inline]
pub(crate) fn between_provinces_km(path: f64, offset_a: f64, offset_b: f64) -> f64 {
    if path >= UNREACHABLE_KM {
        return UNREACHABLE_KM;
    }
    (path - offset_a - offset_b).max(LEAST_BORDER_DISTANCE_KM)
}
