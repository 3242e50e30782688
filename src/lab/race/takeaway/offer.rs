//! The race's side of the takeaway: what is asked for, from its signals.

use leptos::prelude::*;

use super::shown;
use crate::lab::race::page::state::Race;
use crate::page::url;
use crate::view::takeaway::Offer;

/// What the shown races have to give.
pub(crate) fn offer(race: Race) -> Offer {
    // Drawing and copying would disturb what is being measured.
    let is_busy = move || race.page.activity.get().is_busy();
    Offer {
        noun: "race",
        link: Signal::derive(move || {
            race.page.values.track();
            url::link(race.page)
        }),
        runs: Signal::derive(move || race.rungs.track()),
        is_off: Memo::new(move |_| is_busy() || race.rungs.with(Vec::is_empty)).into(),
        table: Callback::new(move |()| shown::results(race)),
        table_with_settings: Callback::new(move |()| shown::with_settings(race)),
        picture: Callback::new(move |()| shown::picture(race)),
        file_stem: Callback::new(move |()| shown::file_stem(race)),
    }
}
