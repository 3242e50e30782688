//! The whole lab: the script to the left, what came of it to the right.

use leptos::prelude::*;

use super::beginnings::Beginnings;
use super::bench::{Bench, Python};
use super::beside::{Slide, Told};
use super::console::Console;
use super::control;
use super::editor::Editor;
use super::prediction::Prediction;
use super::runs::Runs;
use super::timeline::Timeline;
use super::words::{self, Missing};
use crate::model::query::Parameter;
use crate::model::script_lab::{ScriptLab, ScriptProgram};
use crate::model::settings::Program;
use crate::page::dom;
use crate::page::state::State;
use crate::view::choice::Choice;
use crate::view::notices::Notices;
use crate::view::number_field::NumberField;
use crate::view::run_form::RunForm;
use crate::view::sentence::sentence;

/// Opens a lab that is data: fetches its words and Python, and shows it, without
/// what stands around it.
#[inline(never)]
pub(crate) fn open(state: State, lab: &'static ScriptLab) -> AnyView {
    view! { <Lab state lab /> }.into_any()
}

#[component]
fn Lab(state: State, lab: &'static ScriptLab) -> impl IntoView {
    let bench = Bench::new(lab);
    state.python.set_value(Some(bench));
    control::open(state, bench);
    words::fetch(state, bench, false);
    let title = move || match bench.headline.get() {
        Some(headline) => sentence(headline),
        None => lab.question.into_any(),
    };
    // Once: what is built stays.
    let is_here = Memo::new(move |_| bench.lesson.with(Option::is_some));
    let elsewhere = move |page: String| {
        view! { " " <a href=format!("{page}?lab={}", lab.name)>"Open Python there"</a> }
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
                    {move || bench.elsewhere.get().map(elsewhere)}
                </p>
                <Missing state bench />
                <Told state bench />
            </div>
            <Notices state />
            <Prediction bench />
            <Beginnings state bench />
            <Controls state bench />
            {move || is_here.get().then(|| view! { <Desk state bench /> })}
        </section>
    }
}

/// The script, and what came of it.
#[component]
fn Desk(state: State, bench: Bench) -> impl IntoView {
    let text = bench.lesson.with_untracked(|it| it.as_ref().map(|it| it.text.clone()));
    view! {
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
                <Timeline state bench />
            </div>
            <div class="about-python" inner_html=text></div>
        </div>
        <Slide bench />
    }
}

#[component]
fn Controls(state: State, bench: Bench) -> impl IntoView {
    let option = move |program: &'static ScriptProgram| {
        view! {
            <option value=program.name prop:selected=move || state.settings.with(|it| it.program == Program(program))>
                {program.title}
            </option>
        }
    };
    let choose = move |name: String| {
        let program = bench.lab.programs.iter().find(|it| it.name == name).map(Program);
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
        bench.expected.set(None);
    };
    let fields = move || {
        view! {
            <div class="field">
                <label for="setting-program">"Program"</label>
                <select id="setting-program" on:change=move |event| choose(event_target_value(&event))>
                    {bench.lab.programs.iter().map(option).collect_view()}
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
