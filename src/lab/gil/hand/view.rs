//! Where they stand in the lab: below its runs, and fetched once it stands.

use std::rc::Rc;

use leptos::prelude::*;

use super::really::Really;
use super::step::Steps;
use super::stove::Stove;
use crate::page::state::{Activity, Page};
use crate::pool::on_demand::OnDemand;
use crate::pool::python::PythonRunner;
use crate::view::later::later;

/// Who runs the lab's scripts, once Python is here.
pub(in crate::lab::gil) type Runner = StoredValue<Option<Rc<PythonRunner>>, LocalStorage>;

/// The counter and the scheduler, with a heading each.
#[component]
pub(in crate::lab::gil) fn StepByHand(page: Page, runner: Runner) -> impl IntoView {
    let stands = Signal::derive(move || page.activity.get() != Activity::Loading);
    later(OnDemand::Results, stands, None, move || when_run(page, runner))
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(page: Page, runner: Runner) -> AnyView {
    let really = Really::new(page, runner);
    view! {
        <Steps really />
        <Stove />
    }
    .into_any()
}
