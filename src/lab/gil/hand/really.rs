//! The same for real: a script on two threads, and how many additions it lost.

use std::time::Duration;

use leptos::prelude::*;

use super::counter::Rule;
use super::view::Runner;
use super::words;
use crate::model::parameter::Values;
use crate::model::python::{PythonReport, Script, Status, Value};
use crate::page::state::Page;
use crate::page::text::text;
use crate::pool::python::{PythonEvent, PythonOptions};

const SOURCE: &str = include_str!("shared_counter.py");
/// The line of it that says whether there is a lock around the addition.
const WITHOUT_LOCK: &str = "WITH_LOCK = False";

/// Then it is stopped.
const LIMIT: Duration = Duration::from_secs(30);

/// The real run; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Really {
    page: Page,
    runner: Runner,
    said: RwSignal<String>,
    is_running: RwSignal<bool>,
    /// Counts the runs: a limit is for its own.
    run: StoredValue<u32>,
}

impl Really {
    pub(super) fn new(page: Page, runner: Runner) -> Self {
        Self {
            page,
            runner,
            said: RwSignal::new(String::new()),
            is_running: RwSignal::new(false),
            run: StoredValue::new(0),
        }
    }

    /// Runs it, or stops what runs.
    fn press(self, rule: Rule) {
        if self.is_running.get_untracked() {
            return self.stop();
        }
        if self.page.activity.get_untracked().is_busy() {
            return self.said.set(words::LAB_RUNS.into());
        }
        let Some(runner) = self.runner.get_value() else {
            return self.said.set(words::NO_PYTHON.into());
        };
        let cpu_count = self.page.values.with_untracked(Values::cores).max(2);
        let options = PythonOptions::usual(cpu_count, rule != Rule::Free);
        match runner.run(script(rule), options, move |event| self.hear(rule, event)) {
            Some(_) => {
                self.is_running.set(true);
                self.said.set("Starting …".into());
                self.limit();
            }
            None => self.said.set(words::STILL_ENDING.into()),
        }
    }

    fn stop(self) {
        if let Some(runner) = self.runner.get_value() {
            runner.stop();
        }
    }

    /// A script that hangs is no endless wait.
    fn limit(self) {
        self.run.update_value(|it| *it += 1);
        let run = self.run.get_value();
        let stop = move || {
            if self.run.try_get_value() == Some(run) && self.is_running.get_untracked() {
                self.stop();
            }
        };
        set_timeout(stop, LIMIT);
    }

    fn hear(self, rule: Rule, event: PythonEvent) {
        let said = match event {
            PythonEvent::Phase(sentence) => return self.said.set(sentence),
            PythonEvent::Printed(..) | PythonEvent::Respawn(_) | PythonEvent::Deadlock(_) => return,
            PythonEvent::Finished(report) => came(rule, &report),
            PythonEvent::Stopped(_) => "Stopped.".into(),
            PythonEvent::Failed(_, sentence) => sentence,
        };
        self.is_running.set(false);
        self.said.set(said);
    }
}

fn script(rule: Rule) -> Script {
    let source = if rule == Rule::Lock { SOURCE.replace(WITHOUT_LOCK, "WITH_LOCK = True") } else { SOURCE.to_owned() };
    Script { source, file_name: "shared_counter.py".into() }
}

/// What came of a run, in words.
fn came(rule: Rule, report: &PythonReport) -> String {
    let told = |name: &str| {
        report.outcome.told.iter().find(|it| it.0 == name).and_then(|it| match it.1 {
            Value::Number(number) => Some(number),
            Value::Text(_) => None,
        })
    };
    let measured = told("additions").zip(told("lost"));
    if let Some((additions, lost)) = measured.filter(|_| report.outcome.status == Status::Ok)
        && let Some(sentence) = words::real(additions, lost)
    {
        return format!("{sentence} {}", words::real_more(rule, lost > 0.0));
    }
    words::real_failed(&report.outcome.traceback)
}

/// The button, and what it came to.
#[component]
pub(super) fn Beside(really: Really, rule: Memo<Rule>) -> impl IntoView {
    let label = move || if really.is_running.get() { "Stop it" } else { "Run it for real" };
    view! {
        <button
            type="button"
            id="by-hand-run"
            prop:textContent=text(label)
            on:click=move |_| really.press(rule.get_untracked())
        ></button>
        <p id="by-hand-real" aria-live="polite" aria-atomic="true" prop:textContent=text(move || really.said.get())></p>
        <details class="figures">
            <summary>"The script that is run"</summary>
            <pre class="listing" tabindex="0" role="region" aria-label="The script that is run" translate="no">{SOURCE}</pre>
        </details>
    }
}
