//! The whole lab: the script to the left, what came of it to the right.

use leptos::prelude::*;

use super::bench::{Bench, Python};
use super::console::Console;
use super::control;
use super::editor::Editor;
use super::runs::Runs;
use super::timeline::Timeline;
use crate::model::query::Parameter;
use crate::model::settings::Program;
use crate::ui::lab::headline::Piece;
use crate::ui::state::State;
use crate::ui::widget::choice::Choice;
use crate::ui::widget::copy_link::CopyLink;
use crate::ui::widget::notices::Notices;
use crate::ui::widget::number_field::NumberField;

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
        Some(headline) => headline
            .pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => view! { <span>{words}</span> }.into_any(),
                Piece::Figure(executor, figure) => {
                    view! { <span class="figure" data-executor=executor.name()>{figure}</span> }.into_any()
                }
            })
            .collect_view()
            .into_any(),
        None => view! { <span>"Change a word, run it, and see who works."</span> }.into_any(),
    };
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
                </p>
            </div>
            <Notices state />
            <Controls state bench />
            <div class="desk">
                <div>
                    <Editor state bench />
                    <p class="about-python">
                        "This is Python in your browser: RustPython, compiled to WebAssembly. Its processes and threads are "
                        "web workers, for real; it computes several times slower than CPython. There is no NumPy, but "
                        <code>"from lab import kernels"</code> " brings the ensemble compiled: "
                        <code>"kernels.member(state, steps)"</code> " releases the GIL as NumPy does."
                    </p>
                    <p class="take"><CopyLink state /></p>
                </div>
                <div class="came-of-it">
                    <Console bench />
                    <Runs bench />
                    <Timeline state bench />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Controls(state: State, bench: Bench) -> impl IntoView {
    let is_running = move || bench.python.get() == Python::Running;
    let option = move |program: Program| {
        view! {
            <option value=program.name() prop:selected=move || state.settings.with(|it| it.program == program)>
                {program.title()}
            </option>
        }
    };
    let choose = move |name: String| {
        let program = Program::ALL.into_iter().find(|it| it.name() == name);
        state.settings.update(|settings| {
            if let Some(program) = program {
                settings.program = program;
                settings.code = String::new();
            }
        });
    };
    view! {
        <form
            id="settings"
            autocomplete="off"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                control::run(state, bench);
            }
        >
            <div class="controls">
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
                <div class="buttons">
                    <button
                        id="run"
                        type="submit"
                        class="primary"
                        aria-disabled=move || is_running().then_some("true")
                    >
                        "Run"
                    </button>
                    <button
                        id="stop"
                        type="button"
                        disabled=move || !is_running()
                        on:click=move |_| control::stop(state, bench)
                    >
                        "Stop"
                    </button>
                </div>
            </div>
        </form>
    }
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
