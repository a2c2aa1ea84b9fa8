//! Builds the world from a society: synthetic counties, enterprises and citizens.
