//! The whole lab: the script to the left, what came of it to the right.

use leptos::prelude::*;

use super::bench::Bench;
use super::console::Console;
use super::control;
use super::editor::Editor;
use super::runs::Runs;
use super::timeline::Timeline;
use crate::model::parameter::{FromValue, Value, Word};
use crate::model::settings::{Program, PythonSettings};
use crate::page::dom;
use crate::page::door::{Door, Opened};
use crate::page::state::Page;
use super::state::State;
use crate::view::field::fields;
use crate::view::next::Next;
use crate::view::notices::Notices;
use crate::view::run_form::RunForm;
use crate::view::sentence::sentence;

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: None };

/// Opens the lab. Everything in it comes with its own part of the program: from
/// outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let (state, bench) = (State::new(page), Bench::new());
    control::open(state, bench);
    Opened { view: view! { <PythonLab state bench /> }.into_any(), handlers: control::handlers(state, bench) }
}

#[component]
fn PythonLab(state: State, bench: Bench) -> impl IntoView {
    let title = move || match bench.headline.get() {
        Some(headline) => sentence(headline),
        None => "Change a word, run it, and see who works.".into_any(),
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
                    {move || {
                        bench.elsewhere.get().map(|page| {
                            view! { " " <a href=format!("{page}?lab=python")>"Open Python there"</a> }
                        })
                    }}
                </p>
            </div>
            <Notices page=state.page />
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
                    <Timeline state bench />
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
            <Next page=state.page />
        </section>
    }
}

#[component]
fn Controls(state: State, bench: Bench) -> impl IntoView {
    let page = state.page;
    let option = move |(word, title): Word| {
        view! {
            <option value=word prop:selected=move || state.settings.with(|it| it.program.word() == word)>
                {title}
            </option>
        }
    };
    let choose = move |word: String| {
        let program = Program::WORDS.iter().find(|it| it.0 == word).and_then(|it| Program::from_value(&Value::Word(it.0)));
        // As `set` does it: what came of one script would stand beside another.
        page.request_stop();
        page.change(|settings: &mut PythonSettings| {
            if let Some(program) = program {
                settings.program = program;
                settings.code = String::new();
            }
        });
    };
    let programs = move || {
        view! {
            <div class="field">
                <label for="setting-program">"Program"</label>
                <select id="setting-program" on:change=move |event| choose(event_target_value(&event))>
                    {Program::WORDS.map(option).collect_view()}
                </select>
            </div>
            {fields(page, &["gil", "switch", "workers"])}
        }
    };
    let is_running = Signal::derive(move || page.activity.get().is_busy());
    let has_moved = StoredValue::new(false);
    let run = move |()| {
        page.request_run();
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
    let stop = move |()| page.request_stop();
    view! { <RunForm is_running run stop fields=programs /> }
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
