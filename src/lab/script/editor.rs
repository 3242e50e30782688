//! The script: a plain text field with line numbers, that anybody can use with
//! any keyboard. Tab leaves it, as everywhere on the page.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::bench::Bench;
use super::colours::Colours;
use super::control::script;
use super::fields::Fields;
use super::keys;
use super::versions::{self, Versions};
use crate::lab::script::settings::MAX_CODE_CHARS;
use crate::lab::script::settings::Program;
use crate::lab::script::state::State;
use crate::model::format;
use crate::page::text::text as text_of;

/// Lines that there is room for at least.
const LINES: usize = 8;

/// The field. What is written goes into the settings, and so into the link; the
/// browser keeps it for the next visit.
#[component]
pub(crate) fn Editor(state: State, bench: Bench) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    let text = RwSignal::new(state.settings.with_untracked(|it| script(bench, it).source));
    // The last text that could be taken.
    let taken = StoredValue::new(text.get_untracked());
    let kept = RwSignal::new(state.settings.with_untracked(|it| versions::kept(it.program)));
    let show = move |source: String| {
        if let Some(field) = field.get_untracked() {
            field.set_value(&source);
        }
        taken.set_value(source.clone());
        text.set(source);
        bench.marked.set(Vec::new());
    };
    // Another program, or settings from outside, replace the text.
    let outside = Memo::new(move |_| (state.page.revision.get(), state.settings.with(|it| it.program)));
    Effect::new(move |known: Option<(u32, Program)>| {
        // Read, not only tracked: a memo that nobody reads notices nothing.
        let now = outside.get();
        if known.is_some_and(|known| known != now) {
            show(state.settings.with_untracked(|it| script(bench, it).source));
            kept.set(versions::kept(now.1));
        }
        now
    });
    Effect::new(move |_| bench.problem.set(text.with(|it| problem(it))));
    let take = move |source: &str| {
        state.change(|settings| settings.code = code(&bench.ours(settings.program), source));
    };
    let write = move |source: String| {
        bench.marked.set(Vec::new());
        if is_too_long(&source) {
            text.set(source);
            return;
        }
        let program = state.settings.with_untracked(|it| it.program);
        let ours = bench.ours(program);
        kept.update(|kept| taken.with_value(|shown| versions::keep(program, &ours, kept, shown, &source)));
        take(&source);
        taken.set_value(source.clone());
        text.set(source);
    };
    let replace = move |source: String| {
        take(&source);
        show(source);
    };
    let change = move |source: String| {
        write(source.clone());
        show(source);
    };
    let moved_by = RwSignal::new(0);
    let press = move |event| {
        if let Some(field) = field.get_untracked() {
            keys::on_key(&field, &event, || state.page.request_run());
        }
    };
    view! {
        <Fields state text change />
        <p
            class="field-error"
            id="code-error"
            aria-live="polite"
            prop:textContent=text_of(move || bench.problem.get())
        ></p>
        <div class="editor" translate="no">
            <LineNumbers text bench />
            <div class="writing">
                <Colours text moved_by />
                <textarea
                    id="code"
                    node_ref=field
                    rows=move || text.with(|it| count(it)).max(LINES).to_string()
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    wrap="off"
                    aria-label="Python script"
                    aria-keyshortcuts="Control+Enter Meta+Enter Control+/ Meta+/"
                    aria-describedby="code-error"
                    aria-invalid=move || text.with(|it| is_too_long(it)).then_some("true")
                    prop:value=text.get_untracked()
                    on:input=move |event| write(event_target_value(&event))
                    on:keydown=press
                    on:scroll=move |_| {
                        if let Some(field) = field.get_untracked() {
                            moved_by.set(field.scroll_left());
                        }
                    }
                ></textarea>
            </div>
        </div>
        <Versions state bench text kept replace />
    }
}

#[component]
fn LineNumbers(text: RwSignal<String>, bench: Bench) -> impl IntoView {
    let lines = Memo::new(move |_| text.with(|it| count(it)));
    let number = move |line: usize| {
        let is_marked = move || bench.marked.with(|it| it.iter().any(|it| *it as usize == line));
        view! { <span class:marked=is_marked>{line}</span> }
    };
    view! {
        <div class="line-numbers" aria-hidden="true">
            {move || (1..=lines.get()).map(number).collect_view()}
        </div>
    }
}

/// A field that refused what is pasted would lose its end without a word.
fn is_too_long(source: &str) -> bool {
    source.chars().count() > MAX_CODE_CHARS
}

fn problem(source: &str) -> Option<String> {
    is_too_long(source).then(|| {
        format!(
            "The script has {} characters. Allowed: at most {}. It does not run until it is shorter; \
             links have the script as it was before.",
            format::count(source.chars().count() as u64),
            format::count(MAX_CODE_CHARS as u64),
        )
    })
}

/// Lines of a text, an empty last one too.
fn count(text: &str) -> usize {
    (text.lines().count() + usize::from(text.ends_with('\n'))).max(1)
}

/// What the settings hold of a text; `ours` is the program's.
fn code(ours: &str, source: &str) -> String {
    match source {
        source if source == ours => String::new(),
        // No code at all would mean the program's.
        "" => "\n".into(),
        other => other.into(),
    }
}
