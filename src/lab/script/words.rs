//! Fetches the lab's words; where that fails, says so, and can be asked again.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::Bench;
use super::lesson::Lesson;
use crate::lab::script::state::State;
use crate::model::report::ErrorCode;
use crate::page::contract::send;
use crate::page::text::text;
use crate::pool::lab_words;

/// Fetches them. `anew`: what the browser has kept was of no use.
pub(super) fn fetch(state: State, bench: Bench, anew: bool) {
    bench.missing.set(None);
    spawn_local(async move {
        let fetched = lab_words::fetch(state.lab.lab.name, anew).await.and_then(|json| Lesson::read(&json));
        match fetched {
            Ok(lesson) => {
                bench.lesson.set(Some(Arc::new(lesson)));
                state.page.start_if_wanted();
            }
            Err(reason) => {
                let unreadable = lab_words::why_unreadable();
                bench.is_shut_in.set(unreadable.is_some());
                let sentence = unreadable
                    .unwrap_or_else(|| format!("The words and scripts of this lab could not be had: {reason}."));
                bench.missing.set(Some(sentence.clone()));
                state.page.announcement.set(sentence.clone());
                if state.page.start_wanted.get_value() {
                    state.page.start_wanted.set_value(false);
                    send::error(None, ErrorCode::Python, &sentence);
                }
            }
        }
    });
}

/// Why there are none, and a way to ask again.
#[component]
pub(super) fn Missing(state: State, bench: Bench) -> impl IntoView {
    view! {
        <p id="no-words" class="status" hidden=move || bench.missing.with(Option::is_none)>
            <span prop:textContent=text(move || bench.missing.get())></span>
            " "
            <button type="button" on:click=move |_| fetch(state, bench, true)>
                "Try again"
            </button>
        </p>
    }
}
