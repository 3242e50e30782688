//! The whole lab.

use leptos::prelude::*;

use super::control::Gil;
use super::hand::view::StepByHand;
use super::measured::Verdict;
use super::mix::Mix;
use super::picture::Kitchens;
use super::scripts::Scripts;
use super::settings::Kind;
use super::{when_run, words};
use crate::page::door::{Door, Opened};
use crate::page::state::{Activity, Page};
use crate::page::text::text;
use crate::page::url;
use crate::pool::on_demand::OnDemand;
use crate::view::field::field;
use crate::view::figure_note::FigureNote;
use crate::view::guess::{Answer, Feedback, Guess};
use crate::view::headline::Headline;
use crate::view::later::later;
use crate::view::next::Next;
use crate::view::notices::Notices;
use crate::view::run_form::RunForm;
use crate::view::sentence::sentence;
use crate::view::timeline;

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: None };

/// Opens the lab, and fetches Python: from outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let gil = Gil::new(page);
    gil.open();
    Opened { view: view! { <Whole gil /> }.into_any(), handlers: gil.handlers() }
}

#[component]
fn Whole(gil: Gil) -> impl IntoView {
    let page = gil.page;
    let is_running = Signal::derive(move || page.activity.get().is_busy());
    let has_said = Memo::new(move |_| gil.said.with(Option::is_some));
    let title = move || {
        let said = gil.said.with(|it| it.as_ref().map(|it| it.headline.clone()));
        sentence(said.unwrap_or_else(|| Headline::plain(super::LAB.question)))
    };
    let more = move || gil.said.with(|it| it.as_ref().map(|it| it.more.clone()));
    let stands = Signal::derive(move || page.activity.get() != Activity::Loading);
    let has_any = Signal::derive(move || gil.came.with(|all| !all.is_empty()));
    let note = Signal::derive(move || {
        has_said.get().then(|| gil.asked.with(|it| gil.came.with(|all| words::note(it, all))))?
    });
    view! {
        <section class="lab gil" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">
                    {title}
                </h1>
                <p class="visually-hidden" role="status" prop:textContent=text(move || page.announcement.get())></p>
                <p id="status" class="status" class:visually-hidden=move || has_said.get()>
                    <span prop:textContent=text(move || page.sentence.get())></span>
                    <Elsewhere gil />
                </p>
                <p id="more-said" class="explanation" prop:textContent=text(more)></p>
                <Prediction gil />
            </div>
            <Notices page />
            <RunForm
                is_running
                run=move |()| page.request_run()
                stop=move |()| page.request_stop()
                fields=move || view! { <Fields gil /> }
            />
            <Kitchens gil />
            <ul class="reasons">
                <FigureNote said=note />
            </ul>
            {later(OnDemand::Results, has_any, Some(timeline::MISSING), move || when_run::explained(gil))}
            {later(OnDemand::Results, stands, None, move || when_run::figures(gil))}
            <StepByHand page runner=gil.runner />
            <Scripts gil />
            {later(OnDemand::Results, stands, None, move || when_run::below(gil))}
            <Next page />
        </section>
    }
}

/// Where Python is, if not here.
#[component]
fn Elsewhere(gil: Gil) -> impl IntoView {
    let there = move |page: String| {
        view! { <span>" " <a href=format!("{page}?lab={}", super::LAB.name)>"Open it there"</a></span> }
    };
    let own_tab = move || {
        let link = move || gil.page.values.with(|values| url::link_to(gil.page, values));
        view! { <span>" " <a href=link target="_blank" rel="noopener">"Open in a new tab"</a></span> }
    };
    view! {
        {move || gil.elsewhere.get().map(there)}
        {move || gil.is_shut_in.get().then(own_tab)}
    }
}

/// The fields that matter for the chosen tasks.
#[component]
fn Fields(gil: Gil) -> impl IntoView {
    const ALL: [(&str, &[Kind]); 8] = [
        ("kind", &[Kind::Pure, Kind::Compiled, Kind::Io, Kind::Convoy]),
        ("threads", &[Kind::Pure, Kind::Compiled, Kind::Io]),
        ("tasks", &[Kind::Pure, Kind::Compiled, Kind::Io]),
        ("size", &[Kind::Pure, Kind::Compiled, Kind::Io]),
        ("mix", &[Kind::Compiled, Kind::Io]),
        ("wait", &[Kind::Io]),
        ("switch", &[Kind::Pure, Kind::Compiled, Kind::Io, Kind::Convoy]),
        ("theme", &[Kind::Pure, Kind::Compiled, Kind::Io, Kind::Convoy]),
    ];
    let kind = Memo::new(move |_| gil.settings.with(|it| it.kind));
    let one = move |(name, kinds): (&'static str, &'static [Kind])| {
        view! {
            <div class="when" hidden=move || !kinds.contains(&kind.get())>
                {if name == "mix" { view! { <Mix page=gil.page name /> }.into_any() } else { field(gil.page, name) }}
            </div>
        }
    };
    ALL.map(one).collect_view()
}

/// Will threads help? Asked before a run, set beside what came of it after.
#[component]
fn Prediction(gil: Gil) -> impl IntoView {
    let question = Signal::derive(move || gil.settings.with(words::question));
    let answers = Signal::derive(move || {
        let all = words::answers(gil.settings.with(|it| it.kind));
        all.map(|(verdict, label)| Answer::new(verdict.word(), label)).to_vec()
    });
    let picked = Signal::derive(move || gil.guess.get().map(|it| it.word().to_owned()));
    let pick = move |id: String| {
        let all = [Verdict::Faster, Verdict::Close, Verdict::Slower];
        gil.guess.set(all.into_iter().find(|it| it.word() == id));
    };
    let is_closed = Signal::derive(move || gil.page.activity.get() == Activity::Running);
    let said = Signal::derive(move || {
        let guess = gil.guessed.get().filter(|_| gil.said.with(Option::is_some))?;
        gil.asked.with(|settings| gil.came.with(|all| words::feedback(guess, settings, all)))
    });
    view! {
        <Guess question answers picked pick is_closed />
        <Feedback said />
    }
}
