//! What comes of scripts: outcomes, places, limits, and being stopped.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use parallel_lab_python::interpreter::{self, Options};
use parallel_lab_python::output::{self, LAST_BYTES, LIMIT_BYTES};
use parallel_lab_python::script::{self, Outcome, Script, Status};
use parallel_lab_python::{checkpoint, idle, threads};
use rustpython_vm::Interpreter;

/// One run at a time: a worker has one stop word and one output.
static TURN: Mutex<()> = Mutex::new(());

/// Runs a script on a stack as large as a worker's; returns what it printed too.
fn run(source: &str) -> (Outcome, String) {
    run_on(source, |_| ())
}

/// The same, after something was done to the interpreter.
fn run_on(source: &str, before: fn(&Interpreter)) -> (Outcome, String) {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let script = Script { source: source.to_owned(), file_name: "script.py".to_owned() };
    let run = move || {
        let printed = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&printed);
        let interpreter = interpreter::new(&Options::default()).expect("an interpreter");
        before(&interpreter);
        output::open(Box::new(move |_, text| sink.lock().expect("one thread").push_str(text)));
        let (outcome, _) = interpreter.enter(|vm| script::run(&script, threads::Options::default(), vm));
        output::close();
        let printed = printed.lock().expect("one thread").clone();
        (outcome, printed)
    };
    let run = thread::Builder::new().stack_size(16 << 20).spawn(run).expect("a thread");
    run.join().expect("no panic")
}

fn lines(outcome: &Outcome) -> Vec<usize> {
    outcome.lines.iter().map(|place| place.line).collect()
}

#[test]
fn a_script_prints_and_ends() {
    let (outcome, printed) = run("print('hello', end='')\n");
    assert_eq!((outcome.status, outcome.exit_code, printed.as_str()), (Status::Ok, 0, "hello"));
}

#[test]
fn who_goes_on_from_a_snapshot_is_not_stopped_as_its_maker_was() {
    let stopped_meanwhile = |interpreter: &Interpreter| {
        checkpoint::request_stop(true);
        interpreter::resume(interpreter, &Options::default());
    };
    let (outcome, printed) = run_on("print(sum(1 for _ in range(100_000)))\n", stopped_meanwhile);
    assert_eq!((outcome.status, printed.as_str()), (Status::Ok, "100000\n"));
}

#[test]
fn what_is_imported_ahead_knows_no_chance_and_no_clock() {
    let source = "\
import sys, time
ahead = set(sys.modules)
import concurrent.futures, multiprocessing, threading
print({'concurrent.futures.process', 'multiprocessing.pool', 'threading'} <= ahead)
print(ahead & {'random', 'statistics'}, time.perf_counter() < sys.warm_s)
print(sys.modules['__mp_main__'].__dict__ is globals())
print(threading.current_thread() is threading.main_thread(), multiprocessing.current_process().name)
";
    let ahead = |interpreter: &Interpreter| {
        interpreter::warm(interpreter).expect("our own modules");
        let remember = "import sys, time; sys.warm_s = time.perf_counter()";
        interpreter.enter(|vm| assert!(vm.run_simple_string(remember).is_ok()));
        interpreter::resume(interpreter, &Options::default());
    };
    let (outcome, printed) = run_on(source, ahead);
    assert_eq!(outcome.status, Status::Ok, "{}", outcome.traceback);
    assert_eq!(printed, "True\nset() True\nTrue\nTrue MainProcess\n");
}

#[test]
fn an_exception_names_its_lines() {
    let source = "\
\"\"\"What the script is about.\"\"\"
from __future__ import annotations

def mean(values):
    \"\"\"Of no values there is none.\"\"\"
    total = 0.0
    for value in values:
        total += value
    return total / len(values)

while True:
    print([mean(values) for values in ([1.0], [])])
";
    let (outcome, printed) = run(source);
    assert_eq!((outcome.status, outcome.exit_code), (Status::Error, 1));
    assert_eq!(lines(&outcome), [12, 9]);
    assert_eq!(outcome.lines[1].column, Some(12));
    let expected = "\
Traceback (most recent call last):
  File \"script.py\", line 12, in <module>
    print([mean(values) for values in ([1.0], [])])
           ~~~~^^^^^^^^
  File \"script.py\", line 9, in mean
    return total / len(values)
           ~~~~~~^~~~~~~~~~~~~
ZeroDivisionError: division by zero
";
    assert_eq!(outcome.traceback, expected);
    assert_eq!(printed, outcome.traceback);
}

#[test]
fn docstrings_stay_docstrings() {
    let (outcome, printed) = run("def f():\n    'about f'\n    return 1\nprint(f.__doc__, f())\n");
    assert_eq!((outcome.status, printed.as_str()), (Status::Ok, "about f 1\n"));
}

#[test]
fn a_syntax_error_names_its_place() {
    let (outcome, _) = run("x = 1\ny = (2 +* 3)\n");
    assert_eq!((outcome.status, lines(&outcome)), (Status::Error, vec![2]));
    assert!(outcome.traceback.contains("SyntaxError: invalid syntax"), "{}", outcome.traceback);
}

#[test]
fn exits_have_codes() {
    for (source, code, text) in
        [("import sys; sys.exit()", 0, ""), ("import sys; sys.exit(3)", 3, ""), ("raise SystemExit('no')", 1, "no\n")]
    {
        let (outcome, printed) = run(source);
        assert_eq!((outcome.status, outcome.exit_code, printed.as_str()), (Status::Exit, code, text), "{source}");
    }
}

#[test]
fn endless_code_can_be_stopped() {
    for source in [
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except Exception: pass",
        "def f():\n    yield\n    yield from f()\nfor _ in f(): pass",
        "sum(1 for _ in iter(int, 1))",
        "[0 for _ in iter(int, 1)]",
        "import time; time.sleep(1e6)",
    ] {
        let stopper = thread::spawn(|| {
            thread::sleep(Duration::from_millis(1500));
            checkpoint::request_stop(true);
            idle::happened();
        });
        let (outcome, _) = run(source);
        stopper.join().expect("no panic");
        checkpoint::request_stop(false);
        assert!(matches!(outcome.status, Status::Stopped | Status::Error), "{source}: {outcome:?}");
    }
}

#[test]
fn output_is_bounded() {
    let (outcome, printed) = run("line = 'x' * 999\nfor _ in range(3000): print(line)\n");
    assert_eq!(outcome.status, Status::Ok);
    let told = printed.contains(" lines were left out here.]");
    assert!(printed.len() < LIMIT_BYTES + LAST_BYTES + 100 && told, "{}", printed.len());
}

#[test]
fn deep_recursion_is_an_exception() {
    let source = "\
import sys
def f(n): return f(n + 1)
def key(x): return sorted([1, 2], key=key)
nested = []
for _ in range(100_000): nested = [nested]
for limit in (1000, 10**6):
    sys.setrecursionlimit(limit)
    for call in (lambda: f(0), lambda: key(1), lambda: repr(nested)):
        try:
            call()
        except RecursionError:
            print('caught')
";
    let (outcome, printed) = run(source);
    assert_eq!((outcome.status, printed.as_str()), (Status::Ok, "caught\n".repeat(6).as_str()));
}

#[test]
fn what_is_told_comes_with_the_outcome() {
    let source = "\
from lab import tell
tell('lost', 3)
tell('share', 0.5)
tell('lost', 4)
tell('result', 'x 7.1')
for name, value in (('', 1), ('n', float('nan')), ('t', 'x' * 201), ('o', None)):
    try:
        tell(name, value)
    except (TypeError, ValueError) as why:
        print(type(why).__name__, why)
for number in range(60):
    tell(f'n{number}', number)
";
    let (outcome, printed) = run(source);
    let told: Vec<_> = outcome.told.iter().take(3).map(|(name, value)| format!("{name}: {value:?}")).collect();
    assert_eq!(told, ["lost: Number(4.0)", "share: Number(0.5)", "result: Text(\"x 7.1\")"]);
    assert_eq!(outcome.told.len(), 50);
    assert!(outcome.traceback.ends_with("ValueError: a run tells at most 50 names\n"), "{}", outcome.traceback);
    assert_eq!(printed.lines().filter(|it| it.contains("Error ")).count(), 4, "{printed}");
    assert!(run("print()\n").0.told.is_empty(), "told by the run before");
}
