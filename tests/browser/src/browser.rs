//! Chromium and Firefox with their drivers: started, reset, always ended.

use std::env;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::time::timeout;

use crate::Outcome;

/// A browser that the lab promises to work in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
}

impl Kind {
    /// Both, in the order in which they are tested.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The name in the names of tests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    fn driver_program(self) -> Outcome<PathBuf> {
        program(match self {
            Self::Chromium => "PARALLEL_LAB_CHROMEDRIVER",
            Self::Firefox => "PARALLEL_LAB_GECKODRIVER",
        })
    }

    fn browser_program(self) -> Outcome<PathBuf> {
        program(match self {
            Self::Chromium => "PARALLEL_LAB_CHROMIUM",
            Self::Firefox => "PARALLEL_LAB_FIREFOX",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The path in an environment variable that `cargo xtask test browser` sets.
///
/// # Errors
/// When it is not set, or names nothing.
pub fn program(variable: &str) -> Outcome<PathBuf> {
    let Some(path) = env::var_os(variable) else {
        return Err(format!("{variable} is not set: run these tests with `cargo xtask test browser`").into());
    };
    let path = PathBuf::from(path);
    if !path.exists() {
        return Err(format!(
            "{variable} names {}, which does not exist: run `cargo xtask test browser`",
            path.display()
        )
        .into());
    }
    Ok(path)
}

/// What frames of other sites may store.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ThirdParties {
    /// What the browser lets them by itself.
    AsUsual,
    /// Nothing.
    Blocked,
}

/// A name of this machine that browsers don't trust without https.
pub const INSECURE_HOST: &str = "lab.test";

/// How long a browser may take to start, to answer, and to end.
const START_LIMIT: Duration = Duration::from_secs(90);
const QUIT_LIMIT: Duration = Duration::from_secs(5);
/// How long the driver lets a script wait: longer than any test's own limit.
const SCRIPT_LIMIT: Duration = Duration::from_secs(300);

/// A running browser with its driver. Dropping it ends both, whatever state they are in.
#[derive(Debug)]
pub struct Browser {
    kind: Kind,
    session: Option<WebDriver>,
    driver: Child,
    folder: PathBuf,
}

impl Browser {
    /// Starts a driver on a free port, and a browser with a fresh profile.
    ///
    /// # Errors
    /// When either does not start in time.
    pub async fn start(kind: Kind) -> Outcome<Self> {
        Self::start_with(kind, ThirdParties::AsUsual).await
    }

    /// The same with a say in what frames of other sites may store.
    ///
    /// # Errors
    /// When either does not start in time.
    pub async fn start_with(kind: Kind, third_parties: ThirdParties) -> Outcome<Self> {
        Self::launch(kind, third_parties, &[]).await
    }

    /// Firefox with these preferences (`about:config`).
    ///
    /// # Errors
    /// When it does not start in time.
    pub async fn firefox_with(preferences: &[(&str, Value)]) -> Outcome<Self> {
        Self::launch(Kind::Firefox, ThirdParties::AsUsual, preferences).await
    }

    async fn launch(kind: Kind, third_parties: ThirdParties, preferences: &[(&str, Value)]) -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("parallel-lab-{kind}-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let browser_program = kind.browser_program()?;
        let mut command = Command::new(kind.driver_program()?);
        match kind {
            Kind::Chromium => command.arg("--port=0"),
            Kind::Firefox => command.args(["--port", "0", "--websocket-port", "0", "--profile-root"]).arg(&folder),
        };
        let driver = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut browser = Self { kind, session: None, driver, folder };
        let port = browser.port()?;
        let capabilities = capabilities(kind, &browser_program, &browser.folder, third_parties, preferences);
        let url = format!("http://127.0.0.1:{port}");
        let session = timeout(START_LIMIT, WebDriver::builder(url, capabilities).request_timeout(SCRIPT_LIMIT)).await;
        let session = session.map_err(|_| format!("{kind} did not start within {START_LIMIT:?}"))??;
        session.set_script_timeout(SCRIPT_LIMIT).await?;
        browser.session = Some(session);
        Ok(browser)
    }

    /// The session that commands go to.
    ///
    /// # Errors
    /// When there is none, which only a browser that failed to start can say.
    pub fn session(&self) -> Outcome<WebDriver> {
        self.session.clone().ok_or_else(|| "the browser has no session".into())
    }

    /// One empty tab, in front, and nothing else.
    ///
    /// # Errors
    /// When the browser no longer does what it is told.
    pub async fn fresh_tab(&self) -> Outcome<WindowHandle> {
        let session = self.session()?;
        let old = session.windows().await?;
        let fresh = session.new_tab().await?;
        for window in old {
            session.switch_to_window(window).await?;
            session.close_window().await?;
        }
        session.switch_to_window(fresh.clone()).await?;
        Ok(fresh)
    }

    /// Ends the session in the orderly way, if it still can.
    pub async fn quit(mut self) {
        if let Some(session) = self.session.take() {
            let _ = timeout(QUIT_LIMIT, session.quit()).await;
        }
    }

    /// Reads the driver's own words for the port that it got.
    fn port(&mut self) -> Outcome<u16> {
        let output = self.driver.stdout.take().ok_or("the driver has no output")?;
        let (send, receive) = mpsc::channel();
        // Goes on reading to the end, so that the driver never blocks on a full pipe.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(port) = announced_port(&line) {
                    let _ = send.send(port);
                }
            }
        });
        let port = receive.recv_timeout(START_LIMIT);
        port.map_err(|_| format!("{}'s driver did not say where it listens", self.kind).into())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            // Its own drop would wait for a browser that may hang.
            let _ = session.leak();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        kill_users_of(&self.folder);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// "ChromeDriver was started successfully on port 34085." or
/// "… geckodriver INFO Listening on 127.0.0.1:38881".
fn announced_port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))?;
    rest.trim_end_matches('.').trim().parse().ok()
}

/// Ends the browser that a killed driver leaves behind: it names our folder in its arguments.
fn kill_users_of(folder: &Path) {
    let Some(folder) = folder.to_str() else { return };
    let Ok(processes) = fs::read_dir("/proc") else { return };
    for process in processes.flatten() {
        let Ok(arguments) = fs::read(process.path().join("cmdline")) else { continue };
        if String::from_utf8_lossy(&arguments).contains(folder) {
            let _ = Command::new("kill").arg("-KILL").arg(process.file_name()).stderr(Stdio::null()).status();
        }
    }
}

fn capabilities(
    kind: Kind,
    program: &Path,
    folder: &Path,
    third_parties: ThirdParties,
    preferences: &[(&str, Value)],
) -> Capabilities {
    let program = program.to_string_lossy();
    let are_blocked = third_parties == ThirdParties::Blocked;
    let mut value = match kind {
        Kind::Chromium => json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": program,
                // 2: no site may store anything. (Without third-party cookies alone, Chromium gives
                // each frame a store per site around it, and the service worker with it.)
                "prefs": { "profile.default_content_setting_values.cookies": if are_blocked { 2 } else { 1 } },
                "args": [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1440,900",
                    format!("--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1"),
                    format!("--user-data-dir={}", folder.display()),
                ],
            },
        }),
        Kind::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": program,
                "args": ["-headless", "-width", "1440", "-height", "900"],
                "prefs": {
                    "browser.cache.disk.enable": false,
                    "datareporting.policy.dataSubmissionEnabled": false,
                    "app.update.disabledForTesting": true,
                    "network.dns.localDomains": INSECURE_HOST,
                    // 5 is the default: what third parties store is theirs per site.
                    "network.cookie.cookieBehavior": if are_blocked { 1 } else { 5 },
                },
            },
        }),
    };
    for (name, preference) in preferences {
        value["moz:firefoxOptions"]["prefs"][*name] = preference.clone();
    }
    match value {
        Value::Object(map) => map.into(),
        _ => Capabilities::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::announced_port;

    #[test]
    fn both_drivers_say_where_they_listen() {
        assert_eq!(announced_port("ChromeDriver was started successfully on port 34085."), Some(34085));
        assert_eq!(announced_port("1795354716622\tgeckodriver\tINFO\tListening on 127.0.0.1:38881"), Some(38881));
        assert_eq!(announced_port("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
