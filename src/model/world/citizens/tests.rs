use super::*;
use crate::model::world::sample::society;

#[test]
fn logarithms_of_the_scales_are_right() {
    for (value, logarithm) in [
        (INCOME_LEAST_YUAN, LN_INCOME_LEAST),
        (INCOME_RATIO, LN_INCOME_RATIO),
        (WEALTH_LEAST_YUAN, LN_WEALTH_LEAST),
        (WEALTH_RATIO, LN_WEALTH_RATIO),
    ] {
        assert!(
            (log(value) - logarithm).abs() < 1e-15 * (1.0 + logarithm),
            "{value}"
        );
    }
}

/// A county of the sample with all ages, both places and all fifths.
fn maker(law: &Citizens, county: u64) -> Maker<'_> {
    let income = CountyIncome {
        urban: 0.6,
        median: [0.02, -0.6],
        sigma: [0.58, 0.62],
    };
    Maker {
        law,
        stream: Stream::new(7, 0, Purpose::CitizensAtStart),
        county,
        ages: [0.18, 0.86],
        employed: 0.7,
        income,
        cuts: income.cuts(),
        log_mean: log(30_000.0),
        log_poor: log(32_000.0 * POOR_LINE),
        log_wealth_years: log(4.0),
        centre: Centre {
            log_income: log(25_000.0),
            aged: 0.14,
        },
        frailty: 1.1,
    }
}

#[test]
fn looked_up_citizens_have_the_bytes_of_the_equations() {
    let (mut society, _) = society();
    society.citizens.wealth_income_correlation = 0.5;
    society.citizens.wealth_sigma_log = 1.2;
    let law = &society.citizens;
    for (county, count) in [(3, 30_000), (4, 1), (5, 64), (6, 65)] {
        let maker = maker(law, county);
        let mut counties = Counties::default();
        counties.citizens.push(Span {
            start: 0,
            end: count,
        });
        let mut looked_up = CitizenFacts::empty(count as usize);
        for rows in Rows::of_counties(&mut looked_up, &counties) {
            maker.fill(rows, &Quick::new(law));
        }
        let mut worked_out = CitizenFacts::empty(count as usize);
        for mut rows in Rows::of_counties(&mut worked_out, &counties) {
            (0..count as usize).for_each(|number| maker.write(&mut rows, number));
        }
        assert_eq!(looked_up.person, worked_out.person);
        assert_eq!(looked_up.vulnerability, worked_out.vulnerability);
        assert_eq!(looked_up.income, worked_out.income);
        assert_eq!(looked_up.wealth, worked_out.wealth);
        assert_eq!(looked_up.threat, worked_out.threat);
        assert_eq!(looked_up.coping, worked_out.coping);
        assert_eq!(looked_up.measures, worked_out.measures);
        assert_eq!(looked_up.grievance, worked_out.grievance);
    }
}
