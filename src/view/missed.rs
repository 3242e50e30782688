//! A question that was missed comes back, changed, where a later lab ends.

use leptos::prelude::*;

use crate::page::questions;
use crate::page::state::Page;

/// A line that leads to the question that was missed first; nothing where none was. By this name it
/// comes with what shows a run (`xtask/src/parts.rs`): before that, nothing is to be repeated.
#[inline(never)]
pub(crate) fn when_run(page: Page) -> AnyView {
    let line = |address: String| {
        view! {
            <li id="missed">
                <a href=address>"A question that you missed"</a>
                " "
                <span class="soft">"It is asked again, with something changed."</span>
            </li>
        }
    };
    address(page).map(line).into_any()
}

fn address(page: Page) -> Option<String> {
    let lab = page.questions()?;
    Some(format!("{}&{}", page.address_of(lab), questions::read().first_missed(lab)?))
}
