//! The ensemble as it looks: its members' paths around the attractor, which can
//! be turned, and played and scrubbed through time.
//!
//! | module | subject |
//! |---|---|
//! | `extent` | the room an attractor takes: it fills the picture, however it is turned |
//! | `camera` | from where it is looked at |
//! | `projection` | from a state to a point of the picture, and the picture's border |
//! | `paths` | members' paths in pieces, and how far each member has left the others |
//! | `decimation` | what is left out while the picture moves |
//! | `playback` | the time that is shown |
//! | `spread` | ensemble mean and spread over time |
//! | `words` | all of it for those who don't see it |
//! | `brush` | plotters on a canvas, in sixteenths of a CSS pixel |
//! | `palette` | the members' colours |
//! | `wash` | the picture at rest, drawn in slices where nobody sees it |
//! | `scene` | one frame |
//! | `film` | frame after frame |
//! | `backdrop` | the ensemble below the question |
//! | `figure` | the card with its controls |
//! | `strip` | mean and spread of x, above the time slider |

pub mod camera;
pub mod decimation;
pub mod extent;
pub mod paths;
pub mod playback;
pub mod projection;
pub mod spread;
pub mod words;

#[cfg(target_family = "wasm")]
pub(crate) mod backdrop;
#[cfg(target_family = "wasm")]
mod brush;
#[cfg(target_family = "wasm")]
mod figure;
#[cfg(target_family = "wasm")]
mod film;
#[cfg(target_family = "wasm")]
mod palette;
#[cfg(target_family = "wasm")]
mod scene;
#[cfg(target_family = "wasm")]
mod strip;
#[cfg(target_family = "wasm")]
mod wash;

#[cfg(target_family = "wasm")]
pub(crate) use self::figure::Attractor;
