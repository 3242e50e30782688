//! What each button takes.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::deliver::Delivery;
use super::machine::Machine;
use super::offer::Offer;
use super::{delimited, picture};

/// One of the buttons: given what there is to take, and the machine, where it is known.
pub(super) type Take = fn(Offer, Delivery, Option<Machine>);

/// The figures, for a spreadsheet that is open.
pub(super) fn table(offer: Offer, delivery: Delivery, _: Option<Machine>) {
    let text = delimited::tsv(&offer.table.run(()));
    spawn_local(async move { delivery.copy("The table", text).await });
}

/// The figures with the settings beside them, for a file.
pub(super) fn csv(offer: Offer, delivery: Delivery, machine: Option<Machine>) {
    let Some(machine) = machine else { return };
    let text = delimited::csv(&offer.table_with_settings.run(()).on(&machine));
    delivery.save_text(&file_name(offer, "csv"), "text/csv;charset=utf-8", text);
}

/// The picture.
pub(super) fn png(offer: Offer, delivery: Delivery, machine: Option<Machine>) {
    let (Some(content), Some(machine)) = (offer.picture.run(()), machine) else { return };
    let name = file_name(offer, "png");
    spawn_local(async move { delivery.save_picture(&name, picture::png(&content, &machine.line()).await) });
}

fn file_name(offer: Offer, extension: &str) -> String {
    format!("parallel-lab-{}.{extension}", offer.file_stem.run(()))
}
