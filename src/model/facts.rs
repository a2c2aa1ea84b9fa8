//! Facts of enterprise agents by column, for those who are looked at side by side.

use crate::model::EnterpriseView;

/// What stages ask of every enterprise agent, a column for each.
#[derive(Clone, Debug)]
pub struct FactColumns {
    /// Numbers of their classes.
    pub class: Vec<u8>,
    /// Numbers of their trades.
    pub trade: Vec<u8>,
    /// Provinces.
    pub province: Vec<u16>,
    /// Counties.
    pub county: Vec<u32>,
    /// Establishments that each stands for.
    pub establishments: Vec<f64>,
    /// Workers of all of them.
    pub workers: Vec<f64>,
}

impl FactColumns {
    /// Of all agents.
    pub fn of(enterprises: &[EnterpriseView]) -> Self {
        FactColumns {
            class: enterprises.iter().map(|own| own.class() as u8).collect(),
            trade: enterprises.iter().map(|own| own.trade as u8).collect(),
            province: enterprises.iter().map(|own| own.province).collect(),
            county: enterprises.iter().map(|own| own.county).collect(),
            establishments: enterprises.iter().map(|own| own.establishments).collect(),
            workers: enterprises.iter().map(|own| own.workers).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Model;
    use crate::model::run::Row;
    use crate::scenario::{Overrides, load_experiment};

    #[test]
    fn a_row_reads_of_columns_what_is_told_of_each() {
        let checked = load_experiment("seminar-county", &Overrides::default()).unwrap();
        let model = Model::new(checked.society, 1000);
        for agent in 0..model.enterprises.len() {
            let (row, own) = (Row::alone(agent).facts(&model), model.enterprise(agent));
            assert_eq!(usize::from(row.class[0]), own.class());
            assert_eq!(
                (row.trade[0], row.province[0]),
                (own.trade as u8, own.province)
            );
            assert_eq!(
                (row.establishments[0], row.workers[0]),
                (own.establishments, own.workers)
            );
        }
    }
}
