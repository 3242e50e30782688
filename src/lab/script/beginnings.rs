//! Settings to begin with, by one press.

use leptos::prelude::*;

use super::bench::{Bench, Python};
use super::lesson::{Beginning, Lesson};
use crate::lab::script::settings::{Program, Settings};
use crate::lab::script::state::State;
use crate::page::text::{Text, text};

/// A button for each; below them, what to look at.
#[component]
pub(super) fn Beginnings(state: State, bench: Bench) -> impl IntoView {
    let all = move || bench.lesson.with(|it| it.as_ref().map(|it| it.beginnings.clone()).unwrap_or_default());
    let chosen = Memo::new(move |_| {
        let is_set = |it: &Beginning| state.settings.with(|settings| is_at(settings, it));
        all().into_iter().find(is_set)
    });
    let button = move |beginning: Beginning| {
        let (name, title) = (beginning.name.clone(), beginning.title.clone());
        let is_chosen = move || chosen.with(|it| it.as_ref().is_some_and(|it| it.name == name));
        view! {
            <button
                type="button"
                class="cause"
                data-beginning=beginning.name.clone()
                aria-pressed=move || if is_chosen() { "true" } else { "false" }
                on:click=move |_| begin(state, bench, &beginning)
                prop:textContent=Text::from(title)
            ></button>
        }
    };
    view! {
        <div class="beginnings" hidden=move || all().is_empty()>
            <div class="causes">
                <p class="why">"Begin with"</p>
                {move || all().into_iter().map(button).collect_view()}
            </div>
            <p
                class="of-run"
                prop:textContent=text(move || chosen.with(|it| it.as_ref().map(|it| it.words.clone())))
            ></p>
        </div>
    }
}

/// Whether these are its settings, with the script unchanged.
fn is_at(settings: &Settings, beginning: &Beginning) -> bool {
    settings.code.is_empty()
        && settings.program.name() == beginning.program
        && beginning.gil.is_none_or(|it| it == settings.gil)
        && beginning.switch_ms.is_none_or(|it| it == settings.switch_interval_ms)
        && beginning.workers.is_none_or(|it| it == settings.workers)
}

/// Sets what it says, and leaves the rest; what runs is stopped, as `set` does it.
pub(super) fn begin(state: State, bench: Bench, beginning: &Beginning) {
    state.page.request_stop();
    let program = state.lab.programs.iter().find(|it| it.name == beginning.program).map(Program);
    state.change(|settings| {
        settings.program = program.unwrap_or(settings.program);
        settings.code = String::new();
        settings.gil = beginning.gil.unwrap_or(settings.gil);
        settings.switch_interval_ms = beginning.switch_ms.unwrap_or(settings.switch_interval_ms);
        settings.workers = beginning.workers.unwrap_or(settings.workers);
    });
    // The form's texts are of other settings.
    state.page.revision.update(|revision| *revision = revision.wrapping_add(1));
    bench.expected.set(None);
    bench.clear();
    // What stands there is said of the run before.
    if bench.python.get_untracked() == Python::Idle {
        bench.sentence.set("Ready.".into());
    }
}

/// The one of that name.
pub(super) fn begin_named(state: State, bench: Bench, name: &str) {
    let beginning = bench.lesson.with_untracked(|it| it.as_deref().and_then(|it: &Lesson| it.beginning(name).cloned()));
    if let Some(beginning) = beginning {
        begin(state, bench, &beginning);
    }
}
