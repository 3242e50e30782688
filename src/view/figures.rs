//! All figures of a run in a table: also its charts' twin.

use leptos::prelude::*;

use crate::model::report::Status;
use crate::model::settings::Executor;
use crate::page::text::Text;

/// A column: its heading, and what it means where that needs words.
pub(crate) type Column = (&'static str, &'static str);

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// What it is about.
    pub(crate) name: String,
    /// In whose colour, and what became of it, if it is an executor's.
    pub(crate) of: Option<(Executor, Status)>,
    /// The figures, a cell for each column but the first.
    pub(crate) cells: Vec<String>,
}

/// The table, which can be folded; empty before the first run.
#[component]
pub(crate) fn Figures(
    /// What it is called, for people who can't see it.
    label: &'static str,
    columns: Vec<Column>,
    rows: Memo<Vec<Row>>,
) -> impl IntoView {
    let is_empty = move || rows.with(Vec::is_empty);
    let head = |(heading, meaning): Column| {
        let meaning = (!meaning.is_empty()).then_some(meaning);
        view! { <th scope="col" title=meaning>{heading}</th> }
    };
    view! {
        <details class="figures" open>
            <summary>
                "All figures" <Show when=is_empty>
                    <span class="soft">" appear here after a run"</span>
                </Show>
            </summary>
            <div class="table" role="region" aria-label=label tabindex="0">
                <table id="results">
                    <caption class="visually-hidden">{label}</caption>
                    <thead>
                        <tr>{columns.into_iter().map(head).collect_view()}</tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

fn row(Row { name, of, cells }: Row) -> impl IntoView {
    let swatch = |(executor, _): (Executor, Status)| view! { <i class="swatch" data-executor=executor.name()></i> };
    view! {
        <tr data-executor=of.map(|it| it.0.name()) data-status=of.map(|it| it.1.name())>
            <th scope="row">
                {of.map(swatch)}
                <span translate=of.map(|_| "no") prop:textContent=Text::from(name)></span>
            </th>
            {cells.into_iter().map(|text| view! { <td translate="no" prop:textContent=Text::from(text)></td> }).collect_view()}
        </tr>
    }
}
