//! Threads, natively: the library's `threading`, `queue` and executors on our
//! `_thread`, with the GIL and without.
#![cfg(feature = "threading")]

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use parallel_lab_python::gil::{Log, Mode};
use parallel_lab_python::interpreter::{self, Options};
use parallel_lab_python::script::{self, Script, Status};
use parallel_lab_python::threads;
use parallel_lab_python::{checkpoint, idle, output};

/// What came of a script.
struct Ran {
    printed: String,
    status: Status,
    logs: Vec<Log>,
    took: Duration,
}

/// There is one stop word, and one output, in a process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn run(mode: Mode, source: &str) -> Ran {
    run_and(mode, source, || {})
}

/// Runs a script; `meanwhile` runs on another thread.
fn run_and(mode: Mode, source: &str, meanwhile: impl FnOnce() + Send + 'static) -> Ran {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    checkpoint::request_stop(false);
    let beside = thread::spawn(meanwhile);
    let source = source.to_owned();
    let main = thread::Builder::new().stack_size(64 << 20).spawn(move || on_this_thread(mode, source)).unwrap();
    let ran = main.join().unwrap();
    beside.join().unwrap();
    ran
}

fn on_this_thread(mode: Mode, source: String) -> Ran {
    let options = Options { checkpoints: true, ..Options::default() };
    let interpreter = interpreter::new(&options).expect("an interpreter");
    let printed = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&printed);
    output::open(Box::new(move |_, text| sink.lock().unwrap().push_str(text)));
    let script = Script { source, file_name: "script.py".to_owned() };
    let start = Instant::now();
    let options = threads::Options { mode, ..threads::Options::default() };
    let (outcome, logs) = interpreter.enter(|vm| script::run(&script, options, vm));
    let took = start.elapsed();
    output::close();
    let printed = printed.lock().unwrap().clone();
    Ran { printed, status: outcome.status, logs, took }
}

/// Both modes must print this.
fn prints(source: &str, expected: &str) {
    for mode in [Mode::Locked, Mode::FreeThreaded] {
        let ran = run(mode, source);
        assert_eq!(ran.printed, expected, "{mode:?}");
        assert_eq!(ran.status, Status::Ok, "{mode:?}");
    }
}

const COUNTER: &str = "
import sys, threading
sys.setswitchinterval(0.0002)
c = 0
both = threading.Barrier(2)
def one(): return 1
def work(n):
    global c
    both.wait()
    for _ in range(n):
        c += EXPRESSION
threads = [threading.Thread(target=work, args=(200_000,)) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(c)
";

#[test]
fn adding_a_constant_loses_nothing_under_the_gil() {
    assert_eq!(run(Mode::Locked, &COUNTER.replace("EXPRESSION", "1")).printed, "400000\n");
}

#[test]
fn adding_a_call_loses_updates_under_the_gil() {
    let ran = run(Mode::Locked, &COUNTER.replace("EXPRESSION", "one()"));
    let count: u32 = ran.printed.trim().parse().unwrap();
    assert!((200_000..400_000).contains(&count), "{count}");
}

#[test]
fn a_lock_keeps_every_update() {
    prints(
        "
import sys, threading
sys.setswitchinterval(0.0002)
c = 0
lock = threading.Lock()
def one(): return 1
def work():
    global c
    for _ in range(3_000):
        with lock:
            c += one()
threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(c, lock.locked())
",
        "12000 False\n",
    );
}

#[test]
fn producers_and_consumers() {
    prints(
        "
import queue, threading
q = queue.Queue(maxsize=3)
got = []
def produce(first):
    for i in range(first, first + 50):
        q.put(i)
def consume():
    while (item := q.get()) is not None:
        got.append(item)
        q.task_done()
consumers = [threading.Thread(target=consume) for _ in range(2)]
producers = [threading.Thread(target=produce, args=(k * 50,)) for k in range(3)]
for t in consumers + producers: t.start()
for t in producers: t.join()
q.join()
for _ in consumers: q.put(None)
for t in consumers: t.join()
print(sorted(got) == list(range(150)), q.empty())
try:
    q.get(timeout=0.01)
except queue.Empty:
    print('empty')
",
        "True True\nempty\n",
    );
}

#[test]
fn events_conditions_barriers_timers() {
    prints(
        "
import threading
event = threading.Event()
print(event.wait(0.01))
threading.Timer(0.02, event.set).start()
print(event.wait(5))
condition, ready = threading.Condition(), []
def waiter():
    with condition:
        condition.wait_for(lambda: len(ready) == 2)
        ready.append('seen')
        condition.notify_all()
t = threading.Thread(target=waiter); t.start()
for i in range(2):
    with condition:
        ready.append(i)
        condition.notify()
t.join()
print(ready)
barrier, passed = threading.Barrier(3), []
def cross(): passed.append(barrier.wait())
threads = [threading.Thread(target=cross) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(passed))
semaphore = threading.BoundedSemaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(timeout=0.01))
rlock = threading.RLock()
with rlock:
    with rlock:
        print(rlock._recursion_count(), rlock._is_owned())
print(rlock._is_owned())
",
        "False\nTrue\n[0, 1, 'seen']\n[0, 1, 2]\nTrue True False\n2 True\nFalse\n",
    );
}

#[test]
fn the_thread_pool() {
    prints(
        "
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, TimeoutError
import time
def square(x): return x * x
def fail(): raise ValueError('no')
with ThreadPoolExecutor(max_workers=3) as pool:
    print(list(pool.map(square, range(8))))
    futures = {pool.submit(time.sleep, s): s for s in (0.12, 0.01, 0.06)}
    print([futures[f] for f in as_completed(futures)])
    failing = pool.submit(fail)
    try:
        failing.result()
    except ValueError as error:
        print('ValueError', error)
    slow = pool.submit(time.sleep, 0.2)
    try:
        slow.result(timeout=0.01)
    except TimeoutError:
        print('timeout')
    done, not_done = wait([slow])
    print(len(done), len(not_done))
",
        "[0, 1, 4, 9, 16, 25, 36, 49]\n[0.01, 0.06, 0.12]\nValueError no\ntimeout\n1 0\n",
    );
}

#[test]
fn each_thread_has_its_own_locals() {
    prints(
        "
import threading
class Numbers(threading.local):
    def __init__(self, start):
        self.n = start
numbers = Numbers(7)
seen = []
def work():
    numbers.n += 1
    seen.append(numbers.n)
for _ in range(2):
    t = threading.Thread(target=work); t.start(); t.join()
print(seen, numbers.n, hasattr(threading.local(), 'x'))
",
        "[8, 8] 7 False\n",
    );
}

#[test]
fn what_goes_wrong_is_said() {
    prints(
        "
import threading, _thread
lock = threading.Lock()
def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)
attempt(lock.release)
attempt(lock.acquire, False, 1)
attempt(lock.acquire, timeout=-2)
attempt(lock.acquire, timeout=1e10)
attempt(lock.acquire)
attempt(lock.acquire, timeout=0.01)
attempt(lock.acquire, False)
attempt(threading.RLock().release)
t = threading.Thread(target=print)
attempt(t.join)
t.start(); t.join()
attempt(t.start)
attempt(threading.current_thread().join)
attempt(_thread.start_joinable_thread, 3)
",
        "RuntimeError release unlocked lock
ValueError can't specify a timeout for a non-blocking call
ValueError timeout value must be a non-negative number
OverflowError timeout value is too large
True
False
False
RuntimeError cannot release un-acquired lock
RuntimeError cannot join thread before it is started

RuntimeError threads can only be started once
RuntimeError cannot join current thread
TypeError 'int' object is not callable
",
    );
}

#[test]
fn a_thread_that_fails_says_so_and_the_others_go_on() {
    let ran = run(
        Mode::Locked,
        "
import threading
def work(): return 1 / 0
t = threading.Thread(target=work, name='unlucky'); t.start(); t.join()
print('on')
",
    );
    assert!(
        ran.printed.starts_with("Exception in thread unlucky:\nTraceback (most recent call last):\n"),
        "{}",
        ran.printed
    );
    assert!(ran.printed.ends_with("ZeroDivisionError: division by zero\non\n"), "{}", ran.printed);
}

#[test]
fn the_end_of_the_script_waits_for_threads_but_not_for_daemons() {
    let ran = run(
        Mode::Locked,
        "
import threading, time
def work():
    time.sleep(0.05)
    print('worked')
def linger():
    time.sleep(1)
    print('never')
threading.Thread(target=work).start()
threading.Thread(target=linger, daemon=True).start()
print('main is through')
",
    );
    assert_eq!(ran.printed, "main is through\nworked\n");
    assert!(ran.took < Duration::from_millis(900), "{:?}", ran.took);
    // Natively nobody ends the daemon, whose word would be taken for the next test's.
    thread::sleep(Duration::from_secs(3));
}

#[test]
fn sleeping_threads_overlap() {
    let ran = run(
        Mode::Locked,
        "
import threading, time
threads = [threading.Thread(target=time.sleep, args=(0.2,)) for _ in range(5)]
start = time.perf_counter()
for t in threads: t.start()
for t in threads: t.join()
took = time.perf_counter() - start
print(0.2 <= took < 0.6 or took)
",
    );
    assert_eq!(ran.printed, "True\n");
}

#[test]
fn computing_threads_take_turns_under_the_gil() {
    let ran = run(
        Mode::Locked,
        "
import threading
def work():
    total = 0
    for i in range(300_000):
        total += i * i % 7
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
",
    );
    assert_eq!(ran.logs.len(), 3);
    assert!(ran.logs.iter().map(|log| log.forced_switches).sum::<u64>() >= 2);
    let held: f64 = ran.logs.iter().map(|log| log.held_ms).sum();
    assert!(held <= 1.02 * ran.took.as_secs_f64() * 1e3, "held {held} ms of {:?}", ran.took);
}

#[test]
fn stop_ends_every_kind_of_waiting() {
    for waiting in [
        "import time; time.sleep(60)",
        "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
        "import queue; queue.Queue().get()",
        "import queue; queue.SimpleQueue().get()",
        "import threading, time\nt = threading.Thread(target=time.sleep, args=(60,)); t.start(); t.join()",
        "while True: pass",
        "import threading\ndef spin():\n    while True: pass\nfor _ in range(2): threading.Thread(target=spin).start()",
        "import sys, threading\ndef spin():\n    try:\n        while True: pass\n    except BaseException as why:\n        print('Traceback', why, file=sys.stderr)\nthreading.Thread(target=spin).start()",
        "from concurrent.futures import ThreadPoolExecutor\nimport time\nwith ThreadPoolExecutor(2) as pool: pool.submit(time.sleep, 60).result()",
    ] {
        for mode in [Mode::Locked, Mode::FreeThreaded] {
            let stopped_at = Arc::new(Mutex::new(None));
            let noted = Arc::clone(&stopped_at);
            let ran = run_and(mode, waiting, move || {
                thread::sleep(Duration::from_millis(1500));
                *noted.lock().unwrap() = Some(Instant::now());
                checkpoint::request_stop(true);
                idle::happened();
            });
            let late = stopped_at.lock().unwrap().expect("stopped").elapsed();
            assert!(late < Duration::from_millis(1000), "{mode:?} {waiting}: {late:?}");
            assert!(!ran.printed.contains("Traceback"), "{mode:?} {waiting}: {}", ran.printed);
        }
    }
}

#[test]
fn the_main_thread_can_be_interrupted() {
    prints(
        "
import _thread, threading, time
def work(): _thread.interrupt_main()
try:
    threading.Thread(target=work).start()
    time.sleep(10)
except KeyboardInterrupt:
    print('interrupted')
",
        "interrupted\n",
    );
}
