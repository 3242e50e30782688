//! Why: what the run says beside the key, what was taken for true, and the reason. It comes
//! into one live region, which is there from the beginning and is read once.

use leptos::prelude::*;

use super::arrange::{CameOut, Compared};
use super::figures::{Figures, OwnFigures};
use super::own;
use super::question::YourAnswer;
use super::state::Quiz;
use super::to_run::Program;
use super::when_run;
use crate::lab::quiz::card::Card;
use crate::lab::quiz::item::{Compiled, Kind};
use crate::lab::quiz::observation::figures;
use crate::lab::quiz::sitting::{Sitting, Stage};
use crate::lab::quiz::standing;
use crate::lab::quiz::verdict::explained;
use crate::page::text::{Text, text};

/// Before the usual reason, where a compiled run does not show it.
const UNCLEAR: &str = "On a quiet machine this is clearer: run it again.";

/// The same of lines that were put in order.
fn of_lines(card: &Card, stage: Stage) -> Vec<(&'static str, String)> {
    let Some(judged) = card.judged(card.ran.as_ref()) else { return Vec::new() };
    let begin = [("says", judged.verdict.says), ("key", judged.key.to_owned())];
    let more = judged.verdict.more.into_iter().map(|it| ("more", it));
    let reason = (stage == Stage::Explained).then(|| ("reason", card.item.reason.clone()));
    begin.into_iter().chain(more).chain(reason).collect()
}

/// The sentences of what may be read of the question now; none before.
pub(super) fn sentences(sitting: &Sitting) -> Vec<(&'static str, String)> {
    let Some(card) = sitting.card() else { return Vec::new() };
    if card.lines().is_some() {
        return of_lines(card, sitting.stage);
    }
    let saw = || Some(card.observation?.said(&card.ways(), &card.outcome()));
    let own = || Some(card.answer()?.feedback.clone());
    match (sitting.stage, &card.verdict) {
        (Stage::Again, _) => {
            let wrong = card.answer().map(|it| format!("Not right: “{}” it is not.", it.label));
            let told = [("wrong", wrong), ("saw", saw()), ("feedback", own())];
            let against = card.contradiction().into_iter().map(|it| ("against", it));
            told.into_iter().filter_map(|it| Some((it.0, it.1?))).chain(against).collect()
        }
        (Stage::Explained, Some(verdict)) => {
            let answered = || Some(format!("You answered “{}”. {}", card.answer()?.label, own()?));
            let runs_nothing = card.item.run.kind == Kind::Nothing;
            let feedback = match card.is_right() {
                // Without a run, this is all that says why it is right.
                Some(true) if runs_nothing => own(),
                Some(true) => None,
                _ => answered(),
            };
            let begin = [
                ("key", Some(verdict.beside_the_key(&card.item, card.is_right()))),
                ("saw", saw()),
                ("says", Some(verdict.says.clone())),
            ];
            let more = verdict.more.iter().map(|it| ("more", Some(it.clone())));
            let end = [("feedback", feedback), ("reason", Some(card.item.reason.clone()))];
            let all = begin.into_iter().chain(more).chain(end).filter_map(|it| Some((it.0, it.1?)));
            all.filter(|it| !it.1.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// The live region.
#[component]
pub(in crate::lab::quiz) fn Said(quiz: Quiz) -> impl IntoView {
    // Before, there is nothing to say; nor is there what says it.
    let may_say = |it: &Sitting| matches!(it.stage, Stage::Again | Stage::Explained);
    let said =
        Memo::new(move |_| quiz.sitting.with(|it| if may_say(it) { when_run::sentences(it) } else { Vec::new() }));
    let sentence = move |(kind, words): (&'static str, String)| own::said(quiz, kind, words);
    view! {
        <div id="said" role="status" aria-live="polite" aria-atomic="true">
            {move || said.get().into_iter().map(sentence).collect_view()}
        </div>
    }
}

/// After a wrong answer: the figures, the answers once more, or no more of it.
#[component]
pub(in crate::lab::quiz) fn Again(quiz: Quiz) -> impl IntoView {
    let is_of_lines = quiz.card_untracked(|card| card.lines().is_some()).unwrap_or_default();
    let words = if is_of_lines { "Which lines are it, then?" } else { "Which is it, then?" };
    view! {
        <CameOrFigures quiz />
        <h2 id="again" tabindex="-1">
            {words}
        </h2>
    }
}

/// What came of the run.
#[component]
fn CameOrFigures(quiz: Quiz) -> impl IntoView {
    let is_of_lines = quiz.card_untracked(|card| card.lines().is_some()).unwrap_or_default();
    if is_of_lines { view! { <CameOut quiz /> }.into_any() } else { view! { <OwnFigures quiz /> }.into_any() }
}

/// The figures, once all can be read, and the way on.
#[component]
pub(in crate::lab::quiz) fn Explained(quiz: Quiz) -> impl IntoView {
    let compiled = quiz.card_untracked(|card: &Card| card.item.compiled.clone()).flatten();
    view! {
        <YourAnswer quiz />
        <CameOrFigures quiz />
        <Compared quiz />
        <Program quiz />
        {compiled.map(|compiled| view! { <AndCompiled quiz compiled /> })}
    }
}

/// The way on.
#[component]
pub(in crate::lab::quiz) fn Next(quiz: Quiz) -> impl IntoView {
    let words = quiz.sitting.with_untracked(|it| match (it.is_over(), it.at + 1 < it.cards.len()) {
        (true, _) => "Back to your answers",
        (false, true) => "Next question",
        (false, false) => "To the end",
    });
    // What shows nothing is best run again.
    let is_open = quiz.card_untracked(Card::run_is_open).unwrap_or_default();
    view! {
        <button id="next-question" type="button" class:primary=!is_open on:click=move |_| quiz.act(|it| it.next())>
            {words}
        </button>
        " "
        <RunAgain quiz />
    }
}

/// Once more, with what was answered.
#[component]
pub(in crate::lab::quiz) fn RunAgain(quiz: Quiz) -> impl IntoView {
    let runs_nothing = quiz.sitting.with_untracked(Sitting::runs_nothing);
    let is_open = quiz.card_untracked(Card::run_is_open).unwrap_or_default();
    let run = move |_| {
        quiz.act(|it| it.run_again());
        if quiz.sitting.with_untracked(Sitting::may_run) {
            quiz.page.request_run();
        }
    };
    view! {
        <button id="run-again" type="button" class:primary=is_open hidden=runs_nothing on:click=run>
            "Run it again"
        </button>
    }
}

/// "And compiled?": the same by compiled code, where the answer may turn.
#[component]
fn AndCompiled(quiz: Quiz, compiled: Compiled) -> impl IntoView {
    let Compiled { words, run, contenders, rules } = compiled;
    let gil = run.gil.unwrap_or(true);
    let kind = run.kind;
    let asked = StoredValue::new((contenders, rules));
    let came = move |ran: crate::lab::quiz::card::Ran| {
        let (contenders, rules) = asked.get_value();
        let told = explained(&rules, &contenders, gil, &ran.observed, &ran.machine);
        let ways = standing::ways(&contenders, &ran.observed);
        let says = told.as_ref().and_then(|it| it.headline.clone()).map(|it| it.to_string());
        let says = says.unwrap_or_else(|| figures(&ways, &standing::outcome(&ways, &ran.machine)));
        let more = match told {
            Some(told) => told.more,
            // What the first rule is about is what is usual.
            None => rules.first().and_then(|it| Some(format!("{UNCLEAR} {}", it.more.as_ref()?))),
        };
        view! {
            <Figures ran contenders kind />
            <p id="compiled-said" prop:textContent=Text::from(says)></p>
            <p prop:textContent=Text::from(more)></p>
        }
    };
    let is_busy = move || quiz.page.activity.get().is_busy();
    let was_asked = RwSignal::new(false);
    let run = move |_| {
        was_asked.set(true);
        quiz.wants_compiled.set_value(true);
        quiz.page.request_run();
    };
    view! {
        <section class="compiled" aria-labelledby="and-compiled">
            <h2 id="and-compiled">"And compiled?"</h2>
            <p prop:textContent=Text::from(words)></p>
            <div class="buttons">
                <button
                    id="run-compiled"
                    type="button"
                    aria-disabled=move || is_busy().then_some("true")
                    on:click=run
                >
                    "Run that, too"
                </button>
                <button
                    type="button"
                    hidden=move || !is_busy()
                    on:click=move |_| quiz.page.request_stop()
                >
                    "Stop"
                </button>
            </div>
            // What it does meanwhile, and why nothing came of it.
            <p
                class="status"
                hidden=move || !was_asked.get() || quiz.compiled.with(Option::is_some) && !is_busy()
                prop:textContent=text(move || quiz.page.sentence.get())
            ></p>
            {move || quiz.compiled.get().map(came)}
        </section>
    }
}
