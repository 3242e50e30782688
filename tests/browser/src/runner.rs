//! Stamps each test onto both browsers: one at a time where tests measure, since they
//! share the machine's cores, else one in each browser, and more where they only wait.
//!
//! A browser is kept from test to test, and given up after a failure. Each test
//! gets a fresh tab and a server, hence an origin, of its own.

use std::any::Any;
use std::error::Error;
use std::fs::OpenOptions;
use std::future::Future;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use thirtyfour::WebDriver;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use xtask::test::EACH_ONCE;

use crate::browser::{Browser, Kind};
use crate::lab::Lab;
use crate::site::Site;

/// What may fail for reasons outside the test's own claims.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// No test is longer than this.
const TEST_LIMIT: Duration = Duration::from_secs(240);
/// So many tests that wait are shown at once.
const CROWD: usize = 3;
const DIAGNOSIS_LIMIT: Duration = Duration::from_secs(5);

/// What a test has to play with.
#[derive(Debug)]
pub struct Stage {
    /// Which browser this is.
    pub kind: Kind,
    /// Its session; the current tab is fresh.
    pub driver: WebDriver,
    /// The release site on a server of this test's own, isolated.
    pub site: Site,
}

impl Stage {
    /// Opens the lab unframed with these parameters, and waits for `ready`.
    ///
    /// # Errors
    /// When it does not say so in time.
    pub async fn open(&self, query: &str) -> Outcome<Lab> {
        let lab = self.load(&format!("index.html?{query}")).await?;
        lab.ready().await?;
        Ok(lab)
    }

    /// Firefox with these preferences, and this site. The browser is to be kept meanwhile.
    ///
    /// # Errors
    /// When it does not start in time.
    pub async fn firefox_with(preferences: &[(&str, Value)], site: Site) -> Outcome<(Browser, Self)> {
        let browser = Browser::firefox_with(preferences).await?;
        browser.fresh_tab().await?;
        let stage = Self { kind: Kind::Firefox, driver: browser.session()?, site };
        Ok((browser, stage))
    }

    /// Loads a page of the site that holds a lab, and does not wait.
    ///
    /// # Errors
    /// When it can't be loaded.
    pub async fn load(&self, path_and_query: &str) -> Outcome<Lab> {
        self.driver.goto(self.site.url(path_and_query)).await?;
        Ok(Lab::unframed(&self.driver))
    }

    /// Sends a command of the Chrome DevTools Protocol.
    ///
    /// # Errors
    /// What Chromium says, or that this is not Chromium.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }
}

/// A test's body.
pub type Body = for<'a> fn(&'a Stage) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// A test, and where it runs.
#[derive(Clone, Copy)]
pub struct Test {
    /// The function's name.
    pub name: &'static str,
    /// The browsers that can show it.
    pub on: &'static [Kind],
    /// One of them will do where each test is wanted once.
    pub either: bool,
    /// What it does.
    pub body: Body,
}

/// Lists tests by name: `tests![both: a, b; chromium: c; either: d]`. What is about a browser, or
/// about what runs in it, is shown in `both`. `either` is for what the page does by itself: where
/// `PARALLEL_LAB_EACH_ONCE` is set one browser shows it, else both do.
#[macro_export]
macro_rules! tests {
    ($($group:ident: $($name:ident),+ $(,)?);+ $(;)?) => {
        [$($($crate::runner::Test {
            name: stringify!($name),
            on: $crate::tests!(@on $group),
            either: $crate::tests!(@either $group),
            body: |stage| Box::pin($name(stage)),
        }),+),+]
    };
    (@on both) => { &$crate::Kind::ALL };
    (@on either) => { &$crate::Kind::ALL };
    (@on chromium) => { &[$crate::Kind::Chromium] };
    (@on firefox) => { &[$crate::Kind::Firefox] };
    (@either either) => { true };
    (@either $group:ident) => { false };
}

/// Fails the test with a formatted message unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        let holds: bool = $condition;
        if !holds {
            return Err(format!($($message)+).into());
        }
    };
}

/// The browsers that are up, and what their sessions run on.
struct Theatre {
    runtime: Runtime,
    browsers: [Vec<Mutex<Option<Browser>>>; 2],
}

impl Theatre {
    /// The place of a browser of this kind that no test uses, or the first one.
    fn slot(&self, kind: Kind) -> MutexGuard<'_, Option<Browser>> {
        let slots = &self.browsers[kind as usize];
        let free = slots.iter().find_map(|it| it.try_lock().ok());
        free.unwrap_or_else(|| slots[0].lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn play(&self, kind: Kind, name: &str, body: Body) -> Result<(), Failed> {
        let mut slot = self.slot(kind);
        let shown = catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(play_on(&mut slot, kind, body))));
        let message = match shown {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(panic) => panic_message(panic.as_ref()),
        };
        let diagnosis = slot.as_ref().map(|browser| self.runtime.block_on(diagnose(browser)));
        // Whatever state this browser is in, the next test starts from another.
        slot.take();
        let message = format!("{message}\n{}", diagnosis.unwrap_or_default());
        note_failure(&format!("{kind}::{name}: {message}"));
        Err(message.into())
    }
}

/// Keeps a failure for whoever started all suites, to say again when the last one is through.
fn note_failure(text: &str) {
    let Some(path) = std::env::var_os("PARALLEL_LAB_FAILURES") else { return };
    let noted = OpenOptions::new().append(true).create(true).open(path).and_then(|mut file| writeln!(file, "{text}"));
    if let Err(error) = noted {
        eprintln!("the failure can't be noted: {error}");
    }
}

async fn play_on(slot: &mut Option<Browser>, kind: Kind, body: Body) -> Outcome {
    if let Some(browser) = &slot
        && !matches!(timeout(Duration::from_secs(10), browser.fresh_tab()).await, Ok(Ok(_)))
    {
        slot.take();
    }
    let browser = match slot {
        Some(browser) => browser,
        None => {
            let browser = slot.insert(Browser::start(kind).await?);
            browser.fresh_tab().await?;
            browser
        }
    };
    let stage = Stage { kind, driver: browser.session()?, site: Site::start()? };
    match timeout(TEST_LIMIT, body(&stage)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("not done within {TEST_LIMIT:?}").into()),
    }
}

async fn diagnose(browser: &Browser) -> String {
    let Ok(session) = browser.session() else { return String::new() };
    let lab = Lab::unframed(&session);
    timeout(DIAGNOSIS_LIMIT, lab.what_happened()).await.unwrap_or_else(|_| "the page does not answer".to_owned())
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the test panicked").to_owned()
}

/// Runs these tests as the command line asks, one at a time, and ends every browser.
#[must_use]
pub fn main(tests: &[Test]) -> ExitCode {
    run(&by_browser(tests), 1, 1)
}

/// The same, in both browsers at once: for tests that measure nothing.
#[must_use]
pub fn side_by_side(tests: &[Test]) -> ExitCode {
    let mut order = by_browser(tests);
    // Stable: the browsers take turns.
    order.sort_by_key(|(place, ..)| *place);
    run(&order, Kind::ALL.len(), Kind::ALL.len())
}

/// The same, in more browsers than there are cores: for tests that wait for what never comes.
#[must_use]
pub fn crowded(tests: &[Test]) -> ExitCode {
    run(&by_browser(tests), CROWD, CROWD)
}

/// Which test is shown in which browser, with its place in the list.
fn by_browser(tests: &[Test]) -> Vec<(usize, Kind, Test)> {
    let each_once = std::env::var_os(EACH_ONCE).is_some();
    let all = Kind::ALL.iter().flat_map(|kind| tests.iter().enumerate().map(|(place, test)| (place, *kind, *test)));
    let is_shown = |(place, kind, test): &(usize, Kind, Test)| {
        let is_its_turn = *kind == Kind::ALL[place % Kind::ALL.len()];
        test.on.contains(kind) && (is_its_turn || !test.either || !each_once)
    };
    all.filter(is_shown).collect()
}

fn run(order: &[(usize, Kind, Test)], at_once: usize, of_a_kind: usize) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(at_once);
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let slots = || (0..of_a_kind).map(|_| Mutex::default()).collect();
    let theatre = Arc::new(Theatre { runtime, browsers: [slots(), slots()] });
    let trial = |(_, kind, test): &(usize, Kind, Test)| {
        let (theatre, kind, Test { name, body, .. }) = (Arc::clone(&theatre), *kind, *test);
        Trial::test(format!("{kind}::{name}"), move || theatre.play(kind, name, body))
    };
    let trials = order.iter().map(trial).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    for slot in theatre.browsers.iter().flatten() {
        if let Some(browser) = slot.lock().unwrap_or_else(PoisonError::into_inner).take() {
            theatre.runtime.block_on(browser.quit());
        }
    }
    conclusion.exit_code()
}
