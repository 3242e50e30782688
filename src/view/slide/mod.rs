//! What the lecture's slide says, beside what was measured here.

#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::Slide;

/// Slide and measurement, each part a sentence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BesideTheSlide {
    /// What the slide says.
    pub slide: String,
    /// What this run measured.
    pub here: String,
    /// Why they differ, or agree.
    pub because: String,
    /// What holds in both; `None` where this run bears nothing out.
    pub still_true: Option<String>,
}
