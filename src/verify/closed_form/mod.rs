//! What theory knows, in closed form. The engine never calls these.

pub mod compound;
pub mod layer;
pub mod pairing;
pub mod ruin;
pub mod severity;
pub mod stop_loss;
