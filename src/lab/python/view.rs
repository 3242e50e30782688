//! The whole lab: the script to the left, what came of it to the right.

use std::sync::Arc;

use leptos::prelude::*;

use super::bench::{Bench, Python};
use super::console::Console;
use super::control;
use super::editor::Editor;
use super::lanes;
use super::runs::Runs;
use crate::model::query::Parameter;
use crate::model::settings::Program;
use crate::page::dom;
use crate::page::state::State;
use crate::view::choice::Choice;
use crate::view::notices::Notices;
use crate::view::number_field::NumberField;
use crate::view::run_form::RunForm;
use crate::view::sentence::sentence;
use crate::view::timeline::Timeline;

/// The lab without what stands around it.
#[inline(never)]
pub(crate) fn view(state: State) -> AnyView {
    view! { <PythonLab state /> }.into_any()
}

#[component]
fn PythonLab(state: State) -> impl IntoView {
    let bench = Bench::new();
    state.python.set_value(Some(bench));
    control::open(state, bench);
    let title = move || match bench.headline.get() {
        Some(headline) => sentence(headline),
        None => "Change a word, run it, and see who works.".into_any(),
    };
    let courses = Memo::new(move |_| {
        bench.report.with(|it| it.as_deref().and_then(lanes::course).map(Arc::new)).into_iter().collect::<Vec<_>>()
    });
    view! {
        <section class="lab python" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">
                    {title}
                </h1>
                <p class="visually-hidden" role="status">
                    {move || state.announcement.get()}
                </p>
                <p id="status" class="status" class:visually-hidden=move || bench.headline.with(Option::is_some)>
                    {move || bench.sentence.get()}
                    {move || {
                        bench.elsewhere.get().map(|page| {
                            view! { " " <a href=format!("{page}?lab=python")>"Open Python there"</a> }
                        })
                    }}
                </p>
            </div>
            <Notices state />
            <Controls state bench />
            <div class="desk">
                <div>
                    <Editor state bench />
                </div>
                <div class="came-of-it">
                    // Where the heading is far above, on a phone; who listens has heard it.
                    <p class="in-sight" aria-hidden="true">
                        {move || bench.headline.get().map(sentence)}
                    </p>
                    <Console bench />
                    <Runs bench />
                    <Timeline courses favourite=0 appearance=state.appearance />
                </div>
                <div class="about-python">
                    <p>
                        "This is Python in your browser: RustPython, compiled to WebAssembly. Its processes and threads are "
                        "web workers, for real; it computes several times slower than CPython. There is no NumPy, but "
                        <code>"from lab import kernels"</code> " brings the ensemble compiled: "
                        <code>"kernels.member(state, steps)"</code> " releases the GIL as NumPy does. "
                        <kbd>"Ctrl"</kbd> "+" <kbd>"Enter"</kbd> " in the script runs it; Tab leaves it."
                    </p>
                    <p>
                        "The GIL, the global interpreter lock, is one per interpreter: only the thread that holds it runs "
                        "Python code. Each process has an interpreter, and so a lock, of its own."
                    </p>
                </div>
            </div>
        </section>
    }
}

#[component]
fn Controls(state: State, bench: Bench) -> impl IntoView {
    let option = move |program: Program| {
        view! {
            <option value=program.name() prop:selected=move || state.settings.with(|it| it.program == program)>
                {program.title()}
            </option>
        }
    };
    let choose = move |name: String| {
        let program = Program::ALL.into_iter().find(|it| it.name() == name);
        // As `set` does it: what came of one script would stand beside another.
        if bench.python.get_untracked() == Python::Running {
            control::stop(state, bench);
        }
        state.settings.update(|settings| {
            if let Some(program) = program {
                settings.program = program;
                settings.code = String::new();
            }
        });
    };
    let fields = move || {
        view! {
            <div class="field">
                <label for="setting-program">"Program"</label>
                <select id="setting-program" on:change=move |event| choose(event_target_value(&event))>
                    {Program::ALL.map(option).collect_view()}
                </select>
            </div>
            <Choice
                state
                parameter=Parameter::Gil
                label="Threads"
                hint="Whether Python's threads take turns"
                options=&[("on", "with the GIL"), ("off", "free-threaded")]
            />
            <NumberField
                state
                parameter=Parameter::Switch
                label="Switch interval, ms"
                hint="How long a thread waits for the GIL before it asks for it"
            />
            <NumberField
                state
                parameter=Parameter::Workers
                label="os.cpu_count()"
                hint="What the script is told; pools take it where they are told nothing"
            />
        }
    };
    let is_running = Signal::derive(move || bench.python.get() == Python::Running);
    let has_moved = StoredValue::new(false);
    let run = move |()| {
        control::run(state, bench);
        has_moved.set_value(show_output());
    };
    // What came of it stands above the output then, and has moved that.
    Effect::new(move |_| {
        if bench.headline.with(Option::is_some) && has_moved.try_get_value() == Some(true) {
            has_moved.set_value(false);
            request_animation_frame(|| {
                let _ = show_output();
            });
        }
    });
    let stop = move |()| control::stop(state, bench);
    view! { <RunForm is_running run stop fields /> }
}

/// Where the output lies below the script, as on a phone (www/style/python.css):
/// whoever presses Run wants to see it. Says whether the page was moved.
fn show_output() -> bool {
    let Some(window) = dom::window() else { return false };
    let is_below = window.match_media("(max-width: 760px)").ok().flatten().is_some_and(|it| it.matches());
    let height = window.inner_height().ok().and_then(|height| height.as_f64());
    if let (true, Some(output), Some(height)) = (is_below, dom::element("console"), height)
        && output.get_bounding_client_rect().bottom() > height
    {
        output.scroll_into_view_with_bool(false);
        return true;
    }
    false
}

/// Run, as a message asks for it.
pub(crate) fn request_run(state: State) {
    if let Some(bench) = state.python.get_value() {
        control::run(state, bench);
    }
}

/// Stop, as a message asks for it.
pub(crate) fn request_stop(state: State) {
    if let Some(bench) = state.python.get_value() {
        control::stop(state, bench);
    }
}
