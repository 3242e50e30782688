//! The race of the four executors: its controls, and what came of it.

use leptos::html::H1;
use leptos::prelude::*;

use super::course;
use super::explain::Explain;
use super::predict::Predict;
use super::results::Results;
use super::rung;
use super::settings_form::SettingsForm;
use super::slide_view::Slide;
use super::takeaway;
use crate::lab::race::attractor::Attractor;
use crate::page::state::{Activity, State};
use crate::view::bars::Bars;
use crate::view::embed::Embed;
use crate::view::format;
use crate::view::notices::Notices;
use crate::view::sentence::sentence;
use crate::view::takeaway::Takeaway;
use crate::view::timeline::Timeline;
use crate::view::verdict;

/// The value of `data-same`.
fn agreement(agreement: verdict::Agreement) -> &'static str {
    match agreement {
        verdict::Agreement::Same => "true",
        verdict::Agreement::Different => "false",
        verdict::Agreement::Alone => "alone",
    }
}

/// The whole lab, without what stands around it. Everything in it comes with the
/// rest of the program: from outside, this is the only way in.
#[inline(never)]
pub(crate) fn view(state: State) -> AnyView {
    view! { <Race state /> }.into_any()
}

#[component]
fn Race(state: State) -> impl IntoView {
    let bits =
        Memo::new(move |_| state.report.with(|report| report.as_ref().and_then(|it| verdict::same_bits(&it.results))));
    let blocks = Memo::new(move |_| rung::blocks(state));
    let progress = Signal::derive(move || rung::progress(state));
    let guess = Signal::derive(move || rung::guess(state));
    let courses =
        Memo::new(move |_| state.report.with(|report| report.as_deref().map(course::all).unwrap_or_default()));
    let favourite = Memo::new(move |_| {
        let guessed = state.predicted.with(|it| it.as_ref().and_then(|it| it.first));
        courses.with(|courses| course::favourite(courses, guessed))
    });
    view! {
        <section class="lab" aria-labelledby="question">
            <Head state />
            <Notices state />
            <SettingsForm state />
            <div class="charts">
                <Attractor state />
                <div class="times">
                    <Bars blocks progress guess appearance=state.appearance />
                    <p
                        id="same-bits"
                        class="same-bits"
                        class:unseen=move || state.activity.get() == Activity::Running && !state.is_climbing.get()
                        data-same=move || bits.with(|it| it.as_ref().map(|it| agreement(it.0)))
                    >
                        {move || bits.get().map(|it| it.1)}
                    </p>
                    <Timeline courses favourite appearance=state.appearance />
                </div>
            </div>
            <Results state />
            <Slide state />
            <Takeaway offer=takeaway::offer(state) capabilities=state.capabilities>
                <Embed state />
            </Takeaway>
        </section>
    }
}

/// The sentence on top, and below it what goes on, a guess, or the explanation.
#[component]
fn Head(state: State) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    // Whoever chose an answer by keyboard goes on from here: the answers are gone.
    Effect::new(move |before: Option<Option<web_sys::HtmlHeadingElement>>| {
        let heading = heading.get();
        if let Some(heading) = heading.as_ref()
            && before.flatten().is_none()
            && state.activity.get_untracked() == Activity::Running
        {
            let _ = heading.focus();
        }
        heading
    });
    let of_run = Memo::new(move |_| {
        let settings = state.settings.get();
        state.asked.with(|asked| asked.as_ref().and_then(|asked| verdict::of_another_run(asked, &settings)))
    });
    let is_idle = move || state.activity.get() == Activity::Idle;
    let has_report = move || state.report.with(Option::is_some);
    let is_over = Memo::new(move |_| is_idle() && has_report() && state.headline.with(Option::is_some));
    let can_guess = Memo::new(move |_| match state.activity.get() {
        Activity::Loading => true,
        Activity::Idle => !is_over.get() || of_run.with(Option::is_some),
        Activity::Running | Activity::Stopping => false,
    });
    // The headline says it already.
    let is_said =
        move || state.headline.with(|it| it.as_ref().is_some_and(|it| it.to_string() == state.sentence.get()));
    view! {
        <div class="head">
            <h1 id="question" tabindex="-1" node_ref=heading>
                {move || match state.headline.get() {
                    Some(headline) => sentence(headline),
                    None => question(state).into_any(),
                }}
            </h1>
            <p class="visually-hidden" role="status">
                {move || state.announcement.get()}
            </p>
            <div class="under">
                <p id="status" class="status" class:visually-hidden=is_said>
                    {move || state.sentence.get()}
                </p>
                <p id="of-run" class="of-run">{move || is_idle().then(|| of_run.get()).flatten()}</p>
                // Hidden, never taken away: what an effect still reads must not be gone.
                <div hidden=move || !can_guess.get()>
                    <Predict state />
                </div>
                <div hidden=move || !is_over.get() || can_guess.get()>
                    <Explain state />
                </div>
            </div>
        </div>
    }
}

fn question(state: State) -> String {
    // What is typed while a race goes on is the next one's.
    let running = state.current.with(|it| it.as_ref().map(|it| it.members));
    match running.unwrap_or_else(|| state.settings.with(|it| it.members)) {
        1 => "One simulation: which way of running it finishes first?".into(),
        members => format!("{} simulations: which way of running them finishes first?", format::count(members.into())),
    }
}
