//! Mounts the page, opens the pool, and tells whoever embeds it.

use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::ResizeObserver;

use super::contract::{autorun, forward, receive, send, speaker};
use super::door::Door;
use super::state::{Page, Stage};
use super::{dom, figure, header, paper, rest, restore, theme, url, visit};
use crate::model::lab::Catalogue;
use crate::model::parameter::Problem;
use crate::model::query;
use crate::pool::Runner;
use crate::pool::on_demand::{self, OnDemand};

/// Builds the page into `#app` and brings it to life.
pub(crate) fn mount(catalogue: &'static Catalogue, doors: &'static [Door]) {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let sentence = "The lab has stopped because of a mistake of its own. Your settings are \
                        kept in the address: reload to go on.";
        let _ = dom::call_boot("parallelLabBoot", "failed", Some(sentence));
    }));
    rest::prepare();
    let cores = dom::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let cores = cores as u32;
    let query = url::opened_with();
    let (from_url, flags, problems) = query::parse(&query, catalogue, cores);
    let Some(door) = doors.iter().find(|door| door.lab.name == from_url.lab().name) else { return };
    on_demand::set_lab(door.lab.way);

    let stage = visit::first_stage(&query, flags, door.question.is_some());
    let kept = restore::begin(&query).map(|kept| query::parse(&kept, catalogue, cores).0);
    let kept = kept.filter(|kept| kept.lab().name == door.lab.name);
    let begin = move || {
        bring_to_life(problems, door, move || {
            let page = Page::new(catalogue, from_url, flags, stage);
            if let Some(kept) = kept {
                page.values.set(kept);
            }
            page
        });
    };
    match stage {
        Stage::Question => begin(),
        Stage::Lab => rest::then(begin),
    }
}

/// `page` belongs to what is mounted, and is made there.
fn bring_to_life(problems: Vec<Problem>, door: &'static Door, page: impl FnOnce() -> Page + 'static) {
    let Some(place) = dom::element("app") else { return };
    let handle = mount_to(place, move || {
        let page = page();
        let flags = page.flags.get_value();
        page.notify(&problems);
        theme::follow(page);
        paper::follow(page);
        figure::follow(page);
        url::follow(page);
        follow_activity(page);
        spawn_local(async move {
            let runner = Runner::open().await;
            let capabilities = runner.capabilities().clone();
            page.runner.set_value(Some(Rc::clone(&runner)));
            send::ready(page.lab, &capabilities);
            if !problems.is_empty() {
                send::notice(&problems);
            }
            page.capabilities.set(Some(capabilities));
            page.sentence.set("Ready.".into());
            page.become_idle();
            receive::take_over(page);
            if flags.autorun && !speaker::is_in_copy() {
                autorun::when_seen(page);
            }
            rest::fetch_ahead(move || {
                page.is_whole.set(true);
                forward::begin();
                spawn_local(async move {
                    if page.lab.needs_engines() && OnDemand::Engines.bring().await.is_ok() {
                        // A task of its own: else it would be part of this function, which is here from the start.
                        spawn_local(runner.load_ahead());
                    }
                    if door.question.is_some() {
                        // Its answer runs two races: nothing is to be fetched between them.
                        OnDemand::Results.foresee();
                    }
                    on_demand::bring_foreseen().await;
                });
            });
        });
        announce_height(page);
        view! { <App page door /> }
    });
    handle.forget();
    let _ = dom::call_boot("parallelLabBoot", "mounted", None);
}

/// `docs/privacy.md` in few words.
const PRIVACY: &str = "No account, no cookies, no analytics, no other host. This browser keeps that you answered the \
                       opening question, which labs you ran, quiz questions you missed, Python scripts that you changed, the lab's own files, and where the lab \
                       stands in another page, its settings until the tab is closed; deleting this site's data in the \
                       browser's settings deletes all of it. A page around the lab is told its settings and results. \
                       Whoever hosts these files sees that they were fetched, by an address with your settings in it.";

#[component]
fn App(page: Page, door: &'static Door) -> impl IntoView {
    let embedded = page.flags.get_value().embed;
    // A lab is built once: what runs in it must not lose its signals.
    let stage = Memo::new(move |_| page.stage.get());
    let main = move || match (stage.get(), door.question) {
        (Stage::Question, Some(question)) => question(page),
        _ => {
            let opened = (door.open)(page);
            page.handlers.set_value(Some(opened.handlers));
            page.start_if_wanted();
            opened.view
        }
    };
    view! {
        <i id="colour-probe" hidden></i>
        {(!embedded).then(|| view! { <header::Header page /> })}
        <main>{main} <figure::WholeLab page /></main>
        {(!embedded)
            .then(|| {
                view! {
                    <footer>
                        <p>
                            "Everything runs in this browser; nothing is sent anywhere. "
                            "“Process-like” workers have a memory of their own, yet share the browser's "
                            "process: the nearest thing in Python is InterpreterPoolExecutor."
                        </p>
                        <details>
                            <summary>"Privacy"</summary>
                            <p>{PRIVACY}</p>
                        </details>
                    </footer>
                }
            })}
    }
}

/// Shows what the page is doing where stylesheets and tests look for it.
fn follow_activity(page: Page) {
    Effect::new(move || {
        let (activity, run) = (page.activity.get(), page.run.get());
        if let Some(root) = dom::root() {
            let _ = root.set_attribute("data-state", activity.name());
            let _ = root.set_attribute("data-run", &run.to_string());
        }
    });
    let Some(root) = dom::root() else { return };
    let flags = page.flags.get_value();
    for (is_set, name) in [(flags.embed, "data-embed"), (flags.present, "data-present")] {
        if is_set {
            let _ = root.set_attribute(name, "");
        }
    }
}

/// Posts `resize` whenever the lab needs another height.
fn announce_height(page: Page) {
    let Some(app) = dom::element("app") else { return };
    let announced = std::cell::Cell::new(0.0);
    let measured = app.clone();
    let closure = Closure::<dyn Fn(JsValue)>::new(move |_| {
        let height = figure::announced_height_px(page, &measured);
        if height > 0.0 && (announced.replace(height) - height).abs() >= 1.0 {
            send::resize(height);
        }
    });
    if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        observer.observe(&app);
        closure.forget();
    }
}
