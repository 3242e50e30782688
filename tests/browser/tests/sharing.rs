//! What processes share: locks, queues, values, in both browsers; waiting for them is stopped; and where no
//! memory is shared, a sentence.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, python_programs, tests};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(120);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_wait_for_a_lock_of_another_process_is_stopped,
            a_process_that_was_ended_takes_nothing_more,
            without_shared_memory_there_is_a_sentence;
        either:
            what_processes_share_is_as_in_cpython,
            waiting_is_no_processor_time,
            nothing_is_left_for_the_next_run,
            too_much_is_refused,
            a_wait_for_a_queue_is_stopped,
            processes_that_wait_are_stopped;
    ],
);

async fn open(stage: &Stage) -> Outcome<Lab> {
    let lab = stage.open("lab=python").await?;
    lab.appears("#code").await?;
    Ok(lab)
}

/// Runs a script; gives the message at its end, and all that it printed.
async fn run(lab: &Lab, code: &str) -> Outcome<(Value, String)> {
    lab.run_code(code, PATIENCE).await
}

async fn prints(lab: &Lab, code: &str, expected: &str) -> Outcome {
    let (end, printed) = run(lab, code).await?;
    ensure!(printed == expected, "it printed {printed:?}, and ended with {end}");
    Ok(())
}

/// Runs a script that waits for ever, has it stopped once it has printed "on", and runs another one.
async fn is_stopped(stage: &Stage, code: &str) -> Outcome {
    let lab = open(stage).await?;
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    lab.until_printed("on").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, Duration::from_secs(5)).await?;
    ensure!(end.kind() == "stopped", "the script ended with {}", end.message);
    prints(&lab, "print('again')\n", "again\n").await
}

/// CPython's own output for the programs about it.
async fn what_processes_share_is_as_in_cpython(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    for program in python_programs::all()?.iter().filter(|program| program.name.starts_with("shared_")) {
        let expected = program.expected()?.map(|expected| expected.stdout.join("\n")).unwrap_or_default();
        let (end, printed) = run(&lab, &program.source).await?;
        ensure!(printed.trim_end() == expected, "{} printed {printed:?}, and ended with {end}", program.name);
    }
    Ok(())
}

async fn a_wait_for_a_queue_is_stopped(stage: &Stage) -> Outcome {
    is_stopped(stage, "import multiprocessing as mp\nqueue = mp.Queue()\nprint('on', flush=True)\nqueue.get()\n").await
}

async fn a_wait_for_a_lock_of_another_process_is_stopped(stage: &Stage) -> Outcome {
    let code = "
import multiprocessing as mp, os

def die(lock):
    lock.acquire()
    os._exit(3)

if __name__ == '__main__':
    lock = mp.Lock()
    process = mp.Process(target=die, args=(lock,))
    process.start()
    process.join()
    print('on', process.exitcode, flush=True)
    lock.acquire()
";
    is_stopped(stage, code).await
}

async fn processes_that_wait_are_stopped(stage: &Stage) -> Outcome {
    let code = "
import multiprocessing as mp

def wait(queue, lock):
    print('on', flush=True)
    with lock:
        queue.get()

if __name__ == '__main__':
    args = (mp.Queue(), mp.Lock())
    processes = [mp.Process(target=wait, args=args) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
";
    is_stopped(stage, code).await
}

/// Browsers leave a worker that waits some time, in which it must not take what is for others.
async fn a_process_that_was_ended_takes_nothing_more(stage: &Stage) -> Outcome {
    let code = "
import multiprocessing as mp

def wait(semaphore, event):
    event.set()
    semaphore.acquire()

if __name__ == '__main__':
    semaphore, event = mp.Semaphore(0), mp.Event()
    process = mp.Process(target=wait, args=(semaphore, event))
    process.start()
    event.wait()
    process.terminate()
    process.join()
    semaphore.release()
    print(process.exitcode, semaphore.acquire(timeout=1))
";
    prints(&open(stage).await?, code, "-15 True\n").await
}

async fn waiting_is_no_processor_time(stage: &Stage) -> Outcome {
    let code = "
import multiprocessing as mp, queue, time

queue_ = mp.Queue()
begin = time.process_time()
try:
    queue_.get(timeout=1)
except queue.Empty:
    pass
print(time.process_time() - begin < 0.5)
";
    prints(&open(stage).await?, code, "True\n").await
}

async fn nothing_is_left_for_the_next_run(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let code = "
from multiprocessing.shared_memory import SharedMemory

block = SharedMemory('kept', create=True, size=12 << 20)
open('kept.txt', 'w').close()
print(block.size >> 20)
";
    prints(&lab, code, "12\n").await?;
    prints(&lab, code, "12\n").await?;
    prints(&lab, "import os\nprint(os.path.exists('kept.txt'))\n", "False\n").await
}

async fn too_much_is_refused(stage: &Stage) -> Outcome {
    let code = "
import multiprocessing as mp

try:
    mp.Array('d', 3_000_000)
except MemoryError as error:
    print(error)
print(len(mp.Array('d', 1_000_000)))
try:
    with open('large', 'wb') as file:
        for _ in range(20):
            file.write(bytes(1 << 20))
except OSError as error:
    print(error.errno)
";
    let expected =
        "processes of a run share at most 16 MiB, and there is no room for 24000000 bytes more\n1000000\n28\n";
    prints(&open(stage).await?, code, expected).await
}

async fn without_shared_memory_there_is_a_sentence(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url("index.html?lab=python"));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    let code = "
import multiprocessing as mp
from multiprocessing.shared_memory import SharedMemory

makers = [mp.Queue, mp.SimpleQueue, mp.Lock, mp.Manager, mp.Pipe, mp.Event]
makers += [lambda: mp.Value('i'), lambda: mp.Array('i', 3), lambda: SharedMemory('a', create=True, size=1)]
for make in makers:
    try:
        make()
    except NotImplementedError as error:
        print(error)
";
    let (end, printed) = run(&lab, code).await?;
    let told = printed.lines().filter(|line| line.contains("the browser shares no memory between processes")).count();
    ensure!(told == 9, "it printed {printed:?}, and ended with {end}");
    Ok(())
}
