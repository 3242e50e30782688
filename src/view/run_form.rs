//! The form over a lab: its settings, Run and Stop.

use leptos::prelude::*;

/// `fields` in a row with Run and Stop; `more` below them. Enter in a field
/// runs; Run stays focusable while something runs, and then says that it waits.
#[component]
pub(crate) fn RunForm(
    #[prop(into)] is_running: Signal<bool>,
    #[prop(into)] run: Callback<()>,
    #[prop(into)] stop: Callback<()>,
    #[prop(into)] fields: ViewFn,
    #[prop(optional, into)] more: ViewFn,
) -> impl IntoView {
    view! {
        <form
            id="settings"
            autocomplete="off"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                run.run(());
            }
        >
            <div class="controls">
                {fields.run()}
                <div class="buttons run-stop">
                    <button
                        id="run"
                        type="submit"
                        class="primary"
                        aria-disabled=move || is_running.get().then_some("true")
                    >
                        "Run"
                    </button>
                    <button
                        id="stop"
                        type="button"
                        disabled=move || !is_running.get()
                        on:click=move |_| stop.run(())
                    >
                        "Stop"
                    </button>
                </div>
            </div>
            {more.run()}
        </form>
    }
}
