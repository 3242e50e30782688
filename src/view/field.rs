//! The form field of a setting: what kind it is, its name and its hint follow
//! from the setting's declaration.

use leptos::prelude::*;

use super::choice::Choice;
use super::number_field::NumberField;
use super::subset::Subset;
use crate::model::parameter::Kind;
use crate::page::state::Page;

/// The field of the open lab's setting of that name. A text has none: it needs an
/// editor of its own.
pub(crate) fn field(page: Page, name: &'static str) -> AnyView {
    let Some(parameter) = page.lab.parameter(name) else { return ().into_any() };
    match parameter.kind {
        Kind::Whole { .. } | Kind::AutoOrWhole { .. } | Kind::Real { .. } => {
            view! { <NumberField page parameter /> }.into_any()
        }
        Kind::Choice(_) => view! { <Choice page parameter /> }.into_any(),
        Kind::Subset(_) => view! { <Subset page parameter /> }.into_any(),
        Kind::Text { .. } => ().into_any(),
    }
}

/// The fields of these settings, in this order.
pub(crate) fn fields(page: Page, names: &[&'static str]) -> AnyView {
    names.iter().map(|name| field(page, name)).collect_view().into_any()
}
