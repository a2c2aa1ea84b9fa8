//! What theory knows, in closed form. The engine never calls these.

pub mod coalitions;
pub mod compound;
pub mod severity;
pub mod volunteer;
