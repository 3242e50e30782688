//! What the threads of a run wait for when none of them can go on.

use serde::{Deserialize, Serialize};

/// What is waited for. Of what is not known by name, the function that waits.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Awaited {
    /// The others, at a `Barrier`.
    Barrier,
    /// The `notify` of a `Condition`.
    Condition,
    /// That all of a queue's items are done.
    Done,
    /// The end of the threads that still live.
    End,
    /// The `set` of an `Event`.
    Event,
    /// An item of a queue.
    Item,
    /// A lock of any kind.
    Lock,
    /// What comes by a pipe.
    Message,
    /// A process's end.
    Process,
    /// A future's result.
    Result,
    /// Room in a queue.
    Room,
    /// A `release` of a `Semaphore`.
    Semaphore,
    /// A thread's end.
    Thread,
    /// Anything to do: it is at no line of the script.
    Work,
    /// Whatever the function that was called waits for.
    #[default]
    #[serde(other)]
    Call,
}

/// Who has a lock: another thread of the same process, by its name, or one of any process, by its number there.
/// Where neither is known, it has ended.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    /// As `threading` has it.
    #[serde(default)]
    pub thread: Option<String>,
    /// Of its process, where 0 is the script's, and the thread's, where 0 is the main one.
    #[serde(default)]
    pub number: Option<(u32, u32)>,
}

/// A thread that waits without an end.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct Wait {
    /// Of its process; 0 is the script's.
    pub slot: u32,
    /// What `multiprocessing` calls that.
    pub process: String,
    /// 0 is the main thread.
    pub number: u32,
    /// What `threading` calls it.
    pub thread: Option<String>,
    /// For what.
    pub kind: Awaited,
    /// The function that waits.
    pub call: String,
    /// The script's line.
    #[serde(default)]
    pub line: Option<u32>,
    /// What the script calls what is waited for; of a thread or process its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Who has it.
    #[serde(default)]
    pub holder: Option<Holder>,
}

/// A run of which nobody can go on.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Deadlock {
    /// The script's threads, then those of its processes.
    pub waits: Vec<Wait>,
    /// Processes that have nothing to do.
    pub resting: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_interpreter_says_is_read() {
        let json = r#"[
            {"slot": 0, "process": "MainProcess", "number": 2, "thread": "Thread-2 (f)", "kind": "lock",
             "call": "acquire", "line": 7, "name": "a", "holder": {"thread": "Thread-1 (f)"}},
            {"slot": 1, "process": "Process-1", "number": 0, "thread": null, "kind": "lock", "call": "acquire",
             "line": 9, "name": null, "holder": {"number": [2, 0]}},
            {"slot": 0, "process": "MainProcess", "number": 0, "thread": "MainThread", "kind": "end", "call": "join"},
            {"slot": 0, "process": "MainProcess", "number": 3, "thread": "x", "kind": "unheard of", "call": "f"}
        ]"#;
        let waits: Vec<Wait> = serde_json::from_str(json).expect("JSON");
        let holder = |index: usize| waits[index].holder.clone();
        assert_eq!(holder(0), Some(Holder { thread: Some("Thread-1 (f)".into()), number: None }));
        assert_eq!(holder(1), Some(Holder { thread: None, number: Some((2, 0)) }));
        assert_eq!((waits[2].kind, waits[2].line, waits[3].kind), (Awaited::End, None, Awaited::Call));
    }
}
