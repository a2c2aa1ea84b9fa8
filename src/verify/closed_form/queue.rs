//! The queue M/M/c (Erlang 1917; Cooper 1981, *Introduction to Queueing Theory*).

use crate::model::transcendental::exp;

/// Poisson calls at c servers with exponential service, first come first served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// Servers c.
    pub servers: u32,
    /// Arrivals λ an hour.
    pub arrivals: f64,
    /// Services μ an hour and server.
    pub services: f64,
}

impl Queue {
    /// ρ = λ/(cμ).
    pub fn load(&self) -> f64 {
        self.arrivals / (f64::from(self.servers) * self.services)
    }

    /// Free capacity cμ − λ (an hour).
    fn free(&self) -> f64 {
        f64::from(self.servers) * self.services - self.arrivals
    }

    /// Erlang's C = B/(1 − ρ(1 − B)), B_k = aB_{k − 1}/(k + aB_{k − 1}), B_0 = 1, a = λ/μ.
    pub fn probability_wait(&self) -> f64 {
        let load = self.arrivals / self.services;
        let blocked = (1..=self.servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
        blocked / (1.0 - self.load() * (1.0 - blocked))
    }

    /// W_q = C/(cμ − λ) (hours).
    pub fn mean_wait(&self) -> f64 {
        self.probability_wait() / self.free()
    }

    /// P(W > t) = C·e^{−(cμ − λ)t}.
    pub fn probability_longer(&self, hours: f64) -> f64 {
        self.probability_wait() * exp(-self.free() * hours)
    }

    /// Variance of a wait: (2C − C²)/(cμ − λ)² (hours²).
    pub fn variance_of_wait(&self) -> f64 {
        let wait = self.probability_wait();
        wait * (2.0 - wait) / (self.free() * self.free())
    }

    /// Hours in which the queue forgets: 1/(√(cμ) − √λ)² while it is busy (Morse 1955), and a service.
    pub fn relaxation(&self) -> f64 {
        let roots = libm::sqrt(f64::from(self.servers) * self.services) - libm::sqrt(self.arrivals);
        (1.0 / (roots * roots)).max(1.0 / self.services)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_numbers() {
        for (servers, arrivals, services, hours, wait, mean, longer) in [
            (1, 0.5, 1.0, 2.0, 0.5, 1.0, 0.183_939_7),
            (2, 1.6, 1.0, 1.0, 0.711_111_1, 1.777_778, 0.476_672),
            (5, 4.5, 1.0, 1.0, 0.762_493_2, 1.524_986, 0.462_475_5),
            (10, 9.0, 1.0, 1.0, 0.668_731_5, 0.668_731_5, 0.246_012_6),
            (10, 7.0, 1.0, 0.5, 0.221_731_2, 0.073_910_41, 0.049_474_92),
        ] {
            let queue = Queue {
                servers,
                arrivals,
                services,
            };
            let near = |found: f64, right: f64| assert!((found / right - 1.0).abs() < 1e-6);
            near(queue.probability_wait(), wait);
            near(queue.mean_wait(), mean);
            near(queue.probability_longer(hours), longer);
        }
    }

    /// A hundred calls a week at ten teams of one an hour: hardly anybody waits.
    #[test]
    fn a_quiet_week() {
        let queue = Queue {
            servers: 10,
            arrivals: 100.0 / 168.0,
            services: 1.0,
        };
        assert!((queue.mean_wait() / 9.592_679e-11 - 1.0).abs() < 1e-6);
    }
}
