//! Each way's run as the timeline shows it.

use super::kitchen::{Chef, Kitchen, Stay};
use super::measured::Measured;
use super::way::Way;
use crate::model::course::{Course, Doing, Key, Label, Lane, Stretch, Total};
use crate::model::format;

/// The run of one way; its first lane is the lock's own, where there is one.
#[must_use]
pub fn course(measured: &Measured) -> Course {
    let (way, kitchen) = (measured.way, &measured.kitchen);
    let lock = (!kitchen.turns.is_empty()).then(|| Lane::new("the lock", Some(way.executor()), turns(kitchen)));
    let lanes: Vec<_> = lock.into_iter().chain(kitchen.chefs.iter().map(|it| lane(way, it))).collect();
    let stretches: usize = lanes.iter().map(|it| it.stretches().len()).sum();
    let (worker, count) = (way.worker(), kitchen.chefs.len());
    let plural = match (count, worker) {
        (1, _) => "",
        (_, "process") => "es",
        _ => "s",
    };
    Course {
        id: way.word(),
        name: way.title(),
        heading: format!("{}: who did what, when", way.title()),
        extent: format!(
            "{count} {worker}{plural}, {} spans in {}",
            format::count(stretches as u64),
            format::duration(kitchen.end_ms)
        ),
        note: (kitchen.lost > 0).then(|| {
            format!(
                "{} later spans were not kept: the lanes end before the {worker}{plural} did.",
                format::count(kitchen.lost.into())
            )
        }),
        label_heading: "Of what",
        legend: legend(way, kitchen),
        wall_ms: kitchen.end_ms,
        lanes,
        total: Total::Stretches(stretches as u64 + u64::from(kitchen.lost)),
    }
}

fn turns(kitchen: &Kitchen) -> Vec<Stretch> {
    let name = |chef: u32| {
        let of = kitchen.chefs.iter().find(|it| it.number == chef);
        of.map_or_else(|| "main thread".to_owned(), |it| it.name.clone())
    };
    let turn = |it: &super::kitchen::Turn| {
        Stretch::new(Doing::Hold, it.stay.0, it.stay.1, Label::Text(format!("by {}", name(it.chef))))
    };
    kitchen.turns.iter().map(turn).collect()
}

fn lane(way: Way, chef: &Chef) -> Lane {
    let held = match way {
        Way::Gil => Doing::Hold,
        Way::Free => Doing::Run,
        Way::Process => Doing::Task(None),
    };
    let all = [
        (Doing::Start, &chef.starts, ""),
        (held, &chef.held, ""),
        (Doing::Wait, &chef.waited, ""),
        (Doing::Away, &chef.away, ""),
    ];
    let stretches = all.into_iter().flat_map(|(doing, stays, about)| {
        let label = move || if about.is_empty() { Label::None } else { Label::Text(about.into()) };
        stays.iter().map(move |stay: &Stay| Stretch::new(doing, stay.0, stay.1, label()))
    });
    Lane::new(chef.name.clone(), Some(way.executor()), stretches.collect())
}

fn legend(way: Way, kitchen: &Kitchen) -> Vec<Key> {
    let key = |doing, words| Key { doing, executor: Some(way.executor()), words };
    let has = |of: fn(&Chef) -> &Vec<Stay>| kitchen.chefs.iter().any(|it| !of(it).is_empty());
    let held = match way {
        Way::Gil => key(Doing::Hold, "holds the GIL"),
        Way::Free => key(Doing::Run, "runs"),
        Way::Process => key(Doing::Task(None), "task"),
    };
    [
        has(|it| &it.starts).then(|| key(Doing::Start, "starts")),
        Some(held),
        has(|it| &it.waited).then(|| key(Doing::Wait, "waits for the GIL")),
        has(|it| &it.away).then(|| key(Doing::Away, "without the GIL: waits or runs compiled code")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
