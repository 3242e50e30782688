//! The whole lab: the script to the left, what came of it to the right.

use leptos::prelude::*;

use super::beginnings::Beginnings;
use super::bench::Bench;
use super::beside::Told;
use super::console::Console;
use super::control;
use super::editor::Editor;
use super::prediction::Prediction;
use super::runs::Runs;
use super::when_run;
use super::words::{self, Missing};
use crate::lab::script::script_lab::{ScriptLab, ScriptProgram};
use crate::lab::script::settings::Program;
use crate::lab::script::state::State;
use crate::page::door::Opened;
use crate::page::state::{Activity, Page};
use crate::page::text::text;
use crate::page::{dom, url};
use crate::pool::on_demand::OnDemand;
use crate::view::field::{field, fields};
use crate::view::headline::Headline;
use crate::view::later::later;
use crate::view::notices::Notices;
use crate::view::run_form::RunForm;
use crate::view::sentence::sentence;
use crate::view::timeline;

/// Opens a lab of scripts: fetches its words and Python. Everything in it comes with
/// its own part of the program: from outside, this is the only way in.
#[inline(never)]
pub(crate) fn open(page: Page, lab: &'static ScriptLab) -> Opened {
    let (state, bench) = (State::new(page, lab), Bench::new());
    control::open(state, bench);
    words::fetch(state, bench, false);
    Opened { view: view! { <Whole state bench /> }.into_any(), handlers: control::handlers(state, bench) }
}

#[component]
fn Whole(state: State, bench: Bench) -> impl IntoView {
    let lab = state.lab.lab;
    let title = move || match bench.headline.get() {
        Some(headline) => sentence(headline),
        None => sentence(Headline::plain(lab.question)),
    };
    // Once: what is built stays.
    let is_here = Memo::new(move |_| bench.lesson.with(Option::is_some));
    let stands = Signal::derive(move || is_here.get() && state.page.activity.get() != Activity::Loading);
    let elsewhere = move |page: String| {
        view! { <span>" " <a href=format!("{page}?lab={}", lab.name)>"Open Python there"</a></span> }
    };
    let own_tab = move || {
        let link = move || state.page.values.with(|values| url::link_to(state.page, values));
        view! {
            <span>
                " "
                <a href=link target="_blank" rel="noopener">
                    "Open in a new tab"
                </a>
            </span>
        }
    };
    view! {
        <section class="lab python" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">
                    {title}
                </h1>
                <p
                    class="visually-hidden"
                    role="status"
                    prop:textContent=text(move || state.page.announcement.get())
                ></p>
                <p id="status" class="status" class:visually-hidden=move || bench.headline.with(Option::is_some)>
                    <span prop:textContent=text(move || bench.sentence.get())></span>
                    {move || bench.elsewhere.get().map(elsewhere)}
                    {move || bench.is_shut_in.get().then(own_tab)}
                </p>
                <Missing state bench />
                <Told state bench />
            </div>
            <Notices page=state.page />
            <Prediction bench />
            <Beginnings state bench />
            <Controls state bench />
            {move || is_here.get().then(|| view! { <Desk state bench /> })}
            {later(OnDemand::Results, stands, None, move || when_run::below(state, bench))}
        </section>
    }
}

/// The script, and what came of it.
#[component]
fn Desk(state: State, bench: Bench) -> impl IntoView {
    let text = bench.lesson.with_untracked(|it| it.as_ref().map(|it| it.text.clone()));
    let has_run = Signal::derive(move || bench.report.with(Option::is_some));
    let has_course = RwSignal::new(false);
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
                <div class:main-figure=move || !has_course.get()>
                    <Console bench />
                </div>
                <Runs bench />
                <div class:main-figure=move || has_course.get()>
                    {later(OnDemand::Results, has_run, Some(timeline::MISSING), move || {
                        when_run::lanes(state, bench, has_course)
                    })}
                </div>
            </div>
            <div class="about-python" inner_html=text></div>
        </div>
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
        let program = state.lab.programs.iter().find(|it| it.name == name).map(Program);
        // As `set` does it: what came of one script would stand beside another.
        state.page.request_stop();
        state.change(|settings| {
            if let Some(program) = program {
                settings.program = program;
                settings.code = String::new();
            }
        });
        bench.expected.set(None);
    };
    // `open(…)` or `urlopen(…)`: without, a file's latency is one field too many.
    let reads_files = Memo::new(move |_| state.settings.with(|it| control::script(bench, it).source.contains("open(")));
    let programs = move || {
        view! {
            <div class="field">
                <label for="setting-program">"Program"</label>
                <select id="setting-program" on:change=move |event| choose(event_target_value(&event))>
                    {state.lab.programs.iter().map(option).collect_view()}
                </select>
            </div>
            {fields(state.page, &["gil", "switch", "workers"])}
            <div class="when" hidden=move || !reads_files.get()>{field(state.page, "latency")}</div>
        }
    };
    let is_running = Signal::derive(move || state.page.activity.get().is_busy());
    let has_moved = StoredValue::new(false);
    let run = move |()| {
        state.page.request_run();
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
    let stop = move |()| state.page.request_stop();
    view! { <RunForm is_running run stop fields=programs /> }
}

/// Where the output lies below the script, as on a phone (www/style/labs.css):
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
