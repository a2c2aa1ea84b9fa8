//! What theory knows, in closed form. The engine never calls these.

pub mod backlog;
pub mod care;
pub mod coalitions;
pub mod compound;
pub mod park;
pub mod severity;
pub mod volunteer;
