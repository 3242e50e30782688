//! Lorenz's equations of 1963 and one forward Euler step of them.
//!
//! The step is written once, for anything that adds, subtracts and multiplies
//! like a float64: for one member ([`Parameters::step`]) and for the SIMD lanes
//! of [`lanes`]. Every executor goes through it, and it is evaluated in NumPy's
//! order, so that all of them agree with NumPy bit for bit.
//!
//! Source: E. N. Lorenz, "Deterministic Nonperiodic Flow", J. Atmos. Sci. 20
//! (1963), 130–141.

pub mod lanes;

use std::ops::{Add, Mul, Sub};

use serde::{Deserialize, Serialize};

/// One member's state: x, y, z.
pub type State = [f64; 3];

/// The equations' parameters and the length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// σ, the Prandtl number.
    pub sigma: f64,
    /// ρ, the Rayleigh number over its critical value.
    pub rho: f64,
    /// β, the rolls' geometry.
    pub beta: f64,
    /// Δt, in the equations' own time units.
    pub dt: f64,
}

impl Parameters {
    /// Lorenz's own values, with steps of 0.01.
    pub const LORENZ_1963: Self = Self { sigma: 10.0, rho: 28.0, beta: 8.0 / 3.0, dt: 0.01 };

    /// The state after one forward Euler step: `state + tendency(state) * dt`.
    ///
    /// Where dt is too large for it the state grows without bound, to infinities and NaN.
    #[must_use]
    #[inline(always)]
    pub fn step(&self, state: State) -> State {
        Coefficients::<f64>::from(*self).step(state)
    }
}

/// [`Parameters`] as numbers of the kind that is calculated with: a float64,
/// or the same float64 in every lane.
#[derive(Clone, Copy)]
struct Coefficients<N> {
    sigma: N,
    rho: N,
    beta: N,
    dt: N,
}

impl<N: From<f64>> From<Parameters> for Coefficients<N> {
    #[inline(always)]
    fn from(parameters: Parameters) -> Self {
        let Parameters { sigma, rho, beta, dt } = parameters;
        Self { sigma: sigma.into(), rho: rho.into(), beta: beta.into(), dt: dt.into() }
    }
}

impl<N> Coefficients<N>
where
    N: Copy + Add<Output = N> + Sub<Output = N> + Mul<Output = N>,
{
    /// The one place where the equations are. The order of evaluation is part
    /// of the contract: changing it changes the last bit, and chaos does the rest.
    #[inline(always)]
    fn step(&self, [x, y, z]: [N; 3]) -> [N; 3] {
        let tendency = [self.sigma * (y - x), self.rho * x - y - x * z, x * y - self.beta * z];
        [x + tendency[0] * self.dt, y + tendency[1] * self.dt, z + tendency[2] * self.dt]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_numpys() {
        // Members' states 0 and 1 in tests/reference/lorenz_numpy.json.
        let state = Parameters::LORENZ_1963.step([-9.751642923, -10.069132151, 25.323844269]);
        assert_eq!(state, [-9.7833918458, -10.22940998044052, 25.630447567970506]);
    }

    #[test]
    fn the_origin_is_at_rest() {
        assert_eq!(Parameters::LORENZ_1963.step([0.0; 3]), [0.0; 3]);
    }

    #[test]
    fn parameters_survive_json_to_the_last_bit() {
        for beta in [8.0 / 3.0, 0.1 + 0.2, f64::MIN_POSITIVE, -999.999_999_999_999_9] {
            let sent = Parameters { beta, ..Parameters::LORENZ_1963 };
            let read: Parameters = serde_json::from_str(&serde_json::to_string(&sent).unwrap()).unwrap();
            assert_eq!(read.beta.to_bits(), beta.to_bits());
        }
    }
}
