//! Every setting of the contract, the rarer ones behind a fold.

use leptos::prelude::*;

use crate::model::query::Parameter;
use crate::page::state::{Activity, State};
use crate::view::choice::Choice;
use crate::view::copy_link::CopyLink;
use crate::view::executor_choice::ExecutorChoice;
use crate::view::number_field::NumberField;
use crate::view::run_form::RunForm;

/// The form with Run and Stop.
#[component]
pub(crate) fn SettingsForm(state: State) -> impl IntoView {
    let is_running = Signal::derive(move || matches!(state.activity.get(), Activity::Running | Activity::Stopping));
    let is_open = RwSignal::new(false);
    let run = move |()| state.request_run();
    let stop = move |()| state.request_stop();
    let fields = move || view! { <Usual state is_open /> };
    let more = move || view! { <More state is_open /> };
    view! { <RunForm is_running run stop fields more /> }
}

/// What most experiments change, and the button for the rest.
#[component]
fn Usual(state: State, is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <NumberField state parameter=Parameter::Members label="Members" hint="Simulations in the ensemble" />
        <NumberField state parameter=Parameter::Steps label="Steps" hint="Euler steps of each simulation" />
        <NumberField state parameter=Parameter::Workers label="Workers" hint="Processes or threads" />
        <Choice
            state
            parameter=Parameter::Kernel
            label="Kernel"
            hint="What each process and thread runs"
            options=&[("scalar", "scalar"), ("simd", "SIMD")]
        />
        <Choice
            state
            parameter=Parameter::Pool
            label="Pool"
            hint="Whether starting the workers counts"
            options=&[("cold", "cold: start counts"), ("warm", "warm: already up")]
        />
        <button
            id="more-settings"
            type="button"
            class="link-button"
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            aria-controls="more"
            on:click=move |_| is_open.update(|it| *it = !*it)
        >
            {move || if is_open.get() { "Fewer settings" } else { "More settings" }}
        </button>
    }
}

/// The rarer settings.
#[component]
fn More(state: State, is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="more" id="more" hidden=move || !is_open.get()>
            <ExecutorChoice state />
            <NumberField state parameter=Parameter::Dt label="Time step dt" />
            <NumberField state parameter=Parameter::Sigma label="σ (sigma)" />
            <NumberField state parameter=Parameter::Rho label="ρ (rho)" />
            <NumberField state parameter=Parameter::Beta label="β (beta), also 8/3" />
            <NumberField state parameter=Parameter::Seed label="Seed of the start" />
            <NumberField state parameter=Parameter::Chunk label="Members per task, or auto" />
            <NumberField state parameter=Parameter::Repeats label="Repeats" />
            <Choice
                state
                parameter=Parameter::Start
                label="Start of a worker"
                options=&[("reuse", "reuse the compiled code"), ("spawn", "spawn: fetch and compile again")]
            />
            <Choice
                state
                parameter=Parameter::Gather
                label="Results travel by"
                options=&[("transfer", "transfer: handed over"), ("copy", "copy, as Python pickles")]
            />
            <Choice
                state
                parameter=Parameter::Theme
                label="Colours"
                options=&[("auto", "as the system"), ("light", "light"), ("dark", "dark")]
            />
            <div class="buttons">
                <button id="reset" type="button" on:click=move |_| state.reset()>
                    "Back to the link's settings"
                </button>
                <CopyLink state />
            </div>
        </div>
    }
}
