//! A deadlock is told, with who waits for whom and the lines marked; and nothing is told while anybody can go on.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(120);
const HEADLINE: &str = "Deadlock: nobody can go on.";

pub(super) const SUITE: Suite = Suite::crowded(
    module_path!(),
    &tests![
        both:
            two_locks_in_opposite_order,
            where_no_memory_is_shared;
        either:
            a_lock_taken_twice,
            a_join_of_a_thread_that_nobody_wakes,
            a_queue_that_nobody_fills,
            a_call_that_was_lost_with_its_process,
            who_computes_goes_on,
            a_timeout_goes_on,
            a_pool_at_work_goes_on,
            two_processes_with_a_lock_each,
            processes_that_wake_each_other_go_on,
            a_process_at_work_goes_on,
            who_sleeps_goes_on;
    ],
);

async fn open(stage: &Stage, settings: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("lab=python{settings}")).await?;
    lab.appears("#code").await?;
    Ok(lab)
}

/// Runs a script until a deadlock is told with these lines, in this order, and those lines of the script are marked;
/// it can be stopped then, and another one runs.
async fn is_told(lab: &Lab, code: &str, expected: &[&str], marked: &[u32]) -> Outcome {
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    let question = "
        return document.getElementById('question').textContent === arguments[0] && {
            more: document.getElementById('more').textContent,
            marked: [...document.querySelectorAll('.line-numbers .marked')].map((it) => Number(it.textContent)),
            heard: document.querySelector('[role=status]').textContent,
            can_stop: !document.getElementById('stop').disabled,
        };";
    let told = lab.comes("the deadlock", question, vec![json!(HEADLINE)]).await?;
    let more = told["more"].as_str().unwrap_or_default();
    let lines: Vec<&str> = more.lines().collect();
    ensure!(lines[..lines.len() - 1] == *expected, "it says {more:?}");
    ensure!(more.ends_with("Stop ends it."), "it says {more:?}");
    ensure!(told["can_stop"] == true, "Stop is not at hand");
    ensure!(told["marked"] == json!(marked), "marked are {}", told["marked"]);
    ensure!(told["heard"] == format!("{HEADLINE} {more}"), "who listens hears {}", told["heard"]);
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, Duration::from_secs(5)).await?;
    ensure!(end.kind() == "stopped", "the script ended with {}", end.message);
    let question = "
        return document.getElementById('question').textContent === 'Deadlock: nobody could go on, until Stop.';";
    lab.comes("what is said after Stop", question, vec![]).await?;
    is_not(lab, "print('again')\n", "again\n").await
}

/// Runs a script to its end: it prints this, and no deadlock was ever told.
async fn is_not(lab: &Lab, code: &str, expected: &str) -> Outcome {
    lab.set(json!({ "code": code })).await?;
    let watch = "
        window.told = [];
        const question = document.getElementById('question');
        const look = () => question.textContent.startsWith('Deadlock') && window.told.push(question.textContent);
        window.watch?.disconnect();
        window.watch = new MutationObserver(look);
        window.watch.observe(question, { childList: true, subtree: true, characterData: true });";
    lab.inside(watch, vec![]).await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, PATIENCE).await?;
    let printed = lab.printed().await?;
    let told = lab.inside("return window.told;", vec![]).await?;
    ensure!(end.kind() == "finished", "it ended with {}", end.message);
    ensure!(printed == expected, "it printed {printed}, and ended with {}", end.message);
    ensure!(told == json!([]), "told was {told}");
    Ok(())
}

/// With the GIL, and without.
const MODES: [&str; 2] = ["&gil=on", "&gil=off"];

async fn two_locks_in_opposite_order(stage: &Stage) -> Outcome {
    let code = "\
import threading

a, b = threading.Lock(), threading.Lock()
both = threading.Barrier(2)

def one():
    with a:
        both.wait()
        with b:
            print('never')

def two():
    with b:
        both.wait()
        with a:
            print('never')

threads = [threading.Thread(target=work) for work in (one, two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
";
    for mode in MODES {
        let expected = [
            "The main thread, line 22, waits for the end of Thread-1 (one).",
            "Thread-1 (one), line 9, waits for the lock named b, held by Thread-2 (two).",
            "Thread-2 (two), line 15, waits for the lock named a, held by Thread-1 (one).",
        ];
        is_told(&open(stage, mode).await?, code, &expected, &[9, 15, 22]).await?;
    }
    Ok(())
}

async fn a_lock_taken_twice(stage: &Stage) -> Outcome {
    let code = "import threading\n\nlock = threading.Lock()\nlock.acquire()\nprint('on')\nlock.acquire()\n";
    let expected = ["The main thread, line 6, waits for the lock named lock, which it holds itself."];
    is_told(&open(stage, "").await?, code, &expected, &[6]).await
}

async fn a_join_of_a_thread_that_nobody_wakes(stage: &Stage) -> Outcome {
    let code = "\
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
    for mode in MODES {
        let expected = [
            "The main thread, line 13, waits for the end of worker.",
            "worker, line 8, waits for the event named self.begun to be set.",
        ];
        is_told(&open(stage, mode).await?, code, &expected, &[8, 13]).await?;
    }
    Ok(())
}

async fn two_processes_with_a_lock_each(stage: &Stage) -> Outcome {
    let code = "\
import multiprocessing as mp

def work(first, second, both):
    with first:
        both.wait()
        with second:
            print('never')

if __name__ == '__main__':
    a, b, both = mp.Lock(), mp.Lock(), mp.Barrier(2)
    one = mp.Process(target=work, args=(a, b, both))
    two = mp.Process(target=work, args=(b, a, both))
    one.start()
    two.start()
    one.join()
    two.join()
";
    let expected = [
        "The main thread, line 15, waits for the end of Process-1.",
        "Process-1, line 6, waits for the lock named second, held by Process-2.",
        "Process-2, line 6, waits for the lock named second, held by Process-1.",
    ];
    is_told(&open(stage, "").await?, code, &expected, &[6, 15]).await
}

async fn a_queue_that_nobody_fills(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "\
import queue, threading

todo = queue.Queue()
done = queue.Queue()

def work():
    while True:
        done.put(todo.get() ** 2)

threading.Thread(target=work, daemon=True).start()
todo.put(3)
print(done.get())
print(done.get())
";
    let expected = [
        "The main thread, line 13, waits for an item of the queue named done.",
        "Thread-1 (work), line 8, waits for an item of the queue named todo.",
    ];
    is_told(&lab, code, &expected, &[8, 13]).await?;
    let code = "\
import multiprocessing as mp

def work(todo, done):
    done.put(todo.get())

if __name__ == '__main__':
    queues = mp.Queue(), mp.Queue()
    mp.Process(target=work, args=queues).start()
    queues[1].get()
";
    let expected = [
        "The main thread, line 9, waits for an item of the queue named queues[1].",
        "Process-1, line 4, waits for an item of the queue named todo.",
    ];
    is_told(&lab, code, &expected, &[4, 9]).await
}

/// The pool replaces the process, and waits for its answer.
async fn a_call_that_was_lost_with_its_process(stage: &Stage) -> Outcome {
    let code = "\
import multiprocessing as mp, os

def work(x):
    if x == 0:
        os._exit(3)
    return x

if __name__ == '__main__':
    with mp.Pool(2) as pool:
        print(pool.map(work, range(4), 1))
";
    let expected = ["The main thread, line 10, waits in map().", "2 processes wait for calls."];
    is_told(&open(stage, "").await?, code, &expected, &[10]).await
}

/// A script alone can be known there.
async fn where_no_memory_is_shared(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url("index.html?lab=python"));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    lab.appears("#code").await?;
    let code = "import queue\n\ntodo = queue.Queue()\ntodo.get()\n";
    let expected = ["The main thread, line 4, waits for an item of the queue named todo."];
    is_told(&lab, code, &expected, &[4]).await
}

async fn who_sleeps_goes_on(stage: &Stage) -> Outcome {
    let code = "\
import threading, time

lock = threading.Lock()
lock.acquire()

def work():
    time.sleep(5)
    lock.release()

threading.Thread(target=work).start()
lock.acquire()
print('on')
";
    for mode in MODES {
        is_not(&open(stage, mode).await?, code, "on\n").await?;
    }
    Ok(())
}

async fn who_computes_goes_on(stage: &Stage) -> Outcome {
    let code = "\
import threading, time

done = threading.Event()

def work():
    end = time.monotonic() + 5
    while time.monotonic() < end:
        pass
    done.set()

threading.Thread(target=work).start()
done.wait()
print('on')
";
    for mode in MODES {
        is_not(&open(stage, mode).await?, code, "on\n").await?;
    }
    Ok(())
}

async fn a_process_at_work_goes_on(stage: &Stage) -> Outcome {
    let code = "\
import multiprocessing as mp, time

def wait(lock, done):
    with lock:
        done.put('on')

def work(lock, begun):
    with lock:
        begun.set()
        end = time.monotonic() + 5
        while time.monotonic() < end:
            pass

if __name__ == '__main__':
    lock, begun, done = mp.Lock(), mp.Event(), mp.Queue()
    processes = [mp.Process(target=work, args=(lock, begun)), mp.Process(target=wait, args=(lock, done))]
    processes[0].start()
    begun.wait()
    processes[1].start()
    print(done.get())
    for process in processes:
        process.join()
";
    is_not(&open(stage, "").await?, code, "on\n").await
}

async fn a_timeout_goes_on(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "\
import queue, threading

put, todo = threading.Event(), queue.Queue()

def work():
    put.wait(5)
    todo.put('on')

threading.Thread(target=work).start()
print(todo.get())
";
    is_not(&lab, code, "on\n").await?;
    let code = "\
import multiprocessing as mp

def work(never, done):
    print(never.acquire(timeout=5), flush=True)
    done.set()

if __name__ == '__main__':
    never, done = mp.Semaphore(0), mp.Event()
    mp.Process(target=work, args=(never, done)).start()
    done.wait()
";
    is_not(&lab, code, "False\n").await
}

async fn a_pool_at_work_goes_on(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "\
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool

def work(x):
    end = time.monotonic() + 4
    while time.monotonic() < end:
        pass
    return x

if __name__ == '__main__':
    with Pool(2) as pool:
        print(pool.map(work, range(1)))
    for Executor in (ProcessPoolExecutor, ThreadPoolExecutor):
        with Executor(2) as executor:
            print(list(executor.map(work, range(1))))
";
    is_not(&lab, code, "[0]\n[0]\n[0]\n").await
}

async fn processes_that_wake_each_other_go_on(stage: &Stage) -> Outcome {
    let code = "\
import multiprocessing as mp, time

def work(mine, other):
    for _ in range(4):
        mine.acquire()
        time.sleep(0.8)
        other.release()

if __name__ == '__main__':
    one, two = mp.Semaphore(1), mp.Semaphore(0)
    processes = [mp.Process(target=work, args=both) for both in ((one, two), (two, one))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print('on')
";
    is_not(&open(stage, "").await?, code, "on\n").await
}
