//! The scripts that are run, to be read, and to be opened where they can be changed.

use leptos::prelude::*;

use super::control::Gil;
use super::program::script;
use super::way::Way;
use crate::lab::script::settings::Common;
use crate::model::parameter::{Group, Values};
use crate::page::text::text;
use crate::page::url;

/// Both scripts, folded away.
#[component]
pub(super) fn Scripts(gil: Gil) -> impl IntoView {
    let one = move |way: Way, title: &'static str| {
        let source = Memo::new(move |_| gil.settings.with(|it| script(it, way).source));
        view! {
            <h3 class="block-title">
                {title} " " {open_links(gil, way)}
            </h3>
            <pre class="listing" tabindex="0" role="region" aria-label=title translate="no" prop:textContent=text(move || source.get())></pre>
        }
    };
    view! {
        <details class="figures scripts">
            <summary>"The scripts that are run"</summary>
            {one(Way::Gil, "Threads: the same script with and without the GIL")}
            {one(Way::Process, "Processes")}
        </details>
    }
}

/// Links to where the script can be changed; threads run there in either way.
fn open_links(gil: Gil, way: Way) -> AnyView {
    let link = move |way: Way, words: &'static str| {
        let href = move || {
            gil.settings.with(|settings| {
                let page = gil.page;
                // The lab of scripts that is about none in particular comes last.
                let lab = page.catalogue.labs.iter().rfind(|lab| lab.parameter("code").is_some())?;
                let workers = page.values.with(Values::cores);
                let mut values = Values::defaults(lab, workers);
                let code = script(settings, way).source;
                let switch_interval_ms = settings.switch_interval_ms;
                let common = Common { code, gil: way.has_gil(), switch_interval_ms, ..Common::usual(workers) };
                common.write_to(&mut values);
                url::link_to(page, &values)
            })
        };
        view! { <a class="open-script" href=href target="_blank" rel="noopener">{words}</a> }
    };
    match way {
        Way::Process => view! { {link(way, "Open it to change it")} }.into_any(),
        _ => view! {
            {link(Way::Gil, "Open it with the GIL")}
            " "
            {link(Way::Free, "without it")}
        }
        .into_any(),
    }
}
