//! The script: a plain text field with line numbers, that anybody can use with
//! any keyboard. Tab leaves it, as everywhere on the page.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::bench::Bench;
use super::control::script;
use crate::model::query::MAX_CODE_CHARS;
use crate::model::settings::Program;
use crate::ui::state::State;

/// Lines that are shown without scrolling.
const LINES: usize = 24;

/// The field. What is written goes into the settings, and so into the link.
#[component]
pub(crate) fn Editor(state: State, bench: Bench) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    let text = RwSignal::new(state.settings.with_untracked(|it| script(it).source));
    // Another program, or settings from outside, replace the text.
    let outside = Memo::new(move |_| (state.revision.get(), state.settings.with(|it| it.program)));
    Effect::new(move |known: Option<(u32, Program)>| {
        // Read, not only tracked: a memo that nobody reads notices nothing.
        let now = outside.get();
        if known.is_some_and(|known| known != now) {
            let source = state.settings.with_untracked(|it| script(it).source);
            text.set(source.clone());
            if let Some(field) = field.get_untracked() {
                field.set_value(&source);
            }
            bench.marked.set(None);
        }
        now
    });
    let write = move |source: String| {
        text.set(source.clone());
        bench.marked.set(None);
        state.settings.update(|settings| {
            let is_ours = source == settings.program.source();
            // No code at all would mean the program's.
            settings.code = match source {
                _ if is_ours => String::new(),
                empty if empty.is_empty() => "\n".into(),
                other => other,
            };
        });
    };
    let lines = Memo::new(move |_| text.with(|it| it.lines().count() + usize::from(it.ends_with('\n'))).max(1));
    let number = move |line: usize| {
        let is_marked = move || bench.marked.get().is_some_and(|it| it as usize == line);
        view! { <span class:marked=is_marked>{line}</span> }
    };
    view! {
        <div class="editor">
            <div class="line-numbers" aria-hidden="true">
                {move || (1..=lines.get()).map(number).collect_view()}
            </div>
            <textarea
                id="code"
                node_ref=field
                rows=move || lines.get().max(LINES).to_string()
                maxlength=MAX_CODE_CHARS.to_string()
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                aria-label="Python script"
                prop:value=text.get_untracked()
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
        </div>
    }
}
