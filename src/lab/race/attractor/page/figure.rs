//! The card: the picture, the strip, and what one can do with them.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::{Canvas, Input};
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use super::film::Film;
use super::strip::Strip;
use crate::lab::race::attractor::playback::{time_text, value_text};
use crate::lab::race::attractor::words::{Words, words};
use crate::lab::race::page::state::Race;
use crate::page::state::Activity;
use crate::page::text::text;
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;
use crate::view::surface::redraw_on_resize;

/// The picture of the ensemble with its controls: its card at once, the rest with what
/// shows a run.
#[component]
pub(crate) fn Attractor(race: Race) -> impl IntoView {
    let card = Card { has_picture: RwSignal::new(false), has_words: RwSignal::new(false) };
    let is_ready = Signal::derive(move || race.page.activity.get() != Activity::Loading);
    view! {
        <figure class="card attractor" data-empty=move || (!card.has_picture.get()).then_some("")>
            <p
                class="empty"
                hidden=move || card.has_words.get()
                prop:textContent=text(move || match race.page.activity.get() {
                    Activity::Running | Activity::Stopping => "The ensemble is drawn here once all have run.",
                    Activity::Loading | Activity::Idle => "Press Run: the ensemble is drawn here.",
                })
            ></p>
            // Where it can't be had, the blocks beside this one say so.
            {later(OnDemand::Results, is_ready, None, move || when_run(race, card))}
        </figure>
    }
}

/// How the card looks.
#[derive(Clone, Copy)]
struct Card {
    /// There is a picture to turn and to play.
    has_picture: RwSignal<bool>,
    /// There is something to say in the card.
    has_words: RwSignal<bool>,
}

/// What is in the card. By this name its part of the program is entered
/// (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(race: Race, card: Card) -> AnyView {
    let canvas = NodeRef::<Canvas>::new();
    let film = Film::new(race, canvas);
    redraw_on_resize(race.page.appearance, canvas);
    film.follow();
    let words = Memo::new(move |_| {
        let parting = film.parting.get();
        film.report.with(|report| report.as_ref().map(|report| words(report, parting)))
    });
    let word = move |text: fn(&Words) -> &String| words.with(|it| it.as_ref().map(text).cloned());
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| "Nothing is drawn yet.".into());
    let has_picture = Memo::new(move |_| film.length().is_some());
    Effect::new(move || {
        card.has_picture.set(has_picture.get());
        card.has_words.set(words.with(Option::is_some));
    });
    view! {
        <Picture film canvas has_picture label=Signal::derive(move || or_nothing(word(|it| &it.label))) />
        <div class="playback">
            <p class="strip-name" aria-hidden="true">
                "mean of x"
                <br />
                "± spread"
            </p>
            <Strip race film label=Signal::derive(move || or_nothing(word(|it| &it.strip))) />
            <button
                id="play"
                type="button"
                disabled=move || !has_picture.get()
                on:click=move |_| film.toggle()
                prop:textContent=text(move || if film.is_playing.get() { "Pause" } else { "Play" })
            ></button>
            <TimeSlider film has_picture />
        </div>
        <figcaption>
            <p prop:textContent=text(move || word(|it| &it.caption))></p>
            <label class="check">
                <input
                    id="mean"
                    type="checkbox"
                    disabled=move || !has_picture.get()
                    prop:checked=move || film.with_mean.get()
                    on:change=move |event| film.with_mean.set(event_target_checked(&event))
                />
                "ensemble mean"
            </label>
        </figcaption>
    }
    .into_any()
}

/// A hand that turns the picture.
#[derive(Clone, Copy)]
struct Hand {
    pointer: i32,
    x: f64,
    y: f64,
}

/// The canvas: turned by pointers, and by keys while it has the focus.
#[component]
fn Picture(
    film: Film,
    canvas: NodeRef<Canvas>,
    has_picture: Memo<bool>,
    /// What it shows.
    label: Signal<String>,
) -> impl IntoView {
    let hand = StoredValue::new(None::<Hand>);
    let take = move |event: PointerEvent| {
        if !has_picture.get_untracked() || event.button() != 0 {
            return;
        }
        if let Some(canvas) = canvas.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        hand.set_value(Some(Hand { pointer: event.pointer_id(), x, y }));
    };
    let pull = move |event: PointerEvent| {
        let Some(before) = hand.get_value().filter(|hand| hand.pointer == event.pointer_id()) else { return };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        // A finger that moves up or down scrolls the page.
        let down = if event.pointer_type() == "touch" { 0.0 } else { y - before.y };
        film.camera.update(|camera| *camera = camera.dragged(x - before.x, down));
        hand.set_value(Some(Hand { x, y, ..before }));
    };
    let release = move |_: PointerEvent| hand.set_value(None);
    view! {
        <div class="plot">
            <canvas
                id="attractor"
                node_ref=canvas
                role="img"
                tabindex=move || has_picture.get().then_some("0")
                aria-label=move || label.get()
                aria-describedby=move || has_picture.get().then_some("turning")
                on:pointerdown=take
                on:pointermove=pull
                on:pointerup=release
                on:pointercancel=release
                on:keydown=move |event| turn_by_key(film, canvas, &event)
            ></canvas>
            <p class="turning" id="turning">"drag or arrow keys to turn"</p>
            <p
                class="now"
                translate="no"
                aria-hidden="true"
                prop:textContent=text(move || film.length().map(|(_, dt)| time_text(film.step.get(), dt)))
            ></p>
        </div>
    }
}

/// Keys turn the picture while it has the focus; Escape lets go of it. All
/// others, and those with a modifier, are the browser's or a slide deck's.
fn turn_by_key(film: Film, canvas: NodeRef<Canvas>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let key = event.key();
    if key == "Escape" {
        if let Some(canvas) = canvas.get_untracked() {
            let canvas: HtmlCanvasElement = canvas;
            let _ = canvas.blur();
        }
        event.prevent_default();
    } else if let Some(turned) = film.camera.get_untracked().after_key(&key) {
        film.camera.set(turned);
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The time that is shown, from the first step to the last.
#[component]
fn TimeSlider(film: Film, has_picture: Memo<bool>) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let length = Memo::new(move |_| film.length());
    // The end first: a value beyond it would be cut off.
    Effect::new(move || {
        let (Some(input), Some((steps, _))) = (input.get(), length.get()) else { return };
        input.set_max(&steps.to_string());
        input.set_value(&film.step.get().to_string());
    });
    let in_words = move || length.get().map(|(steps, dt)| value_text(film.step.get(), steps, dt));
    view! {
        <input
            id="time"
            node_ref=input
            type="range"
            min="0"
            max="1"
            step="1"
            autocomplete="off"
            aria-label="Time that is shown"
            aria-valuetext=in_words
            disabled=move || !has_picture.get()
            on:input=move |event| film.scrub(event_target_value(&event).parse().unwrap_or_default())
        />
    }
}
