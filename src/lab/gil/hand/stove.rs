//! The scheduler on the page: who wants the stove, a button for each, and both schedules.

use leptos::prelude::*;

use super::outcome;
use super::scene::{HANDOVER_MS, Move, Scene, TICK_MS, Tasks};
use crate::model::format;
use crate::model::gil::by_hand::Whereabouts;
use crate::model::gil::course::MODELLED;
use crate::model::gil::{Doing, Lane, Schedule, Stretch};
use crate::page::text::text;

/// The state, and what was said last; cheap to copy.
#[derive(Clone, Copy)]
struct Kitchen {
    scene: RwSignal<Scene>,
    said: RwSignal<String>,
}

impl Kitchen {
    fn make(self, made: Move) {
        let said = self.scene.try_update(|scene| match scene.make(made) {
            Ok(()) => outcome::said(scene, made),
            Err(refusal) => outcome::refused(scene, made, refusal),
        });
        self.said.set(said.unwrap_or_default());
    }

    fn undo(self) {
        let said = self.scene.try_update(|scene| {
            let last = scene.undo();
            outcome::undone(scene, last)
        });
        self.said.set(said.unwrap_or_default());
    }

    fn begin(self, tasks: Tasks) {
        self.scene.set(Scene::new(tasks));
        self.said.set(format!("{} threads, and the stove is free.", tasks.pieces().len()));
    }
}

/// All of it.
#[component]
pub(super) fn Stove() -> impl IntoView {
    let kitchen = Kitchen { scene: RwSignal::new(Scene::new(Tasks::default())), said: RwSignal::new(String::new()) };
    let Kitchen { scene, said } = kitchen;
    let tasks = Memo::new(move |_| scene.with(Scene::tasks));
    let choice = move |of: Tasks| {
        view! {
            <button
                type="button"
                class="cause"
                aria-pressed=move || if tasks.get() == of { "true" } else { "false" }
                on:click=move |_| kitchen.begin(of)
            >
                {match of {
                    Tasks::Three => "3 threads",
                    Tasks::Four => "4 threads",
                }}
            </button>
        }
    };
    let rules = format!(
        "The GIL is the stove: one has it at a time. Hand it over as you like, {TICK_MS} ms at each press; a hand-over \
         costs {HANDOVER_MS} ms. In the end you see what CPython's own rule makes of the same tasks: {MODELLED}."
    );
    view! {
        <section class="by-hand" id="scheduler" aria-labelledby="scheduler-title">
            <h2 id="scheduler-title">"You are the scheduler"</h2>
            <p class="explanation">{rules}</p>
            <div class="by-hand-choice" role="group" aria-label="Tasks">
                {Tasks::ALL.map(choice).collect_view()}
            </div>
            <ol class="cooks">
                {move || (0..tasks.get().pieces().len()).map(|thread| cook(kitchen, thread)).collect_view()}
            </ol>
            <p id="scheduler-said" class="by-hand-said" aria-live="polite" aria-atomic="true" prop:textContent=text(move || said.get())></p>
            <div class="by-hand-choice">
                <button type="button" id="scheduler-nobody" on:click=move |_| kitchen.make(Move::Leave)>
                    "Nobody gets it"
                </button>
                <button type="button" id="scheduler-undo" on:click=move |_| kitchen.undo()>
                    "Undo"
                </button>
                <button type="button" id="scheduler-restart" on:click=move |_| kitchen.begin(tasks.get_untracked())>
                    "Start over"
                </button>
            </div>
            <Schedules scene />
        </section>
    }
}

/// A thread: what it does, where it is, and its button.
fn cook(kitchen: Kitchen, thread: usize) -> impl IntoView {
    let number = thread + 1;
    let scene = kitchen.scene;
    let is_free = move || {
        let whereabouts = scene.with(|it| it.hand().whereabouts(thread));
        matches!(whereabouts, Whereabouts::Holds | Whereabouts::Wants)
    };
    view! {
        <li class="card">
            <p>
                <strong>{format!("Thread {number}")}</strong>
                " "
                <span class="soft">{Tasks::does(thread)}</span>
            </p>
            <p id=format!("cook-{number}") prop:textContent=text(move || scene.with(|it| outcome::state(it, thread)))></p>
            <button
                type="button"
                class=("primary", is_free)
                aria-describedby=format!("cook-{number}")
                on:click=move |_| kitchen.make(Move::Give(thread))
            >
                {format!("Stove to thread {number}")}
            </button>
        </li>
    }
}

/// What was done so far; once it is over, beside what CPython's rule makes of it.
#[component]
fn Schedules(scene: RwSignal<Scene>) -> impl IntoView {
    let is_over = Memo::new(move |_| scene.with(|it| it.hand().is_over()));
    let cpython = Memo::new(move |_| scene.with(Scene::cpython));
    let yours = Memo::new(move |_| scene.with(Scene::schedule));
    let scale_ms = Memo::new(move |_| cpython.with(|it| it.wall_ms).max(yours.with(|it| it.wall_ms)));
    let so_far = move || yours.with(|it| picture("You", it, scale_ms.get()));
    let cost = move || is_over.get().then(|| yours.with(|yours| cpython.with(|theirs| table(yours, theirs))));
    let theirs = move || is_over.get().then(|| cpython.with(|it| picture("CPython's rule", it, scale_ms.get())));
    view! {
        {so_far}
        {theirs}
        <p class="soft stove-legend">
            <i class="stove-hold"></i>"has the stove " <i class="stove-wait"></i>"waits for it "
            <i class="stove-kernel"></i>"works without it; else away or done"
        </p>
        {cost}
    }
}

/// A schedule as lanes, over one scale for all of them. The table has its figures.
fn picture(whose: &'static str, schedule: &Schedule, scale_ms: f64) -> AnyView {
    let view_box = format!("0 0 {scale_ms} 1");
    let lane = |(index, lane): (usize, &Lane)| {
        view! {
            <span>{index + 1}</span>
            <svg viewBox=view_box.clone() preserveAspectRatio="none" aria-hidden="true">
                {lane.stretches.iter().filter_map(block).collect_view()}
            </svg>
        }
    };
    let label = format!("{whose}: {}, {MODELLED}", format::duration(schedule.wall_ms));
    view! {
        <figure class="stove-lanes" aria-label=label.clone()>
            <figcaption>{label.clone()}</figcaption>
            <div>{schedule.lanes.iter().enumerate().map(lane).collect_view()}</div>
        </figure>
    }
    .into_any()
}

fn block(stretch: &Stretch) -> Option<impl IntoView + use<>> {
    let class = match stretch.doing {
        Doing::Hold => "stove-hold",
        Doing::Kernel => "stove-kernel",
        Doing::Wait => "stove-wait",
        _ => return None,
    };
    let (y, height) = if stretch.doing == Doing::Wait { ("0.42", "0.16") } else { ("0", "1") };
    let width = stretch.end_ms - stretch.start_ms;
    Some(view! { <rect class=class x=stretch.start_ms y=y width=width height=height></rect> })
}

/// How long each thread waited for the stove, both ways.
fn table(yours: &Schedule, theirs: &Schedule) -> AnyView {
    let waited = |lane: &Lane| format::duration(lane.totals.waited_ms);
    let row = |(index, (yours, theirs)): (usize, (&Lane, &Lane))| {
        view! {
            <tr>
                <th scope="row">{format!("Thread {} waited", index + 1)}</th>
                <td translate="no">{waited(yours)}</td>
                <td translate="no">{waited(theirs)}</td>
            </tr>
        }
    };
    let total = |of: &Schedule| format::duration(of.wall_ms);
    let switches = |of: &Schedule| outcome::hand_overs(of).to_string();
    view! {
        <div class="table" role="region" aria-label="What it cost" tabindex="0">
            <table id="scheduler-cost">
                <caption class="visually-hidden">{format!("What it cost: {MODELLED}")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{MODELLED}</th>
                        <th scope="col">"You"</th>
                        <th scope="col">"CPython's rule"</th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">"All done after"</th>
                        <td translate="no">{total(yours)}</td>
                        <td translate="no">{total(theirs)}</td>
                    </tr>
                    <tr>
                        <th scope="row">"Hand-overs"</th>
                        <td translate="no">{switches(yours)}</td>
                        <td translate="no">{switches(theirs)}</td>
                    </tr>
                    {yours.lanes.iter().zip(&theirs.lanes).enumerate().map(row).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}
