//! The contract as a page object: open, send, wait for a message.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverResult;

use crate::Outcome;
use crate::site::RECORDER;

/// How long anything may take that is not itself under test: this machine may be slow and shared.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at a page that may load itself again.
const LOOK: Duration = Duration::from_millis(50);

/// A message of the lab, as a test received it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its number among all messages of the page, from 0.
    pub index: u64,
    /// When it arrived: `performance.now()` of the page that received it, ms.
    pub at_ms: f64,
    /// The id of the frame that sent it, or `page`.
    pub from: String,
    /// The message.
    pub message: Value,
}

impl Heard {
    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            index: value["index"].as_u64()?,
            at_ms: value["at"].as_f64()?,
            from: value["from"].as_str()?.to_owned(),
            message: value["message"].clone(),
        })
    }

    /// The message's type.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.message["type"].as_str().unwrap_or_default()
    }
}

/// One lab in the current tab: the page itself, or a frame in a page of ours.
#[derive(Clone, Debug)]
pub struct Lab {
    driver: WebDriver,
    frame: Option<String>,
}

impl Lab {
    /// The lab that is the page itself.
    #[must_use]
    pub fn unframed(driver: &WebDriver) -> Self {
        Self { driver: driver.clone(), frame: None }
    }

    /// The lab in the frame with this id; commands run in the page around it.
    #[must_use]
    pub fn framed(driver: &WebDriver, id: &str) -> Self {
        Self { driver: driver.clone(), frame: Some(id.to_owned()) }
    }

    /// Runs a script in the page that holds the recorder.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that calls its last argument with the answer.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn script_async(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute_async(script, arguments).await?.json().clone())
    }

    /// Posts a message to the lab and gives the number that the next message of the lab will have.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn post(&self, message: Value) -> Outcome<u64> {
        let script = "
            const [message, frame] = arguments;
            const target = frame === null ? window : document.getElementById(frame).contentWindow;
            const index = window.recorder.entries.length;
            target.postMessage(message, '*');
            return index;";
        let index = self.script(script, vec![message, json!(self.frame)]).await?;
        index.as_u64().ok_or_else(|| "the page has no recorder".into())
    }

    /// Posts a message of the contract: `{app, v, type, …fields}`.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn send(&self, kind: &str, fields: Value) -> Outcome<u64> {
        let mut message = json!({ "app": "parallel-lab", "v": 1, "type": kind });
        if let (Some(message), Value::Object(fields)) = (message.as_object_mut(), fields) {
            message.extend(fields);
        }
        self.post(message).await
    }

    /// The first message at or after `index` of one of these types.
    ///
    /// # Errors
    /// When there was none in time.
    pub async fn next_within(&self, index: u64, kinds: &[&str], limit: Duration) -> Outcome<Heard> {
        match self.try_next(index, kinds, limit).await? {
            Some(heard) => Ok(heard),
            None => Err(format!("no {kinds:?} within {limit:?}; {}", self.what_happened().await).into()),
        }
    }

    /// The same, where there may be none.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn try_next(&self, index: u64, kinds: &[&str], limit: Duration) -> Outcome<Option<Heard>> {
        let script = "
            const [index, kinds, from, limit, answer] = arguments;
            if (!window.recorder) return void answer('null');
            // As text: geckodriver would round the figures on their way.
            window.recorder.next(index, kinds, from, limit, (entry) => answer(JSON.stringify(entry)));";
        let from = self.frame.clone();
        let limit = u64::try_from(limit.as_millis())?;
        let arguments = vec![json!(index), json!(kinds), json!(from), json!(limit)];
        let entry = self.script_async(script, arguments).await?;
        Ok(Heard::from_json(&serde_json::from_str(entry.as_str().unwrap_or("null"))?))
    }

    /// The same, with a limit that is never the point of the test.
    ///
    /// # Errors
    /// When there was none in time.
    pub async fn next(&self, index: u64, kinds: &[&str]) -> Outcome<Heard> {
        self.next_within(index, kinds, PATIENCE).await
    }

    /// Waits until the lab has said `ready` and given its first notice.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn ready(&self) -> Outcome<Value> {
        Ok(self.next(0, &["ready"]).await?.message)
    }

    /// The same where the page may load itself again meanwhile, which ends
    /// every script that waits in it.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn ready_after_reload(&self) -> Outcome<Value> {
        let script = "return window.recorder?.entries.some((entry) => entry.message.type === 'ready') ?? false;";
        let start = Instant::now();
        while !matches!(self.script(script, vec![]).await, Ok(Value::Bool(true))) {
            if start.elapsed() > PATIENCE {
                return Err(format!("not ready within {PATIENCE:?}; {}", self.what_happened().await).into());
            }
            tokio::time::sleep(LOOK).await;
        }
        self.ready().await
    }

    /// Waits until a page of this title is there and ready.
    ///
    /// # Errors
    /// When it is not in time.
    pub async fn ready_after_reload_of(&self, title: &str) -> Outcome<Value> {
        let start = Instant::now();
        while !matches!(self.script("return document.title;", vec![]).await, Ok(Value::String(it)) if it == title) {
            if start.elapsed() > PATIENCE {
                return Err(format!("no {title:?} within {PATIENCE:?}; {}", self.what_happened().await).into());
            }
            tokio::time::sleep(LOOK).await;
        }
        self.record().await
    }

    /// Waits until the page has kept its version for offline use.
    ///
    /// # Errors
    /// When it has not in time.
    pub async fn kept(&self) -> Outcome {
        self.appears("[data-kept]").await.map(drop)
    }

    /// Waits until something matches, and gives what it says.
    ///
    /// # Errors
    /// When nothing does in time.
    pub async fn appears(&self, selector: &str) -> Outcome<String> {
        let script = "
            const [selector, limit, answer] = arguments;
            const start = performance.now();
            const look = () => {
                const found = document.querySelector(selector);
                if (found || performance.now() - start > limit) answer(found && (found.innerText ?? ''));
                else setTimeout(look, 20);
            };
            look();";
        let limit = u64::try_from(PATIENCE.as_millis())?;
        let looking = self.driver.execute_async(script, vec![json!(selector), json!(limit)]);
        match self.within(looking).await?.json().as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!("no {selector} within {PATIENCE:?}; {}", self.what_happened().await).into()),
        }
    }

    /// Begins to record in a page that came without the recorder: from a cache.
    ///
    /// # Errors
    /// When the lab does not answer.
    pub async fn record(&self) -> Outcome<Value> {
        // The page's own state: without the recorder nobody hears `ready`.
        let script = "
            const [limit, answer] = arguments;
            const start = performance.now();
            const look = () => {
                const { state } = document.documentElement.dataset;
                if (state === 'idle' || performance.now() - start > limit) answer(state);
                else setTimeout(look, 20);
            };
            look();";
        let limit = u64::try_from(PATIENCE.as_millis())?;
        let state = self.script_async(script, vec![json!(limit)]).await?;
        if state != "idle" {
            return Err(format!("the page's state is {state}; {}", self.what_happened().await).into());
        }
        self.script(&format!("if (!window.recorder) {{ {RECORDER} }}"), vec![]).await?;
        self.hello().await
    }

    /// All messages so far.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn heard(&self) -> Outcome<Vec<Heard>> {
        let entries = self.script("return JSON.stringify(window.recorder.entries);", vec![]).await?;
        let entries: Value = serde_json::from_str(entries.as_str().ok_or("the page has no recorder")?)?;
        let entries = entries.as_array().ok_or("the page has no recorder")?;
        let mine = |heard: &Heard| self.frame.as_ref().is_none_or(|id| *id == heard.from);
        Ok(entries.iter().filter_map(Heard::from_json).filter(mine).collect())
    }

    /// Starts a run and gives its first progress (or its end, where it has none).
    ///
    /// # Errors
    /// When nothing comes in time.
    pub async fn begin(&self) -> Outcome<Heard> {
        let index = self.send("run", json!({})).await?;
        self.next(index, &["progress", "finished", "stopped", "error"]).await
    }

    /// Waits until a Python script has printed a text.
    ///
    /// # Errors
    /// When the browser does not answer in time.
    pub async fn until_printed(&self, text: &str) -> Outcome {
        self.until_text("output", text).await
    }

    /// Waits until the sentence about what goes on holds a text.
    ///
    /// # Errors
    /// When the browser does not answer in time.
    pub async fn until_status(&self, text: &str) -> Outcome {
        self.until_text("status", text).await
    }

    async fn until_text(&self, id: &str, text: &str) -> Outcome {
        let look = "
            const [id, text, answer] = arguments;
            const look = () => {
                if (document.getElementById(id).textContent.includes(text)) answer();
                else setTimeout(look, 10);
            };
            look();";
        self.script_async(look, vec![json!(id), json!(text)]).await.map(drop)
    }

    /// Runs what is set, and gives the `finished` message.
    ///
    /// # Errors
    /// When the run ends in any other way, or not in time.
    pub async fn race(&self) -> Outcome<Value> {
        let end = self.race_to_any_end().await?;
        if end.kind() == "finished" {
            Ok(end.message)
        } else {
            Err(format!("the run ended with {}", end.message).into())
        }
    }

    /// Runs what is set, to whatever end.
    ///
    /// # Errors
    /// When there is no end in time.
    pub async fn race_to_any_end(&self) -> Outcome<Heard> {
        let index = self.send("run", json!({})).await?;
        self.next_within(index, &["finished", "stopped", "error"], 2 * PATIENCE).await
    }

    /// Merges these settings.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn set(&self, params: Value) -> Outcome<u64> {
        self.send("set", json!({ "params": params })).await
    }

    /// Asks for `ready` again: answered, it shows that the lab lives and has
    /// handled all that was posted before.
    ///
    /// # Errors
    /// When there is no answer in time.
    pub async fn hello(&self) -> Outcome<Value> {
        let index = self.send("hello", json!({})).await?;
        Ok(self.next(index, &["ready"]).await?.message)
    }

    /// Runs what is set after merging these settings, and gives the `finished` message.
    ///
    /// # Errors
    /// When the run ends in any other way, or not in time.
    pub async fn race_with(&self, params: Value) -> Outcome<Value> {
        self.set(params).await?;
        self.race().await
    }

    /// Runs a script inside the lab's own document.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn inside(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.within(self.driver.execute(script, arguments)).await?.json().clone())
    }

    /// Does something where the lab stands: in its frame, if it has one.
    async fn within<T>(&self, doing: impl Future<Output = WebDriverResult<T>>) -> Outcome<T> {
        let Some(id) = &self.frame else { return Ok(doing.await?) };
        let frame = self.driver.find(thirtyfour::By::Id(id.as_str())).await?;
        frame.enter_frame().await?;
        let answer = doing.await;
        self.driver.enter_default_frame().await?;
        Ok(answer?)
    }

    /// What the status line and the notices say to a person.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn words(&self) -> Outcome<String> {
        let script = "
            const text = (id) => document.getElementById(id)?.innerText ?? '';
            return text('status') + '\\n' + text('notices');";
        Ok(self.inside(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// The picture of the ensemble as a `data:` URL, once all of it is drawn.
    ///
    /// # Errors
    /// When it does not come to rest.
    pub async fn picture(&self) -> Outcome<String> {
        let script = "
            const [limit, answer] = arguments;
            const start = performance.now();
            const look = () => {
                const canvas = document.getElementById('attractor');
                if (canvas.dataset.atRest === 'true') answer(canvas.toDataURL());
                else if (performance.now() - start > limit) answer(null);
                else setTimeout(look, 20);
            };
            setTimeout(look, 60);";
        let limit = u64::try_from(PATIENCE.as_millis())?;
        let picture = self.script_async(script, vec![json!(limit)]).await?;
        Ok(picture.as_str().ok_or("the picture never came to rest")?.to_owned())
    }

    /// `loading`, `idle`, `running` or `stopping`, as the document says.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn state(&self) -> Outcome<String> {
        let state = self.inside("return document.documentElement.dataset.state ?? '';", vec![]).await?;
        Ok(state.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until nothing runs: where a message of the run's end may or may not come.
    ///
    /// # Errors
    /// When something still runs after a while.
    pub async fn idle(&self) -> Outcome {
        let script = "
            const [limit, answer] = arguments;
            const start = performance.now();
            const look = () => {
                const state = document.documentElement.dataset.state;
                if (state === 'idle' || performance.now() - start > limit) answer(state);
                else setTimeout(look, 10);
            };
            look();";
        let limit = u64::try_from(PATIENCE.as_millis())?;
        let state = self.script_async(script, vec![json!(limit)]).await?;
        if state == "idle" { Ok(()) } else { Err(format!("after {PATIENCE:?} the state is {state}").into()) }
    }

    /// For a failed test's message: the last messages, the status line, the console's errors.
    pub async fn what_happened(&self) -> String {
        let script = "
            const text = (id) => document.getElementById(id)?.innerText ?? null;
            return JSON.stringify({
                url: location.href,
                messages: (window.recorder?.entries ?? []).slice(-8).map((entry) => JSON.stringify(entry.message).slice(0, 300)),
                count: window.recorder?.entries.length,
                errors: window.recorder?.errors.slice(-5),
                violations: window.recorder?.violations,
                state: document.documentElement.dataset.state,
                status: text('status'),
                notices: text('notices'),
                boot: text('boot'),
                loaded_by: performance.getEntriesByType('navigation')[0]?.type,
            });";
        let page = match self.script(script, vec![]).await {
            Ok(page) => page.as_str().unwrap_or_default().to_owned(),
            Err(error) => format!("and the page does not answer ({error})"),
        };
        format!("the page: {page}")
    }
}
