//! Every setting of the race, the rarer ones behind a fold.

use leptos::prelude::*;

use super::state::Race;
use crate::page::text::text;
use crate::view::copy_link::CopyLink;
use crate::view::field::fields;
use crate::view::run_form::RunForm;

/// What most experiments change.
const USUAL: [&str; 5] = ["members", "steps", "workers", "kernel", "pool"];
/// What few do.
const RARE: [&str; 11] =
    ["executors", "dt", "sigma", "rho", "beta", "seed", "chunk", "repeats", "start", "gather", "theme"];

/// The form with Run and Stop.
#[component]
pub(crate) fn SettingsForm(race: Race) -> impl IntoView {
    let page = race.page;
    let is_running = Signal::derive(move || page.activity.get().is_busy());
    let is_open = RwSignal::new(false);
    let run = move |()| page.request_run();
    let stop = move |()| page.request_stop();
    let usual = move || {
        view! {
            {fields(page, &USUAL)}
            <button
                id="more-settings"
                type="button"
                class="link-button"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-controls="rare-settings"
                on:click=move |_| is_open.update(|it| *it = !*it)
                prop:textContent=text(move || if is_open.get() { "Fewer settings" } else { "More settings" })
            ></button>
        }
    };
    let more = move || {
        view! {
            <div class="more" id="rare-settings" hidden=move || !is_open.get()>
                {fields(page, &RARE)}
                <div class="buttons">
                    <button id="reset" type="button" on:click=move |_| page.reset()>
                        "Back to the link's settings"
                    </button>
                    <CopyLink page />
                </div>
            </div>
        }
    };
    view! { <RunForm is_running run stop fields=usual more /> }
}
