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
//! | `page::brush` | plotters on a canvas, in sixteenths of a CSS pixel |
//! | `page::palette` | the members' colours |
//! | `page::wash` | the picture at rest, drawn in slices where nobody sees it |
//! | `page::scene` | one frame |
//! | `page::film` | frame after frame |
//! | `page::backdrop` | the ensemble below the question |
//! | `page::figure` | the card with its controls |
//! | `page::strip` | mean and spread of x, above the time slider |

pub mod camera;
pub mod decimation;
pub mod extent;
pub mod paths;
pub mod playback;
pub mod projection;
pub mod spread;
pub mod words;

#[cfg(target_family = "wasm")]
pub(super) mod page;
