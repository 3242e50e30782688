//! One parameter at a time: its name, what it allows, how a text sets it and
//! how its value is written. The URL, the `set` message and the form share it.

use super::super::settings::{Chunk, Executor, Gather, Kernel, Lab, Pool, Program, Settings, Start, Theme};
use super::number::{self, Reading};
use super::problem::Problem;

/// Most members of an ensemble.
pub const MAX_MEMBERS: u32 = 1_000_000;
/// Most Euler steps.
pub const MAX_STEPS: u32 = 100_000;
/// Most workers of a pool.
pub const MAX_WORKERS: u32 = 64;
/// Most repeats of an executor.
pub const MAX_REPEATS: u32 = 50;
/// Smallest and largest time step.
pub const DT_RANGE: (f64, f64) = (0.000_001, 0.1);
/// Range of the GIL's switch interval, ms.
pub const SWITCH_RANGE: (f64, f64) = (0.01, 1000.0);
/// Most characters of a script that travels in a link.
pub const MAX_CODE_CHARS: usize = 20_000;
/// Range of σ, ρ and β.
pub const COEFFICIENT_RANGE: (f64, f64) = (-1000.0, 1000.0);

/// A setting by its name in the URL, in the order in which URLs are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "each is the setting of the same name")]
pub enum Parameter {
    Lab,
    Members,
    Steps,
    Dt,
    Sigma,
    Rho,
    Beta,
    Seed,
    Workers,
    Executors,
    Kernel,
    Chunk,
    Pool,
    Start,
    Gather,
    Repeats,
    Theme,
    Program,
    Code,
    Gil,
    Switch,
}

impl Parameter {
    /// All of them. `Chunk` stands after `Members`, on which its range depends.
    pub const ALL: [Self; 21] = [
        Self::Lab,
        Self::Members,
        Self::Steps,
        Self::Dt,
        Self::Sigma,
        Self::Rho,
        Self::Beta,
        Self::Seed,
        Self::Workers,
        Self::Executors,
        Self::Kernel,
        Self::Chunk,
        Self::Pool,
        Self::Start,
        Self::Gather,
        Self::Repeats,
        Self::Theme,
        Self::Program,
        Self::Code,
        Self::Gil,
        Self::Switch,
    ];

    /// The name in URLs and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lab => "lab",
            Self::Members => "members",
            Self::Steps => "steps",
            Self::Dt => "dt",
            Self::Sigma => "sigma",
            Self::Rho => "rho",
            Self::Beta => "beta",
            Self::Seed => "seed",
            Self::Workers => "workers",
            Self::Executors => "executors",
            Self::Kernel => "kernel",
            Self::Chunk => "chunk",
            Self::Pool => "pool",
            Self::Start => "start",
            Self::Gather => "gather",
            Self::Repeats => "repeats",
            Self::Theme => "theme",
            Self::Program => "program",
            Self::Code => "code",
            Self::Gil => "gil",
            Self::Switch => "switch",
        }
    }

    /// The parameter of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| parameter.name() == name)
    }

    /// Whether its values are whole numbers.
    #[must_use]
    pub fn is_integer(self) -> bool {
        matches!(self, Self::Members | Self::Steps | Self::Seed | Self::Workers | Self::Chunk | Self::Repeats)
    }

    /// Whether it means something in that lab.
    #[must_use]
    pub fn is_of(self, lab: Lab) -> bool {
        match self {
            Self::Lab | Self::Workers | Self::Theme => true,
            Self::Program | Self::Code | Self::Gil | Self::Switch => matches!(lab, Lab::Script(_)),
            _ => lab == Lab::Race,
        }
    }

    /// What it allows, in words; `settings` matters for the range of `chunk`.
    #[must_use]
    pub fn allowed(self, settings: &Settings) -> String {
        match self {
            Self::Lab => one_of(&Lab::ALL.map(Lab::name)),
            Self::Program => one_of(&settings.lab.programs().iter().map(|it| it.name).collect::<Vec<_>>()),
            Self::Code => format!("a Python script in UTF-8 of at most {MAX_CODE_CHARS} characters"),
            Self::Gil => "on or off".into(),
            Self::Switch => "a number of milliseconds from 0.01 to 1000".into(),
            Self::Members => whole(1, MAX_MEMBERS),
            Self::Steps => whole(1, MAX_STEPS),
            Self::Dt => "a number from 0.000001 to 0.1".into(),
            Self::Sigma | Self::Rho => "a number from -1000 to 1000".into(),
            Self::Beta => "a number from -1000 to 1000, or a fraction such as 8/3".into(),
            Self::Seed => whole(0, u32::MAX),
            Self::Workers => whole(1, MAX_WORKERS),
            Self::Executors => "any of serial, vectorized, process, thread, with commas between".into(),
            Self::Kernel => "scalar or simd".into(),
            Self::Chunk => format!("auto, or {}", whole(1, settings.members)),
            Self::Pool => "cold or warm".into(),
            Self::Start => "spawn or reuse".into(),
            Self::Gather => "transfer or copy".into(),
            Self::Repeats => whole(1, MAX_REPEATS),
            Self::Theme => "auto, light or dark".into(),
        }
    }

    /// The value in `settings`, as the URL writes it.
    #[must_use]
    pub fn text(self, settings: &Settings) -> String {
        let parameters = &settings.parameters;
        match self {
            Self::Lab => settings.lab.name().into(),
            Self::Program => settings.program_of_lab().name().into(),
            Self::Code => settings.code.clone(),
            Self::Gil => if settings.gil { "on" } else { "off" }.into(),
            Self::Switch => number::shortest(settings.switch_interval_ms),
            Self::Members => settings.members.to_string(),
            Self::Steps => settings.steps.to_string(),
            Self::Dt => number::shortest(parameters.dt),
            Self::Sigma => number::shortest(parameters.sigma),
            Self::Rho => number::shortest(parameters.rho),
            Self::Beta => number::shortest(parameters.beta),
            Self::Seed => settings.seed.to_string(),
            Self::Workers => settings.workers.to_string(),
            Self::Executors => {
                let names: Vec<_> = settings.executors.iter().map(|it| it.name()).collect();
                names.join(",")
            }
            Self::Kernel => match settings.kernel {
                Kernel::Scalar => "scalar".into(),
                Kernel::Simd => "simd".into(),
            },
            Self::Chunk => match settings.chunk {
                Chunk::Auto => "auto".into(),
                Chunk::Members(members) => members.to_string(),
            },
            Self::Pool => match settings.pool {
                Pool::Cold => "cold".into(),
                Pool::Warm => "warm".into(),
            },
            Self::Start => match settings.start {
                Start::Spawn => "spawn".into(),
                Start::Reuse => "reuse".into(),
            },
            Self::Gather => match settings.gather {
                Gather::Transfer => "transfer".into(),
                Gather::Copy => "copy".into(),
            },
            Self::Repeats => settings.repeats.to_string(),
            Self::Theme => match settings.theme {
                Theme::Auto => "auto".into(),
                Theme::Light => "light".into(),
                Theme::Dark => "dark".into(),
            },
        }
    }

    /// Takes the value from `text`: clamped where it is a finite number out of
    /// range, from `defaults` where it is malformed. Says so if either happened.
    pub fn set(self, settings: &mut Settings, text: &str, defaults: &Settings) -> Option<Problem> {
        let accepted = match self {
            Self::Lab => {
                let picked = pick(text, &Lab::ALL.map(|lab| (lab.name(), lab)), &mut settings.lab, defaults.lab);
                if !settings.lab.programs().contains(settings.program.0) {
                    settings.program = settings.lab.opens_with();
                }
                picked
            }
            Self::Program => {
                let values: Vec<_> = settings.lab.programs().iter().map(|it| (it.name, Program(it))).collect();
                let default = settings.lab.opens_with();
                pick(text, &values, &mut settings.program, default)
            }
            Self::Code => {
                let fits = text.chars().count() <= MAX_CODE_CHARS;
                settings.code = if fits { text.to_owned() } else { defaults.code.clone() };
                fits
            }
            Self::Gil => pick(text, &[("on", true), ("off", false)], &mut settings.gil, defaults.gil),
            Self::Switch => {
                let reading = number::real(text, SWITCH_RANGE.0, SWITCH_RANGE.1);
                take(reading, &mut settings.switch_interval_ms, defaults.switch_interval_ms)
            }
            Self::Members => count(text, (1, MAX_MEMBERS), &mut settings.members, defaults.members),
            Self::Steps => count(text, (1, MAX_STEPS), &mut settings.steps, defaults.steps),
            Self::Seed => count(text, (0, u32::MAX), &mut settings.seed, defaults.seed),
            Self::Workers => count(text, (1, MAX_WORKERS), &mut settings.workers, defaults.workers),
            Self::Repeats => count(text, (1, MAX_REPEATS), &mut settings.repeats, defaults.repeats),
            Self::Dt => {
                let reading = number::real(text, DT_RANGE.0, DT_RANGE.1);
                take(reading, &mut settings.parameters.dt, defaults.parameters.dt)
            }
            Self::Sigma => {
                let reading = number::real(text, COEFFICIENT_RANGE.0, COEFFICIENT_RANGE.1);
                take(reading, &mut settings.parameters.sigma, defaults.parameters.sigma)
            }
            Self::Rho => {
                let reading = number::real(text, COEFFICIENT_RANGE.0, COEFFICIENT_RANGE.1);
                take(reading, &mut settings.parameters.rho, defaults.parameters.rho)
            }
            Self::Beta => {
                let (min, max) = COEFFICIENT_RANGE;
                let reading = number::real_or_quotient(text, min, max);
                take(reading, &mut settings.parameters.beta, defaults.parameters.beta)
            }
            Self::Executors => {
                let (executors, accepted) = executors(text, defaults);
                settings.executors = executors;
                accepted
            }
            Self::Kernel => {
                let values = [("scalar", Kernel::Scalar), ("simd", Kernel::Simd)];
                pick(text, &values, &mut settings.kernel, defaults.kernel)
            }
            Self::Chunk => {
                let reading = match text {
                    "auto" => Reading::Exact(Chunk::Auto),
                    text => match number::integer(text, 1, settings.members) {
                        Reading::Exact(members) => Reading::Exact(Chunk::Members(members)),
                        Reading::Clamped(members) => Reading::Clamped(Chunk::Members(members)),
                        Reading::Malformed => Reading::Malformed,
                    },
                };
                take(reading, &mut settings.chunk, defaults.chunk)
            }
            Self::Pool => {
                let values = [("cold", Pool::Cold), ("warm", Pool::Warm)];
                pick(text, &values, &mut settings.pool, defaults.pool)
            }
            Self::Start => {
                let values = [("spawn", Start::Spawn), ("reuse", Start::Reuse)];
                pick(text, &values, &mut settings.start, defaults.start)
            }
            Self::Gather => {
                let values = [("transfer", Gather::Transfer), ("copy", Gather::Copy)];
                pick(text, &values, &mut settings.gather, defaults.gather)
            }
            Self::Theme => {
                let values = [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)];
                pick(text, &values, &mut settings.theme, defaults.theme)
            }
        };
        if accepted { None } else { Some(self.problem(text, settings)) }
    }

    /// Says that `text` could not be taken as it is, and what the settings have instead.
    pub(super) fn problem(self, text: &str, settings: &Settings) -> Problem {
        let used = match self {
            Self::Code if settings.code.is_empty() => "the program's own".into(),
            _ => self.text(settings),
        };
        Problem::new(self.name(), text, self.allowed(settings), used)
    }
}

fn one_of(names: &[&str]) -> String {
    let (last, others) = names.split_last().unwrap_or((&"", &[]));
    if others.is_empty() { (*last).into() } else { format!("{} or {last}", others.join(", ")) }
}

fn whole(min: u32, max: u32) -> String {
    format!("a whole number from {min} to {max}")
}

fn count(text: &str, range: (u32, u32), slot: &mut u32, default: u32) -> bool {
    take(number::integer(text, range.0, range.1), slot, default)
}

fn take<T>(reading: Reading<T>, slot: &mut T, default: T) -> bool {
    let (value, exact) = match reading {
        Reading::Exact(value) => (value, true),
        Reading::Clamped(value) => (value, false),
        Reading::Malformed => (default, false),
    };
    *slot = value;
    exact
}

fn pick<T: Copy>(text: &str, values: &[(&str, T)], slot: &mut T, default: T) -> bool {
    let known = values.iter().find(|(name, _)| *name == text);
    *slot = known.map_or(default, |(_, value)| *value);
    known.is_some()
}

/// The known names of a comma list in canonical order, all if there is none;
/// and whether every name was known.
fn executors(text: &str, defaults: &Settings) -> (Vec<Executor>, bool) {
    let mut named = [false; Executor::ALL.len()];
    let mut accepted = true;
    for name in text.split(',') {
        let known = Executor::ALL.into_iter().zip(&mut named).find(|(it, _)| it.name() == name);
        match known {
            Some((_, seen)) => *seen = true,
            None => accepted = false,
        }
    }
    let executors: Vec<_> = Executor::ALL.into_iter().zip(named).filter(|(_, seen)| *seen).map(|(it, _)| it).collect();
    if executors.is_empty() { (defaults.executors.clone(), false) } else { (executors, accepted) }
}
