//! The buttons that take something along, and what came of them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::buttons::{self, Take};
use super::deliver::{ByHand, Delivery};
use super::machine::Machine;
use super::offer::Offer;
use crate::model::capabilities::Capabilities;
use crate::page::dom;
use crate::page::text::text;

/// Link, table, file, picture, and where the lab is framed, a tab of its own.
#[component]
pub(crate) fn Takeaway(
    /// What there is to take.
    offer: Offer,
    /// What this machine can do; `None` until it was tried.
    #[prop(into)]
    capabilities: Signal<Option<Capabilities>>,
    /// There is no picture of it.
    #[prop(optional)]
    without_picture: bool,
    /// More buttons, behind these.
    children: Children,
) -> impl IntoView {
    let delivery = Delivery::new();
    let finished = StoredValue::new(String::new());
    Effect::new(move || {
        // What was taken before belongs to the run before.
        offer.runs.track();
        finished.set_value(now());
        delivery.clear();
    });
    let machine = move || Some(machine(&capabilities.get_untracked()?, finished.get_value()));
    let taken = move |take: Take| take(offer, delivery, machine());
    let is_off = move || offer.is_off.get();
    let shown = move |what| by_hand(what, offer.noun);
    let copy_link = move |_| {
        let Some(link) = offer.link.get_untracked() else { return };
        spawn_local(async move { delivery.copy("The link to these settings", link).await });
    };
    view! {
        <section id="takeaway" class="takeaway" aria-label="Take it with you">
            <div class="takeaway-buttons">
                <button id="take-link" type="button" on:click=copy_link>
                    "Copy link"
                </button>
                <button id="take-table" type="button" disabled=is_off on:click=move |_| taken(buttons::table)>
                    "Copy table"
                </button>
                <button id="take-csv" type="button" disabled=is_off on:click=move |_| taken(buttons::csv)>
                    "Download CSV"
                </button>
                <button id="take-png" type="button" hidden=without_picture disabled=is_off on:click=move |_| taken(buttons::png)>
                    "Download PNG"
                </button>
                {children()}
                <NewTab link=offer.link />
            </div>
            <output id="taken" class="taken" prop:textContent=text(move || delivery.told.get())></output>
            {move || delivery.by_hand.get().map(shown)}
        </section>
    }
}

/// Leads out of a frame, with the same settings.
#[component]
fn NewTab(link: Signal<Option<String>>) -> impl IntoView {
    dom::parent().is_some().then(|| {
        view! {
            <a id="new-tab" class="new-tab" href=move || link.get() target="_blank" rel="noopener">
                "Open in a new tab"
            </a>
        }
    })
}

/// What is left to do by hand.
pub(crate) fn by_hand(what: ByHand, noun: &str) -> AnyView {
    match what {
        ByHand::Text(text) => view! {
            <textarea
                id="taken-text"
                class="taken-text"
                aria-label="The text to copy"
                rows="6"
                readonly
                wrap="off"
                spellcheck="false"
                prop:value=text
                on:focus=|event| {
                    if let Some(field) = event.target().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok()) {
                        field.select();
                    }
                }
            ></textarea>
        }
        .into_any(),
        ByHand::Picture(address) => view! {
            <img id="taken-picture" class="taken-picture" src=address alt=format!("The {noun} as a picture, to save by hand") />
        }
        .into_any(),
    }
}

fn machine(capabilities: &Capabilities, date: String) -> Machine {
    let user_agent = dom::window().and_then(|window| window.navigator().user_agent().ok());
    Machine {
        cores: capabilities.cores,
        is_isolated: capabilities.cross_origin_isolated,
        clock_resolution_ms: capabilities.clock_resolution_ms,
        user_agent: user_agent.unwrap_or_default(),
        build: crate::BUILD.into(),
        date,
    }
}

/// ISO 8601, UTC.
fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}
