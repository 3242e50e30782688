//! The race of the four executors: its controls, and what came of it.

use crate::lab::race::asked;
use crate::page::text::text;
use leptos::html::H1;
use leptos::prelude::*;

use super::page::explain::Explain;
use super::page::predict::Predict;
use super::page::question;
use super::page::results::Results;
use super::page::rung;
use super::page::settings_form::SettingsForm;
use super::page::state::Race;
use super::page::when_run;
use crate::lab::race::attractor::page::Attractor;
use crate::model::format;
use crate::page::door::{Door, Opened};
use crate::page::state::{Activity, Page};
use crate::pool::on_demand::OnDemand;
use crate::view::bars::Bars;
use crate::view::headline::Headline;
use crate::view::later::later;
use crate::view::notices::Notices;
use crate::view::sentence::sentence;
use crate::view::timeline;
use crate::view::verdict;

/// The value of `data-same`.
fn agreement(agreement: verdict::Agreement) -> &'static str {
    match agreement {
        verdict::Agreement::Same => "true",
        verdict::Agreement::Different => "false",
        verdict::Agreement::Alone => "alone",
    }
}

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: Some(question::question) };

/// Opens the lab. Everything in it comes with its own part of the program: from
/// outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let race = Race::new(page);
    let handlers = race.handlers();
    // Whoever came here by Run wants a single run; an answer that was given before was taken back.
    if let Some(prediction) = question::take_answer().filter(|_| !page.start_wanted.get_value()) {
        page.handlers.set_value(Some(handlers));
        race.run_both(prediction);
    }
    Opened { view: view! { <Whole race /> }.into_any(), handlers }
}

#[component]
fn Whole(race: Race) -> impl IntoView {
    let bits =
        Memo::new(move |_| race.report.with(|report| report.as_ref().and_then(|it| verdict::same_bits(&it.results))));
    let blocks = Memo::new(move |_| rung::blocks(race));
    let progress = Signal::derive(move || rung::progress(race));
    let guess = Signal::derive(move || rung::guess(race));
    let is_ready = Signal::derive(move || race.page.activity.get() != Activity::Loading);
    let has_run = Signal::derive(move || race.report.with(Option::is_some));
    view! {
        <section class="lab" aria-labelledby="question">
            <Head race />
            <Notices page=race.page />
            <SettingsForm race />
            <div class="charts">
                <Attractor race />
                <div class="times">
                    <div class="main-figure">
                        <Bars blocks progress guess appearance=race.page.appearance />
                    </div>
                    <p
                        id="same-bits"
                        class="same-bits"
                        class:unseen=move || race.page.activity.get() == Activity::Running && !race.is_climbing.get()
                        data-same=move || bits.with(|it| it.as_ref().map(|it| agreement(it.0)))
                        prop:textContent=text(move || bits.get().map(|it| it.1))
                    ></p>
                    {later(OnDemand::Results, has_run, Some(timeline::MISSING), move || when_run::lanes(race))}
                </div>
            </div>
            <Results race />
            {later(OnDemand::Results, is_ready, None, move || when_run::below(race))}
        </section>
    }
}

/// The sentence on top, and below it what goes on, a guess, or the explanation.
#[component]
fn Head(race: Race) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    // Whoever chose an answer by keyboard goes on from here: the answers are gone.
    Effect::new(move |before: Option<Option<web_sys::HtmlHeadingElement>>| {
        let heading = heading.get();
        if let Some(heading) = heading.as_ref()
            && before.flatten().is_none()
            && race.page.activity.get_untracked() == Activity::Running
        {
            let _ = heading.focus();
        }
        heading
    });
    let of_run = Memo::new(move |_| {
        let settings = race.settings.get();
        race.asked.with(|asked| asked.as_ref().and_then(|asked| asked::of_another_run(asked, &settings)))
    });
    let is_idle = move || race.page.activity.get() == Activity::Idle;
    let has_report = move || race.report.with(Option::is_some);
    let is_over = Memo::new(move |_| is_idle() && has_report() && race.verdict.with(Option::is_some));
    let can_guess = Memo::new(move |_| match race.page.activity.get() {
        Activity::Loading => true,
        Activity::Idle => !is_over.get() || of_run.with(Option::is_some),
        Activity::Running | Activity::Stopping => false,
    });
    // The headline says it already, with what stands below it.
    let is_said =
        move || race.verdict.with(|it| it.as_ref().is_some_and(|it| it.to_string() == race.page.sentence.get()));
    let more = Memo::new(move |_| race.verdict.with(|it| it.as_ref().and_then(|it| it.more.clone())));
    let title = move || match race.verdict.get() {
        Some(verdict) => sentence(verdict.headline),
        None => sentence(Headline::plain(what_is_asked(race))),
    };
    view! {
        <div class="head">
            <h1 id="question" tabindex="-1" node_ref=heading>
                {title}
            </h1>
            <p
                class="visually-hidden"
                role="status"
                prop:textContent=text(move || race.page.announcement.get())
            ></p>
            <div class="under">
                <p
                    id="status"
                    class="status"
                    class:visually-hidden=is_said
                    prop:textContent=text(move || race.page.sentence.get())
                ></p>
                <p id="more" class="also" hidden=move || more.with(Option::is_none)>
                    {move || more.get().map(sentence)}
                </p>
                <p id="of-run" class="of-run" prop:textContent=text(move || is_idle().then(|| of_run.get()).flatten())></p>
                // Hidden, never taken away: what an effect still reads must not be gone.
                <div hidden=move || !can_guess.get()>
                    <Predict race />
                </div>
                <div hidden=move || !is_over.get() || can_guess.get()>
                    <Explain race />
                </div>
                <HandOn race is_over />
            </div>
        </div>
    }
}

/// After a first visit's races: the way on, where it is seen.
#[component]
fn HandOn(race: Race, is_over: Memo<bool>) -> impl IntoView {
    let page = race.page;
    let is_embedded = page.flags.with_value(|it| it.embed);
    let was_first_visit = move || race.rungs.with(|rungs| rungs.len() > 1);
    let link = page.next().first().copied().map(|lab| view! { <a href=page.address_of(lab)>{lab.question}</a> });
    view! {
        <p id="hand-on" class="hand-on" hidden=move || is_embedded || !is_over.get() || !was_first_visit()>
            "Go on: "
            {link}
        </p>
    }
}

fn what_is_asked(race: Race) -> String {
    // What is typed while a race goes on is the next one's.
    let running = race.current.with(|it| it.as_ref().map(|it| it.members));
    match running.unwrap_or_else(|| race.settings.with(|it| it.members)) {
        1 => "One simulation: which way of running it finishes first?".into(),
        members => format!("{} simulations: which way of running them finishes first?", format::count(members.into())),
    }
}
