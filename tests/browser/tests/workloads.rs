//! Every workload of the list, by both engines, through the protocol: what
//! `tests/conformance.rs` holds executors to natively, in browsers.

use std::sync::atomic::{AtomicU32, Ordering};

use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::settings::{Gather, Kernel};
use parallel_lab::protocol::{Task, ThreadRun, ToWorker};
use parallel_lab::workload::{AnyWorkload, Specimen};
use serde_json::{Value, json};

/// Larger specimens add nothing here but time: their bytes travel as text.
const MOST_BYTES: usize = 64 * 1024;
/// Tasks that a process-like run has here.
const TASKS: u32 = 3;
/// Rows of input that have been files so far: none may come from a cache.
static FILES: AtomicU32 = AtomicU32::new(0);
const KERNELS: [Kernel; 2] = [Kernel::Scalar, Kernel::Simd];

/// Starts an engine as the page does, hands it one job after the other, and
/// gives what came beside each `done`, in hexadecimal digits.
const ENGINE: &str = "
    const [folder, files, jobs, answer] = arguments;
    const isThreaded = folder.startsWith('engine-threaded');
    const at = (name) => new URL(`${folder}/${name}`, location.href).href;
    const start = isThreaded
        ? { url: at('engine_bg.wasm'), threads: 2, limits_mib: [256] }
        : { url: at('engine.wasm') };
    const worker = new Worker(at('worker.js'), { type: isThreaded ? 'module' : 'classic' });
    const digits = (byte) => byte.toString(16).padStart(2, '0');
    const outputs = [];
    const end = (result) => {
        worker.terminate();
        answer(result);
    };
    const next = async () => {
        const job = jobs[outputs.length];
        if (job === undefined) return end(outputs);
        if (job.input === null) return worker.postMessage({ header: job.header });
        const data = await (await fetch(job.input)).arrayBuffer();
        worker.postMessage({ header: job.header, data }, [data]);
    };
    worker.onerror = (event) => end(`the worker broke: ${event.message}`);
    worker.onmessage = ({ data: { header, data } }) => {
        const [kind] = Object.keys(JSON.parse(header));
        if (kind === 'failed' || kind === 'stopped') return end(header);
        if (kind === 'done') outputs.push(Array.from(new Uint8Array(data), digits).join(''));
        if (kind === 'done' || kind === 'ready') next().catch((error) => end(String(error)));
    };
    const data = new URL(`${files}/`, location.href).href;
    worker.postMessage({ start: { ...start, data } });";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![both:
        the_isolated_engine_conforms,
        the_threaded_engine_conforms,
    ],
);

macro_rules! each_workload {
    ($($module:ident { $($name:ident: $type:ident),+ })+) => {
        async fn each_conforms(lab: &Lab, stage: &Stage, engine: Engine) -> Outcome {
            $($(conforms::<parallel_lab::workload::$module::$type>(lab, stage, engine).await?;)+)+
            Ok(())
        }
    };
}

parallel_lab::workloads!(each_workload);

#[derive(Clone, Copy)]
enum Engine {
    Isolated,
    Threaded,
}

async fn the_isolated_engine_conforms(stage: &Stage) -> Outcome {
    conform_on(stage, Engine::Isolated).await
}

async fn the_threaded_engine_conforms(stage: &Stage) -> Outcome {
    conform_on(stage, Engine::Threaded).await
}

async fn conform_on(stage: &Stage, engine: Engine) -> Outcome {
    let page = stage.site.add_page("engines.html", "<!DOCTYPE html><title>Engines</title>".into());
    stage.driver.goto(stage.site.url(&page)).await?;
    each_conforms(&Lab::unframed(&stage.driver), stage, engine).await
}

async fn conforms<W: Specimen>(lab: &Lab, stage: &Stage, engine: Engine) -> Outcome
where
    AnyWorkload: From<W>,
{
    let name = match engine {
        Engine::Isolated => "engine-isolated",
        Engine::Threaded => "engine-threaded",
    };
    let script = stage.site.engine_file(name, "worker.js")?;
    let folder = script.parent().and_then(|folder| folder.file_name()).unwrap_or_default().to_string_lossy();
    let file = stage.site.engine_file("data", "stations/station-01.csv")?;
    let files = file.ancestors().nth(2).and_then(|folder| folder.file_name()).unwrap_or_default().to_string_lossy();
    let is_small = |workload: &W| {
        let shape = AnyWorkload::from(workload.clone()).shape();
        shape.items > 0 && shape.in_bytes().max(shape.out_bytes()) <= MOST_BYTES
    };
    // One engine does them all, as one that is kept from run to run.
    let (mut all, mut tried) = (Vec::new(), Vec::new());
    for workload in W::specimens().into_iter().filter(is_small) {
        let any = AnyWorkload::from(workload.clone());
        for kernel in KERNELS.into_iter().filter(|kernel| any.why_not(*kernel).is_none()) {
            let jobs = jobs(stage, &any, kernel, bytemuck::cast_slice(&workload.input()), engine)?;
            tried.push((workload.clone(), kernel, jobs.len()));
            all.extend(jobs);
        }
    }
    let outputs = lab.script_async(ENGINE, vec![json!(folder), json!(files), Value::Array(all)]).await?;
    let texts = outputs.as_array().ok_or_else(|| format!("{name}: {outputs}"))?;
    let mut texts = texts.iter().map(|text| text.as_str().unwrap_or_default());
    for (workload, kernel, jobs) in tried {
        let whole = texts.next().unwrap_or_default();
        let tasks: String = texts.by_ref().take(jobs - 1).collect();
        ensure!(tasks.is_empty() || tasks == whole, "{workload:?}: tasks give other bytes than the whole");
        let output: Vec<W::Out> = scalars(whole)?;
        let expected = workload.expected(&workload.input());
        let agree = workload.agreement().holds(&output, &expected, workload.out_row());
        ensure!(agree, "{workload:?} with {kernel:?} on {name} is not {:?}", workload.agreement());
    }
    Ok(())
}

/// All items as one job; on the isolated engine then in tasks, as processes get them.
fn jobs(stage: &Stage, any: &AnyWorkload, kernel: Kernel, input: &[u8], engine: Engine) -> Outcome<Vec<Value>> {
    let (shape, gather) = (any.shape(), Gather::Transfer);
    let job = |message: ToWorker, rows: &[u8]| -> Outcome<Value> {
        let name = format!("rows-{}.bin", FILES.fetch_add(1, Ordering::Relaxed));
        let input = (!rows.is_empty()).then(|| stage.site.add_file(&name, "application/octet-stream", rows.to_vec()));
        Ok(json!({ "header": serde_json::to_string(&message)?, "input": input }))
    };
    let workload = || any.clone();
    match engine {
        Engine::Threaded => {
            let chunk = shape.items.div_ceil(5);
            let run = ThreadRun { dispatch: 1, workload: workload(), kernel, chunk, gather, fault: None };
            Ok(vec![job(ToWorker::RunThreads(run), input)?])
        }
        Engine::Isolated => {
            let chunk = shape.items.div_ceil(TASKS);
            let chunks =
                (0..shape.items.div_ceil(chunk)).map(|task| (task * chunk, chunk.min(shape.items - task * chunk)));
            let tasks = [(0, shape.items)].into_iter().chain(chunks);
            let jobs = tasks.enumerate().map(|(task, (first_item, items))| {
                let (task, worker, dispatch) = (task as u32, 0, 1);
                let rows = first_item as usize * shape.in_row_bytes..(first_item + items) as usize * shape.in_row_bytes;
                let run = Task {
                    dispatch,
                    task,
                    worker,
                    first_item,
                    items,
                    workload: workload(),
                    kernel,
                    gather,
                    fault: None,
                };
                job(ToWorker::Run(run), &input[rows])
            });
            jobs.collect()
        }
    }
}

/// Scalars from their bytes in hexadecimal digits.
fn scalars<T: parallel_lab::workload::Scalar>(digits: &str) -> Outcome<Vec<T>> {
    let byte = |pair: &[u8]| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?);
    let bytes: Vec<u8> = digits.as_bytes().chunks(2).map(byte).collect::<Outcome<_>>()?;
    ensure!(bytes.len().is_multiple_of(size_of::<T>()), "{} bytes are not whole scalars", bytes.len());
    Ok(bytemuck::pod_collect_to_vec(&bytes))
}
