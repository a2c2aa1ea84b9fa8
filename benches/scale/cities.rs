//! Cities side by side: a society that grows in people and in dangers alike.

use riskweave::scenario::CheckedSociety;

/// Makes of a society of one city one of so many, each a province of its own: as many dangers, staff and
/// workers a head, nobody a neighbour.
pub(crate) fn side_by_side(one: &mut CheckedSociety, cities: u32) {
    let times = f64::from(cities);
    let society = &mut one.society;
    for hazard in society.hazards.values_mut() {
        hazard.events_per_year *= times;
    }
    for staff in society.government.staff.values_mut() {
        staff.required_people *= times;
        staff.available_people *= times;
    }
    let (health, social) = (&mut society.health, &mut society.social);
    for arrivals in [
        &mut health.cluster_arrivals_per_year,
        &mut health.home_meal_events_per_year,
        &mut health.canteen_events_per_year,
        &mut social.crush_events_per_year,
        &mut social.violence_events_per_year,
        &mut social.dispute_events_per_year,
    ] {
        *arrivals *= times;
    }
    let tables = &mut one.tables;
    tables.workers = vec![tables.workers[0].clone(); cities as usize];
    tables.exposure = vec![tables.exposure[0].clone(); cities as usize];
    let city = tables.provinces[0].clone();
    let another = |number: u32| {
        let mut city = city.clone();
        city.code = format!("{}-{number}", city.code);
        city
    };
    tables.provinces = (0..cities).map(another).collect();
}
