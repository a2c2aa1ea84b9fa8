//! Columns of agents: the bulk of a state, so that it can be written and read one column after the other, without a
//! second copy of it.

use crate::model::state::{Citizens, Enterprises, State};

/// Columns of a state.
pub const COLUMNS: usize = 13;

/// One value an agent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Column<'a> {
    /// Reals.
    Reals(&'a [f32]),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl Column<'_> {
    /// Values.
    pub fn len(&self) -> usize {
        match self {
            Column::Reals(values) => values.len(),
            Column::Bytes(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The same, to be filled.
#[derive(Debug, PartialEq)]
pub enum ColumnMut<'a> {
    /// Reals.
    Reals(&'a mut Vec<f32>),
    /// Bytes.
    Bytes(&'a mut Vec<u8>),
}

impl State {
    /// All columns of agents, in fixed order.
    pub fn columns(&self) -> [Column<'_>; COLUMNS] {
        let Enterprises {
            care,
            backlog,
            quality,
            remembered,
            perceived,
            visits,
            habit_care,
            habit_saved,
            rate,
        } = &self.enterprises;
        let Citizens {
            measures,
            alarm,
            trust,
            grievance,
        } = &self.citizens;
        [
            Column::Reals(care),
            Column::Reals(backlog),
            Column::Reals(quality),
            Column::Reals(remembered),
            Column::Reals(perceived),
            Column::Reals(visits),
            Column::Reals(habit_care),
            Column::Reals(habit_saved),
            Column::Reals(rate),
            Column::Bytes(measures),
            Column::Bytes(alarm),
            Column::Bytes(trust),
            Column::Bytes(grievance),
        ]
    }

    /// The same, to be filled.
    pub fn columns_mut(&mut self) -> [ColumnMut<'_>; COLUMNS] {
        let Enterprises {
            care,
            backlog,
            quality,
            remembered,
            perceived,
            visits,
            habit_care,
            habit_saved,
            rate,
        } = &mut self.enterprises;
        let Citizens {
            measures,
            alarm,
            trust,
            grievance,
        } = &mut self.citizens;
        [
            ColumnMut::Reals(care),
            ColumnMut::Reals(backlog),
            ColumnMut::Reals(quality),
            ColumnMut::Reals(remembered),
            ColumnMut::Reals(perceived),
            ColumnMut::Reals(visits),
            ColumnMut::Reals(habit_care),
            ColumnMut::Reals(habit_saved),
            ColumnMut::Reals(rate),
            ColumnMut::Bytes(measures),
            ColumnMut::Bytes(alarm),
            ColumnMut::Bytes(trust),
            ColumnMut::Bytes(grievance),
        ]
    }
}
