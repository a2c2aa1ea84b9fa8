//! What the years of a table say of each layer: the figures of an insurer's tower.

use crate::model::record::Fen;
use crate::model::settlement::money::to_yuan;

/// A year in two hundred: the return period of solvency rules.
const RETURN_PERIOD: f64 = 200.0;

/// What one layer paid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerTally {
    /// Attachment (fen), if it has one.
    pub attachment: Option<Fen>,
    /// Most that it pays of an event (fen), if that is a sum of money.
    pub limit: Option<Fen>,
    /// Payments of each year (fen), years without any included.
    pub paid: Vec<Fen>,
    /// Greatest payment of an event in each year (fen).
    pub greatest: Vec<Fen>,
    /// Loading of its premium (ratio to expected payment), if premiums are worked out.
    pub loading: Option<f64>,
    /// Days from loss to payment, where known.
    pub days: Option<f64>,
}

impl LayerTally {
    /// A layer that has paid nothing in so many years.
    pub fn new(years: usize) -> Self {
        LayerTally {
            paid: vec![0; years],
            greatest: vec![0; years],
            ..LayerTally::default()
        }
    }

    /// Notes what it pays of one event (fen).
    pub fn event(&mut self, year: usize, fen: Fen) {
        self.paid[year] += fen;
        self.greatest[year] = self.greatest[year].max(fen);
    }
}

/// Figures of one layer; `None` = not available.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerFigures {
    /// Attachment (yuan).
    pub attachment: Option<f64>,
    /// Limit (yuan).
    pub limit: Option<f64>,
    /// Mean payment (yuan a year).
    pub expected: f64,
    /// Standard deviation of a year's payment (yuan); needs two years.
    pub deviation: Option<f64>,
    /// Share of years in which it pays.
    pub attach: f64,
    /// Share of years in which an event takes its whole limit.
    pub exhaust: Option<f64>,
    /// Premium over limit.
    pub rate_on_line: Option<f64>,
    /// Premium (yuan a year).
    pub premium: Option<f64>,
    /// Payments over premiums.
    pub loss_ratio: Option<f64>,
    /// Capital beyond the premium for a year in two hundred (yuan); needs as many years.
    pub capital: Option<f64>,
    /// Days from loss to payment.
    pub days: Option<f64>,
}

/// The figures that the years carry.
pub fn figures(tally: &LayerTally) -> LayerFigures {
    let years = tally.paid.len() as f64;
    let yuan: Vec<f64> = tally.paid.iter().map(|fen| to_yuan(*fen)).collect();
    let share = |hit: &dyn Fn(usize) -> bool| {
        (0..tally.paid.len()).filter(|year| hit(*year)).count() as f64 / years
    };
    let expected = yuan.iter().sum::<f64>() / years;
    let squares: f64 = yuan.iter().map(|paid| (paid - expected).powi(2)).sum();
    let limit = tally.limit.filter(|limit| *limit > 0);
    let premium = tally.loading.map(|loading| (1.0 + loading) * expected);
    let mut sorted = yuan.clone();
    sorted.sort_by(f64::total_cmp);
    // The year that is exceeded once in two hundred: with n years the n/200-th greatest.
    let rank = (years / RETURN_PERIOD) as usize;
    let severe = (rank >= 1).then(|| sorted[sorted.len() - rank]);
    LayerFigures {
        attachment: tally.attachment.map(to_yuan),
        limit: limit.map(to_yuan),
        expected,
        deviation: (years > 1.0).then(|| (squares / (years - 1.0)).sqrt()),
        attach: share(&|year| tally.paid[year] > 0),
        exhaust: limit.map(|limit| share(&|year| tally.greatest[year] >= limit)),
        rate_on_line: premium
            .zip(limit)
            .map(|(premium, limit)| premium / to_yuan(limit)),
        premium,
        loss_ratio: premium
            .filter(|premium| *premium > 0.0)
            .map(|premium| expected / premium),
        capital: severe
            .zip(premium)
            .map(|(severe, premium)| (severe - premium).max(0.0)),
        days: tally.days,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_four_years_by_hand() {
        let mut tally = LayerTally {
            attachment: Some(5_000),
            limit: Some(10_000),
            loading: Some(0.5),
            ..LayerTally::new(4)
        };
        tally.event(0, 10_000);
        tally.event(0, 4_000);
        tally.event(2, 6_000);
        let figures = figures(&tally);
        // 140, 0, 60, 0 yuan: mean 50, squares 8,100 + 2,500 + 100 + 2,500 over three.
        assert_eq!(figures.expected, 50.0);
        assert!((figures.deviation.unwrap() - (13_200.0_f64 / 3.0).sqrt()).abs() < 1e-9);
        assert_eq!((figures.attach, figures.exhaust), (0.5, Some(0.25)));
        assert_eq!(
            (figures.premium, figures.rate_on_line),
            (Some(75.0), Some(0.75))
        );
        assert_eq!(
            figures.capital, None,
            "four years do not carry one in two hundred"
        );
    }

    #[test]
    fn two_hundred_years_carry_one_in_two_hundred() {
        let mut tally = LayerTally {
            loading: Some(0.0),
            ..LayerTally::new(200)
        };
        tally.event(7, 20_000);
        // The greatest year, 200 yuan, less the premium of one yuan.
        assert_eq!(figures(&tally).capital, Some(199.0));
    }
}
