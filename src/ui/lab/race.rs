//! The race of the four executors.

use leptos::prelude::*;

use super::results::Results;
use super::settings_form::SettingsForm;
use super::verdict;
use crate::ui::format;
use crate::ui::plot::attractor::Attractor;
use crate::ui::plot::bars::Bars;
use crate::ui::state::State;
use crate::ui::widget::notices::Notices;
use crate::ui::widget::progress::ProgressBars;

/// The value of `data-same`.
fn agreement(agreement: verdict::Agreement) -> &'static str {
    match agreement {
        verdict::Agreement::Same => "true",
        verdict::Agreement::Different => "false",
        verdict::Agreement::Alone => "alone",
    }
}

/// The whole lab, without what stands around it.
#[component]
pub(crate) fn Race(state: State) -> impl IntoView {
    let members = Memo::new(move |_| state.settings.with(|it| it.members));
    let question = move || match members.get() {
        1 => "One simulation: which way of running it finishes first?".into(),
        members => format!("{} simulations: which way of running them finishes first?", format::count(members.into())),
    };
    let bits =
        Memo::new(move |_| state.report.with(|report| report.as_ref().and_then(|it| verdict::same_bits(&it.results))));
    let of_run = Memo::new(move |_| {
        let settings = state.settings.get();
        state.report.with(|report| report.as_ref().and_then(|it| verdict::of_another_run(&it.settings, &settings)))
    });
    view! {
        <section class="lab" aria-labelledby="question">
            <h1 id="question">{question}</h1>
            <p id="status" class="status" role="status" aria-live="polite">
                {move || state.sentence.get()}
            </p>
            <Notices state />
            <SettingsForm state />
            <ProgressBars state />
            <div class="charts">
                <Attractor state />
                <Bars state />
            </div>
            <p
                id="same-bits"
                class="same-bits"
                data-same=move || bits.with(|it| it.as_ref().map(|it| agreement(it.0)))
            >
                {move || bits.get().map(|it| it.1)}
            </p>
            <p id="of-run" class="of-run">{move || of_run.get()}</p>
            <Results state />
        </section>
    }
}
