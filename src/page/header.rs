//! What stands over a lab: the way to all others, and what works here.

use leptos::prelude::*;

use super::state::Page;
use crate::model::capabilities::Capabilities;
use crate::model::lab::Lab;
use crate::view::format;

#[component]
pub(crate) fn Header(page: Page) -> impl IntoView {
    let line = move || match page.capabilities.get() {
        Some(capabilities) => capabilities_line(&capabilities),
        None => "trying what this browser can do …".into(),
    };
    let reasons = move || {
        let found = page.capabilities.get();
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
                {page.catalogue.labs.iter().map(|lab| view! { <li>{lab_link(page, lab)}</li> }).collect_view()}
            </ul>
            <p id="capabilities" class="capabilities">
                <span>{line}</span>
                {reasons}
            </p>
        </header>
    }
}

/// The way to a lab: an address of its own.
fn lab_link(page: Page, lab: &'static Lab) -> impl IntoView {
    let is_open = page.lab.name == lab.name;
    view! {
        <a href=format!("?lab={}", lab.name) aria-current=is_open.then_some("page")>
            {lab.title}
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
