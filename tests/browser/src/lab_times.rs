//! What each lab takes of the tests that go through all of them: whoever adds a
//! lab adds that much to every run.

use std::fmt::Write;
use std::slice;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use parallel_lab::lab::CATALOGUE;
use parallel_lab::model::lab::Lab;

use crate::Kind;

type Row = (Kind, &'static str, Duration);

static TIMES: Mutex<Vec<Row>> = Mutex::new(Vec::new());

fn times() -> MutexGuard<'static, Vec<Row>> {
    TIMES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All labs, one after the other; from one to the next is the first one's time.
#[derive(Debug)]
pub struct Labs {
    kind: Kind,
    left: slice::Iter<'static, &'static Lab>,
    since: Option<(&'static Lab, Instant)>,
}

impl Labs {
    /// All of them, in this browser.
    #[must_use]
    pub fn on(kind: Kind) -> Self {
        Self { kind, left: CATALOGUE.labs.iter(), since: None }
    }

    fn note(&mut self) {
        let Some((lab, since)) = self.since.take() else { return };
        let (mut times, kind, took) = (times(), self.kind, since.elapsed());
        match times.iter_mut().find(|row| row.0 == kind && row.1 == lab.name) {
            Some(row) => row.2 += took,
            None => times.push((kind, lab.name, took)),
        }
    }
}

impl Iterator for Labs {
    type Item = &'static Lab;

    fn next(&mut self) -> Option<&'static Lab> {
        self.note();
        let lab = self.left.next()?;
        self.since = Some((lab, Instant::now()));
        Some(lab)
    }
}

impl Drop for Labs {
    fn drop(&mut self) {
        self.note();
    }
}

/// What each lab took so far, all tests together, in seconds.
#[must_use]
pub fn table() -> String {
    let mut table = format!("{:17}", "each lab, seconds");
    // Writing to a string can't fail.
    for kind in Kind::ALL {
        let _ = write!(table, "{:>10}", kind.name());
    }
    table.push('\n');
    for lab in CATALOGUE.labs {
        let _ = write!(table, "{:17}", lab.name);
        for kind in Kind::ALL {
            let took = times().iter().find(|row| row.0 == kind && row.1 == lab.name).map(|row| row.2.as_secs_f64());
            let _ = write!(table, "{:>10}", took.map(|it| format!("{it:.1}")).unwrap_or_default());
        }
        table.push('\n');
    }
    table
}
