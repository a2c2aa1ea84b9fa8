//! Volunteer's dilemma of m equal owners at cost over benefit ω (Diekmann 1985; Darley & Latané 1968).

/// Probability that an owner acts; a single one always does.
pub fn each_acts(owners: f64, omega: f64) -> f64 {
    if owners <= 1.0 {
        1.0
    } else {
        1.0 - libm::pow(omega, 1.0 / (owners - 1.0))
    }
}

/// Probability that nobody acts, where a share ζ of the cases is coordinated and then met:
/// (1 − ζ)·ω^{m/(m − 1)}.
pub fn nobody_acts(owners: f64, omega: f64, coordination: f64) -> f64 {
    if owners <= 1.0 {
        0.0
    } else {
        (1.0 - coordination) * libm::pow(omega, owners / (owners - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neglect_grows_with_the_number_of_owners() {
        for (owners, expected) in [
            (1.0, 0.0),
            (2.0, 0.09),
            (3.0, 0.164_316_8),
            (10.0, 0.262_436_1),
        ] {
            assert!((nobody_acts(owners, 0.3, 0.0) - expected).abs() < 1e-7);
        }
        assert!((each_acts(3.0, 0.3) - 0.452_277_4).abs() < 1e-7);
        assert!((nobody_acts(3.0, 0.3, 0.5) - (1.0 - 0.917_841_6)).abs() < 1e-7);
        assert!((nobody_acts(1e9, 0.3, 0.0) - 0.3).abs() < 1e-8);
    }
}
