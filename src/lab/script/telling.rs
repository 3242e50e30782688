//! What is said of a run that came to its end, where no rule of its lab does: words computed from its figures.

use super::experiments::{Experiment, Experiments};
use super::rule::Explanation;
use crate::model::format;
use crate::model::python::observed::Speed;
use crate::model::python::{Doing, GilTime, PythonReport, Status, Who};
use crate::model::settings::Executor;
use crate::view::headline::Headline;

/// Threads that ran at a time, on average, when they are said to run side by side.
const SIDE_BY_SIDE: f64 = 1.4;
/// Who takes turns holds the GIL at least so much of the time between them.
const TURNS: f64 = 0.75;
/// And they wait for at least so much of the time that they hold it.
const WAITED: f64 = 0.2;

/// What is said of a run that came to its end: `all` are the experiments so
/// far, `serial_title` is the title of the program that others are compared with.
#[must_use]
pub fn headline(
    report: &PythonReport,
    experiment: &Experiment,
    all: &Experiments,
    serial_title: Option<&str>,
) -> Explanation {
    let serial = all.serial_of(experiment);
    let executor = experiment.executor;
    let took = format::duration(report.wall_ms);
    let begin = Headline::plain(match (report.outcome.status, report.outcome.exit_code) {
        (Status::Exit, 0) => "The script left after ".to_owned(),
        (Status::Exit, code) => format!("The script left with exit code {code} after "),
        _ => "The script took ".to_owned(),
    });
    let begin = begin.figure(executor, took);
    let begin = match (experiment.counted().count(), experiment.wall()) {
        (runs @ 2.., Some(wall)) if wall.median != report.wall_ms => {
            begin.words(format!("; the median of {runs} runs: ")).figure(executor, format::duration(wall.median))
        }
        _ => begin,
    };
    let begin = match against(experiment, serial) {
        Some((ratio, words)) => begin.words(", ").figure(executor, ratio).words(words),
        None => begin.words("."),
    };
    let because = match executor {
        Executor::Process => startup(report),
        Executor::Thread if experiment.gil => turns(report, has_gained_nothing(experiment, serial)),
        Executor::Thread => side_by_side(report, experiment, serial),
        _ => None,
    };
    // A word on the threads is long enough.
    let hint = serial_title
        .filter(|_| executor == Executor::Process && experiment.is_comparable() && !all.has_serial())
        .map(|title| format!("To compare, run the program \u{201c}{title}\u{201d} too."));
    let cold = (experiment.counted().all(|it| it.is_cold) && serial.is_some())
        .then(|| "It was a first run, which also pays for compiling and a cold start: run again.".to_owned());
    Explanation::of(begin, because.into_iter().chain(hint).chain(cold))
}

/// What is said of a run that was stopped, after it had started so many processes.
#[must_use]
pub fn stopped(processes: u32) -> String {
    match processes {
        0 => "Stopped.".into(),
        1 => "Stopped. The script had started one process.".into(),
        count => format!("Stopped. The script had started {count} processes."),
    }
}

fn against(experiment: &Experiment, serial: Option<&Experiment>) -> Option<(String, &'static str)> {
    let compared = experiment.against(serial?)?;
    Some(match compared.speed {
        Speed::Faster => (format::ratio(compared.speedup), " as fast as the serial script."),
        Speed::Slower => (format::ratio(1.0 / compared.speedup), " slower than the serial script."),
        Speed::Close => ("too close to call".into(), " against the serial script."),
    })
}

fn startup(report: &PythonReport) -> Option<String> {
    let starting_ms = report.starting_ms();
    (starting_ms > 0.0).then(|| {
        let noun = if report.processes == 1 { "a process" } else { "the processes" };
        format!("Starting {noun} took {} of it.", format::duration(starting_ms))
    })
}

/// Whether it was compared, and was not the faster one.
fn has_gained_nothing(experiment: &Experiment, serial: Option<&Experiment>) -> bool {
    serial.and_then(|serial| experiment.against(serial)).is_some_and(|it| it.speed != Speed::Faster)
}

/// Two threads that compute hold the GIL one after the other. What follows from
/// it is said only where it was `seen`.
fn turns(report: &PythonReport, seen: bool) -> Option<String> {
    let started = || report.gil_times.iter().filter(|it| it.thread != 0);
    let sum = |of: fn(&GilTime) -> f64| started().map(of).sum::<f64>();
    let (held_ms, waited_ms) = (sum(|it| it.held_ms), sum(|it| it.waited_ms));
    if waited_ms < WAITED * held_ms {
        return None;
    }
    let waited = format!("together waited {} for it", format::duration(waited_ms));
    if started().any(|it| it.lost > 0) {
        // The timeline does not reach to their end.
        return Some(format!("The threads it started took turns with the GIL, and {waited}."));
    }
    let span_ms = busy_ms(report)?;
    (held_ms > TURNS * span_ms).then(|| {
        let share = format::percent((held_ms / span_ms).min(1.0));
        let therefore = if seen { " So a second one gained nothing." } else { "" };
        format!(
            "The threads it started took turns: one of them held the GIL {share} of their time, and they \
             {waited}.{therefore}"
        )
    })
}

/// Without the GIL threads run at the same time; whether that helps is another matter.
fn side_by_side(report: &PythonReport, experiment: &Experiment, serial: Option<&Experiment>) -> Option<String> {
    let is_started = |who: Who| matches!(who, Who::Thread(number) if number > 0);
    let ran = report.stretches.iter().filter(|it| is_started(it.who) && it.doing == Doing::Run);
    let ran_ms: f64 = ran.map(|it| it.end_ms - it.start_ms).sum();
    let at_once = ran_ms / busy_ms(report)?;
    if at_once < SIDE_BY_SIDE {
        return None;
    }
    let gain = serial?.wall()?.median / experiment.wall()?.median;
    let begin = format!("Without the GIL {at_once:.1} threads ran at a time");
    Some(if gain < at_once / 1.5 {
        format!(
            "{begin}, but each was slower: they count the references to the same objects, and every count must go \
             from core to core."
        )
    } else {
        format!("{begin}.")
    })
}

/// From the first to the last thing that a started thread did, ms.
fn busy_ms(report: &PythonReport) -> Option<f64> {
    let of_threads = || report.stretches.iter().filter(|it| matches!(it.who, Who::Thread(number) if number > 0));
    let first = of_threads().map(|it| it.start_ms).reduce(f64::min)?;
    let last = of_threads().map(|it| it.end_ms).reduce(f64::max)?;
    (last > first).then_some(last - first)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lab::script::settings::Settings;
    use crate::lab::script::settings::tests::settings as defaults;
    use crate::model::python::{Outcome, Stretch, Value};
    use crate::view::headline::assert_one_sentence;

    pub(in super::super) fn report(processes: u32, threads: u32, stretches: Vec<Stretch>) -> PythonReport {
        let told = vec![("result".into(), Value::Text("x = 1".into()))];
        let outcome = Outcome { told, ..Outcome::default() };
        PythonReport { processes, threads, stretches, ..PythonReport::new(outcome, 500.0) }
    }

    fn stretch(who: Who, doing: Doing, start_ms: f64, end_ms: f64) -> Stretch {
        Stretch { who, doing, start_ms, end_ms, label: String::new() }
    }

    /// What stands over the run, and below that.
    pub(in super::super) fn whole(told: Explanation) -> String {
        let headline = told.headline.map(|it| it.to_string()).unwrap_or_default();
        assert_one_sentence(&headline);
        told.more.into_iter().fold(headline, |whole, more| format!("{whole} {more}"))
    }

    /// After a serial script that took so long.
    fn said(report: &PythonReport, serial_ms: Option<f64>) -> String {
        said_with(report, serial_ms, true)
    }

    fn said_with(report: &PythonReport, serial_ms: Option<f64>, gil: bool) -> String {
        let mut experiments = Experiments::default();
        if let Some(wall_ms) = serial_ms {
            let serial = PythonReport { processes: 0, threads: 0, wall_ms, stretches: Vec::new(), ..report.clone() };
            record_warm(&mut experiments, &defaults(2), &serial);
        }
        let settings = Settings { gil, code: "other".into(), ..defaults(2) };
        let experiment = record_warm(&mut experiments, &settings, report);
        whole(headline(report, &experiment, &experiments, Some("Serial loop")))
    }

    /// After a first run, which is set aside.
    fn record_warm(experiments: &mut Experiments, settings: &Settings, report: &PythonReport) -> Experiment {
        experiments.record(settings, "", &PythonReport { wall_ms: 3.0 * report.wall_ms, ..report.clone() });
        experiments.record(settings, "", report)
    }

    #[test]
    fn processes_are_compared_with_the_serial_script_before() {
        let report = report(2, 0, vec![stretch(Who::Process(1), Doing::Start, 10.0, 130.0)]);
        assert_eq!(
            said(&report, Some(950.0)),
            "The script took 500 ms, 1.9 × as fast as the serial script. \
             Starting the processes took 120 ms of it."
        );
        let alone = said(&report, None);
        assert!(
            alone.starts_with("The script took 500 ms. Starting the processes took 120 ms of it. To compare"),
            "{alone}"
        );
    }

    #[test]
    fn processes_that_start_one_after_another_take_their_sum() {
        let start = |number, start_ms, end_ms| stretch(Who::Process(number), Doing::Start, start_ms, end_ms);
        let stretches = vec![start(1, 0.0, 40.0), start(2, 30.0, 60.0), start(3, 100.0, 140.0), start(4, 110.0, 120.0)];
        let said = said(&report(4, 0, stretches), None);
        assert!(said.contains("Starting the processes took 100 ms of it."), "{said}");
    }

    #[test]
    fn an_exit_code_is_told() {
        let mut report = report(0, 0, Vec::new());
        report.outcome.status = Status::Exit;
        assert!(said(&report, None).starts_with("The script left after 500 ms."));
        report.outcome.exit_code = 7;
        assert!(said(&report, None).starts_with("The script left with exit code 7 after 500 ms."));
    }

    #[test]
    fn threads_under_the_gil_take_turns() {
        let (one, two) = (Who::Thread(1), Who::Thread(2));
        let stretches = vec![
            stretch(one, Doing::Hold, 0.0, 250.0),
            stretch(two, Doing::Wait, 0.0, 250.0),
            stretch(two, Doing::Hold, 250.0, 490.0),
        ];
        let time = |thread, waited_ms, held_ms| GilTime { thread, waited_ms, held_ms, lost: 0 };
        let mut report = report(0, 2, stretches);
        report.gil_times = vec![time(0, 0.0, 10.0), time(1, 0.0, 250.0), time(2, 250.0, 240.0)];
        let told = |report: &PythonReport| said(report, Some(510.0));
        let said = told(&report);
        assert!(said.starts_with("The script took 500 ms, too close to call against the serial script."), "{said}");
        assert!(said.contains("of their time, and they together waited 250 ms for it. So"), "{said}");
        let lucky = self::said(&report, Some(900.0));
        assert!(lucky.contains("1.8 × as fast") && !lucky.contains("gained nothing"), "{lucky}");
        report.gil_times[1].lost = 9;
        let said = told(&report);
        assert!(said.contains("took turns with the GIL, and together waited 250 ms for it."), "{said}");
    }

    #[test]
    fn threads_without_the_gil_run_side_by_side() {
        let stretches =
            vec![stretch(Who::Thread(1), Doing::Run, 0.0, 490.0), stretch(Who::Thread(2), Doing::Run, 10.0, 500.0)];
        let told = |serial_ms| said_with(&report(0, 2, stretches.clone()), Some(serial_ms), false);
        assert!(told(520.0).ends_with("must go from core to core."), "{}", told(520.0));
        assert!(told(950.0).ends_with("Without the GIL 2.0 threads ran at a time."), "{}", told(950.0));
        let alone = vec![stretch(Who::Thread(1), Doing::Run, 0.0, 490.0)];
        assert!(!said_with(&report(0, 1, alone), Some(520.0), false).contains("Without"));
    }

    #[test]
    fn a_verdict_of_first_runs_says_so() {
        let mut experiments = Experiments::default();
        experiments.record(&defaults(2), "", &PythonReport { wall_ms: 900.0, ..report(0, 0, Vec::new()) });
        let report = report(2, 0, Vec::new());
        let experiment = experiments.record(&defaults(2), "", &report);
        let said = whole(headline(&report, &experiment, &experiments, None));
        assert!(said.contains("1.8 × as fast") && said.ends_with("a cold start: run again."), "{said}");
    }

    #[test]
    fn headlines_stay_short_with_large_figures() {
        let (hour, slow) = (3_600_000.0, 90_000_000.0);
        for (code, processes, threads, serial_ms) in
            [(0, 64, 0, None), (255, 64, 0, Some(slow)), (255, 0, 64, Some(1.0)), (255, 64, 0, Some(1.01 * hour))]
        {
            let stretches = vec![stretch(Who::Process(1), Doing::Start, 0.0, hour)];
            let mut report = PythonReport { wall_ms: hour, ..report(processes, threads, stretches) };
            report.outcome.exit_code = code;
            report.outcome.status = if code == 0 { Status::Ok } else { Status::Exit };
            let mut experiments = Experiments::default();
            if let Some(wall_ms) = serial_ms {
                let serial = PythonReport { processes: 0, threads: 0, wall_ms, ..report.clone() };
                record_warm(&mut experiments, &defaults(2), &serial);
            }
            let settings = Settings { code: "other".into(), ..defaults(2) };
            for wall_ms in [1.1 * hour, 0.9 * hour, 1.2 * hour] {
                record_warm(&mut experiments, &settings, &PythonReport { wall_ms, ..report.clone() });
            }
            let experiment = record_warm(&mut experiments, &settings, &report);
            let _ = whole(headline(&report, &experiment, &experiments, Some("Serial loop")));
        }
    }

    #[test]
    fn several_runs_have_a_median() {
        let mut experiments = Experiments::default();
        let mut last = None;
        for wall_ms in [1900.0, 700.0, 500.0, 600.0] {
            let report = PythonReport { wall_ms, ..report(0, 0, Vec::new()) };
            last = Some((experiments.record(&defaults(2), "", &report), report));
        }
        let (experiment, mut report) = last.unwrap();
        report.wall_ms = 700.0;
        let said = whole(headline(&report, &experiment, &experiments, None));
        assert_eq!(said, "The script took 700 ms; the median of 3 runs: 600 ms.");
    }
}
