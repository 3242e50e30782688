//! The counter on the page: what both share, in the middle, and what each has in its hand.

use leptos::prelude::*;

use super::counter::{Counter, Hand, Rule, Step, Thread};
use super::really::{Beside, Really};
use super::words;
use crate::page::text::{Text, text};

const RULES: [Rule; 3] = [Rule::Gil, Rule::Lock, Rule::Free];

/// The state, and what was said last; cheap to copy.
#[derive(Clone, Copy)]
struct Table {
    counter: RwSignal<Counter>,
    said: RwSignal<String>,
}

impl Table {
    fn press(self, thread: Thread) {
        let said = self.counter.try_update(|counter| {
            let lost = counter.lost();
            match counter.press(thread) {
                Ok(step) => words::said(counter, thread, step, lost),
                Err(refusal) => words::refused(thread, refusal),
            }
        });
        self.said.set(said.unwrap_or_default());
    }

    fn undo(self) {
        let last = self.counter.try_update(Counter::undo).flatten();
        self.said.set(words::undone(last));
    }

    fn begin(self, rule: Rule) {
        self.counter.set(Counter::new(rule));
        self.said.set(format!("{}: c is 0, and nobody has begun.", words::rule(rule)));
    }
}

/// Two threads, their steps, and the real run.
#[component]
pub(super) fn Steps(really: Really) -> impl IntoView {
    let table = Table { counter: RwSignal::new(Counter::default()), said: RwSignal::new(String::new()) };
    let rule = Memo::new(move |_| table.counter.with(Counter::rule));
    let choice = move |of: Rule| {
        view! {
            <button
                type="button"
                class="cause"
                aria-pressed=move || if rule.get() == of { "true" } else { "false" }
                on:click=move |_| table.begin(of)
            >
                {words::rule(of)}
            </button>
        }
    };
    view! {
        <section class="by-hand" id="by-hand" aria-labelledby="by-hand-title">
            <h2 id="by-hand-title">"Step it by hand"</h2>
            <p class="explanation">
                "Two threads do " <code translate="no">"c += f()"</code> " over and over, and "
                <code translate="no">"f()"</code>
                " gives 1. The interpreter does it in steps. Whose is next, you say."
            </p>
            <div class="by-hand-choice" role="group" aria-label="What keeps the threads apart">
                {RULES.map(choice).collect_view()}
            </div>
            <div class="by-hand-table">
                <OneHand table thread=Thread::One />
                <Shared counter=table.counter />
                <OneHand table thread=Thread::Two />
            </div>
            <p id="by-hand-said" class="by-hand-said" aria-live="polite" aria-atomic="true" prop:textContent=text(move || table.said.get())></p>
            <p
                id="by-hand-lesson"
                class="explanation"
                prop:textContent=text(move || table.counter.with(words::lesson))
            ></p>
            <div class="by-hand-choice">
                <button type="button" id="by-hand-undo" on:click=move |_| table.undo()>
                    "Undo"
                </button>
                <button type="button" id="by-hand-restart" on:click=move |_| table.begin(rule.get_untracked())>
                    "Start over"
                </button>
                <Beside really rule />
            </div>
        </section>
    }
}

/// A thread's steps, what it has of its own, and its button.
#[component]
fn OneHand(table: Table, thread: Thread) -> impl IntoView {
    let Table { counter, .. } = table;
    let name = words::name(thread);
    let next = Memo::new(move |_| counter.with(|it| it.next(thread)));
    let steps = Memo::new(move |_| counter.with(|it| Step::round(it.rule())));
    let line = move |step: &'static Step| {
        view! {
            <li aria-current=move || (next.get() == *step).then_some("step")>{words::step(*step)}</li>
        }
    };
    let hand = Memo::new(move |_| counter.with(|it| it.hand(thread)));
    let own = move |term: &'static str, of: fn(&Hand) -> Option<u32>| {
        let value = move || hand.with(of).map_or_else(|| "–".to_owned(), |it| it.to_string());
        view! {
            <div>
                <dt translate="no">{term}</dt>
                <dd translate="no" prop:textContent=text(value)></dd>
            </div>
        }
    };
    view! {
        <div class="card by-hand-thread" role="group" aria-label=name data-thread=thread.number()>
            <p class="block-title" prop:textContent=Text::from(name)></p>
            <ol>{move || steps.get().iter().map(line).collect_view()}</ol>
            <p class="soft">"In its hand:"</p>
            <dl aria-label=format!("In the hand of thread {}", thread.number())>
                {own("c read", |it| it.read)} {own("f()", |it| it.got)} {own("sum", |it| it.sum)}
            </dl>
            <button
                type="button"
                class="primary"
                prop:textContent=text(move || format!("{name}: {}", words::step(next.get())))
                on:click=move |_| table.press(thread)
            ></button>
        </div>
    }
}

/// The data that both share, and beside it what there is only one of.
#[component]
fn Shared(counter: RwSignal<Counter>) -> impl IntoView {
    let score = move || {
        counter.with(|it| {
            let (done, lost) = (it.expected(), it.lost());
            format!("{done} addition{} done, {lost} lost", if done == 1 { "" } else { "s" })
        })
    };
    let holder = Memo::new(move |_| counter.with(Counter::holder));
    view! {
        <div class="by-hand-shared" role="group" aria-label="What both share">
            <p class="block-title">"Both see"</p>
            <p class="by-hand-c" translate="no">
                "c = "
                <span id="by-hand-c" prop:textContent=text(move || counter.with(|it| it.c().to_string()))></span>
            </p>
            <p
                id="by-hand-holder"
                class="by-hand-holder"
                data-holder=move || holder.get().map(Thread::number)
                prop:textContent=text(move || counter.with(words::held))
            ></p>
            <p id="by-hand-score" class="soft" prop:textContent=text(score)></p>
        </div>
    }
}
