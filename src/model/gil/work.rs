//! The tasks that a setting stands for, and the three ways of running them.

use super::{Mode, Piece, Rules, Schedule, schedule};

/// What each thread has to do, over and over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// In the interpreter, ms.
    pub compute_ms: f64,
    /// In compiled code, which releases the lock, ms.
    pub kernel_ms: f64,
    /// Waiting for something outside, ms.
    pub block_ms: f64,
}

impl Round {
    /// All of it in the interpreter.
    #[must_use]
    pub const fn pure(ms: f64) -> Self {
        Self { compute_ms: ms, kernel_ms: 0.0, block_ms: 0.0 }
    }

    /// A share of it, from 0 to 1, in compiled code, the rest in the interpreter.
    #[must_use]
    pub fn mixed(ms: f64, compiled: f64) -> Self {
        let compiled = if compiled.is_nan() { 0.0 } else { compiled.clamp(0.0, 1.0) };
        Self { compute_ms: ms * (1.0 - compiled), kernel_ms: ms * compiled, block_ms: 0.0 }
    }

    /// A little in the interpreter, then a wait.
    #[must_use]
    pub const fn input(compute_ms: f64, block_ms: f64) -> Self {
        Self { compute_ms, kernel_ms: 0.0, block_ms }
    }

    /// So many rounds, as one thread does them.
    #[must_use]
    pub fn times(&self, rounds: u32) -> Vec<Piece> {
        let one = [Piece::Compute(self.compute_ms), Piece::Kernel(self.kernel_ms), Piece::Block(self.block_ms)];
        let one: Vec<_> = one.into_iter().filter(|it| it.duration_ms() > 0.0).collect();
        one.iter().copied().cycle().take(one.len() * rounds as usize).collect()
    }
}

/// What a process costs beside its work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overhead {
    /// Until it is up, ms.
    pub startup_ms: f64,
    /// For each task, to send it and to bring back what came of it, ms.
    pub pickle_ms: f64,
}

/// Threads under the lock.
#[must_use]
pub fn with_gil(threads: &[Vec<Piece>], rules: &Rules) -> Schedule {
    schedule(Mode::Locked, threads, rules)
}

/// The same threads where there is no lock.
#[must_use]
pub fn free_threaded(threads: &[Vec<Piece>], rules: &Rules) -> Schedule {
    schedule(Mode::Free, threads, rules)
}

/// The same work by processes, each of which comes up, gets its task and sends back what
/// came of it.
#[must_use]
pub fn as_processes(threads: &[Vec<Piece>], rules: &Rules, overhead: Overhead) -> Schedule {
    let process = |pieces: &Vec<Piece>| {
        let pickle = Piece::Pickle(overhead.pickle_ms / 2.0);
        let before = [Piece::Start(overhead.startup_ms), pickle];
        before.into_iter().chain(pieces.iter().copied()).chain([pickle]).collect()
    };
    let processes: Vec<_> = threads.iter().map(process).collect();
    schedule(Mode::Free, &processes, rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules { switch_ms: 5.0, check_ms: 0.05, handover_ms: 0.0, cores: 2 };

    fn near(ms: f64, expected_ms: f64) -> bool {
        (ms - expected_ms).abs() < 1e-3
    }

    #[test]
    fn pure_python_takes_as_long_as_one_after_the_other_and_half_of_it_without_the_lock() {
        let threads = vec![Round::pure(10.0).times(4); 2];
        assert!(near(with_gil(&threads, &RULES).wall_ms, 80.0));
        assert!(near(free_threaded(&threads, &RULES).wall_ms, 40.0));
        let overhead = Overhead { startup_ms: 30.0, pickle_ms: 2.0 };
        let processes = as_processes(&threads, &RULES, overhead);
        assert!(near(processes.wall_ms, 72.0), "{}", processes.wall_ms);
        assert!(near(processes.totals().overhead_ms, 64.0));
    }

    #[test]
    fn compiled_code_and_waiting_overlap_under_the_lock() {
        let kernels = vec![Round::mixed(10.0, 1.0).times(4); 2];
        assert!(near(with_gil(&kernels, &RULES).wall_ms, 40.0));
        let reads = vec![Round::input(0.0, 10.0).times(4); 8];
        assert!(near(with_gil(&reads, &RULES).wall_ms, 40.0));
        // Four kernels on two cores take twice as long, lock or not.
        let many = vec![Round::mixed(10.0, 1.0).times(1); 4];
        assert!(near(free_threaded(&many, &RULES).wall_ms, 20.0));
        assert!(near(with_gil(&many, &RULES).wall_ms, 20.0));
    }

    #[test]
    fn odd_shares_and_rounds_are_sound() {
        assert_eq!(Round::mixed(8.0, f64::NAN), Round::pure(8.0));
        assert_eq!(Round::mixed(8.0, 7.0).times(1), [Piece::Kernel(8.0)]);
        assert!(Round::pure(0.0).times(9).is_empty());
        assert!(Round::pure(3.0).times(0).is_empty());
    }
}
