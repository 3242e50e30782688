//! Deadlocks between threads, natively: they are told, with who waits for what, and nothing is told while anybody
//! can go on.
#![cfg(feature = "threading")]

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use parallel_lab_python::gil::Mode;
use parallel_lab_python::interpreter::{self, Options};
use parallel_lab_python::processes::host;
use parallel_lab_python::script::{self, Script, Status};
use parallel_lab_python::threads;
use parallel_lab_python::{checkpoint, idle, output};
use serde_json::{Value, json};

/// There is one stop word, and one output, in a process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Longer than a deadlock takes to be told.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a script, which is stopped once a deadlock was told: what was told, how it ended, what it printed.
fn run(mode: Mode, source: &str) -> (Option<Value>, Status, String) {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    checkpoint::request_stop(false);
    drop(host::take_deadlocks());
    let source = source.to_owned();
    let main = thread::Builder::new().stack_size(64 << 20).spawn(move || on_this_thread(mode, source)).unwrap();
    let begun = Instant::now();
    let mut told = None;
    while !main.is_finished() && begun.elapsed() < PATIENCE {
        if let Some(json) = host::take_deadlocks().pop() {
            told = Some(serde_json::from_str(&json).expect("JSON"));
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    if !main.is_finished() {
        checkpoint::request_stop(true);
        idle::happened();
    }
    let (status, printed) = main.join().unwrap();
    (told, status, printed)
}

fn on_this_thread(mode: Mode, source: String) -> (Status, String) {
    let options = Options { checkpoints: true, ..Options::default() };
    let interpreter = interpreter::new(&options).expect("an interpreter");
    let printed = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&printed);
    output::open(Box::new(move |_, text| sink.lock().unwrap().push_str(text)));
    let script = Script { source, file_name: "script.py".to_owned() };
    let options = threads::Options { mode, ..threads::Options::default() };
    let (outcome, _) = interpreter.enter(|vm| script::run(&script, options, vm));
    output::close();
    let printed = printed.lock().unwrap().clone();
    (outcome.status, printed)
}

/// In both modes it is told that the threads wait so: each by its number, line, kind, name, and who has it.
fn is_told(source: &str, expected: &[(u32, Value, &str, Value, Value)]) {
    for mode in [Mode::Locked, Mode::FreeThreaded] {
        let (told, status, printed) = run(mode, source);
        let Some(Value::Array(mut waits)) = told else {
            panic!("{mode:?}: nothing was told; {status:?}, printed {printed:?}")
        };
        waits.sort_by_key(|it| it["number"].as_u64());
        let waits: Vec<_> =
            waits.iter().map(|it| json!([it["number"], it["line"], it["kind"], it["name"], it["holder"]])).collect();
        let expected: Vec<_> = expected.iter().map(|it| json!([it.0, it.1, it.2, it.3, it.4])).collect();
        assert_eq!(waits, expected, "{mode:?}; printed {printed:?}");
    }
}

/// In both modes it comes to its end, prints this, and nothing is told.
fn is_not(source: &str, expected: &str) {
    for mode in [Mode::Locked, Mode::FreeThreaded] {
        let (told, status, printed) = run(mode, source);
        assert_eq!((told, status, printed.as_str()), (None, Status::Ok, expected), "{mode:?}");
    }
}

#[test]
fn two_locks_in_opposite_order() {
    let source = "\
import threading
a, b = threading.Lock(), threading.Lock()
both = threading.Barrier(2)
def work(first, second):
    with first:
        both.wait()
        with second:
            print('never')
one = threading.Thread(target=work, args=(a, b))
two = threading.Thread(target=work, args=(b, a))
one.start(); two.start()
one.join()
two.join()
";
    let by = |thread: &str| json!({ "thread": thread });
    is_told(
        source,
        &[
            (0, json!(12), "thread", json!("Thread-1 (work)"), Value::Null),
            (1, json!(7), "lock", json!("second"), by("Thread-2 (work)")),
            (2, json!(7), "lock", json!("second"), by("Thread-1 (work)")),
        ],
    );
}

#[test]
fn a_lock_that_its_own_thread_wants_again() {
    let source = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n";
    is_told(source, &[(0, json!(4), "lock", json!("lock"), json!({ "number": [0, 0] }))]);
}

#[test]
fn a_thread_that_waits_for_an_event_that_nobody_sets() {
    let source = "\
import threading
class Course:
    def __init__(self):
        self.begun = threading.Event()
    def work(self):
        self.begun.wait()
course = Course()
thread = threading.Thread(target=course.work, name='worker')
thread.start()
thread.join()
";
    is_told(
        source,
        &[
            (0, json!(10), "thread", json!("worker"), Value::Null),
            (1, json!(6), "event", json!("self.begun"), Value::Null),
        ],
    );
}

#[test]
fn the_end_of_the_script_waits_too() {
    let source = "\
import threading
tables = [threading.Semaphore(1), threading.Semaphore(0)]
def work():
    tables[1].acquire()
threading.Thread(target=work).start()
";
    is_told(
        source,
        &[
            (0, Value::Null, "end", Value::Null, Value::Null),
            (1, json!(4), "semaphore", json!("tables[1]"), Value::Null),
        ],
    );
}

#[test]
fn whatever_can_be_waited_for() {
    let waits = [
        ("import queue; q = queue.Queue()", "q.get()", "item", json!("q")),
        ("import queue; q = queue.Queue(1); q.put(1)", "q.put(2)", "room", json!("q")),
        ("import queue; q = queue.Queue(1); q.put(1)", "q.join()", "done", json!("q")),
        ("import queue; q = queue.SimpleQueue()", "q.get()", "item", json!("q")),
        ("import threading; c = threading.Condition(); c.acquire()", "c.wait()", "condition", json!("c")),
        ("import threading; b = threading.Barrier(2)", "b.wait()", "barrier", json!("b")),
        ("from concurrent.futures import Future; f = Future()", "f.result()", "result", json!("f")),
        ("import asyncio\nasync def main(): await asyncio.Event().wait()", "asyncio.run(main())", "call", Value::Null),
    ];
    for (before, wait, kind, name) in waits {
        let line = before.lines().count() + 1;
        is_told(&format!("{before}\n{wait}\n"), &[(0, json!(line), kind, name, Value::Null)]);
    }
}

#[test]
fn who_sleeps_goes_on() {
    let source = "\
import threading, time
lock = threading.Lock()
lock.acquire()
def work():
    time.sleep(3)
    lock.release()
threading.Thread(target=work).start()
lock.acquire()
print('on')
";
    is_not(source, "on\n");
}

#[test]
fn who_computes_goes_on() {
    let source = "\
import threading, time
set = threading.Event()
def work():
    end = time.monotonic() + 3
    while time.monotonic() < end: pass
    set.set()
threading.Thread(target=work).start()
set.wait()
print('on')
";
    is_not(source, "on\n");
}

#[test]
fn a_timeout_goes_on() {
    let source = "\
import queue, threading
put = threading.Event()
def work():
    put.wait(3)
    q.put(7)
q = queue.Queue()
threading.Thread(target=work).start()
print(q.get())
";
    is_not(source, "7\n");
}

#[test]
fn threads_that_wake_each_other_go_on() {
    let source = "\
import threading, time
turn = threading.Condition()
whose = 0
end = time.monotonic() + 3
def work(own):
    global whose
    while time.monotonic() < end:
        with turn:
            while whose != own: turn.wait()
            time.sleep(0.8)
            whose = 1 - whose
            turn.notify_all()
    with turn:
        whose = 1 - own
        turn.notify_all()
threads = [threading.Thread(target=work, args=(own,)) for own in (0, 1)]
for t in threads: t.start()
for t in threads: t.join()
print('on')
";
    is_not(source, "on\n");
}
