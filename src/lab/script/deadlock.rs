//! What is said where nobody of a run can go on, while it waits and after Stop: a line for each who waits.

use super::rule::Explanation;
use crate::model::python::deadlock::{Awaited, Deadlock, Holder, Wait};
use crate::view::headline::Headline;

/// Lines at most: more threads than that wait for the same.
const MOST_LINES: usize = 16;

/// While it waits.
#[must_use]
pub fn waits(deadlock: &Deadlock) -> Explanation {
    said(deadlock, "Deadlock: nobody can go on.", "The script waits for ever, as in CPython. Stop ends it.")
}

/// After Stop.
#[must_use]
pub fn was_stopped(deadlock: &Deadlock) -> Explanation {
    said(deadlock, "Deadlock: nobody could go on, until Stop.", "Only Stop has ended it.")
}

fn said(deadlock: &Deadlock, headline: &str, stop: &str) -> Explanation {
    let waits = &deadlock.waits;
    let mut lines: Vec<String> = waits.iter().take(MOST_LINES).map(|it| line(it, deadlock)).collect();
    match waits.len().saturating_sub(MOST_LINES) {
        0 => {}
        1 => lines.push("One more thread waits.".into()),
        count => lines.push(format!("{count} more threads wait.")),
    }
    match deadlock.resting {
        0 => {}
        1 => lines.push("One process waits for a call.".into()),
        count => lines.push(format!("{count} processes wait for calls.")),
    }
    lines.push(stop.to_owned());
    Explanation::of(Headline::plain(headline), [lines.join("\n")])
}

fn line(wait: &Wait, deadlock: &Deadlock) -> String {
    let (who, held) = (name(wait), held(wait, deadlock));
    let place = wait.line.map_or_else(String::new, |line| format!(", line {line},"));
    let named = |what: &str| match &wait.name {
        Some(name) => format!("the {what} named {name}"),
        None if what == "event" => "an event".into(),
        None => format!("a {what}"),
    };
    let of = wait.name.as_deref().unwrap_or("another one");
    let what = match wait.kind {
        Awaited::Barrier => format!("the others at {}", named("barrier")),
        Awaited::Call if wait.call == "__exit__" => return format!("{who}{place} waits at the end of with."),
        Awaited::Call => return format!("{who}{place} waits in {}().", wait.call),
        Awaited::Condition => format!("a notify of {}", named("condition")),
        Awaited::Done => format!("task_done for all items of {}", named("queue")),
        Awaited::End => return format!("{who} is through, and waits for the other threads to end."),
        Awaited::Event => format!("{} to be set", named("event")),
        Awaited::Item => format!("an item of {}", named("queue")),
        Awaited::Lock => named("lock"),
        Awaited::Message => "a message".into(),
        Awaited::Process | Awaited::Thread => format!("the end of {of}"),
        Awaited::Result => "a result".into(),
        Awaited::Room => format!("room in {}", named("queue")),
        Awaited::Semaphore => format!("a release of {}", named("semaphore")),
        Awaited::Work => "something to do".into(),
    };
    format!("{who}{place} waits for {what}{held}.")
}

/// As a student knows it: a process's main thread is the process.
fn name(wait: &Wait) -> String {
    let thread = wait.thread.clone().unwrap_or_else(|| format!("thread {}", wait.number));
    match (wait.slot, wait.number) {
        (0, 0) => "The main thread".into(),
        (0, _) => thread,
        (_, 0) => wait.process.clone(),
        _ => format!("{thread} of {}", wait.process),
    }
}

fn held(wait: &Wait, deadlock: &Deadlock) -> String {
    let held_by = |who: &str| format!(", held by {}", who.replacen("The main", "the main", 1));
    let numbered = |it: &Wait| (it.slot, it.number);
    match &wait.holder {
        None => String::new(),
        Some(Holder { thread: Some(thread), .. }) => held_by(&match (wait.slot, thread.as_str()) {
            (0, "MainThread") => "the main thread".into(),
            (0, _) => thread.clone(),
            (_, "MainThread") => wait.process.clone(),
            _ => format!("{thread} of {}", wait.process),
        }),
        Some(Holder { number: None, .. }) => ", held by a thread that has ended, or has no name".into(),
        Some(Holder { number: Some(number), .. }) if *number == numbered(wait) => ", which it holds itself".into(),
        Some(Holder { number, .. }) => {
            let rests = if deadlock.resting > 0 { ", or by a process that waits for a call" } else { "" };
            let holder = deadlock.waits.iter().find(|it| Some(numbered(it)) == *number);
            holder.map_or_else(|| format!(", held by a thread that has ended{rests}"), |it| held_by(&name(it)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::script::telling::tests::whole;

    fn thread(number: u32, kind: Awaited) -> Wait {
        let thread = if number == 0 { "MainThread".into() } else { format!("Thread-{number} (work)") };
        Wait { number, kind, thread: Some(thread), line: Some(6 + number), call: "f".into(), ..Wait::default() }
    }

    fn lock(number: u32, name: &str, holder: Holder) -> Wait {
        Wait { name: Some(name.into()), holder: Some(holder), ..thread(number, Awaited::Lock) }
    }

    fn by(name: &str) -> Holder {
        Holder { thread: Some(name.into()), number: None }
    }

    #[test]
    fn each_thread_has_a_line() {
        let waits = vec![
            Wait { name: Some("Thread-1 (work)".into()), ..thread(0, Awaited::Thread) },
            lock(1, "b", by("Thread-2 (work)")),
            lock(2, "a", by("MainThread")),
            lock(3, "c", Holder::default()),
            lock(4, "d", Holder { thread: None, number: Some((0, 4)) }),
        ];
        let told = whole(super::waits(&Deadlock { waits, resting: 2 }));
        assert_eq!(
            told,
            "Deadlock: nobody can go on. The main thread, line 6, waits for the end of Thread-1 (work).\n\
             Thread-1 (work), line 7, waits for the lock named b, held by Thread-2 (work).\n\
             Thread-2 (work), line 8, waits for the lock named a, held by the main thread.\n\
             Thread-3 (work), line 9, waits for the lock named c, held by a thread that has ended, or has no name.\n\
             Thread-4 (work), line 10, waits for the lock named d, which it holds itself.\n\
             2 processes wait for calls.\n\
             The script waits for ever, as in CPython. Stop ends it."
        );
    }

    #[test]
    fn processes_have_their_names() {
        let of = |slot: u32, name: &str, holder| Wait {
            slot,
            process: format!("Process-{slot}"),
            ..lock(0, name, Holder { thread: None, number: Some((holder, 0)) })
        };
        let waits = vec![of(1, "b", 2), of(2, "a", 1), of(3, "c", 7)];
        let told = whole(was_stopped(&Deadlock { waits, resting: 1 }));
        assert!(told.contains("Process-1, line 6, waits for the lock named b, held by Process-2.\n"), "{told}");
        assert!(told.contains("named c, held by a thread that has ended, or by a process that waits for a call.\nOne process waits for a call.\n"), "{told}");
        assert!(told.starts_with("Deadlock: nobody could go on, until Stop. ") && told.ends_with("has ended it."));
    }

    #[test]
    fn whatever_is_waited_for_has_words() {
        let nobody = Deadlock { waits: Vec::new(), resting: 0 };
        let said = |kind| line(&thread(1, kind), &nobody);
        assert_eq!(said(Awaited::Item), "Thread-1 (work), line 7, waits for an item of a queue.");
        assert_eq!(said(Awaited::Call), "Thread-1 (work), line 7, waits in f().");
        assert_eq!(said(Awaited::Event), "Thread-1 (work), line 7, waits for an event to be set.");
        let end = Wait { line: None, ..thread(0, Awaited::End) };
        assert_eq!(line(&end, &nobody), "The main thread is through, and waits for the other threads to end.");
        let many = Deadlock { waits: (0..40).map(|number| thread(number, Awaited::Work)).collect(), resting: 0 };
        assert!(whole(waits(&many)).contains("24 more threads wait."));
    }
}
