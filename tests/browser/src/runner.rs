//! Shows each test in the browsers that it is for: alone where it measures, since what else
//! runs would take the machine's cores, else one in each browser, and three where they only wait.
//!
//! A browser is kept from test to test of a suite, and given up after a failure. Each test
//! gets a fresh tab and a server, hence an origin, of its own.

use std::any::Any;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::future::Future;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use thirtyfour::WebDriver;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use xtask::test::{BROWSER_TIMES, EACH_ONCE};

use crate::browser::{Browser, Kind};
use crate::lab::Lab;
use crate::lab_times;
use crate::site::Site;

/// What may fail for reasons outside the test's own claims.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// No test is longer than this.
const TEST_LIMIT: Duration = Duration::from_secs(240);
/// So many tests are shown at once where they only wait.
const CROWD: usize = 3;
/// The machine, in parts that tests take: all of it, half, or a third.
const WHOLE: u32 = 6;
/// So many tests are looked at: one whose browser is taken keeps nobody else from starting.
const AHEAD: usize = 4;
const DIAGNOSIS_LIMIT: Duration = Duration::from_secs(5);
/// A page that is not left within this takes its browser with it.
const LEAVE_LIMIT: Duration = Duration::from_secs(5);

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
#[derive(Clone, Copy, Debug)]
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

/// Tests that belong together: a file.
#[derive(Clone, Copy, Debug)]
pub struct Suite {
    path: &'static str,
    tests: &'static [Test],
    share: Share,
}

/// What a test takes, in parts of [`WHOLE`]: of the machine, and of all browsers of its kind.
#[derive(Clone, Copy, Debug)]
struct Share {
    machine: u32,
    kind: u32,
}

impl Suite {
    /// Of the module `path`; tests that measure, or that a busy machine would disturb.
    #[must_use]
    pub const fn alone(path: &'static str, tests: &'static [Test]) -> Self {
        Self { path, tests, share: Share { machine: WHOLE, kind: WHOLE } }
    }

    /// Tests that measure nothing: one in each browser at a time.
    #[must_use]
    pub const fn side_by_side(path: &'static str, tests: &'static [Test]) -> Self {
        Self { path, tests, share: Share { machine: WHOLE / 2, kind: WHOLE } }
    }

    /// Tests that wait for what never comes: more at a time than there are cores.
    #[must_use]
    pub const fn crowded(path: &'static str, tests: &'static [Test]) -> Self {
        let third = WHOLE / CROWD as u32;
        Self { path, tests, share: Share { machine: third, kind: third } }
    }

    fn name(&self) -> &'static str {
        self.path.rsplit("::").next().unwrap_or_default()
    }

    /// Which test is shown in which browser. They take turns, so that both are at work.
    fn shows(&self, each_once: bool) -> impl Iterator<Item = Show> + use<> {
        let Self { tests, share, .. } = *self;
        let suite = self.name();
        tests.iter().enumerate().flat_map(move |(place, test)| {
            let its_turn = Kind::ALL[place % Kind::ALL.len()];
            let is_shown =
                move |kind: &Kind| test.on.contains(kind) && (*kind == its_turn || !test.either || !each_once);
            Kind::ALL.into_iter().filter(is_shown).map(move |kind| Show { suite, kind, test: *test, share })
        })
    }
}

/// A test in a browser.
#[derive(Clone, Copy, Debug)]
struct Show {
    suite: &'static str,
    kind: Kind,
    test: Test,
    share: Share,
}

impl Show {
    fn name(&self) -> String {
        format!("{}::{}::{}", self.suite, self.kind, self.test.name)
    }
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

/// A place for a browser, and the suite that the one there is for.
#[derive(Default)]
struct Slot {
    browser: Option<Browser>,
    suite: &'static str,
}

/// The browsers that are up, what their sessions run on, and what is left of the machine.
struct Theatre {
    runtime: Runtime,
    machine: Semaphore,
    kinds: [Semaphore; 2],
    slots: [Vec<Mutex<Slot>>; 2],
    /// What the tests of each suite took, one after the other.
    times: Mutex<BTreeMap<&'static str, Duration>>,
}

impl Theatre {
    fn open() -> std::io::Result<Self> {
        let slots = || (0..CROWD).map(|_| Mutex::default()).collect();
        Ok(Self {
            runtime: Runtime::new()?,
            machine: Semaphore::new(WHOLE as usize),
            kinds: [Semaphore::new(WHOLE as usize), Semaphore::new(WHOLE as usize)],
            slots: [slots(), slots()],
            times: Mutex::default(),
        })
    }

    /// A place for a browser of this kind that no test uses: there are as many as tests at once.
    fn slot(&self, kind: Kind) -> MutexGuard<'_, Slot> {
        let slots = &self.slots[kind as usize];
        let free = slots.iter().find_map(|it| it.try_lock().ok());
        free.unwrap_or_else(|| slots[0].lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn play(&self, show: &Show) -> Result<(), Failed> {
        // In the order in which they are asked for, so that who wants all of it gets it.
        let Share { machine, kind } = show.share;
        let _kind = self.runtime.block_on(self.kinds[show.kind as usize].acquire_many(kind));
        let _machine = self.runtime.block_on(self.machine.acquire_many(machine));
        let begin = Instant::now();
        let shown = self.play_at(&mut self.slot(show.kind), show);
        *self.times.lock().unwrap_or_else(PoisonError::into_inner).entry(show.suite).or_default() += begin.elapsed();
        shown
    }

    fn play_at(&self, slot: &mut Slot, show: &Show) -> Result<(), Failed> {
        let shown = catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(play_on(slot, show))));
        let message = match shown {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(panic) => panic_message(panic.as_ref()),
        };
        let diagnosis = slot.browser.as_ref().map(|browser| self.runtime.block_on(diagnose(browser)));
        // Whatever state this browser is in, the next test starts from another.
        slot.browser.take();
        let message = format!("{message}\n{}", diagnosis.unwrap_or_default());
        note_failure(&format!("{}: {message}", show.name()));
        Err(message.into())
    }

    fn quit(&self) {
        for slot in self.slots.iter().flatten() {
            if let Some(browser) = slot.lock().unwrap_or_else(PoisonError::into_inner).browser.take() {
                self.runtime.block_on(browser.quit());
            }
        }
    }

    /// For people: what each suite took, and each lab.
    fn times(&self) -> String {
        let mut text = "each suite, seconds: its tests one after the other\n".to_owned();
        for (suite, time) in &*self.times.lock().unwrap_or_else(PoisonError::into_inner) {
            // Writing to a string can't fail.
            let _ = writeln!(text, "{suite:17}{:>10.1}", time.as_secs_f64());
        }
        text.push_str(&lab_times::table());
        text
    }
}

/// Keeps a failure for whoever started this program, to say again at the end of all.
fn note_failure(text: &str) {
    let Some(path) = std::env::var_os("PARALLEL_LAB_FAILURES") else { return };
    let noted = OpenOptions::new().append(true).create(true).open(path).and_then(|mut file| writeln!(file, "{text}"));
    if let Err(error) = noted {
        eprintln!("the failure can't be noted: {error}");
    }
}

async fn play_on(slot: &mut Slot, show: &Show) -> Outcome {
    let Show { suite, kind, test, .. } = *show;
    // Cookies, the window's size, permissions: what tests leave behind is their own suite's.
    let is_of_another = slot.suite != suite;
    slot.suite = suite;
    if let Some(browser) = &slot.browser
        && (is_of_another || !matches!(timeout(Duration::from_secs(10), browser.fresh_tab()).await, Ok(Ok(_))))
    {
        slot.browser.take();
    }
    let browser = match &slot.browser {
        Some(browser) => browser,
        None => {
            let browser = slot.browser.insert(Browser::start(kind).await?);
            browser.fresh_tab().await?;
            browser
        }
    };
    let stage = Stage { kind, driver: browser.session()?, site: Site::start()? };
    timeout(TEST_LIMIT, (test.body)(&stage)).await.map_err(|_| format!("not done within {TEST_LIMIT:?}"))??;
    // What its page still does would take time from the next test, wherever that is.
    if !matches!(timeout(LEAVE_LIMIT, stage.driver.goto("about:blank")).await, Ok(Ok(()))) {
        slot.browser.take();
    }
    Ok(())
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

/// Runs these suites as the command line asks, and ends every browser.
#[must_use]
pub fn main(suites: &[Suite]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(AHEAD);
    let theatre = match Theatre::open() {
        Ok(theatre) => Arc::new(theatre),
        Err(error) => {
            eprintln!("no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let each_once = std::env::var_os(EACH_ONCE).is_some();
    let trial = |show: Show| {
        let theatre = Arc::clone(&theatre);
        Trial::test(show.name(), move || theatre.play(&show))
    };
    let trials = suites.iter().flat_map(|suite| suite.shows(each_once)).map(trial).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    theatre.quit();
    tell_times(&theatre.times());
    conclusion.exit_code()
}

/// To whoever started this program, and has the last word; else to who reads this.
fn tell_times(times: &str) {
    let told = std::env::var_os(BROWSER_TIMES).map(|path| fs::write(path, times));
    match told {
        Some(Ok(())) => {}
        Some(Err(error)) => eprintln!("what took how long can't be told: {error}"),
        None => print!("\n{times}"),
    }
}
