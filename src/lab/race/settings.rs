//! What the race can be set to: each setting is declared here, once.

use crate::model::parameter::{Group, Parameter, settings};
use crate::model::settings::{Chunk, Executor, Gather, Kernel, Pool, Start};
use crate::workload::lorenz::Ensemble;
use crate::workload::lorenz::equations::Parameters;

settings! {
    /// What the race is set to.
    pub struct Settings {
        /// Members of the ensemble.
        members: u32 = Parameter::whole("members", 30, 1, 1_000_000).labelled("Members", "Simulations in the ensemble");
        /// Euler steps.
        steps: u32 = Parameter::whole("steps", 5000, 1, 100_000).labelled("Steps", "Euler steps of each simulation");
        /// The time step.
        dt: f64 = Parameter::real("dt", Parameters::LORENZ_1963.dt, 0.000_001, 0.1).labelled("Time step dt", "");
        /// σ.
        sigma: f64 = coefficient("sigma", Parameters::LORENZ_1963.sigma).labelled("σ (sigma)", "");
        /// ρ.
        rho: f64 = coefficient("rho", Parameters::LORENZ_1963.rho).labelled("ρ (rho)", "");
        /// β.
        beta: f64 = Parameter::quotient("beta", Parameters::LORENZ_1963.beta, -1000.0, 1000.0)
            .labelled("β (beta), also 8/3", "");
        /// Seed of the initial conditions.
        seed: u32 = Parameter::whole("seed", 42, 0, u32::MAX).labelled("Seed of the start", "");
        /// Workers or threads.
        workers: u32 = Parameter::workers("workers").labelled("Workers", "Processes or threads");
        /// Which executors race, in canonical order, never empty.
        executors: Vec<Executor> = Parameter::subset("executors", &Executor::WORDS)
            .labelled("Who races (at least one)", "");
        /// What process and thread run.
        kernel: Kernel = Parameter::choice("kernel", "scalar", &[("scalar", "scalar"), ("simd", "SIMD")])
            .labelled("Kernel", "What each process and thread runs");
        /// Members per task.
        chunk: Chunk = Parameter::auto_or_up_to("chunk", "members").labelled("Members per task, or auto", "");
        /// Cold or warm pools.
        pool: Pool = Parameter::choice("pool", "cold", &[("cold", "cold: start counts"), ("warm", "warm: already up")])
            .labelled("Pool", "Whether starting the workers counts");
        /// Spawn or reuse.
        start: Start = Parameter::choice(
            "start",
            "reuse",
            &[("reuse", "reuse the compiled code"), ("spawn", "spawn: fetch and compile again")],
        )
        .labelled("Start of a worker", "");
        /// Transfer or copy.
        gather: Gather = Parameter::choice(
            "gather",
            "transfer",
            &[("transfer", "transfer: handed over"), ("copy", "copy, as Python pickles")],
        )
        .labelled("Results travel by", "");
        /// Repeats per executor.
        repeats: u32 = Parameter::whole("repeats", 5, 1, 50).labelled("Repeats", "");
    }
}

/// One of the equations' coefficients.
const fn coefficient(name: &'static str, usual: f64) -> Parameter {
    Parameter::real(name, usual, -1000.0, 1000.0)
}

impl Settings {
    /// The contract's defaults on a machine with `cores` logical cores.
    #[must_use]
    pub fn defaults(cores: u32) -> Self {
        Group::usual(cores)
    }

    /// σ, ρ, β and dt.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        Parameters { sigma: self.sigma, rho: self.rho, beta: self.beta, dt: self.dt }
    }

    /// Whom the executors race over.
    #[must_use]
    pub fn ensemble(&self) -> Ensemble {
        Ensemble { members: self.members, seed: self.seed, parameters: self.parameters(), steps: self.steps }
    }
}
