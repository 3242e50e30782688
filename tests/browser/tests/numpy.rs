//! The lab's NumPy in the page: programs print what CPython prints with NumPy, and threads and processes take arrays.

use std::time::Duration;

use browser_tests::lab::Lab;
use browser_tests::python_programs::{self, Program};
use browser_tests::site::Site;
use browser_tests::{Outcome, Stage, Suite, ensure, tests};
use thirtyfour::By;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// Of the programs, every so many runs in each browser: all run natively (`cargo xtask test interpreter`).
const STRIDE: usize = 8;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            programs_print_what_numpy_prints,
            listings_without_threads_run_on_an_ordinary_host;
        either:
            the_lectures_listings_print_what_numpy_prints,
            the_labs_programs_run,
            an_array_that_is_too_large_is_told;
    ],
);

async fn open(stage: &Stage) -> Outcome<Lab> {
    let lab = stage.open("lab=python").await?;
    lab.appears("#code").await?;
    Ok(lab)
}

async fn programs_print_what_numpy_prints(stage: &Stage) -> Outcome {
    let programs: Vec<Program> = python_programs::of_numpy()?.into_iter().step_by(STRIDE).collect();
    open(stage).await?.compare_programs(&programs, PATIENCE).await
}

async fn the_lectures_listings_print_what_numpy_prints(stage: &Stage) -> Outcome {
    let mut programs = python_programs::of_numpy()?;
    programs.retain(|program| program.name.starts_with("lecture_"));
    ensure!(programs.len() >= 4, "there are {}", programs.len());
    open(stage).await?.compare_programs(&programs, PATIENCE).await
}

async fn listings_without_threads_run_on_an_ordinary_host(stage: &Stage) -> Outcome {
    let mut programs = python_programs::of_numpy()?;
    programs.retain(|program| program.name.starts_with("lecture_") && !program.source.contains("ThreadPool"));
    ensure!(programs.len() >= 3, "there are {}", programs.len());
    let site = Site::start_not_isolated()?;
    stage.driver.goto(site.url("index.html?lab=python")).await?;
    let lab = Lab::unframed(&stage.driver);
    let ready = lab.ready().await?;
    ensure!(ready["capabilities"]["threads"] == false, "it has threads: {ready}");
    lab.appears("#code").await?;
    lab.compare_programs(&programs, PATIENCE).await
}

async fn the_labs_programs_run(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    for name in ["temperatures", "years", "ensemble", "spectra"] {
        stage.driver.find(By::Css(format!("#setting-program option[value=numpy-{name}]"))).await?.click().await?;
        let (end, printed) = lab.run_script(PATIENCE).await?;
        ensure!(end["python"]["exit_code"] == 0, "{name} ended with {end}, having printed {printed}");
        ensure!(!printed.contains("False"), "{name} printed {printed}");
    }
    Ok(())
}

async fn an_array_that_is_too_large_is_told(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let code = "import numpy as np\ntry:\n    np.zeros((100_000, 100_000))\nexcept MemoryError as error:\n    print(error)\n\
                print(np.arange(3).sum())\n";
    let (_, printed) = lab.run_code(code, PATIENCE).await?;
    let told = "Unable to allocate 74.5 GiB for an array with shape (100000, 100000) and data type float64";
    ensure!(printed.lines().eq([told, "3"]), "it printed {printed:?}");
    Ok(())
}
