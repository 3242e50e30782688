//! The lecture's figures beside this run's: what the slide says, what was
//! measured here, why the two differ, and what holds in both.

use super::explanation::{Term, largest_term};
use crate::lab::race::report::Report;
use crate::lab::race::settings::Settings;
use crate::model::format;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::{Executor, Kernel, Pool};
use crate::model::standing::{Comparison, Standing, compare};
use crate::view::slide::BesideTheSlide;
use crate::view::verdict::short_name;
use crate::workload::lorenz::equations::Parameters;

/// The lecture's race: 30 members, 5,000 steps.
const MEMBERS: u32 = 30;
const STEPS: u32 = 5000;

/// What the slide's serial loop took, "typical results on a laptop" (lecture,
/// "Overheads"), ms.
const SLIDE_SERIAL_MS: f64 = 2100.0;
/// Its vectorized loop, ms.
const SLIDE_VECTORIZED_MS: f64 = 80.0;
/// Its `ProcessPoolExecutor` with four workers, ms.
const SLIDE_PROCESS_MS: f64 = 700.0;

/// Sets a run beside the slide; `None` where it is not the slide's race, or
/// Serial has no times in it.
#[must_use]
pub fn beside_the_slide(races: &[&Report]) -> Option<BesideTheSlide> {
    let race = races.iter().copied().find(|it| is_the_slides_race(&it.settings))?;
    let serial = timed(race, Executor::Serial)?;
    Some(BesideTheSlide {
        slide: format!(
            "Python on a laptop took {} for the loop, {} vectorized and {} with four processes.",
            format::duration(SLIDE_SERIAL_MS),
            format::duration(SLIDE_VECTORIZED_MS),
            format::duration(SLIDE_PROCESS_MS),
        ),
        here: here(race),
        because: because(race, serial)?,
        still_true: still_true(race, races),
    })
}

/// The slide's size and system, its loop in every worker, and pools that are
/// started for the job, as `with ProcessPoolExecutor()` does.
fn is_the_slides_race(settings: &Settings) -> bool {
    settings.members == MEMBERS
        && settings.steps == STEPS
        && settings.parameters() == Parameters::LORENZ_1963
        && settings.kernel == Kernel::Scalar
        && settings.pool == Pool::Cold
}

fn timed(race: &Report, executor: Executor) -> Option<&ExecutorResult> {
    race.results.iter().find(|it| it.executor == executor && it.status == Status::Ok && it.wall_ms.is_some())
}

fn here(race: &Report) -> String {
    let figure = |executor: Executor| {
        let wall = timed(race, executor)?.wall_ms?;
        Some(format!("{} {}", short_name(executor), format::duration(wall.median)))
    };
    let figures: Vec<_> = Executor::ALL.into_iter().filter_map(figure).collect();
    let figures: Vec<_> = figures.iter().map(String::as_str).collect();
    let untimed: Vec<_> = Standing::of(&race.results).untimed.into_iter().map(short_name).collect();
    let too_fast = match untimed.as_slice() {
        [] => String::new(),
        names => format!("; too fast to time here: {}", format::list(names)),
    };
    format!("The same {MEMBERS} members took {}{too_fast}.", format::list(&figures))
}

/// Compiled code on another machine leaves little to do; a pool's price stays.
fn because(race: &Report, serial: &ExecutorResult) -> Option<String> {
    let work_ms = serial.work_ms?;
    let speed = format!(
        "Compiled code on this machine did in {} what took the slide's interpreted loop on its laptop {}: {} as fast.",
        format::duration(work_ms),
        format::duration(SLIDE_SERIAL_MS),
        format::ratio(SLIDE_SERIAL_MS / work_ms),
    );
    let pool = [Executor::Process, Executor::Thread].into_iter().find_map(|it| timed(race, it));
    let price = pool.and_then(|pool| price(pool, serial, work_ms));
    Some(format!("{speed}{}", price.unwrap_or_default()))
}

/// What a pool paid, where that is more than the whole work; and that it lost by
/// it, where it did.
fn price(pool: &ExecutorResult, serial: &ExecutorResult, work_ms: f64) -> Option<String> {
    let workers = if pool.executor == Executor::Thread { "threads" } else { "workers" };
    let (paid, ms) = match largest_term(pool)? {
        (Term::Startup, ms) => (format!(" Starting {workers} alone took {}", format::duration(ms)), ms),
        (Term::Transfer, ms) => (format!(" Moving tasks and results alone took {}", format::duration(ms)), ms),
        (Term::Compute, _) => return None,
    };
    let lost = compare(&pool.wall_ms?, &serial.wall_ms?) == Comparison::Slower;
    let reversal = match pool.executor {
        Executor::Process if lost => format!(
            ": so the processes, which beat the loop by {} on the slide, lose to it here",
            format::ratio(SLIDE_SERIAL_MS / SLIDE_PROCESS_MS)
        ),
        _ => String::new(),
    };
    (ms > work_ms).then(|| format!("{paid}{reversal}."))
}

/// Only what this run's own figures bear out.
fn still_true(race: &Report, races: &[&Report]) -> Option<String> {
    let is_faster = |race: &Report, this: Executor, other: Executor| {
        let walls = timed(race, this).and_then(|it| it.wall_ms).zip(timed(race, other).and_then(|it| it.wall_ms));
        walls.filter(|(this, other)| compare(this, other) == Comparison::Faster)
    };
    let mut found = Vec::new();
    let beats_loop = is_faster(race, Executor::Vectorized, Executor::Serial).is_some();
    let beats_pool = is_faster(race, Executor::Vectorized, Executor::Process).is_some();
    match (beats_loop, beats_pool) {
        (true, true) => found.push("vectorized beats both the loop and the processes".to_owned()),
        (true, false) => found.push("vectorized beats the loop".to_owned()),
        (false, true) => found.push("vectorized beats the processes".to_owned()),
        (false, false) => {}
    }
    let larger = races.iter().copied().filter(|it| it.settings.members > MEMBERS);
    let pools = larger.flat_map(|race| [Executor::Process, Executor::Thread].map(|pool| (race, pool)));
    let paid = pools.filter(|(race, pool)| is_more_of_the_same(race, *pool)).find_map(|(race, pool)| {
        is_faster(race, pool, Executor::Serial).map(|(pool, serial)| (race, serial.median / pool.median))
    });
    if let Some((race, speedup)) = paid {
        let members = format::count(race.settings.members.into());
        found.push(format!(
            "more workers pay off where there is enough to do, {} at {members} members",
            format::ratio(speedup)
        ));
    }
    (!found.is_empty()).then(|| format!("{}.", format::capitalized(&found.join("; "))))
}

/// Whether a pool differs from Serial in nothing but the number of its workers.
fn is_more_of_the_same(race: &Report, pool: Executor) -> bool {
    let kernel = |executor| timed(race, executor).map(|it| it.kernel);
    timed(race, pool).and_then(|it| it.workers) > Some(1) && kernel(pool) == kernel(Executor::Serial)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::race::settings::Settings;
    use crate::model::pace::Pace;
    use crate::model::report::Wall;

    fn ran(executor: Executor, startup_ms: f64, work_ms: f64) -> ExecutorResult {
        let median = startup_ms + work_ms;
        ExecutorResult {
            wall_ms: Some(Wall { min: median * 0.99, median, max: median * 1.01 }),
            startup_ms: Some(startup_ms),
            send_ms: Some(0.0),
            compute_ms: Some(work_ms),
            gather_ms: Some(0.0),
            work_ms: Some(work_ms),
            workers: Some(if executor == Executor::Process { 2 } else { 1 }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    fn race(members: u32, results: Vec<ExecutorResult>) -> Report {
        let settings = Settings { members, ..Settings::defaults(2) };
        Report { run: 1, settings, results, timelines: Vec::new(), pace: Pace::default(), drawing: None }
    }

    fn small() -> Report {
        let results = vec![
            ran(Executor::Serial, 0.0, 1.0),
            ran(Executor::Vectorized, 0.0, 0.3),
            ran(Executor::Process, 40.0, 0.6),
        ];
        race(30, results)
    }

    #[test]
    fn the_slides_race_is_set_beside_the_slide() {
        let found = beside_the_slide(&[&small()]).unwrap();
        assert_eq!(
            found.slide,
            "Python on a laptop took 2.10 s for the loop, 80.0 ms vectorized and 700 ms with four processes."
        );
        assert_eq!(found.here, "The same 30 members took Serial 1.00 ms, Vectorized 0.30 ms and Process-like 40.6 ms.");
        assert_eq!(
            found.because,
            "Compiled code on this machine did in 1.00 ms what took the slide's interpreted loop on its laptop 2.10 s: \
             2,100 × as fast. Starting workers alone took 40.0 ms: so the processes, which beat the loop by 3.0 × \
             on the slide, lose to it here."
        );
        assert_eq!(found.still_true.unwrap(), "Vectorized beats both the loop and the processes.");
    }

    #[test]
    fn what_has_no_time_is_not_left_out() {
        let mut race = small();
        race.results[1].wall_ms = None;
        let found = beside_the_slide(&[&race]).unwrap();
        let here =
            "The same 30 members took Serial 1.00 ms and Process-like 40.6 ms; too fast to time here: Vectorized.";
        assert_eq!(found.here, here);
        assert_eq!(found.still_true, None);
    }

    #[test]
    fn a_larger_race_shows_that_workers_pay() {
        let results = vec![ran(Executor::Serial, 0.0, 300.0), ran(Executor::Process, 40.0, 110.0)];
        let found = beside_the_slide(&[&small(), &race(10_000, results)]).unwrap();
        assert!(found.still_true.unwrap().ends_with("enough to do, 2.0 × at 10,000 members."));
    }

    #[test]
    fn nothing_is_claimed_that_the_run_does_not_bear_out() {
        let results = vec![ran(Executor::Serial, 0.0, 1.0), ran(Executor::Vectorized, 0.0, 1.0)];
        let found = beside_the_slide(&[&race(30, results)]).unwrap();
        assert_eq!(found.still_true, None);
        assert!(found.because.ends_with("2,100 × as fast."), "{}", found.because);
    }

    #[test]
    fn another_race_has_no_slide() {
        assert_eq!(beside_the_slide(&[&race(31, small().results)]), None);
        let changed = |change: fn(&mut Settings)| {
            let mut race = small();
            change(&mut race.settings);
            beside_the_slide(&[&race])
        };
        assert_eq!(changed(|it| it.kernel = Kernel::Simd), None);
        assert_eq!(changed(|it| it.pool = Pool::Warm), None);
        assert_eq!(changed(|it| it.dt = 0.001), None);
        assert_eq!(beside_the_slide(&[&race(30, vec![ran(Executor::Thread, 40.0, 1.0)])]), None);
        assert_eq!(beside_the_slide(&[]), None);
    }
}
