//! What only the page has of the picture: canvases, and the card around them.

pub(in crate::lab::race) mod backdrop;
mod brush;
mod figure;
mod film;
mod palette;
mod scene;
mod strip;
mod wash;

pub(in crate::lab::race) use self::figure::Attractor;
