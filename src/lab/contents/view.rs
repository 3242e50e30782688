//! The page of contents.

use leptos::prelude::*;

use super::routes::{ROUTES, Route};
use crate::model::lab::{Chapter, Lab};
use crate::page::done;
use crate::page::door::{Door, Handlers, Opened, Start};
use crate::page::state::Page;
use crate::page::text::text;
use crate::view::notices::Notices;

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: None };

/// Opens the contents: from outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let was_asked = RwSignal::new(false);
    let start = Callback::new(move |()| {
        was_asked.set(true);
        page.sentence.set("Nothing runs here: choose a lab.".into());
        Start::Refused
    });
    Opened {
        view: view! { <Contents page was_asked /> }.into_any(),
        handlers: Handlers { start, stop: Callback::new(|()| ()) },
    }
}

#[component]
fn Contents(page: Page, was_asked: RwSignal<bool>) -> impl IntoView {
    let done = RwSignal::new(done::all());
    let any_done = move || done.with(|it| !it.is_empty());
    let clear = move |_| {
        done::clear();
        done.set(Vec::new());
    };
    view! {
        <section class="lab contents whole" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">
                    "Learn parallel computing by running it."
                </h1>
                // Only what was asked for in vain is worth the room.
                <p
                    id="status"
                    class="status"
                    class:visually-hidden=move || !was_asked.get()
                    prop:textContent=text(move || page.sentence.get())
                ></p>
            </div>
            <Notices page />
            <div class="routes" id="routes">
                {ROUTES.iter().map(|it| route(page, it)).collect_view()}
            </div>
            {Chapter::ALL.map(|it| chapter(page, it, done)).collect_view()}
            <p class="kept" hidden=move || !any_done()>
                "Which labs you have run is kept in this browser only. "
                <button id="clear-done" type="button" class="link-button" on:click=clear>
                    "Forget it"
                </button>
            </p>
        </section>
    }
}

fn route(page: Page, route: &'static Route) -> impl IntoView {
    let labs = route.labs(page.catalogue);
    let minutes: u32 = labs.iter().map(|it| it.minutes).sum();
    let item = move |lab: &'static Lab| view! { <li><a href=page.address_of(lab)>{lab.title}</a></li> };
    view! {
        <section class="route" aria-label=route.title>
            <h2>{route.title}</h2>
            <p>{route.how}</p>
            <ol>{labs.into_iter().map(item).collect_view()}</ol>
            <p class="soft">{format!("about {minutes} minutes")}</p>
        </section>
    }
}

/// A chapter's labs; nothing where it has none yet.
fn chapter(page: Page, chapter: Chapter, done: RwSignal<Vec<String>>) -> Option<impl IntoView> {
    let of_chapter = |lab: &&&'static Lab| lab.chapter == chapter && lab.is_listed();
    let labs: Vec<_> = page.catalogue.labs.iter().filter(of_chapter).copied().collect();
    let item = move |lab: &'static Lab| {
        let is_done = move || done.with(|it| it.iter().any(|it| it == lab.name));
        view! {
            <li data-lab=lab.name data-done=move || is_done().then_some("")>
                <span class="tick" aria-hidden="true" prop:textContent=text(move || if is_done() { "✓" } else { "" })></span>
                <a href=page.address_of(lab)>{lab.title}</a>
                <span class="asks">{lab.question}</span>
                <span class="soft">
                    {format!("{} min", lab.minutes)} <span class="visually-hidden" prop:textContent=text(move || is_done().then_some(", done"))></span>
                </span>
            </li>
        }
    };
    (!labs.is_empty()).then(|| {
        view! {
            <section class="chapter">
                <h2>{chapter.title()}</h2>
                <ul>{labs.into_iter().map(item).collect_view()}</ul>
            </section>
        }
    })
}
