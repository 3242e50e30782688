//! The lab in one file, from a disk: no host, no network, no other file.

use std::fs;
use std::path::PathBuf;

use browser_tests::browser::program;
use browser_tests::expected::Case;
use browser_tests::report::{check_sentence, only_ok_with_hash};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use xtask::arguments::SingleFileOptions;
use xtask::single_file::{LIMIT_BYTES, compose};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_race_runs_from_a_disk,
            with_python_a_script_runs;
        either:
            without_python_it_says_where_there_is_one;
    ],
);

/// The file in a folder of its own; dropping it removes both.
struct SingleFile {
    folder: PathBuf,
}

impl SingleFile {
    fn write(stage: &Stage, options: &SingleFileOptions) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("parallel-lab-file-{}-{}", std::process::id(), stage.kind));
        fs::create_dir_all(&folder)?;
        let file = Self { folder };
        fs::write(file.path(), compose(&program("PARALLEL_LAB_DIST")?, options)?)?;
        Ok(file)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("parallel lab.html")
    }

    /// Opens it; nothing else may be in its way, so that the recorder comes late.
    async fn open(&self, stage: &Stage, query: &str) -> Outcome<(Lab, Value)> {
        let path = self.path().display().to_string().replace(' ', "%20");
        stage.driver.goto(format!("file://{path}?{query}")).await?;
        let lab = Lab::unframed(&stage.driver);
        let ready = lab.record().await?;
        Ok((lab, ready))
    }
}

impl Drop for SingleFile {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

async fn the_race_runs_from_a_disk(stage: &Stage) -> Outcome {
    let file = SingleFile::write(stage, &SingleFileOptions::default())?;
    let size = usize::try_from(fs::metadata(file.path())?.len())?;
    ensure!(size <= LIMIT_BYTES, "the file has {size} bytes");
    let case = Case::native(37, 700, 12);
    let (lab, ready) = file.open(stage, &case.query()).await?;
    let capabilities = &ready["capabilities"];
    ensure!(capabilities["simd"] == true && capabilities["processes"] == true, "{capabilities}");
    check_sentence(&capabilities["threads_reason"])?;
    let reason = capabilities["threads_reason"].as_str().unwrap_or_default();
    ensure!(reason.contains("one file"), "the reason is {reason:?}");
    for start in ["reuse", "spawn"] {
        let finished = lab.race_with(case.params_and(json!({ "repeats": 2, "workers": 2, "start": start }))).await?;
        only_ok_with_hash(&finished, &["serial", "vectorized", "process"], &case.final_fnv1a64)?;
    }
    let script = "return [window.recorder.errors, window.recorder.violations,
        performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !/^(blob|data):/.test(name))];";
    let seen = lab.script(script, vec![]).await?;
    ensure!(seen == json!([[], [], []]), "errors, violations, requests: {seen}");
    // The question, too, needs nothing else.
    let (lab, _) = file.open(stage, "question").await?;
    let answers = lab.script("return document.querySelectorAll('.answer').length;", vec![]).await?;
    ensure!(answers == 4, "{answers} answers");
    Ok(())
}

async fn without_python_it_says_where_there_is_one(stage: &Stage) -> Outcome {
    for hosted in [None, Some("https://lab.example/".to_owned())] {
        let options = SingleFileOptions { hosted: hosted.clone(), ..SingleFileOptions::default() };
        let file = SingleFile::write(stage, &options)?;
        let (lab, _) = file.open(stage, "lab=python").await?;
        let words = lab.words().await?;
        ensure!(words.contains("one file, without Python"), "the page says {words:?}");
        let link = lab.script("return document.querySelector('#status a')?.href ?? null;", vec![]).await?;
        let expected = hosted.map(|page| format!("{page}?lab=python"));
        ensure!(link == json!(expected), "the link is {link}");
        let end = lab.race_to_any_end().await?;
        ensure!(end.kind() == "error" && end.message["code"] == "python", "a run ends with {}", end.message);
    }
    Ok(())
}

async fn with_python_a_script_runs(stage: &Stage) -> Outcome {
    let options = SingleFileOptions { with_python: true, ..SingleFileOptions::default() };
    let file = SingleFile::write(stage, &options)?;
    let (lab, _) = file.open(stage, "lab=python&program=process-pool&workers=2").await?;
    let finished = lab.race().await?;
    ensure!(finished["python"]["status"] == "ok", "{}", finished["python"]);
    ensure!(finished["python"]["processes"].as_u64() >= Some(1), "{}", finished["python"]);
    Ok(())
}
