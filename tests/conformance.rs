//! The contract of the executors: one suite, stamped onto every workload of the
//! list, and in it onto every executor.
//!
//! Whoever works, in whatever chunks, slices and threads: the output is what
//! the workload's definition says, as far as it promises to agree. What is
//! Lorenz's alone, NumPy's bits, is in `tests/lorenz.rs`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is a test's helper may fail as a test does")]
#![allow(non_snake_case, reason = "a workload's tests are named as it is")]

use std::collections::HashMap;
use std::sync::LazyLock;

use parallel_lab::executor::slices::{self, Refusal};
use parallel_lab::model::settings::Kernel;
use parallel_lab::workload::{Agreement, AnyWorkload, File, Specimen, Step, Work, Workload};

/// The site's data files, as its build makes them.
fn read(file: &File) -> Result<Vec<u8>, String> {
    static FILES: LazyLock<HashMap<String, Vec<u8>>> = LazyLock::new(|| xtask::data::files().into_iter().collect());
    FILES.get(&file.name()).cloned().ok_or_else(|| format!("there is no {}", file.name()))
}

const KERNELS: [Kernel; 2] = [Kernel::Scalar, Kernel::Simd];

/// Stamps the suite onto each workload.
macro_rules! conform {
    ($($module:ident { $($name:ident: $type:ident),+ })+) => {
        $($(mod $name {
            use super::*;

            type Tried = parallel_lab::workload::$module::$type;

            #[test]
            fn it_crosses_the_wire() {
                crosses_the_wire::<Tried>();
            }

            #[test]
            fn its_shape_is_that_of_its_rows() {
                has_its_shape::<Tried>();
            }

            #[test]
            fn at_one_go() {
                conforms::<Tried>(|workload, kernel, input| {
                    let mut output = zeros(workload);
                    slices::run(workload, kernel, input, &mut output, &read).unwrap();
                    output
                });
            }

            #[test]
            fn whoever_does_it_gives_the_same_bits() {
                gives_the_same_bits::<Tried>();
            }

            #[test]
            fn in_slices() {
                conforms::<Tried>(in_odd_slices);
            }

            #[test]
            fn in_processes() {
                conforms::<Tried>(|workload, kernel, input| on_processes(workload, kernel, 3, input));
            }

            #[test]
            fn a_kernel_that_is_not_there_is_refused_with_a_reason() {
                refuses_what_is_not_there::<Tried>();
            }

            #[cfg(feature = "threads")]
            #[test]
            fn on_threads() {
                for threads in [1, 2, 3, 8] {
                    conforms::<Tried>(|workload, kernel, input| {
                        super::threads::on_threads(workload, kernel, threads, input)
                    });
                }
            }

            #[cfg(feature = "threads")]
            #[test]
            fn threads_stop_soon_after_they_are_told() {
                super::threads::stop_when_told::<Tried>();
            }
        })+)+
    };
}

parallel_lab::workloads!(conform);

fn zeros<W: Workload>(workload: &W) -> Vec<W::Out> {
    slices::zeroed(workload.out_row() * workload.items() as usize).unwrap()
}

/// Checks an executor's output for each specimen and kernel.
fn conforms<W: Specimen>(run: impl Fn(&W, Kernel, &[W::In]) -> Vec<W::Out>) {
    for workload in W::specimens() {
        let input = workload.input();
        let expected = workload.expected(&input);
        for kernel in KERNELS.into_iter().filter(|kernel| workload.why_not(*kernel).is_none()) {
            let output = run(&workload, kernel, &input);
            let agree = workload.agreement().holds(&output, &expected, workload.out_row());
            assert!(agree, "{workload:?} with {kernel:?} is not {:?}", workload.agreement());
        }
    }
}

/// However far it promises to agree with the definition: of one kernel, the bits are the same.
fn gives_the_same_bits<W: Specimen>()
where
    AnyWorkload: From<W>,
{
    for workload in W::specimens() {
        let input = workload.input();
        for kernel in KERNELS.into_iter().filter(|kernel| workload.why_not(*kernel).is_none()) {
            let whole = in_odd_slices(&workload, kernel, &input);
            let is_same = |other: &[W::Out]| Agreement::Bits.holds(other, &whole, 1);
            assert!(is_same(&on_processes(&workload, kernel, 3, &input)), "{workload:?} in processes");
            #[cfg(feature = "threads")]
            assert!(is_same(&threads::on_threads(&workload, kernel, 3, &input)), "{workload:?} on threads");
        }
    }
}

fn crosses_the_wire<W: Specimen>()
where
    AnyWorkload: From<W>,
{
    for workload in W::specimens() {
        let sent = AnyWorkload::from(workload);
        let text = serde_json::to_string(&sent).unwrap();
        assert_eq!(serde_json::from_str::<AnyWorkload>(&text).unwrap(), sent, "{text}");
    }
}

fn has_its_shape<W: Specimen>()
where
    AnyWorkload: From<W>,
{
    for workload in W::specimens() {
        let shape = AnyWorkload::from(workload.clone()).shape();
        assert_eq!(size_of_val(workload.input().as_slice()), shape.in_bytes());
        assert_eq!(size_of_val(workload.expected(&workload.input()).as_slice()), shape.out_bytes());
        assert_eq!(workload.units(0), 0);
        if let Some(resized) = workload.resized(7) {
            assert_eq!((resized.items(), resized.in_row()), (7, workload.in_row()));
        }
    }
}

/// In slices of odd sizes, from a single unit on; as many units as were promised.
fn in_odd_slices<W: Workload>(workload: &W, kernel: Kernel, input: &[W::In]) -> Vec<W::Out> {
    let mut output = zeros(workload);
    let mut work = workload.begin(kernel, 0..workload.items());
    let mut done = 0;
    for budget in [1, 7, 511, 513, 1029, 3, 10_007].into_iter().cycle() {
        match work.advance(input, &mut output, budget) {
            Step::Did(units) => done += units,
            Step::Finished => break,
            Step::Waits(file) => work.take(read(&file).unwrap()),
            Step::Failed(reason) => panic!("{reason}"),
        }
    }
    assert_eq!(work.advance(input, &mut output, 1), Step::Finished, "finished is finished");
    assert_eq!(done, workload.units(workload.items()), "{workload:?}");
    output
}

/// As web workers do it: chunks in memories of their own, as bytes there and
/// back, gathered in an order that is not theirs.
fn on_processes<W: Workload>(workload: &W, kernel: Kernel, workers: u32, input: &[W::In]) -> Vec<W::Out>
where
    AnyWorkload: From<W>,
{
    let any = AnyWorkload::from(workload.clone());
    let shape = any.shape();
    let chunk = shape.items.div_ceil(4 * workers).max(1);
    let sent: &[u8] = bytemuck::cast_slice(input);
    let mut output = zeros(workload);
    let gathered: &mut [u8] = bytemuck::cast_slice_mut(&mut output);
    for task in (0..shape.items.div_ceil(chunk)).rev() {
        let items = task * chunk..((task + 1) * chunk).min(shape.items);
        let bytes = |row: usize| items.start as usize * row..items.end as usize * row;
        let own = &sent[bytes(shape.in_row_bytes)];
        let mut task = slices::task(&any, kernel, items.clone(), own.len(), |to| to.copy_from_slice(own)).unwrap();
        task.begin().unwrap();
        loop {
            match task.advance(997) {
                Step::Did(_) => {}
                Step::Finished => break,
                Step::Waits(file) => task.take(read(&file).unwrap()),
                Step::Failed(reason) => panic!("{reason}"),
            }
        }
        assert_eq!((task.items(), task.done()), (items.clone(), any.units(items.len() as u32)));
        gathered[bytes(shape.out_row_bytes)].copy_from_slice(task.output());
    }
    output
}

fn refuses_what_is_not_there<W: Specimen>()
where
    AnyWorkload: From<W>,
{
    for workload in W::specimens() {
        let any = AnyWorkload::from(workload.clone());
        let bytes = any.shape().in_bytes();
        for kernel in KERNELS {
            let refused = slices::task(&any, kernel, 0..any.shape().items, bytes, |_| {}).err();
            let reason = workload.why_not(kernel);
            assert_eq!(refused, reason.map(Refusal::Kernel));
            assert!(reason.is_none_or(|reason| reason.ends_with('.')), "{reason:?} is no sentence");
        }
    }
}

#[cfg(feature = "threads")]
mod threads {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Barrier, Mutex};
    use std::time::Instant;

    use parallel_lab::executor::threads::{Observer, Outcome, SLICE_UNITS, run};
    use parallel_lab::model::timeline::Span;
    use parallel_lab::workload::files::{Files, Kind};
    use parallel_lab::workload::lorenz::equations::Parameters;
    use parallel_lab::workload::lorenz::{Integration, Keep};

    use super::*;

    /// Writes everything down, and says stop once so much is done.
    struct Witness {
        begin: Instant,
        done: AtomicU64,
        stop_at: u64,
        spans: Mutex<Vec<Span>>,
    }

    impl Witness {
        fn stopping_at(stop_at: u64) -> Self {
            Self { begin: Instant::now(), done: AtomicU64::new(0), stop_at, spans: Mutex::default() }
        }

        /// The spans by first item, after checking each by itself.
        fn spans(self, threads: usize) -> Vec<Span> {
            let mut spans = self.spans.into_inner().unwrap();
            for span in &spans {
                assert!((span.worker as usize) < threads, "{span:?}");
                assert!(span.start_ms <= span.end_ms, "{span:?}");
            }
            spans.sort_by_key(|span| span.first_item);
            spans
        }
    }

    impl Observer for Witness {
        fn now_ms(&self) -> f64 {
            self.begin.elapsed().as_secs_f64() * 1e3
        }

        fn stopped(&self) -> bool {
            self.done.load(Ordering::Relaxed) >= self.stop_at
        }

        fn advanced(&self, units: u64) {
            self.done.fetch_add(units, Ordering::Relaxed);
        }

        fn task_finished(&self, span: Span) {
            self.spans.lock().unwrap().push(span);
        }

        fn read(&self, file: &File) -> Option<Result<Vec<u8>, String>> {
            Some(read(file))
        }
    }

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    /// In a pool of its own, with chunks that do not divide the items.
    pub(super) fn on_threads<W: Workload>(
        workload: &W,
        kernel: Kernel,
        threads: usize,
        input: &[W::In],
    ) -> Vec<W::Out> {
        let mut output = zeros(workload);
        let chunk = (workload.items() / (2 * threads as u32 + 1)).max(1);
        let witness = Witness::stopping_at(u64::MAX);
        let outcome = pool(threads).install(|| run(workload, kernel, chunk, input, &mut output, &witness));
        assert_eq!(outcome, Outcome::Finished);
        assert_eq!(witness.done.load(Ordering::Relaxed), workload.units(workload.items()));
        let mut next = 0;
        for span in witness.spans(threads) {
            assert_eq!(span.first_item, next, "every item once");
            assert!(span.items <= chunk);
            next += span.items;
        }
        assert_eq!(next, workload.items());
        output
    }

    /// Whatever the workload: before it begins, and in the middle of it.
    pub(super) fn stop_when_told<W: Specimen>() {
        for workload in W::specimens().into_iter().filter(|workload| workload.items() > 0) {
            let input = workload.input();
            let total = workload.units(workload.items());
            for stop_at in [0, total / 2] {
                let witness = Witness::stopping_at(stop_at);
                let mut output = zeros(&workload);
                let outcome = pool(2).install(|| run(&workload, Kernel::Scalar, 1, &input, &mut output, &witness));
                let done = witness.done.into_inner();
                assert_eq!(outcome, Outcome::Stopped);
                assert!(done == 0 || stop_at > 0, "{done} units of {workload:?}");
                // Less than two slices each, where a unit too many is at most an item.
                assert!(done <= stop_at + 2 * (2 * SLICE_UNITS + workload.units(1)), "{done} units of {workload:?}");
            }
        }
    }

    fn integration(members: u32, steps: u32) -> Integration {
        Integration { members, parameters: Parameters::LORENZ_1963, steps, keep: Keep::FinalStates }
    }

    #[test]
    fn a_run_stops_in_the_middle_of_its_tasks() {
        let workload = integration(300, 5000);
        for (kernel, threads) in [(Kernel::Scalar, 1), (Kernel::Simd, 3)] {
            let witness = Witness::stopping_at(200_000);
            let mut output = vec![0.0; 900];
            let outcome =
                pool(threads).install(|| run(&workload, kernel, 100, &workload.input(), &mut output, &witness));
            assert_eq!(outcome, Outcome::Stopped);
            // At most one slice each, and less than a step of a chunk too many.
            let done = witness.done.load(Ordering::Relaxed);
            assert!((200_000..200_000 + threads as u64 * 65_600).contains(&done), "{done}");
            assert_eq!(witness.spans(threads), [], "no task of 500,000 member-steps is done");
        }
    }

    /// Three threads that read: nobody's file is there before all have asked.
    #[test]
    fn threads_wait_side_by_side() {
        struct Meeting(Witness, Barrier);
        impl Observer for Meeting {
            fn now_ms(&self) -> f64 {
                self.0.now_ms()
            }
            fn stopped(&self) -> bool {
                false
            }
            fn advanced(&self, units: u64) {
                self.0.advanced(units);
            }
            fn task_finished(&self, span: Span) {
                self.0.task_finished(span);
            }
            fn read(&self, file: &File) -> Option<Result<Vec<u8>, String>> {
                self.1.wait();
                self.0.read(file)
            }
        }
        let meeting = Meeting(Witness::stopping_at(u64::MAX), Barrier::new(3));
        let workload = Files { kind: Kind::Csv, files: 3, latency_ms: 0.0 };
        let mut output = zeros(&workload);
        let outcome = pool(3).install(|| run(&workload, Kernel::Scalar, 1, &[], &mut output, &meeting));
        assert_eq!(outcome, Outcome::Finished);
        assert_eq!(output, workload.expected(&[]));
    }

    #[test]
    fn a_file_that_is_not_there_ends_the_run_with_a_reason() {
        let workload = Files { kind: Kind::Csv, files: 60, latency_ms: 0.0 };
        let mut output = zeros(&workload);
        let witness = Witness::stopping_at(u64::MAX);
        let outcome = pool(2).install(|| run(&workload, Kernel::Scalar, 1, &[], &mut output, &witness));
        let Outcome::Failed(reason) = outcome else { panic!("{outcome:?}") };
        assert!(reason.starts_with("there is no data/stations/station-5"), "{reason}");
    }

    #[test]
    fn a_run_stops_while_it_waits() {
        struct Nothing;
        impl Observer for Nothing {
            fn now_ms(&self) -> f64 {
                0.0
            }
            fn stopped(&self) -> bool {
                false
            }
            fn advanced(&self, _: u64) {}
            fn task_finished(&self, _: Span) {}
            fn read(&self, _: &File) -> Option<Result<Vec<u8>, String>> {
                None
            }
        }
        let workload = Files { kind: Kind::Json, files: 9, latency_ms: 0.0 };
        let mut output = zeros(&workload);
        let outcome = pool(2).install(|| run(&workload, Kernel::Scalar, 1, &[], &mut output, &Nothing));
        assert_eq!(outcome, Outcome::Stopped);
    }

    #[test]
    fn no_items_are_finished_at_once() {
        let witness = Witness::stopping_at(0);
        assert_eq!(run(&integration(0, 10), Kernel::Simd, 0, &[], &mut [], &witness), Outcome::Finished);
    }

    #[test]
    fn threads_that_come_free_take_what_is_left() {
        // One thread sleeps in its first task: the other must do all the rest.
        struct Sleeper(Witness, AtomicU64);
        impl Observer for Sleeper {
            fn now_ms(&self) -> f64 {
                self.0.now_ms()
            }
            fn stopped(&self) -> bool {
                // The first task of all waits until the seven others are done.
                if self.1.fetch_add(1, Ordering::Relaxed) == 0 {
                    while self.0.spans.lock().unwrap().len() < 7 {
                        assert!(self.now_ms() < 10_000.0, "nobody takes the other tasks");
                        std::thread::yield_now();
                    }
                }
                false
            }
            fn advanced(&self, units: u64) {
                self.0.advanced(units);
            }
            fn task_finished(&self, span: Span) {
                self.0.task_finished(span);
            }
        }
        let sleeper = Sleeper(Witness::stopping_at(u64::MAX), AtomicU64::new(0));
        let workload = integration(8, 10);
        let input = workload.input();
        let mut output = [0.0; 24];
        let outcome = pool(2).install(|| run(&workload, Kernel::Scalar, 1, &input, &mut output, &sleeper));
        assert_eq!(outcome, Outcome::Finished);
        assert_eq!(output.as_slice(), workload.expected(&input));
    }
}
