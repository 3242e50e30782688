//! What is said of a step: once, when it was pressed.

use super::counter::{Counter, Refusal, Rule, Step, Thread};

/// What the interpreter does in a step, on a button: `read c`.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Acquire => "take the lock",
        Step::Read => "read c",
        Step::Call => "call f()",
        Step::Add => "add",
        Step::Write => "write c",
        Step::Release => "give the lock back",
    }
}

/// Who, as a sentence begins.
#[must_use]
pub const fn name(thread: Thread) -> &'static str {
    match thread {
        Thread::One => "Thread 1",
        Thread::Two => "Thread 2",
    }
}

/// What a thread has just done.
#[must_use]
pub fn said(after: &Counter, thread: Thread, done: Step, lost_before: u32) -> String {
    let (who, hand) = (name(thread), after.hand(thread));
    let number = |it: Option<u32>| it.unwrap_or_default();
    match done {
        Step::Acquire => format!("{who} takes the lock."),
        Step::Read => format!("{who} reads c: {}.", number(hand.read)),
        Step::Call => format!("{who} calls f() and gets {}.", number(hand.got)),
        Step::Add => {
            let (read, got, sum) = (number(hand.read), number(hand.got), number(hand.sum));
            format!("{who} adds what it has in its hand: {read} + {got} = {sum}.")
        }
        Step::Write if after.lost() > lost_before => format!(
            "{who} writes {}, over what the other had written: {} additions were done, and c says {}.",
            number(hand.sum),
            after.expected(),
            after.c(),
        ),
        Step::Write => format!("{who} writes c: {}.", number(hand.sum)),
        Step::Release => format!("{who} gives the lock back."),
    }
}

/// Why a thread can't go on now.
#[must_use]
pub fn refused(thread: Thread, refusal: Refusal) -> String {
    let (who, other) = match thread {
        Thread::One => ("Thread 1", "thread 2"),
        Thread::Two => ("Thread 2", "thread 1"),
    };
    match refusal {
        Refusal::Locked => format!("{who} waits: {other} has the lock."),
        Refusal::Gil => format!(
            "{who} waits: {other} has the GIL, and the interpreter gives it away only at a call or where the loop \
             begins again."
        ),
        Refusal::Full => "No more steps are kept: take some back, or start over.".into(),
    }
}

/// What was taken back.
#[must_use]
pub fn undone(last: Option<(Thread, Step)>) -> String {
    match last {
        Some((thread, done)) => format!("Taken back: {}, {}.", name(thread), step(done)),
        None => "There is nothing to take back.".into(),
    }
}

/// What is to be done, or what it showed.
#[must_use]
pub fn lesson(counter: &Counter) -> &'static str {
    match (counter.rule(), counter.lost()) {
        (Rule::Gil, 0) => {
            "Press the steps of both threads so that an update is lost. The GIL passes at a call, and where a loop \
             begins again."
        }
        (Rule::Gil, _) => {
            "An update is lost, and the GIL was never held by two. It passed between reading and writing: at the \
             call. Which is why c += 1 alone, without a call, loses nothing here."
        }
        (Rule::Lock, _) if counter.expected() < 2 => {
            "Try to lose an update now: reading and writing lie between taking the lock and giving it back."
        }
        (Rule::Lock, _) => {
            "Nothing is lost, whatever you press: who reads has the lock until it has written. It costs that one \
             waits for the other."
        }
        (Rule::Free, 0) => "Press the steps of both threads so that an update is lost: any order is allowed.",
        (Rule::Free, _) => {
            "An update is lost. Without the GIL it may happen between any two steps: c += 1 alone can lose one here."
        }
    }
}

/// What is allowed, on its button.
#[must_use]
pub const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Gil => "With the GIL",
        Rule::Lock => "With a lock around the line",
        Rule::Free => "Without the GIL",
    }
}

/// What the one thing is called of which there is one: beside the data.
#[must_use]
pub fn held(counter: &Counter) -> String {
    let what = match counter.rule() {
        Rule::Gil => "The GIL",
        Rule::Lock => "The lock",
        Rule::Free => return "No GIL, no lock: nobody waits.".into(),
    };
    match counter.holder() {
        Some(thread) => format!("{what}: thread {}", thread.number()),
        None => format!("{what}: nobody"),
    }
}

/// Said where the lab's own run is in the way.
pub const LAB_RUNS: &str = "The lab is running: wait for its end, or press Stop above.";
/// Said where there is no Python, or not yet.
pub const NO_PYTHON: &str = "Python is not here: the line below the lab's title says why, or how far it is. The steps \
                             by hand need none.";
/// Said where the run before has just ended.
pub const STILL_ENDING: &str = "The run before is still ending: press again in a moment.";

/// Why there is no figure: a script that ended before it told one.
#[must_use]
pub fn real_failed(traceback: &str) -> String {
    if traceback.contains("start new thread") {
        return "Not measured: threads need memory that they share, and this page has none. The steps by hand show \
                what would happen."
            .into();
    }
    match traceback.lines().rfind(|it| !it.trim().is_empty()) {
        Some(last) => format!("Not measured: the script ended with {}", last.trim()),
        None => "Not measured: the script ended before its figures came.".into(),
    }
}

/// What the real run came to; `None` where it told something else.
#[must_use]
pub fn real(additions: f64, lost: f64) -> Option<String> {
    if !(additions >= 1.0 && (0.0..=additions).contains(&lost)) {
        return None;
    }
    let (additions, lost) = (additions as u64, lost as u64);
    let count = crate::model::format::count;
    Some(match lost {
        0 => format!("Measured: of {} additions none was lost.", count(additions)),
        1 => format!("Measured: of {} additions 1 was lost.", count(additions)),
        _ => format!("Measured: of {} additions {} were lost.", count(additions), count(lost)),
    })
}

/// What else is true of such a run.
#[must_use]
pub const fn real_more(rule: Rule, has_lost: bool) -> &'static str {
    match (rule, has_lost) {
        (Rule::Gil, true) => "The threads took turns on the GIL, and lost them between read and write, as by hand.",
        (Rule::Gil, false) => {
            "The threads may never have changed between read and write: that is luck. Press again, or step it by hand."
        }
        (Rule::Lock, false) => "The lock keeps read and write together.",
        (Rule::Lock, true) => "That should not be: the lock keeps read and write together.",
        (Rule::Free, true) => "The threads ran at once, and wrote over each other.",
        (Rule::Free, false) => {
            "The threads may not have run at the same moment: that is luck. Press again, or step it by hand."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Thread::{One, Two};

    /// Presses and gives what was said last.
    fn press(counter: &mut Counter, threads: &[Thread]) -> String {
        let mut last = String::new();
        for thread in threads {
            let before = counter.lost();
            last = match counter.press(*thread) {
                Ok(step) => said(counter, *thread, step, before),
                Err(refusal) => refused(*thread, refusal),
            };
        }
        last
    }

    #[test]
    fn each_step_says_what_it_moved() {
        let mut counter = Counter::new(Rule::Gil);
        assert_eq!(press(&mut counter, &[One]), "Thread 1 reads c: 0.");
        assert!(press(&mut counter, &[Two]).starts_with("Thread 2 waits: thread 1 has the GIL"));
        assert_eq!(press(&mut counter, &[One]), "Thread 1 calls f() and gets 1.");
        assert_eq!(press(&mut counter, &[Two, Two, Two, Two]), "Thread 2 writes c: 1.");
        assert_eq!(press(&mut counter, &[One]), "Thread 1 adds what it has in its hand: 0 + 1 = 1.");
        let lost = press(&mut counter, &[One]);
        assert_eq!(lost, "Thread 1 writes 1, over what the other had written: 2 additions were done, and c says 1.");
        assert!(lesson(&counter).starts_with("An update is lost"));
        assert_eq!(undone(counter.undo()), "Taken back: Thread 1, write c.");
        assert!(lesson(&counter).starts_with("Press"));
    }

    #[test]
    fn with_a_lock_the_other_waits_and_is_told_so() {
        let mut counter = Counter::new(Rule::Lock);
        assert_eq!(press(&mut counter, &[Two]), "Thread 2 takes the lock.");
        assert_eq!(press(&mut counter, &[One]), "Thread 1 waits: thread 2 has the lock.");
        assert_eq!(held(&counter), "The lock: thread 2");
        press(&mut counter, &[Two, Two, Two, Two, Two, One, One, One, One, One, One]);
        assert_eq!((counter.c(), held(&counter).as_str()), (2, "The lock: nobody"));
        assert!(lesson(&counter).starts_with("Nothing is lost"));
    }

    #[test]
    fn a_real_run_is_told_only_if_it_makes_sense() {
        assert_eq!(real(400_000.0, 1_234.0).unwrap(), "Measured: of 400,000 additions 1,234 were lost.");
        assert_eq!(real(2.0, 1.0).unwrap(), "Measured: of 2 additions 1 was lost.");
        assert!(real(2.0, 0.0).unwrap().contains("none was lost"));
        assert_eq!((real(0.0, 0.0), real(5.0, 6.0), real(5.0, -1.0), real(f64::NAN, 0.0)), (None, None, None, None));
    }

    #[test]
    fn why_there_is_no_figure_is_told() {
        assert!(real_failed("RuntimeError: can't start new thread\n").contains("memory that they share"));
        assert!(real_failed("Traceback\nValueError: no\n\n").ends_with("ended with ValueError: no"));
        assert!(real_failed("").contains("before its figures"));
    }

    #[test]
    fn the_script_has_the_line_that_is_changed() {
        let script = include_str!("shared_counter.py");
        assert_eq!(script.matches("WITH_LOCK = False\n").count(), 1);
    }
}
