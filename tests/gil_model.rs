//! Holds the model of the GIL against the lock itself, on real threads: what the whole takes
//! within a stated ratio, and the order of grants where it is determined.
//!
//! Who computes here sleeps while it holds the lock, from safe point to safe point: the lock
//! can't tell, and nobody needs a core, so that a busy machine is in nobody's way. It does delay
//! waking up, by some milliseconds at times: so each comparison is tried a few times, one run
//! has to be as modelled, and only one is under way at a time.

#![allow(clippy::expect_used, clippy::panic, reason = "what is a test's helper may fail as a test does")]

use std::sync::{Arc, Barrier, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use parallel_lab::executor::gil::{Gil, GilThread, Log, Mode, Span};
use parallel_lab::model::gil::work::{Round, with_gil};
use parallel_lab::model::gil::{Doing, Piece, Rules, Schedule};

/// The real whole, and what threads wait in it, are at least this share of the model's, and at most …
const LEAST: f64 = 0.85;
/// … so many times that.
const MOST: f64 = 1.35;
const TRIES: usize = 10;

/// Work between two safe points, ms.
const CHECK_MS: f64 = 0.5;

const RULES: Rules = Rules { switch_ms: 5.0, check_ms: CHECK_MS, handover_ms: 0.1, cores: 64 };

fn now_ms() -> f64 {
    static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);
    EPOCH.elapsed().as_secs_f64() * 1e3
}

/// What the real lock did.
#[derive(Debug)]
struct Run {
    wall_ms: f64,
    waited_ms: f64,
    forced_switches: u64,
    grants: Vec<u32>,
}

/// The model's threads, for real: who computes looks at its safe points, and what needs no
/// lock sleeps, so that no core is missing.
fn really(threads: &[Vec<Piece>], switch_ms: f64) -> Run {
    let gil = Arc::new(Gil::new(Mode::Locked, 10_000, now_ms));
    gil.set_switch_interval(Duration::from_secs_f64(switch_ms / 1e3));
    // All are there, and the first has the lock, before anybody works.
    let gate = Arc::new(Barrier::new(threads.len()));
    let begin = |(number, pieces): (usize, &Vec<Piece>)| {
        let thread = GilThread::join(Arc::clone(&gil));
        let (gate, pieces) = (Arc::clone(&gate), pieces.clone());
        thread::spawn(move || {
            if number == 0 {
                thread.take();
            }
            gate.wait();
            thread.take();
            for piece in pieces {
                match piece {
                    Piece::Compute(ms) => compute(&thread, ms),
                    other => {
                        thread.blocking(|| sleep_ms(other.duration_ms()));
                    }
                }
            }
            drop(thread);
            now_ms()
        })
    };
    let workers: Vec<_> = threads.iter().enumerate().map(begin).collect();
    let end_ms = workers.into_iter().map(|it| it.join().expect("a thread ends well")).fold(0.0, f64::max);
    let logs = gil.logs();
    let mut held: Vec<_> = logs.iter().flat_map(|log| holds(log).map(move |start_ms| (start_ms, log.thread))).collect();
    held.sort_by(|a, b| a.0.total_cmp(&b.0));
    Run {
        wall_ms: end_ms - held.first().map_or(end_ms, |it| it.0),
        waited_ms: logs.iter().map(|it| it.waited_ms).sum(),
        forced_switches: logs.iter().map(|it| it.forced_switches).sum(),
        grants: held.into_iter().map(|it| it.1).collect(),
    }
}

fn holds(log: &Log) -> impl Iterator<Item = f64> + '_ {
    log.spans.iter().filter_map(|it| match *it {
        Span::Hold { start_ms, .. } => Some(start_ms),
        Span::Wait { .. } => None,
    })
}

/// Holds the lock for so long, all stretches together.
fn compute(thread: &GilThread, ms: f64) {
    let mut done_ms = 0.0;
    while done_ms < ms {
        let since_ms = now_ms();
        sleep_ms(CHECK_MS.min(ms - done_ms));
        done_ms += now_ms() - since_ms;
        thread.checkpoint();
    }
}

fn sleep_ms(ms: f64) {
    thread::sleep(Duration::from_secs_f64(ms / 1e3));
}

fn is_within(real: f64, model: f64) -> bool {
    (LEAST * model..=MOST * model).contains(&real)
}

/// Fails unless one of several runs is as the model says.
fn assert_as_modelled(threads: &[Vec<Piece>], rules: &Rules, agrees: impl Fn(&Run, &Schedule) -> bool) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let model = with_gil(threads, rules);
    let mut runs = Vec::new();
    for _ in 0..TRIES {
        let run = really(threads, rules.switch_ms);
        if agrees(&run, &model) {
            return;
        }
        runs.push((run.wall_ms, run.waited_ms, run.forced_switches, run.grants));
    }
    panic!("the model says {} ms, {:?}, {:?}; the lock did {runs:#?}", model.wall_ms, model.totals(), model.grants());
}

fn grants(model: &Schedule) -> Vec<u32> {
    model.grants().into_iter().map(|it| it as u32).collect()
}

#[test]
fn computing_takes_as_long_as_one_after_the_other() {
    for (threads, switch_ms) in [(2, 5.0), (3, 5.0), (4, 20.0)] {
        let rules = Rules { switch_ms, ..RULES };
        assert_as_modelled(&vec![Round::pure(60.0).times(1); threads], &rules, |run, model| {
            is_within(run.wall_ms, model.wall_ms) && is_within(run.waited_ms, model.totals().waited_ms)
        });
    }
}

#[test]
fn two_that_compute_have_the_lock_in_turn() {
    assert_as_modelled(&vec![vec![Piece::Compute(100.0)]; 2], &Rules { switch_ms: 40.0, ..RULES }, |run, model| {
        // 40 ms each, twice, and the rest.
        run.grants == grants(model) && run.forced_switches == model.totals().forced_switches
    });
}

#[test]
fn who_waits_for_input_pays_an_interval_for_each_answer() {
    let input: Vec<_> = (0..6).flat_map(|_| [Piece::Compute(0.5), Piece::Block(10.0)]).collect();
    let threads = [vec![Piece::Compute(250.0)], input.clone()];
    let rules = Rules { switch_ms: 30.0, ..RULES };
    let pays_ms = |model: &Schedule| model.totals().waited_ms;
    assert!(pays_ms(&with_gil(&threads, &rules)) > 150.0 && pays_ms(&with_gil(&[input], &rules)) < 1.0);
    assert_as_modelled(&threads, &rules, |run, model| {
        is_within(run.wall_ms, model.wall_ms)
            && is_within(run.waited_ms, model.totals().waited_ms)
            && run.grants[..8] == grants(model)[..8]
    });
}

#[test]
fn waiting_outside_overlaps() {
    let threads = vec![Round::input(1.0, 60.0).times(3); 6];
    let model = with_gil(&threads, &RULES);
    assert!(model.wall_ms < 200.0 && model.totals().blocked_ms > 1_000.0);
    assert_as_modelled(&threads, &RULES, |run, model| is_within(run.wall_ms, model.wall_ms));
}

#[test]
fn who_comes_back_first_has_the_lock_first() {
    // Nobody is in anybody's way: the order is that of the waits.
    let thread = |ms: f64| vec![Piece::Block(ms), Piece::Compute(1.0)];
    let threads = [vec![Piece::Block(10.0)], thread(150.0), thread(50.0), thread(100.0)];
    let rules = Rules { switch_ms: 50.0, ..RULES };
    let last = |grants: Vec<u32>| grants[grants.len() - 3..].to_vec();
    assert_eq!(last(grants(&with_gil(&threads, &rules))), [2, 3, 1]);
    assert_as_modelled(&threads, &rules, |run, model| last(run.grants.clone()) == last(grants(model)));
}

#[test]
fn without_a_request_the_lock_stays() {
    // The holder is done before anybody's interval is over.
    let threads = vec![vec![Piece::Compute(8.0)], vec![Piece::Compute(8.0)]];
    let rules = Rules { switch_ms: 500.0, ..RULES };
    assert_as_modelled(&threads, &rules, |run, model| {
        let holds = model.lanes.iter().map(|it| it.stretches.iter().filter(|it| it.doing == Doing::Hold).count());
        holds.eq([1, 1]) && run.grants == [0, 1] && run.forced_switches == 0
    });
}
