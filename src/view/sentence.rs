//! A headline on the page: its figures wear their executors' colours.

use leptos::prelude::*;

use crate::view::headline::{Headline, Piece};

/// The sentence, for a heading to hold.
pub(crate) fn sentence(headline: Headline) -> AnyView {
    let piece = |piece| match piece {
        Piece::Words(words) => view! { <span>{words}</span> }.into_any(),
        Piece::Figure(executor, text) => {
            view! { <span class="figure" data-executor=executor.name()>{text}</span> }.into_any()
        }
    };
    headline.pieces.into_iter().map(piece).collect_view().into_any()
}
