//! A headline on the page: its figures wear their executors' colours.

use leptos::prelude::*;

use crate::page::text::Text;
use crate::view::headline::{Headline, Piece};

/// The sentence, for a heading to hold.
pub(crate) fn sentence(headline: Headline) -> AnyView {
    let piece = |piece| {
        match piece {
        Piece::Words(words) => view! { <span prop:textContent=Text::from(words)></span> }.into_any(),
        Piece::Figure(executor, text) => {
            view! { <span class="figure" translate="no" data-executor=executor.name() prop:textContent=Text::from(text)></span> }.into_any()
        }
    }
    };
    headline.pieces.into_iter().map(piece).collect_view().into_any()
}
