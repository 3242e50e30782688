//! What one thread did with the lock, in spans: bounded, so that a program that
//! switches a million times fills no memory, with exact totals beside them.

/// Why a thread released the lock.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Release {
    /// Another thread requested it, and this one came to a safe point.
    Requested,
    /// To do something that blocks, or that needs no interpreter.
    Blocking,
    /// The thread has ended.
    Ended,
}

/// One stretch of a thread's time; the clock is the lock's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Span {
    /// It wanted the lock.
    Wait {
        /// When it asked, ms.
        start_ms: f64,
        /// When it had it (or gave up), ms.
        end_ms: f64,
    },
    /// It had the lock.
    Hold {
        /// When it got it, ms.
        start_ms: f64,
        /// When it released it, ms.
        end_ms: f64,
        /// Why it released it.
        release: Release,
    },
}

/// A thread's spans in the order of time, and what they sum up to.
#[derive(Clone, Debug)]
pub struct Log {
    /// Whose log: the thread's number.
    pub thread: u32,
    /// The first spans, as many as there is room for. There is no wait between
    /// two holds where the lock was free.
    pub spans: Vec<Span>,
    /// Spans that there was no room for; the totals count them.
    pub lost_spans: u64,
    /// Time spent waiting for the lock, ms.
    pub waited_ms: f64,
    /// Time spent holding it, ms.
    pub held_ms: f64,
    /// How often it gave the lock away because another thread requested it.
    pub forced_switches: u64,
    room: usize,
}

impl Log {
    /// An empty log with room for so many spans, all of it allocated now:
    /// recording must not cost one time more than another.
    pub(super) fn new(thread: u32, room: usize) -> Self {
        Self {
            thread,
            spans: Vec::with_capacity(room),
            lost_spans: 0,
            waited_ms: 0.0,
            held_ms: 0.0,
            forced_switches: 0,
            room,
        }
    }

    pub(super) fn waited(&mut self, start_ms: f64, end_ms: f64) {
        self.waited_ms += (end_ms - start_ms).max(0.0);
        self.push(Span::Wait { start_ms, end_ms });
    }

    pub(super) fn held(&mut self, start_ms: f64, end_ms: f64, release: Release) {
        self.held_ms += (end_ms - start_ms).max(0.0);
        self.forced_switches += u64::from(release == Release::Requested);
        self.push(Span::Hold { start_ms, end_ms, release });
    }

    fn push(&mut self, span: Span) {
        if self.spans.len() < self.room {
            self.spans.push(span);
        } else {
            self.lost_spans += 1;
        }
    }
}
