//! What became of our programs under somebody's hands. The browser keeps the last
//! versions of each, so that no press of a key destroys what was there before.

use leptos::prelude::*;

use crate::model::settings::Program;
use super::state::State;
use crate::page::storage::Storage;
use crate::view::copy_link::CopyLink;
use crate::view::embed::Embed;

/// The names that a program's versions are kept under begin so; the newest has no more.
const NAME: &str = "script.";
/// What follows them.
const ENDINGS: [&str; 3] = ["", ".before", ".long-before"];

/// The versions of a program that are kept, the newest first.
pub(super) fn kept(program: Program) -> Vec<String> {
    ENDINGS.iter().filter_map(|ending| Storage::Browser.get(&name(program, ending))).collect()
}

/// Keeps what `shown`, the text before, has become. Whoever changes another text than the newest
/// version begins a new one.
pub(super) fn keep(program: Program, kept: &mut Vec<String>, shown: &str, source: &str) {
    if kept.first().is_some_and(|newest| newest == shown) {
        kept.remove(0);
    }
    if source != program.source() {
        kept.insert(0, source.to_owned());
    }
    kept.truncate(ENDINGS.len());
    for (index, ending) in ENDINGS.iter().enumerate() {
        match kept.get(index) {
            Some(version) => Storage::Browser.set(&name(program, ending), version),
            None => Storage::Browser.remove(&name(program, ending)),
        }
    }
}

fn name(program: Program, ending: &str) -> String {
    format!("{NAME}{}{ending}", program.word())
}

/// Back to our program, and back to what became of it: neither loses anything.
#[component]
pub(super) fn Versions(
    state: State,
    text: RwSignal<String>,
    /// What the browser keeps of this program's changes, the newest first.
    kept: RwSignal<Vec<String>>,
    #[prop(into)] replace: Callback<String>,
) -> impl IntoView {
    let ours = move || state.settings.with(|it| it.program.source());
    let is_ours = Memo::new(move |_| text.with(|it| it == ours()));
    let offered = Memo::new(move |_| kept.with(|kept| kept.iter().find(|it| text.with(|text| text != *it)).cloned()));
    view! {
        <div class="versions">
            <button
                id="our-program"
                type="button"
                class="link-button"
                hidden=move || is_ours.get()
                on:click=move |_| replace.run(ours().to_owned())
            >
                "Back to our program"
            </button>
            <button
                id="your-version"
                type="button"
                class="link-button"
                hidden=move || offered.with(Option::is_none)
                on:click=move |_| {
                    if let Some(version) = offered.get_untracked() {
                        replace.run(version);
                    }
                }
            >
                "Bring your own version back"
            </button>
            <CopyLink page=state.page />
            <Embed page=state.page />
        </div>
    }
}
