//! What a run must give: NumPy's reference, and for other settings the model's
//! own equations, natively, member after member.

use parallel_lab::workload::fingerprint::fnv1a64;
use parallel_lab::workload::lorenz::equations::Parameters;
use parallel_lab::workload::lorenz::initial_conditions::initial_conditions;
use serde_json::{Map, Value, json};

use crate::Outcome;

const REFERENCE: &str = include_str!("../../reference/lorenz_numpy.json");
const NUMBERS: [&str; 7] = ["seed", "members", "steps", "dt", "sigma", "rho", "beta"];

/// Settings of the ensemble, and what NumPy or a native run gives for them.
#[derive(Clone, Debug)]
pub struct Case {
    /// `seed`, `members`, `steps`, `dt`, `sigma`, `rho`, `beta` as the URL and `set` name them.
    pub settings: Map<String, Value>,
    /// The final states' hash.
    pub final_fnv1a64: String,
    /// Members with a non-finite final state.
    pub diverged: u64,
}

impl Case {
    /// A small ensemble of Lorenz's own system: what other tests run to see that the lab works.
    #[must_use]
    pub fn native(members: u32, steps: u32, seed: u32) -> Self {
        Self::native_with(members, steps, seed, Parameters::LORENZ_1963)
    }

    /// The same with other parameters.
    #[must_use]
    pub fn native_with(members: u32, steps: u32, seed: u32, parameters: Parameters) -> Self {
        let mut states = initial_conditions(members, seed);
        let mut diverged = 0;
        for member in states.chunks_exact_mut(3) {
            let mut state = [member[0], member[1], member[2]];
            for _ in 0..steps {
                state = parameters.step(state);
            }
            member.copy_from_slice(&state);
            diverged += u64::from(state.iter().any(|value| !value.is_finite()));
        }
        let Parameters { sigma, rho, beta, dt } = parameters;
        let settings = json!({
            "seed": seed, "members": members, "steps": steps, "dt": dt, "sigma": sigma, "rho": rho, "beta": beta,
        });
        let settings = settings.as_object().cloned().unwrap_or_default();
        Self { settings, final_fnv1a64: format!("{:016x}", fnv1a64(&states)), diverged }
    }

    /// The case as `set` takes it.
    #[must_use]
    pub fn params(&self) -> Value {
        Value::Object(self.settings.clone())
    }

    /// The case as `set` takes it, with more settings.
    #[must_use]
    pub fn params_and(&self, more: Value) -> Value {
        let mut params = self.settings.clone();
        if let Value::Object(more) = more {
            params.extend(more);
        }
        Value::Object(params)
    }

    /// The case as the URL takes it.
    #[must_use]
    pub fn query(&self) -> String {
        let pairs: Vec<_> = self.settings.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }
}

/// Every case of NumPy's reference.
///
/// # Errors
/// When the file is not as it was.
pub fn numpy_cases() -> Outcome<Vec<Case>> {
    let reference: Value = serde_json::from_str(REFERENCE)?;
    let cases = reference["cases"].as_array().ok_or("the reference has no cases")?;
    cases.iter().map(read_case).collect()
}

fn read_case(case: &Value) -> Outcome<Case> {
    let settings = NUMBERS.iter().map(|name| ((*name).to_owned(), case[name].clone())).collect();
    let final_fnv1a64 = case["final_fnv1a64"].as_str().ok_or("a case has no hash")?.to_owned();
    let diverged = case["diverged"].as_u64().ok_or("a case does not say how many diverged")?;
    Ok(Case { settings, final_fnv1a64, diverged })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_native_equations_give_numpys_bits() {
        for case in numpy_cases().unwrap() {
            let number = |name: &str| case.settings[name].as_f64().unwrap();
            let whole = |name: &str| u32::try_from(case.settings[name].as_u64().unwrap()).unwrap();
            let parameters =
                Parameters { sigma: number("sigma"), rho: number("rho"), beta: number("beta"), dt: number("dt") };
            let native = Case::native_with(whole("members"), whole("steps"), whole("seed"), parameters);
            assert_eq!(native.final_fnv1a64, case.final_fnv1a64, "{}", case.query());
            assert_eq!(native.diverged, case.diverged, "{}", case.query());
        }
    }
}
