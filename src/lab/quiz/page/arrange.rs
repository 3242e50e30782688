//! Lines to put in order, by keys, by buttons and by touch: whatever is done to one is done to
//! the line that is picked. What came of running them.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::question::Hint;
use super::state::Quiz;
use crate::lab::quiz::card::Card;
use crate::lab::quiz::parsons::arrangement::{Arrangement, Move};
use crate::lab::quiz::parsons::problem::Problem;
use crate::lab::quiz::settings::Feedback;
use crate::page::dom;
use crate::page::text::{Text, text};

/// What somebody does with the lines before they are given; cheap to copy.
#[derive(Clone, Copy)]
struct Desk {
    problem: StoredValue<Problem>,
    /// In which order the lines lie there.
    order: StoredValue<Vec<usize>>,
    taken: RwSignal<Arrangement>,
    /// The line that buttons move.
    picked: RwSignal<Option<String>>,
    /// What was done last, for who does not see it.
    said: RwSignal<String>,
}

/// The element of a line.
fn element(id: &str) -> String {
    format!("line-{id}")
}

impl Desk {
    fn text(self, id: &str) -> String {
        self.problem.with_value(|it| it.text(id).unwrap_or_default().to_owned())
    }

    fn say(self, id: &str) {
        let words = self.text(id);
        self.said.set(self.taken.with_untracked(|it| it.said(id, &words)));
    }

    fn take(self, id: &str) {
        self.taken.update(|it| it.take(id));
        self.picked.set(Some(id.to_owned()));
        self.say(id);
        focus(element(id));
    }

    /// Moves a line, and says where it is. Whoever leaves it out goes on with the next one.
    fn apply(self, id: &str, to: Move) {
        let place = self.taken.with_untracked(|it| it.place(id));
        self.taken.update(|it| it.apply(id, to));
        self.say(id);
        if to == Move::Away {
            let next = |it: &Arrangement| {
                let place = place?.min(it.count().checked_sub(1)?);
                it.at(place).map(ToOwned::to_owned)
            };
            self.picked.set(self.taken.with_untracked(next));
        }
    }

    fn on_key(self, id: &str, event: &KeyboardEvent) {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
        let Some(to) = Move::of_key(&event.key()).filter(|_| !has_modifier) else { return };
        event.prevent_default();
        self.apply(id, to);
        // A line that was moved is drawn anew.
        let next = self.picked.get_untracked();
        focus(match (to, next) {
            (Move::Away, Some(next)) => element(&next),
            (Move::Away, None) => "to-pick".to_owned(),
            _ => element(id),
        });
    }
}

/// Puts the focus there once it is drawn, and before the next key comes: what draws it is first in the queue.
fn focus(id: String) {
    spawn_local(async move {
        if let Some(element) = dom::element(&id) {
            let _ = element.focus();
        }
    });
}

/// The lines, and what can be done with them.
#[component]
pub(super) fn Arrange(quiz: Quiz) -> impl IntoView {
    let of_card = |card: &Card| {
        let problem = card.lines().cloned()?;
        Some((problem, card.order.clone(), card.arrangement().unwrap_or_default()))
    };
    let (problem, order, taken) = quiz.card_untracked(of_card).flatten().unwrap_or_default();
    // Without the empty lines between them and the student's.
    let (before, after) = (problem.before.trim_end().to_owned(), problem.after.trim_start_matches('\n').to_owned());
    let desk = Desk {
        problem: StoredValue::new(problem),
        order: StoredValue::new(order),
        taken: RwSignal::new(taken),
        picked: RwSignal::new(None),
        said: RwSignal::new(String::new()),
    };
    let words = match quiz.sitting.with_untracked(|it| it.feedback()) {
        Feedback::Now => "Run it",
        Feedback::End | Feedback::Never => "These are my lines",
    };
    let give = move |_| {
        let taken = desk.taken.get_untracked();
        let mut is_given = false;
        quiz.act(|it| is_given = it.submit(&taken));
        if is_given && quiz.sitting.with_untracked(|it| it.may_run()) {
            quiz.page.request_run();
        }
    };
    view! {
        <p id="how-to-arrange" class="soft">
            "Pick the lines that you need, not all are. The arrow keys move the line that is picked: ↑ ↓ its place, ← → its \
             indent; Delete leaves it out. The buttons do the same."
        </p>
        <div class="parsons">
            <pre translate="no" tabindex="0" aria-label="What stands above">{before}</pre>
            <Taken desk />
            <pre translate="no" tabindex="0" aria-label="What stands below" hidden=after.is_empty()>{after.clone()}</pre>
        </div>
        <Left desk />
        <p id="arranged" class="soft" role="status" aria-live="polite" prop:textContent=text(move || desk.said.get())></p>
        <div class="buttons">
            <button id="run-lines" type="button" class="primary" on:click=give>
                {words}
            </button>
        </div>
        <Hint quiz />
    }
}

/// The lines that were taken, and the buttons that move one of them.
#[component]
fn Taken(desk: Desk) -> impl IntoView {
    let line = move |(id, indent): (String, u32)| {
        let words = format!("{}{}", "    ".repeat(indent as usize), desk.text(&id));
        let (own, key, picked) = (id.clone(), id.clone(), id.clone());
        view! {
            <li>
                <button
                    type="button"
                    class="line"
                    id=element(&id)
                    data-line=id
                    data-indent=indent.to_string()
                    aria-describedby="how-to-arrange"
                    aria-pressed=move || if desk.picked.with(|it| it.as_ref() == Some(&own)) { "true" } else { "false" }
                    on:click=move |_| desk.picked.set(Some(picked.clone()))
                    on:focus={
                        let id = key.clone();
                        move |_| desk.picked.set(Some(id.clone()))
                    }
                    on:keydown=move |event| desk.on_key(&key, &event)
                >
                    <code translate="no">{words}</code>
                </button>
            </li>
        }
        .into_any()
    };
    let lines = move || {
        let taken: Vec<_> = desk.taken.with(|it| it.iter().map(|(id, indent)| (id.to_owned(), indent)).collect());
        taken.into_iter().map(line).collect::<Vec<_>>()
    };
    let is_off = move || desk.picked.with(Option::is_none).then_some("true");
    let press = move |to: Move| {
        if let Some(id) = desk.picked.get_untracked() {
            desk.apply(&id, to);
        }
    };
    let button = move |(to, name, words): (Move, &'static str, &'static str)| {
        view! {
            <button type="button" data-move=name aria-disabled=is_off on:click=move |_| press(to)>
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <ol id="taken" class="lines" aria-label="Your lines, in order">{lines}</ol>
        <p class="soft" hidden=move || desk.taken.with(|it| it.count() > 0)>"No line yet: pick one below."</p>
        <div class="buttons moves" role="group" aria-label="Move the line that is picked">
            {Move::ALL.into_iter().map(button).collect::<Vec<_>>()}
        </div>
    }
}

/// The lines that were not taken, as they lie there.
#[component]
fn Left(desk: Desk) -> impl IntoView {
    let line = move |(id, words): (String, String)| {
        let own = id.clone();
        view! {
            <li>
                <button type="button" class="line" data-left=id on:click=move |_| desk.take(&own)>
                    <code translate="no">{words}</code>
                </button>
            </li>
        }
        .into_any()
    };
    let left = move || {
        let pieces: Vec<_> =
            desk.problem.with_value(|it| it.pieces().map(|(id, words)| (id.to_owned(), words.to_owned())).collect());
        let is_left = |it: &(String, String)| desk.taken.with(|taken| taken.place(&it.0).is_none());
        let in_order =
            desk.order.with_value(|it| it.iter().filter_map(|at| pieces.get(*at).cloned()).collect::<Vec<_>>());
        in_order.into_iter().filter(is_left).map(line).collect::<Vec<_>>()
    };
    view! {
        <h2 id="to-pick" tabindex="-1">"Lines to pick from"</h2>
        <ul id="left" class="lines" aria-labelledby="to-pick">{left}</ul>
    }
}

/// What came of running the lines: figures, and what was printed.
#[component]
pub(super) fn CameOut(quiz: Quiz) -> impl IntoView {
    let ran = quiz.card_untracked(|card| card.ran.clone()).flatten();
    ran.map(|ran| {
        let told = ran.own().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(" · ");
        let printed = ran.printed.clone();
        view! {
            <div class="came-out">
                <p class="told" translate="no" prop:textContent=Text::from(told)></p>
                <pre translate="no" tabindex="0" aria-label="What it printed" hidden=printed.is_empty()>{printed.clone()}</pre>
            </div>
        }
    })
}

/// The lines that were run; and the solution, where it is told and they are others.
#[component]
pub(super) fn Compared(quiz: Quiz) -> impl IntoView {
    let of_card = |card: &Card| {
        let problem = card.lines()?;
        let (own, solution) = (problem.code(&card.arrangement()?), problem.code(&problem.solution()));
        let solution = Some(solution).filter(|it| card.is_right() != Some(true) && *it != own);
        Some([("Your lines", Some(own)), ("Lines that are right", solution)])
    };
    let block = |(heading, code): (&'static str, Option<String>)| {
        let code = code?;
        Some(
            view! {
                <h2>{heading}</h2>
                <pre translate="no" tabindex="0" aria-label=heading>{code}</pre>
            }
            .into_any(),
        )
    };
    quiz.card_untracked(of_card).flatten().map(|blocks| blocks.into_iter().filter_map(block).collect::<Vec<_>>())
}
