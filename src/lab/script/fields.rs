//! The form fields of a script: its annotated constants. A field writes its
//! line, and shows what stands there.

use leptos::prelude::*;

use super::annotation::Kind;
use super::field::{self, Field, Refused};
use crate::lab::script::state::State;
use crate::model::parameter::Problem;
use crate::page::contract::send;
use crate::page::text::Text;

/// A field per constant; nothing where there are none.
#[component]
pub(super) fn Fields(
    state: State,
    /// The script as it stands.
    text: RwSignal<String>,
    /// Puts another text in its place.
    #[prop(into)]
    change: Callback<String>,
) -> impl IntoView {
    let read = Memo::new(move |_| text.with(|it| field::fields(it)));
    // They are built anew where the script has others, not where it has other values. (A list with
    // keys weighs 3 kB.)
    let names = Memo::new(move |_| {
        read.with(|(fields, _)| fields.iter().map(|it| (it.name.clone(), it.kind.clone())).collect::<Vec<_>>())
    });
    let write = move |(name, given): (String, String)| {
        let source = text.get_untracked();
        let Some(field) = field::fields(&source).0.into_iter().find(|it| it.name == name) else { return };
        let (changed, refused) = field.write(&source, &given);
        if let Some(Refused { allowed, used }) = refused {
            let problems = [Problem::new(&name, &given, allowed, used)];
            state.page.notify(&problems);
            send::notice(&problems);
        }
        change.run(changed);
    };
    let write = Callback::new(write);
    view! {
        <div class="controls script-fields" hidden=move || names.with(Vec::is_empty)>
            {move || {
                names.get().into_iter().map(|(name, kind)| view! { <Input read name kind write /> }).collect_view()
            }}
        </div>
        <ul class="field-notes">
            {move || {
                read.with(|(fields, malformed)| {
                    let of_fields = fields.iter().filter_map(out_of_range);
                    let all: Vec<_> = of_fields.chain(malformed.iter().map(field::Malformed::sentence)).collect();
                    all.into_iter().map(|it| view! { <li prop:textContent=Text::from(it)></li> }).collect_view()
                })
            }}
        </ul>
    }
}

/// A script runs as it is written, also where its line has what the field would not take.
fn out_of_range(field: &Field) -> Option<String> {
    let Refused { allowed, used } = field.problem()?;
    Some(format!(
        "{} is {}; allowed is {allowed}. The script runs as it is written, with {used}.",
        field.name, field.value
    ))
}

#[component]
fn Input(
    read: Memo<(Vec<Field>, Vec<field::Malformed>)>,
    name: String,
    kind: Kind,
    write: Callback<(String, String)>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let own = name.clone();
    let value = Memo::new(move |_| {
        let value = |it: &Field| it.value.clone();
        read.with(|(fields, _)| fields.iter().find(|it| it.name == own).map(value)).unwrap_or_default()
    });
    let label = name.clone();
    let hint = kind.allowed();
    let take = Callback::new(move |given: String| write.run((name.clone(), given)));
    let input = match kind {
        Kind::Boolean => view! {
            <input
                id=id.clone()
                type="checkbox"
                prop:checked=move || value.with(|it| it == "True")
                on:change=move |event| take.run(if event_target_checked(&event) { "True" } else { "False" }.into())
            />
        }
        .into_any(),
        Kind::Text(options) if !options.is_empty() => {
            let option = move |text: String| {
                let (own, value_of) = (text.clone(), text.clone());
                view! {
                    <option value=value_of prop:selected=move || value.with(|it| *it == own)>
                        {text}
                    </option>
                }
            };
            view! {
                <select id=id.clone() on:change=move |event| take.run(event_target_value(&event))>
                    {options.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        Kind::Integer(_) | Kind::Number(_) | Kind::Text(_) => {
            let mode = if matches!(kind, Kind::Integer(_)) { "numeric" } else { "text" };
            view! {
                <input
                    id=id.clone()
                    type="text"
                    inputmode=mode
                    autocomplete="off"
                    spellcheck="false"
                    title=hint
                    prop:value=move || value.get()
                    on:change=move |event| {
                        take.run(event_target_value(&event));
                        // What was refused does not stay, also where the line stays as it is.
                        event_target::<web_sys::HtmlInputElement>(&event).set_value(&value.get_untracked());
                    }
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="field">
            <label for=id>
                <code translate="no">{label}</code>
            </label>
            {input}
        </div>
    }
}
