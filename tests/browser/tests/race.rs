//! The race itself: every executor, every bit, every figure, isolated.

use browser_tests::expected::{Case, numpy_cases};
use browser_tests::report::{all_ok_with_hash, check_messages, number, result_of};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::workload::lorenz::equations::Parameters;
use serde_json::{Value, json};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            numpys_bits_for_every_reference_case,
            the_same_bits_however_the_work_is_split,
            the_same_bits_with_other_parameters;
        either:
            the_settings_are_obeyed_and_told,
            one_executor_alone_has_no_speedup,
            the_page_shows_what_the_messages_say,
            the_first_run_of_a_visitor,
            an_ensemble_too_large_to_keep;
    ],
);

/// Runs, and checks all that the contract says about a run that goes well.
async fn race_and_check(lab: &Lab, expected: &Case) -> Outcome<Value> {
    let finished = lab.race().await?;
    all_ok_with_hash(&finished, &expected.final_fnv1a64).map_err(|error| format!("{}: {error}", expected.query()))?;
    for result in finished["results"].as_array().into_iter().flatten() {
        ensure!(result["diverged"] == expected.diverged, "{} diverged of {}", result["diverged"], expected.query());
        ensure!(result["where"] == "worker", "{} ran on the {}", result["executor"], result["where"]);
    }
    check_messages(&lab.heard().await?, &finished["run"])?;
    Ok(finished)
}

async fn the_first_run_of_a_visitor(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let ready = lab.ready().await?;
    ensure!(ready["capabilities"]["threads"] == true, "no threads although isolated: {ready}");
    let cases = numpy_cases()?;
    let finished = race_and_check(&lab, &cases[0]).await?;
    ensure!(finished["run"] == 1, "the first run is {}", finished["run"]);
    ensure!(finished["lab"] == "race", "the lab is {}", finished["lab"]);
    ensure!(finished["prediction"].is_null(), "nobody predicted {}", finished["prediction"]);
    let executors: Vec<_> =
        finished["results"].as_array().into_iter().flatten().map(|r| r["executor"].clone()).collect();
    ensure!(executors == ["serial", "vectorized", "process", "thread"], "executors {executors:?}");
    let again = race_and_check(&lab, &cases[0]).await?;
    ensure!(again["run"] == 2, "the second run is {}", again["run"]);
    Ok(())
}

async fn numpys_bits_for_every_reference_case(stage: &Stage) -> Outcome {
    for case in numpy_cases()? {
        let lab = stage.open(&format!("{}&repeats=2&workers=3", case.query())).await?;
        race_and_check(&lab, &case).await?;
    }
    Ok(())
}

async fn the_same_bits_however_the_work_is_split(stage: &Stage) -> Outcome {
    let lab = stage.open("repeats=1").await?;
    let splits = [
        (1, 1, json!({ "workers": 2 })),
        (1, 5000, json!({ "workers": 3 })),
        (2, 10, json!({ "workers": 8, "chunk": 1 })),
        (7, 100, json!({ "workers": 3, "chunk": "auto" })),
        (33, 200, json!({ "workers": 5, "chunk": 4 })),
        (31, 100, json!({ "workers": 2, "chunk": 31, "kernel": "simd" })),
        (513, 50, json!({ "workers": 2, "chunk": 100, "kernel": "simd" })),
        (1000, 37, json!({ "workers": 4, "chunk": 999, "kernel": "scalar" })),
        (1025, 30, json!({ "workers": 2, "chunk": 513, "pool": "warm", "start": "spawn" })),
        (65, 300, json!({ "workers": 2, "chunk": "auto", "pool": "warm", "start": "reuse", "gather": "copy" })),
        (65, 300, json!({ "pool": "cold", "start": "spawn", "gather": "copy", "kernel": "simd" })),
        (4099, 20, json!({ "workers": 2, "pool": "cold", "start": "reuse", "gather": "transfer", "kernel": "scalar" })),
    ];
    for (members, steps, how) in splits {
        let case = Case::native(members, steps, 7);
        lab.set(case.params_and(how.clone())).await?;
        race_and_check(&lab, &case).await.map_err(|error| format!("{how}: {error}"))?;
    }
    Ok(())
}

async fn the_same_bits_with_other_parameters(stage: &Stage) -> Outcome {
    let lab = stage.open("repeats=1&workers=2&kernel=simd").await?;
    let parameters = [
        Parameters { sigma: 10.0, rho: 0.5, beta: 8.0 / 3.0, dt: 0.01 },
        Parameters { sigma: -3.25, rho: 99.96, beta: -0.1, dt: 0.000_001 },
        Parameters { sigma: 1000.0, rho: -1000.0, beta: 1000.0, dt: 0.1 },
        Parameters { sigma: 0.0, rho: 0.0, beta: 0.0, dt: 0.1 },
    ];
    for (seed, parameters) in [0, 1, u32::MAX - 1, u32::MAX].into_iter().zip(parameters) {
        let case = Case::native_with(21, 400, seed, parameters);
        lab.set(case.params()).await?;
        race_and_check(&lab, &case).await?;
    }
    Ok(())
}

async fn the_settings_are_obeyed_and_told(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let case = Case::native(64, 500, 3);
    let how = json!({
        "executors": ["process", "thread", "serial", "vectorized"], "workers": 2, "chunk": 16, "kernel": "simd",
        "pool": "warm", "start": "reuse", "gather": "transfer", "repeats": 3, "theme": "light", "lab": "race",
    });
    lab.set(case.params_and(how.clone())).await?;
    let finished = race_and_check(&lab, &case).await?;
    let settings = &finished["settings"];
    for (name, value) in case.params_and(how).as_object().into_iter().flatten() {
        let canonical = json!(["serial", "vectorized", "process", "thread"]);
        let expected = if name == "executors" { &canonical } else { value };
        ensure!(settings[name].as_f64() == expected.as_f64(), "{name} is {} instead of {expected}", settings[name]);
        ensure!(value.is_number() || settings[name] == *expected, "{name} is {} instead of {expected}", settings[name]);
    }
    for executor in ["process", "thread"] {
        let result = result_of(&finished, executor)?;
        for (field, expected) in
            [("workers", 2.0), ("tasks", 4.0), ("chunk", 16.0), ("repeats", 3.0), ("startup_ms", 0.0)]
        {
            ensure!(number(result, field)? == expected, "{executor}: {field} is {}", result[field]);
        }
        ensure!(result["kernel"] == "simd", "{executor} ran {}", result["kernel"]);
    }
    ensure!(result_of(&finished, "serial")?["kernel"] == "scalar", "serial is not scalar");
    ensure!(result_of(&finished, "vectorized")?["kernel"] == "simd", "vectorized is not SIMD");

    let cold = lab.race_with(json!({ "pool": "cold", "kernel": "scalar" })).await?;
    for executor in ["process", "thread"] {
        let result = result_of(&cold, executor)?;
        ensure!(number(result, "startup_ms")? > 0.0, "{executor}'s cold pool took no time to start: {result}");
        ensure!(result["kernel"] == "scalar", "{executor} ran {}", result["kernel"]);
    }
    let back = lab.race_with(finished["settings"].clone()).await?;
    ensure!(back["settings"] == finished["settings"], "{} came back as {}", finished["settings"], back["settings"]);
    Ok(())
}

async fn one_executor_alone_has_no_speedup(stage: &Stage) -> Outcome {
    let case = Case::native(20, 1000, 5);
    for executor in ["serial", "vectorized", "process", "thread"] {
        let lab = stage.open(&format!("{}&executors={executor}&repeats=1", case.query())).await?;
        let finished = race_and_check(&lab, &case).await?;
        let results = finished["results"].as_array().map(Vec::len);
        ensure!(results == Some(1), "{results:?} results");
        let speedup = &result_of(&finished, executor)?["speedup"];
        ensure!(speedup.is_null() || executor == "serial", "{executor} alone has a speedup of {speedup}");
    }
    Ok(())
}

async fn an_ensemble_too_large_to_keep(stage: &Stage) -> Outcome {
    let lab = stage.open("repeats=1&workers=2").await?;
    // 24 · 9000 · 101 bytes of trajectories would be more than 16 MiB.
    let case = Case::native(9001, 100, 11);
    lab.set(case.params()).await?;
    race_and_check(&lab, &case).await?;
    lab.picture().await?;
    let drawn = lab
        .script(
            "const canvas = document.getElementById('attractor');
             const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
             return new Set(new Uint32Array(pixels.buffer)).size;",
            vec![],
        )
        .await?;
    ensure!(drawn.as_u64() > Some(2), "the attractor's canvas has {drawn} colours");
    Ok(())
}

async fn the_page_shows_what_the_messages_say(stage: &Stage) -> Outcome {
    let lab = stage.open("members=20&steps=500&repeats=2").await?;
    ensure!(lab.state().await? == "idle", "the state is {}", lab.state().await?);
    lab.race().await?;
    ensure!(lab.state().await? == "idle", "the state is {}", lab.state().await?);
    let script = "return [...document.querySelectorAll('#results [data-status]')]
        .map((row) => [row.dataset.executor, row.dataset.status, row.innerText.length > 10]);";
    let rows = lab.script(script, vec![]).await?;
    let expected = json!(["serial", "vectorized", "process", "thread"].map(|executor| json!([executor, "ok", true])));
    ensure!(rows == expected, "the table's rows are {rows}");
    lab.picture().await?;
    for canvas in ["attractor", "bars"] {
        let script = "const canvas = document.getElementById(arguments[0]);
            if (!(canvas instanceof HTMLCanvasElement)) return canvas === null ? -1 : 99;
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(pixels.buffer)).size;";
        let colours = lab.script(script, vec![json!(canvas)]).await?;
        ensure!(colours.as_i64() > Some(2), "#{canvas} has {colours} colours");
    }
    let status = lab.words().await?;
    ensure!(status.trim().len() > 10, "the status says {status:?}");
    Ok(())
}
