//! What theory knows, in closed form. The engine never calls these.

pub mod backlog;
pub mod care;
pub mod cascade;
pub mod coalitions;
pub mod compound;
pub mod crowd;
pub mod detection;
pub mod epidemic;
pub mod layer;
pub mod pairing;
pub mod park;
pub mod queue;
pub mod recovery;
pub mod rescue;
pub mod ruin;
pub mod severity;
pub mod stop_loss;
pub mod volunteer;
