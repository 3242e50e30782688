//! The protocol, on real threads. Times are compared with wide margins: the
//! machine that runs this may be busy.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::{Gil, GilThread, Log, Mode, Release, Span, Stopped};

fn now_ms() -> f64 {
    static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);
    EPOCH.elapsed().as_secs_f64() * 1e3
}

fn gil(interval: Duration) -> Arc<Gil> {
    let gil = Gil::new(Mode::Locked, 10_000, now_ms);
    gil.set_switch_interval(interval);
    Arc::new(gil)
}

/// Computes for so long, with a safe point every few dozen nanoseconds.
fn compute(thread: &GilThread, duration: Duration) {
    let start = Instant::now();
    while start.elapsed() < duration {
        thread.checkpoint();
    }
}

/// Fails if `work` lasts longer than any correct run does: a lost wake-up is a hang.
fn within_ten_seconds(work: impl FnOnce() + Send + 'static) {
    let (done, finished) = mpsc::channel();
    let worker = thread::spawn(move || {
        work();
        let _ = done.send(());
    });
    let outcome = finished.recv_timeout(Duration::from_secs(10));
    assert_ne!(outcome, Err(mpsc::RecvTimeoutError::Timeout), "the threads hang");
    worker.join().expect("the threads end well");
}

fn waits(log: &Log) -> Vec<f64> {
    let wait = |span: &Span| match *span {
        Span::Wait { start_ms, end_ms } => Some(end_ms - start_ms),
        Span::Hold { .. } => None,
    };
    let mut waits: Vec<f64> = log.spans.iter().filter_map(wait).collect();
    waits.sort_by(f64::total_cmp);
    waits
}

fn holds(log: &Log) -> Vec<(f64, f64, Release)> {
    let hold = |span: &Span| match *span {
        Span::Hold { start_ms, end_ms, release } => Some((start_ms, end_ms, release)),
        Span::Wait { .. } => None,
    };
    log.spans.iter().filter_map(hold).collect()
}

#[test]
fn one_thread_at_a_time() {
    const THREADS: u32 = 4;
    const ROUNDS: u32 = 20_000;
    within_ten_seconds(|| {
        let gil = gil(Duration::from_micros(200));
        let count = Arc::new(AtomicU32::new(0));
        let workers: Vec<_> = (0..THREADS)
            .map(|_| {
                let (thread, count) = (GilThread::join(Arc::clone(&gil)), Arc::clone(&count));
                thread::spawn(move || {
                    thread.take();
                    for _ in 0..ROUNDS {
                        // Read and write apart: a second thread in between would be noticed.
                        let seen = count.load(Ordering::Relaxed);
                        std::hint::spin_loop();
                        count.store(seen + 1, Ordering::Relaxed);
                        thread.checkpoint();
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
        assert_eq!(count.load(Ordering::Relaxed), THREADS * ROUNDS);
        let mut all: Vec<_> = gil.logs().iter().flat_map(holds).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(all.windows(2).all(|pair| pair[0].1 <= pair[1].0), "two threads held the lock at once");
    });
}

#[test]
fn a_request_forces_a_switch() {
    within_ten_seconds(|| {
        let gil = gil(Duration::from_millis(1));
        let workers: Vec<_> = (0..2)
            .map(|_| {
                let thread = GilThread::join(Arc::clone(&gil));
                thread::spawn(move || {
                    thread.take();
                    compute(&thread, Duration::from_millis(100));
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
        let logs = gil.logs();
        let mut all: Vec<_> =
            logs.iter().flat_map(|log| holds(log).into_iter().map(|hold| (log.thread, hold))).collect();
        all.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
        assert!(logs.iter().map(|log| log.forced_switches).sum::<u64>() >= 2);
        for pair in all.windows(2) {
            let ((first, hold), (next, _)) = (pair[0], pair[1]);
            assert!(hold.2 != Release::Requested || first != next, "who gave way had it again at once");
        }
    });
}

#[test]
fn a_waiter_has_it_after_about_an_interval() {
    within_ten_seconds(|| {
        let gil = gil(Duration::from_millis(5));
        let (holder, waiter) = (GilThread::join(Arc::clone(&gil)), GilThread::join(Arc::clone(&gil)));
        let held = Arc::new(AtomicBool::new(false));
        let over = Arc::new(AtomicBool::new(false));
        let computing = {
            let (held, over) = (Arc::clone(&held), Arc::clone(&over));
            thread::spawn(move || {
                holder.take();
                held.store(true, Ordering::Release);
                while !over.load(Ordering::Acquire) {
                    holder.checkpoint();
                }
            })
        };
        while !held.load(Ordering::Acquire) {
            thread::yield_now();
        }
        for _ in 0..15 {
            waiter.take();
            waiter.release(Release::Blocking);
            thread::sleep(Duration::from_millis(1));
        }
        over.store(true, Ordering::Release);
        computing.join().unwrap();
        let waits = waits(&gil.logs()[1]);
        let median = waits[waits.len() / 2];
        assert!((4.5..20.0).contains(&median), "waited {median} ms for an interval of 5 ms");
    });
}

/// Rounds of a thread that only wants to note an answer, each of them needing
/// the lock for next to nothing.
fn rounds_of_input(gil: &Arc<Gil>, beside_computation: bool) -> f64 {
    let input = GilThread::join(Arc::clone(gil));
    let over = Arc::new(AtomicBool::new(false));
    let computing = beside_computation.then(|| {
        let (thread, over) = (GilThread::join(Arc::clone(gil)), Arc::clone(&over));
        thread::spawn(move || {
            thread.take();
            while !over.load(Ordering::Acquire) {
                thread.checkpoint();
            }
        })
    });
    while beside_computation && gil.switches() == 0 {
        thread::yield_now();
    }
    let start_ms = now_ms();
    input.take();
    for _ in 0..20 {
        input.blocking(|| thread::sleep(Duration::from_millis(1)));
    }
    let took_ms = now_ms() - start_ms;
    drop(input);
    over.store(true, Ordering::Release);
    if let Some(computing) = computing {
        computing.join().unwrap();
    }
    took_ms
}

#[test]
fn computation_beside_it_slows_input_down() {
    within_ten_seconds(|| {
        let alone = rounds_of_input(&gil(Duration::from_millis(5)), false);
        let beside = rounds_of_input(&gil(Duration::from_millis(5)), true);
        assert!(beside > 2.0 * alone, "no convoy: {alone} ms alone, {beside} ms beside a computation");
        assert!(beside > 50.0, "twenty rounds wait an interval each, not {beside} ms together");
    });
}

#[test]
fn no_wake_up_is_lost() {
    within_ten_seconds(|| {
        // An interval longer than the test: only a wake-up can end a wait.
        let gil = gil(Duration::from_secs(60));
        let workers: Vec<_> = (0..6)
            .map(|_| {
                let thread = GilThread::join(Arc::clone(&gil));
                thread::spawn(move || {
                    for _ in 0..5_000 {
                        thread.take();
                        thread.release(Release::Blocking);
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
    });
}

#[test]
fn a_stop_ends_the_wait() {
    within_ten_seconds(|| {
        let gil = gil(Duration::from_secs(60));
        let (holder, waiter) = (GilThread::join(Arc::clone(&gil)), GilThread::join(Arc::clone(&gil)));
        holder.take();
        let waiting = thread::spawn(move || waiter.take_unless_stopped());
        thread::sleep(Duration::from_millis(20));
        gil.stop();
        assert_eq!(waiting.join().unwrap(), Err(Stopped));
        assert!(holder.drop_requested(), "the holder hears of it at its next safe point");
        holder.checkpoint();
        assert!(holder.holds(), "nobody is left who could take it");
    });
}

#[test]
fn threads_that_must_end_still_take_turns_after_a_stop() {
    within_ten_seconds(|| {
        let gil = gil(Duration::from_millis(1));
        gil.stop();
        let workers: Vec<_> = (0..3)
            .map(|_| {
                let thread = GilThread::join(Arc::clone(&gil));
                thread::spawn(move || {
                    thread.take();
                    compute(&thread, Duration::from_millis(10));
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
    });
}

#[test]
fn a_panic_releases_it() {
    within_ten_seconds(|| {
        let gil = gil(Duration::from_millis(5));
        let thread = GilThread::join(Arc::clone(&gil));
        let outcome = thread::spawn(move || {
            thread.take();
            std::panic::resume_unwind(Box::new("as if by a bug"));
        })
        .join();
        assert!(outcome.is_err());
        GilThread::join(gil).take();
    });
}

#[test]
fn blocking_leaves_it_to_others() {
    within_ten_seconds(|| {
        let gil = gil(Duration::from_secs(60));
        let (one, other) = (GilThread::join(Arc::clone(&gil)), GilThread::join(Arc::clone(&gil)));
        one.take();
        one.blocking(|| {
            assert!(!one.holds());
            other.take();
            one.blocking(|| assert!(other.holds(), "blocking within blocking changes nothing"));
            other.release(Release::Ended);
        });
        assert!(one.holds());
        assert_eq!(gil.switches(), 3);
    });
}

#[test]
fn free_threads_hold_it_together_and_never_wait() {
    within_ten_seconds(|| {
        let gil = Arc::new(Gil::new(Mode::FreeThreaded, 100, now_ms));
        let (one, other) = (GilThread::join(Arc::clone(&gil)), GilThread::join(Arc::clone(&gil)));
        one.take();
        other.take();
        one.checkpoint();
        assert!(one.holds() && other.holds());
        one.blocking(|| assert!(!one.holds()));
        drop((one, other));
        let logs = gil.logs();
        assert!(logs.iter().all(|log| waits(log).is_empty()));
        assert_eq!(logs.iter().map(|log| holds(log).len()).collect::<Vec<_>>(), [2, 1]);
    });
}

#[test]
fn a_full_log_still_counts() {
    let gil = Arc::new(Gil::new(Mode::Locked, 3, now_ms));
    let thread = GilThread::join(Arc::clone(&gil));
    for _ in 0..10 {
        thread.take();
        thread.release(Release::Blocking);
    }
    let log = &gil.logs()[0];
    assert_eq!((log.spans.len(), log.lost_spans), (3, 7));
    assert!(log.held_ms >= holds(log).iter().map(|hold| hold.1 - hold.0).sum::<f64>());
}

#[test]
fn recording_is_cheap() {
    let cost_ms = Gil::new(Mode::Locked, 0, now_ms).recording_cost_ms();
    assert!((0.0..0.1).contains(&cost_ms), "{cost_ms} ms");
}
