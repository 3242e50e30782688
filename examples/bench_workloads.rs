//! What a unit of each workload costs, natively: `cargo run --release --example bench_workloads`.
//!
//! The list is stamped onto the benchmark as it is onto the conformance suite.
//! A unit should take a few nanoseconds with every workload: budgets count on it.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Instant;

use parallel_lab::executor::threads::{self, Observer};
use parallel_lab::executor::{slices, slices::Refusal};
use parallel_lab::model::settings::Kernel;
use parallel_lab::model::timeline::Span;
use parallel_lab::workload::{File, Specimen, Workload};

/// Fills the output.
type Run<'a, W> = &'a mut dyn FnMut(&W, Kernel, &mut [<W as Workload>::Out]);

/// Of so many rounds the fastest counts: what else the machine does only takes time.
const ROUNDS: usize = 5;
const THREADS: usize = 2;

macro_rules! measure {
    ($($module:ident { $($name:ident: $type:ident),+ })+) => {
        fn measure_each(pool: &rayon::ThreadPool) -> Result<(), Refusal> {
            $($(measure::<parallel_lab::workload::$module::$type>(stringify!($name), pool)?;)+)+
            Ok(())
        }
    };
}

parallel_lab::workloads!(measure);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{:<24} {:>12} {:>12} {:>12}   ns per unit", "", "serial", "vectorized", "2 threads");
    measure_each(&rayon::ThreadPoolBuilder::new().num_threads(THREADS).build()?)?;
    Ok(())
}

fn measure<W: Specimen>(name: &str, pool: &rayon::ThreadPool) -> Result<(), Refusal> {
    let workload = W::large();
    let input = workload.input();
    let mut output = slices::zeroed::<W::Out>(workload.out_row() * workload.items() as usize)?;
    let mut cost = |kernel, run: Run<'_, W>| {
        if workload.why_not(kernel).is_some() {
            return "–".to_owned();
        }
        let seconds = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            run(&workload, kernel, &mut output);
            start.elapsed().as_secs_f64()
        });
        let fastest = seconds.fold(f64::INFINITY, f64::min);
        format!("{:.2}", fastest * 1e9 / workload.units(workload.items()) as f64)
    };
    #[expect(clippy::expect_used, reason = "all files are there")]
    let mut alone = |workload: &W, kernel, output: &mut [W::Out]| {
        slices::run(workload, kernel, &input, output, &read).expect("its files");
    };
    let (serial, vectorized) = (cost(Kernel::Scalar, &mut alone), cost(Kernel::Simd, &mut alone));
    let mut on_threads = |workload: &W, kernel, output: &mut [W::Out]| {
        let chunk = workload.items().div_ceil(4 * THREADS as u32);
        pool.install(|| threads::run(workload, kernel, chunk, &input, output, &Nobody));
    };
    let threads = cost(Kernel::Scalar, &mut on_threads);
    println!("{name:<24} {serial:>12} {vectorized:>12} {threads:>12}");
    Ok(())
}

/// The site's data files, as its build makes them.
fn read(file: &File) -> Result<Vec<u8>, String> {
    static FILES: LazyLock<HashMap<String, Vec<u8>>> = LazyLock::new(|| xtask::data::files().into_iter().collect());
    FILES.get(&file.name()).cloned().ok_or_else(|| format!("there is no {}", file.name()))
}

/// Watches threads without interest.
struct Nobody;

impl Observer for Nobody {
    fn now_ms(&self) -> f64 {
        0.0
    }
    fn stopped(&self) -> bool {
        false
    }
    fn advanced(&self, _: u64) {}
    fn task_finished(&self, _: Span) {}
    fn read(&self, file: &File) -> Option<Result<Vec<u8>, String>> {
        Some(read(file))
    }
}
