//! Problems with what was given, until they are dismissed.

use leptos::prelude::*;

use crate::page::state::{Notice, Page};

/// The list of problems; nothing where there are none.
#[component]
pub(crate) fn Notices(page: Page) -> impl IntoView {
    let any = move || page.notices.with(|it| !it.is_empty());
    let dismiss = move |id| page.notices.update(|notices| notices.retain(|it| it.id != id));
    view! {
        <section id="notices" class="notices" aria-label="Notices" aria-live="polite">
            <Show when=any>
                <p class="notices-title">
                    "Some settings could not be taken as given. "
                    <button type="button" class="quiet" on:click=move |_| page.notices.set(Vec::new())>
                        "Dismiss all"
                    </button>
                </p>
            </Show>
            <ul>
                <For each=move || page.notices.get() key=|notice| notice.id let:notice>
                    <Item notice dismiss />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Item(notice: Notice, dismiss: impl Fn(u32) + Copy + 'static) -> impl IntoView {
    let label = format!("Dismiss the notice about {}", notice.problem.parameter);
    let id = notice.id;
    view! {
        <li data-parameter=notice.problem.parameter.clone()>
            <span>{notice.problem.sentence()}</span>
            <button type="button" class="quiet" aria-label=label on:click=move |_| dismiss(id)>
                "×"
            </button>
        </li>
    }
}
