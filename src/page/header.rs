//! What stands over a lab: the way to all others, and what works here.

use leptos::prelude::*;

use super::state::Page;
use super::text::{Text, text};
use crate::model::capabilities::Capabilities;
use crate::model::format;
use crate::model::lab::Lab;

/// More labs than these are not listed in one line.
const MOST: usize = 6;

#[component]
pub(crate) fn Header(page: Page) -> impl IntoView {
    let line = move || match page.capabilities.get() {
        Some(capabilities) => capabilities_line(&capabilities),
        None => "trying what this browser can do …".to_owned(),
    };
    let reasons = move || {
        let found = page.capabilities.get();
        let reasons = found.map(|it| [it.processes_reason, it.threads_reason]).unwrap_or_default();
        let mut reasons: Vec<_> = reasons.into_iter().flatten().collect();
        reasons.dedup();
        reasons.into_iter().map(|reason| view! { <span prop:textContent=Text::from(reason)></span> }).collect_view()
    };
    view! {
        <header>
            <p class="title">
                <a href=page.catalogue.labs.first().map(|lab| page.address_of(lab)) title="All labs">
                    "Parallel Lab"
                </a>
            </p>
            <nav aria-label="Labs">
                <ul class="labs">
                    {nearby(page).into_iter().map(|lab| view! { <li>{lab_link(page, lab)}</li> }).collect_view()}
                </ul>
            </nav>
            <p id="capabilities" class="capabilities">
                <span prop:textContent=text(line)></span>
                {reasons}
            </p>
        </header>
    }
}

/// All labs where there are few; else the first, which lists them all, and those around the open one.
fn nearby(page: Page) -> Vec<&'static Lab> {
    let labs = page.catalogue.labs;
    let open = labs.iter().position(|lab| lab.name == page.lab.name).unwrap_or_default();
    let is_near = |at: usize| labs.len() <= MOST || at == 0 || at.abs_diff(open) <= 1;
    labs.iter().enumerate().filter(|(at, _)| is_near(*at)).map(|(_, lab)| *lab).collect()
}

/// The way to a lab: an address of its own.
fn lab_link(page: Page, lab: &'static Lab) -> impl IntoView {
    let is_open = page.lab.name == lab.name;
    view! {
        <a href=page.address_of(lab) aria-current=is_open.then_some("page")>
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
    let line = format!(
        "{cores} · processes {} · threads {}{simd} · clock {}",
        works(capabilities.processes),
        works(capabilities.threads),
        format::duration(capabilities.clock_resolution_ms),
    );
    // On a phone it has two lines: no quantity is torn from its unit.
    line.replace(' ', "\u{a0}").replace("\u{a0}·\u{a0}", " · ")
}
