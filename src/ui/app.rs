//! Mounts the page, opens the pool, and tells whoever embeds it.

use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::ResizeObserver;

use super::contract::{autorun, forward, receive, send};
use super::lab::question::Question;
use super::lab::{python, race};
use super::state::{Stage, State};
use super::{dom, format, rest, restore, theme, url, visit};
use crate::model::capabilities::Capabilities;
use crate::model::query::{self, Problem};
use crate::model::settings::{Lab, Settings};
use crate::pool::Runner;

/// Builds the page into `#app` and brings it to life.
pub fn mount() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let sentence = "The lab has stopped because of a mistake of its own. Your settings are \
                        kept in the address: reload to go on.";
        let _ = dom::call_boot("parallelLabBoot", "failed", Some(sentence));
    }));
    rest::prepare();
    let cores = dom::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let defaults = Settings::defaults(cores as u32);
    let query = url::opened_with();
    let (from_url, flags, problems) = query::parse(&query, &defaults);
    rest::is_of(from_url.lab);

    let stage = visit::first_stage(&query, flags, from_url.lab);
    let kept = restore::begin(&query).map(|kept| query::parse(&kept, &defaults).0);
    let kept = kept.filter(|kept| kept.lab == from_url.lab);
    let begin = move || {
        bring_to_life(problems, move || {
            let state = State::new(defaults, from_url, flags, stage);
            if let Some(kept) = kept {
                state.settings.set(kept);
            }
            state
        });
    };
    match stage {
        Stage::Question => begin(),
        Stage::Lab => rest::then(begin),
    }
}

/// `state` belongs to what is mounted, and is made there.
fn bring_to_life(problems: Vec<Problem>, state: impl FnOnce() -> State + 'static) {
    let Some(place) = dom::element("app") else { return };
    let handle = mount_to(place, move || {
        let state = state();
        let flags = state.flags.get_value();
        state.notify(&problems);
        theme::follow(state);
        url::follow(state);
        follow_activity(state);
        spawn_local(async move {
            let runner = Runner::open().await;
            let capabilities = runner.capabilities().clone();
            state.runner.set_value(Some(Rc::clone(&runner)));
            send::ready(&state.settings.get_untracked(), &capabilities);
            if !problems.is_empty() {
                send::notice(&problems);
            }
            state.capabilities.set(Some(capabilities));
            state.sentence.set("Ready.".into());
            state.become_idle();
            receive::take_over(state);
            if flags.autorun {
                autorun::when_seen(state);
            }
            rest::fetch_ahead(move || {
                state.is_whole.set(true);
                forward::begin();
                spawn_local(runner.load_ahead());
            });
        });
        view! { <App state /> }
    });
    handle.forget();
    announce_height();
    let _ = dom::call_boot("parallelLabBoot", "mounted", None);
}

/// `docs/privacy.md` in few words.
const PRIVACY: &str = "No account, no cookies, no analytics, no other host. This browser keeps that you answered the \
                       opening question, Python scripts that you changed, the lab's own files, and where the lab \
                       stands in another page, its settings until the tab is closed; deleting this site's data in the \
                       browser's settings deletes all of it. A page around the lab is told its settings and results. \
                       Whoever hosts these files sees that they were fetched, by an address with your settings in it.";

#[component]
fn App(state: State) -> impl IntoView {
    let embedded = state.flags.get_value().embed;
    // A lab is built once: what runs in it must not lose its signals.
    let stage = Memo::new(move |_| state.stage.get());
    view! {
        <i id="colour-probe" hidden></i>
        {(!embedded).then(|| view! { <Header state /> })}
        <main>
            {move || match stage.get() {
                Stage::Question => view! { <Question state /> }.into_any(),
                Stage::Lab => match state.settings.with_untracked(|it| it.lab) {
                    Lab::Race => race::view(state),
                    Lab::Python => python::view(state),
                },
            }}
        </main>
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

#[component]
fn Header(state: State) -> impl IntoView {
    let line = move || match state.capabilities.get() {
        Some(capabilities) => capabilities_line(&capabilities),
        None => "trying what this browser can do …".into(),
    };
    let reasons = move || {
        let found = state.capabilities.get();
        let reasons = found.map(|it| [it.processes_reason, it.threads_reason]).unwrap_or_default();
        let mut reasons: Vec<_> = reasons.into_iter().flatten().collect();
        reasons.dedup();
        reasons.into_iter().map(|reason| view! { <span>{reason}</span> }).collect_view()
    };
    view! {
        <header>
            <p class="title">
                <a href="?question" title="Begin again with the question">
                    "Parallel Lab"
                </a>
            </p>
            <ul class="labs">
                {Lab::ALL.map(|lab| view! { <li>{lab_link(state, lab)}</li> }).collect_view()}
            </ul>
            <p id="capabilities" class="capabilities">
                <span>{line}</span>
                {reasons}
            </p>
        </header>
    }
}

/// The way to a lab: an address of its own.
fn lab_link(state: State, lab: Lab) -> impl IntoView {
    let is_open = state.settings.with_untracked(|it| it.lab == lab);
    view! {
        <a href=format!("?lab={}", lab.name()) aria-current=is_open.then_some("page")>
            {lab.title()}
        </a>
    }
}

fn capabilities_line(capabilities: &Capabilities) -> String {
    let cores = match capabilities.cores {
        1 => "1 core".into(),
        cores => format!("{cores} cores"),
    };
    let works = |works: bool| if works { "work" } else { "don't work" };
    let simd = if capabilities.simd { "" } else { " · no SIMD" };
    format!(
        "{cores} · processes {} · threads {}{simd} · clock {}",
        works(capabilities.processes),
        works(capabilities.threads),
        format::duration(capabilities.clock_resolution_ms),
    )
}

/// Shows what the page is doing where stylesheets and tests look for it.
fn follow_activity(state: State) {
    Effect::new(move || {
        let (activity, run) = (state.activity.get(), state.run.get());
        if let Some(root) = dom::root() {
            let _ = root.set_attribute("data-state", activity.name());
            let _ = root.set_attribute("data-run", &run.to_string());
        }
    });
    let Some(root) = dom::root() else { return };
    let flags = state.flags.get_value();
    for (is_set, name) in [(flags.embed, "data-embed"), (flags.present, "data-present")] {
        if is_set {
            let _ = root.set_attribute(name, "");
        }
    }
}

/// Posts `resize` whenever the lab needs another height. It is the height of
/// the content, whatever the frame's: else host and lab would grow each other.
fn announce_height() {
    let Some(app) = dom::element("app") else { return };
    let announced = std::cell::Cell::new(0.0);
    let measured = app.clone();
    let closure = Closure::<dyn Fn(JsValue)>::new(move |_| {
        let height = measured.get_bounding_client_rect().height().ceil();
        if height > 0.0 && (announced.replace(height) - height).abs() >= 1.0 {
            send::resize(height);
        }
    });
    if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        observer.observe(&app);
        closure.forget();
    }
}
