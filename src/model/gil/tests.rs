//! What holds of every schedule, and what the protocol makes of some.

use proptest::prelude::*;

use super::work::{free_threaded, with_gil};
use super::{Doing, Piece, Rules, Schedule, Stretch};

const ALMOST_MS: f64 = 1e-3;

fn rules() -> impl Strategy<Value = Rules> {
    (0.05..20.0_f64, 0.01..0.5_f64, 0.0..0.1_f64, 1..5_u32)
        .prop_map(|(switch_ms, check_ms, handover_ms, cores)| Rules { switch_ms, check_ms, handover_ms, cores })
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        3 => (0.0..30.0_f64).prop_map(Piece::Compute),
        1 => (0.0..30.0_f64).prop_map(Piece::Kernel),
        1 => (0.0..30.0_f64).prop_map(Piece::Block),
    ]
}

fn threads() -> impl Strategy<Value = Vec<Vec<Piece>>> {
    prop::collection::vec(prop::collection::vec(piece(), 0..6), 0..6)
}

fn sum(pieces: &[Piece], counts: impl Fn(Piece) -> bool) -> f64 {
    pieces.iter().filter(|it| counts(**it)).map(|it| it.duration_ms()).sum()
}

fn all(threads: &[Vec<Piece>], counts: impl Fn(Piece) -> bool + Copy) -> f64 {
    threads.iter().map(|it| sum(it, counts)).sum()
}

fn held(schedule: &Schedule) -> Vec<(Stretch, usize)> {
    let of = |(thread, lane): (usize, &super::Lane)| {
        lane.stretches.iter().filter(|it| it.doing == Doing::Hold).map(|it| (*it, thread)).collect::<Vec<_>>()
    };
    let mut held: Vec<_> = schedule.lanes.iter().enumerate().flat_map(of).collect();
    held.sort_by(|(a, _), (b, _)| a.start_ms.total_cmp(&b.start_ms).then(a.end_ms.total_cmp(&b.end_ms)));
    held
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < ALMOST_MS
}

proptest! {
    #[test]
    fn one_holder_at_most(threads in threads(), rules in rules()) {
        let held = held(&with_gil(&threads, &rules));
        for pair in held.windows(2) {
            prop_assert!(pair[0].0.end_ms <= pair[1].0.start_ms, "{pair:?}");
        }
    }

    #[test]
    fn every_waiter_is_served_and_no_work_is_lost(threads in threads(), rules in rules()) {
        for schedule in [with_gil(&threads, &rules), free_threaded(&threads, &rules)] {
            prop_assert!(!schedule.is_cut);
            for (pieces, lane) in threads.iter().zip(&schedule.lanes) {
                let totals = lane.totals;
                prop_assert!(near(totals.held_ms, sum(pieces, Piece::needs_lock)) || rules.cores < threads.len() as u32);
                prop_assert!(totals.held_ms > sum(pieces, Piece::needs_lock) - ALMOST_MS);
                prop_assert!(totals.kernel_ms > sum(pieces, |it| matches!(it, Piece::Kernel(_))) - ALMOST_MS);
                prop_assert!(near(totals.blocked_ms, sum(pieces, |it| matches!(it, Piece::Block(_)))));
            }
        }
    }

    #[test]
    fn a_lane_has_no_gap(threads in threads(), rules in rules()) {
        for lane in with_gil(&threads, &rules).lanes {
            prop_assert!(lane.stretches.first().is_none_or(|it| it.start_ms < ALMOST_MS));
            for pair in lane.stretches.windows(2) {
                prop_assert!(near(pair[0].end_ms, pair[1].start_ms), "{pair:?}");
            }
        }
    }

    #[test]
    fn the_same_input_gives_the_same_schedule(threads in threads(), rules in rules()) {
        prop_assert_eq!(with_gil(&threads, &rules), with_gil(&threads, &rules));
    }

    #[test]
    fn the_whole_lasts_as_long_as_the_lock_is_needed_at_least(threads in threads(), rules in rules()) {
        let schedule = with_gil(&threads, &rules);
        prop_assert!(schedule.wall_ms >= all(&threads, Piece::needs_lock) - ALMOST_MS);
        let longest = threads.iter().map(|it| sum(it, |_| true)).fold(0.0, f64::max);
        prop_assert!(schedule.wall_ms >= longest - ALMOST_MS);
    }

    #[test]
    fn without_the_lock_nobody_ends_later_where_each_has_a_core(threads in threads(), rules in rules()) {
        let rules = Rules { cores: threads.len() as u32, ..rules };
        let (gil, free) = (with_gil(&threads, &rules), free_threaded(&threads, &rules));
        for (gil, free) in gil.lanes.iter().zip(&free.lanes) {
            let end_ms = |lane: &super::Lane| lane.stretches.last().map_or(0.0, |it| it.end_ms);
            prop_assert!(end_ms(free) <= end_ms(gil) + ALMOST_MS);
        }
        prop_assert!(free.totals().waited_ms < ALMOST_MS);
    }

    #[test]
    fn computing_alone_is_never_faster_with_the_lock(
        ms in prop::collection::vec(0.0..50.0_f64, 1..6),
        rules in rules(),
    ) {
        let threads: Vec<_> = ms.iter().map(|ms| vec![Piece::Compute(*ms)]).collect();
        let (gil, free) = (with_gil(&threads, &rules), free_threaded(&threads, &rules));
        prop_assert!(free.wall_ms <= gil.wall_ms + ALMOST_MS);
        prop_assert!(gil.wall_ms >= ms.iter().sum::<f64>() - ALMOST_MS);
    }

    #[test]
    fn who_gave_way_is_not_the_next(threads in threads(), rules in rules()) {
        let schedule = with_gil(&threads, &rules);
        for pair in held(&schedule).windows(2) {
            let ((before, first), (after, next)) = (pair[0], pair[1]);
            let is_outside = |it: &Stretch| {
                matches!(it.doing, Doing::Kernel | Doing::Blocked)
                    && it.start_ms >= before.end_ms - ALMOST_MS
                    && it.end_ms <= after.start_ms + ALMOST_MS
            };
            let was_outside = || schedule.lanes[first].stretches.iter().any(is_outside);
            prop_assert!(first != next || was_outside(), "{pair:?}");
        }
    }
}

proptest! {
    // Some of these last until the model stops by itself.
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn whatever_is_given_there_is_an_end(
        ms in prop::collection::vec(any::<f64>(), 0..4),
        (switch_ms, check_ms, handover_ms) in any::<(f64, f64, f64)>(),
        cores in any::<u32>(),
    ) {
        let threads = vec![ms.iter().map(|ms| Piece::Compute(*ms)).collect::<Vec<_>>(); 3];
        let schedule = with_gil(&threads, &Rules { switch_ms, check_ms, handover_ms, cores });
        prop_assert!(schedule.wall_ms.is_finite());
    }
}

const RULES: Rules = Rules { switch_ms: 5.0, check_ms: 0.05, handover_ms: 0.0, cores: 4 };

#[test]
fn two_that_compute_change_every_interval() {
    let schedule = with_gil(&vec![vec![Piece::Compute(20.0)]; 2], &RULES);
    let holds: Vec<_> = held(&schedule).iter().map(|it| it.0.end_ms - it.0.start_ms).collect();
    assert_eq!(schedule.grants(), [0, 1, 0, 1, 0, 1, 0, 1]);
    // The request comes at 5 ms, just after the safe point there: the next one is heard.
    assert!(holds[..6].iter().all(|ms| (5.0..=5.1).contains(ms)), "{holds:?}");
    assert!(near(schedule.wall_ms, 40.0));
    let totals = schedule.totals();
    assert_eq!((totals.requests, totals.requests_in_vain, totals.postponed), (6, 0, 0));
    assert_eq!(totals.forced_switches, 6);
}

#[test]
fn of_three_one_always_asks_in_vain() {
    let schedule = with_gil(&vec![vec![Piece::Compute(30.0)]; 3], &RULES);
    assert_eq!(schedule.grants()[..6], [0, 1, 2, 0, 1, 2]);
    let totals = schedule.totals();
    assert!(totals.requests_in_vain > 0 && totals.postponed > 0, "{totals:?}");
    // Each waits for both of the others.
    let waited: Vec<_> = schedule.lanes.iter().map(|it| it.totals.waited_ms).collect();
    assert!(waited.iter().all(|ms| (45.0..65.0).contains(ms)), "{waited:?}");
    let two = with_gil(&vec![vec![Piece::Compute(30.0)]; 2], &RULES).totals();
    assert_eq!((two.requests_in_vain, two.postponed), (0, 0));
}

#[test]
fn input_beside_a_computation_waits_an_interval_for_each_answer() {
    let input: Vec<_> = (0..10).flat_map(|_| [Piece::Compute(0.05), Piece::Block(1.0)]).collect();
    let alone = with_gil(std::slice::from_ref(&input), &RULES);
    assert!(near(alone.wall_ms, 10.5));
    let beside = with_gil(&[vec![Piece::Compute(500.0)], input], &RULES);
    let waited = beside.lanes[1].totals.waited_ms / 11.0;
    assert!((4.9..5.2).contains(&waited), "{waited} ms for each of ten answers and the end");
}

#[test]
fn the_interval_is_what_an_answer_costs() {
    let waited_ms = |switch_ms: f64| {
        let input = vec![Piece::Block(1.0), Piece::Compute(0.1)];
        let threads = [vec![Piece::Compute(300.0)], input];
        with_gil(&threads, &Rules { switch_ms, ..RULES }).lanes[1].totals.waited_ms
    };
    let (short, long) = (waited_ms(0.5), waited_ms(50.0));
    assert!(short < 1.5 && long > 50.0, "{short} ms, {long} ms");
}

#[test]
fn waking_up_takes_time_in_which_another_may_come_first() {
    // Thread 1 is told at 3 ms and wakes at 5; thread 2 comes back at 4 and finds the lock free.
    let threads = [vec![Piece::Compute(3.0)], vec![Piece::Compute(1.0)], vec![Piece::Block(4.0), Piece::Compute(2.5)]];
    let late = with_gil(&threads, &Rules { switch_ms: 100.0, handover_ms: 2.0, ..RULES });
    // Thread 2 took it first of all, for an instant, when thread 0 had released it.
    assert_eq!(late.grants().first(), Some(&0));
    assert_eq!(late.lanes.iter().map(|it| it.totals.forced_switches).sum::<u64>(), 0);
    let ends: Vec<_> = late.lanes.iter().filter_map(|it| it.stretches.last()).map(|it| it.end_ms).collect();
    assert!(ends.iter().all(|ms| *ms <= late.wall_ms + ALMOST_MS) && !late.is_cut, "{ends:?}");
}

#[test]
fn a_request_also_holds_when_the_holder_releases_by_itself() {
    // Thread 1 asks at 5 ms, between two safe points; at 6 ms thread 0 goes to wait for 0 ms.
    let rules = Rules { check_ms: 50.0, handover_ms: 1.0, ..RULES };
    let threads = [vec![Piece::Compute(6.0), Piece::Block(0.5), Piece::Compute(1.0)], vec![Piece::Compute(2.0)]];
    let schedule = with_gil(&threads, &rules);
    // It has to wait until thread 1 is awake and has it, so it can't overtake.
    assert_eq!(schedule.grants(), [0, 1, 0]);
    let first = &schedule.lanes[0].stretches;
    assert_eq!(first[1].doing, Doing::Wait);
    assert!(near(first[1].end_ms - first[1].start_ms, 1.0), "{first:?}");
}

#[test]
fn nobody_at_all_is_no_trouble() {
    assert!(near(with_gil(&[], &RULES).wall_ms, 0.0));
    assert!(near(with_gil(&[Vec::new()], &RULES).wall_ms, 0.0));
}
