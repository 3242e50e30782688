//! The work itself: which equations, how many steps, what is kept.

use serde::{Deserialize, Serialize};

use super::lorenz::Parameters;

/// Whole trajectories are kept up to this many bytes (16 MiB).
pub const TRAJECTORY_LIMIT_BYTES: u64 = 16 << 20;

/// What an integration leaves behind.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// Every state: shape `(n_members, n_steps + 1, 3)`.
    Trajectories,
    /// The last state only: shape `(n_members, 3)`.
    FinalStates,
}

impl Keep {
    /// Trajectories where they fit into [`TRAJECTORY_LIMIT_BYTES`], else final states.
    #[must_use]
    pub fn for_size(members: u32, steps: u32) -> Self {
        let bytes = u64::from(members) * (u64::from(steps) + 1) * 24;
        if bytes <= TRAJECTORY_LIMIT_BYTES { Self::Trajectories } else { Self::FinalStates }
    }
}

/// What is integrated, independent of who does it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workload {
    /// σ, ρ, β and dt.
    pub parameters: Parameters,
    /// Euler steps per member.
    pub steps: u32,
    /// What is kept.
    pub keep: Keep,
}

impl Workload {
    /// Float64 values that one member leaves behind.
    #[must_use]
    pub fn values_per_member(&self) -> usize {
        match self.keep {
            Keep::Trajectories => 3 * (self.steps as usize + 1),
            Keep::FinalStates => 3,
        }
    }

    /// Member-steps of `members` members: the unit of progress and of slices.
    #[must_use]
    pub fn member_steps(&self, members: usize) -> u64 {
        members as u64 * u64::from(self.steps)
    }
}
