//! The conversation between the page and a Python worker: the script's own, a
//! process's, or a thread's. On the wire it looks as the engines' does; the data
//! beside a header are bytes.

use serde::{Deserialize, Serialize};

use crate::model::python::deadlock::Wait;
use crate::model::python::{Doing, Outcome, Script, Stream};

/// What a Python worker is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToPython {
    /// Run this as `__main__`. Answer: [`FromPython::Ended`].
    Run(Script),
    /// Import this as a process of it. Answer: [`FromPython::Prepared`] or [`FromPython::Exited`].
    Prepare(Script),
    /// Answer the message in the data. Answer: [`FromPython::Event`], or bytes in
    /// the ring where the parent shares its memory; there also most messages come by a ring.
    Handle {},
    /// What happened to a process, where no memory is shared; the content is in
    /// the data.
    Event {
        /// Which process.
        handle: u32,
        /// See [`event`].
        kind: u32,
    },
}

/// What a Python worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromPython {
    /// The interpreter is up.
    Ready {
        /// How long that took, ms.
        startup_ms: f64,
        /// Where it looks whether it is to stop.
        stop_address: u32,
        /// Where it reads of its processes; only in shared memory.
        #[serde(default)]
        mailbox: Option<Mailbox>,
    },
    /// The interpreter had nothing to do yet: the data are a snapshot of it, from
    /// which later workers can start (www/python-snapshot.js).
    Snapshot {},
    /// The interpreter had nothing to do yet, but too little memory to make a snapshot: it
    /// is no more, and another one is to try without.
    Cramped {},
    /// The script printed.
    Printed {
        /// Where.
        stream: Stream,
        /// What.
        text: String,
    },
    /// The script is over.
    Ended {
        /// How.
        #[serde(flatten)]
        outcome: Outcome,
        /// When its first line ran, ms since the epoch.
        start_ms: f64,
        /// When it was over, ms since the epoch.
        end_ms: f64,
        /// Who waited for the GIL and who held it.
        threads: Vec<ThreadLog>,
    },
    /// The process has imported the script.
    Prepared {
        /// From when it was asked for, ms.
        startup_ms: f64,
    },
    /// A process ended by itself; its parent knows where memory is shared.
    Exited {
        /// Why: a clause.
        reason: String,
    },
    /// A process ends because it has too little memory.
    NoRoom {
        /// Bytes that it can have.
        had: u64,
    },
    /// What a process tells its parent, where no memory is shared; the content
    /// is in the data.
    Event {
        /// Which process.
        handle: u32,
        /// See [`event`].
        kind: u32,
    },
    /// The script wants a process.
    Spawn {
        /// Its number, from 1.
        handle: u32,
        /// Its ring.
        slot: u32,
    },
    /// The data are for that process; only what its ring can't take.
    Send {
        /// Which.
        handle: u32,
    },
    /// The script ends that process.
    Terminate {
        /// Which.
        handle: u32,
    },
    /// The script, or a process, wants a data file.
    Read {
        /// By which it hears of the answer.
        ticket: u32,
        /// What it calls the file.
        name: String,
    },
    /// The script wants a thread.
    Thread {
        /// What it is to run, in the shared memory.
        order: u32,
    },
    /// A thread is over.
    ThreadEnded {},
    /// Nobody of its process can go on, nor of any other: what its threads wait for.
    Deadlock(Vec<Wait>),
    /// For the timeline.
    Spans(Vec<Span>),
    /// The same of processes, which their parent has kept: which one, and what it did.
    ProcessSpans(Vec<(u32, Vec<Span>)>),
    /// The worker broke: the interpreter aborted, or its files are wrong.
    Failed {
        /// A clause.
        message: String,
        /// Bytes that its memory can have, where that was not enough.
        #[serde(default)]
        had: Option<u64>,
    },
}

/// What a thread did for a while.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// What was done.
    pub kind: Doing,
    /// Since the epoch, ms.
    pub start_ms: f64,
    /// Since the epoch, ms.
    pub end_ms: f64,
    /// The function, the size.
    pub label: String,
    /// By which thread; 0 is the main one.
    pub thread: u32,
}

/// What a thread did with the GIL: stretches from … to, ms since the epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadLog {
    /// The thread; 0 is the main one.
    pub number: u32,
    /// It waited for the GIL.
    pub waited: Vec<[f64; 2]>,
    /// It held the GIL.
    pub held: Vec<[f64; 2]>,
    /// How long it waited in all, ms.
    pub waited_ms: f64,
    /// How long it held it in all, ms.
    pub held_ms: f64,
    /// Stretches that there was no room for.
    pub lost_spans: u32,
}

/// Where a script's interpreter reads of its processes, in its shared memory.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct Mailbox {
    /// The first ring.
    pub address: u32,
    /// Bytes of a ring, without its words.
    pub ring_bytes: u32,
    /// To be counted up and notified when anything happened.
    pub events: u32,
    /// The first ring from which a process reads.
    pub inboxes: u32,
}

/// Kinds of events, as `python/src/processes.rs` reads them.
pub mod event {
    /// The process is up; the content is its startup, ms, a float64.
    pub const READY: u32 = 0;
    /// An answer.
    pub const MESSAGE: u32 = 1;
    /// The process is gone; the content says why.
    pub const ENDED: u32 = 2;
    /// A data file, by the ticket of the read (`python/src/reading.rs`), as the next two.
    pub const FILE: u32 = 4;
    /// There is no such file for scripts.
    pub const NO_FILE: u32 = 5;
    /// It could not be had; the content says why.
    pub const FILE_FAILED: u32 = 6;
}

/// The ring that the page itself writes to: behind those of the processes.
pub const PAGE_RING: u32 = 64;
