//! The contract as a page object: open, send, wait for a message.

mod document;
mod script;

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::Outcome;

/// How long anything may take that is not itself under test: this machine may be slow and shared.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// With what a run ends.
pub const ENDS: [&str; 3] = ["finished", "stopped", "error"];

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

    /// The end of a run that began after this message.
    ///
    /// # Errors
    /// When it does not come to its end in time.
    pub async fn end(&self, index: u64) -> Outcome<Heard> {
        self.end_within(index, PATIENCE).await
    }

    /// The same, within this time.
    ///
    /// # Errors
    /// When it does not come to its end in time.
    pub async fn end_within(&self, index: u64, limit: Duration) -> Outcome<Heard> {
        self.next_within(index, &ENDS, limit).await
    }

    /// Waits until the lab has said `ready` and given its first notice.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn ready(&self) -> Outcome<Value> {
        Ok(self.next(0, &["ready"]).await?.message)
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

    /// All messages of one type so far, those included that are on their way.
    ///
    /// # Errors
    /// When the lab does not answer.
    pub async fn heard_of(&self, kind: &str) -> Outcome<Vec<Value>> {
        // What the lab posts comes in order.
        self.hello().await?;
        Ok(self.heard().await?.into_iter().filter(|heard| heard.kind() == kind).map(|heard| heard.message).collect())
    }

    /// Starts a run and gives its first progress (or its end, where it has none).
    ///
    /// # Errors
    /// When nothing comes in time.
    pub async fn begin(&self) -> Outcome<Heard> {
        let index = self.send("run", json!({})).await?;
        self.next(index, &["progress", "finished", "stopped", "error"]).await
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
        self.end_within(index, 2 * PATIENCE).await
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
}
