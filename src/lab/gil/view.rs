//! The whole lab.

use leptos::prelude::*;

use crate::page::door::{Door, Handlers, Opened, Start};
use crate::page::state::Page;
use crate::page::text::text;
use crate::view::field::fields;
use crate::view::next::Next;
use crate::view::notices::Notices;
use crate::view::run_form::RunForm;

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: None };

/// Opens the lab: from outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let handlers = Handlers { start: Callback::new(move |()| Start::Refused), stop: Callback::new(move |()| ()) };
    Opened { view: view! { <Whole page /> }.into_any(), handlers }
}

#[component]
fn Whole(page: Page) -> impl IntoView {
    let is_running = Signal::derive(move || page.activity.get().is_busy());
    let usual = move || fields(page, &["threads", "kind", "mix", "tasks", "size", "wait", "switch"]);
    view! {
        <section class="lab gil" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">
                    {super::LAB.question}
                </h1>
                <p id="status" class="status" prop:textContent=text(move || page.sentence.get())></p>
            </div>
            <Notices page />
            <RunForm
                is_running
                run=move |()| page.request_run()
                stop=move |()| page.request_stop()
                fields=usual
            />
            // Step by hand (src/lab/gil/hand) has its place here: <hand::StepByHand page />
            <Next page />
        </section>
    }
}
