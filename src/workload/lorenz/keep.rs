//! What is kept of an ensemble: whole trajectories, as long as they are not too many.

use serde::{Deserialize, Serialize};

/// Whole trajectories are kept up to this many bytes (16 MiB).
pub const TRAJECTORY_LIMIT_BYTES: u64 = 16 << 20;

/// So many of the first members are drawn where not all trajectories are kept.
pub const DRAWN_MEMBERS: u64 = 30;

/// How many of the ensemble's first members the picture shows: all whose
/// trajectories are kept, else [`DRAWN_MEMBERS`], or as many as fit into
/// [`TRAJECTORY_LIMIT_BYTES`].
#[must_use]
pub fn drawn_members(members: u32, steps: u32) -> u32 {
    if Keep::for_size(members, steps) == Keep::Trajectories {
        return members;
    }
    let that_fit = TRAJECTORY_LIMIT_BYTES / ((u64::from(steps) + 1) * 24);
    u32::try_from(that_fit.min(DRAWN_MEMBERS)).unwrap_or(members).min(members)
}

/// What an integration leaves behind.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_shows_all_members_or_the_first_that_fit() {
        assert_eq!(drawn_members(30, 5000), 30);
        assert_eq!(drawn_members(139, 5000), 139);
        assert_eq!(drawn_members(140, 5000), 30);
        assert_eq!(drawn_members(1_000_000, 1), 30);
        assert_eq!(drawn_members(6, 100_000), 6);
        assert_eq!(drawn_members(7, 100_000), 6);
        for (members, steps) in [(140, 5000), (7, 100_000), (1_000_000, 100_000), (29, 25_000)] {
            assert_eq!(Keep::for_size(drawn_members(members, steps), steps), Keep::Trajectories);
        }
    }
}
