//! What the lab's document says, where no message does: asked by the few ids and
//! attributes that the page promises.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::By;
use thirtyfour::error::WebDriverResult;

use super::{Lab, PATIENCE};
use crate::Outcome;
use crate::site::RECORDER;

/// Between two looks at a page that may load itself again.
const LOOK: Duration = Duration::from_millis(50);

impl Lab {
    /// Runs a script inside the lab's own document.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn inside(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.within(self.driver.execute(script, arguments)).await?.json().clone())
    }

    /// Runs a script there that calls its last argument with the answer.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn inside_async(&self, script: &str) -> Outcome<Value> {
        Ok(self.within(self.driver.execute_async(script, vec![])).await?.json().clone())
    }

    /// Does something where the lab stands: in its frame, if it has one.
    async fn within<T>(&self, doing: impl Future<Output = WebDriverResult<T>>) -> Outcome<T> {
        let Some(id) = &self.frame else { return Ok(doing.await?) };
        let frame = self.driver.find(By::Id(id.as_str())).await?;
        frame.enter_frame().await?;
        let answer = doing.await;
        self.driver.enter_default_frame().await?;
        Ok(answer?)
    }

    /// Asks the lab's document until the answer is one, by JavaScript's truth, and gives it:
    /// `question` is a function's body, `what` is said to be missing where none comes.
    ///
    /// # Errors
    /// When none comes in time.
    pub async fn comes(&self, what: &str, question: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = format!(
            "const answer = arguments[arguments.length - 1];
            const limit = arguments[arguments.length - 2];
            const asked = [...arguments].slice(0, -2);
            const start = performance.now();
            function question() {{ {question} }}
            function look() {{
                const found = question(...asked);
                if (found) answer(found);
                else if (performance.now() - start > limit) answer(null);
                else setTimeout(look, 10);
            }}
            look();"
        );
        let limit = u64::try_from(PATIENCE.as_millis())?;
        let arguments: Vec<_> = arguments.into_iter().chain([json!(limit)]).collect();
        let found = self.within(self.driver.execute_async(script, arguments)).await?.json().clone();
        if found.is_null() { Err(self.missed(what).await.into()) } else { Ok(found) }
    }

    /// The same where one page may follow another meanwhile, which ends every script
    /// that waits in it.
    ///
    /// # Errors
    /// When no answer comes in time.
    pub async fn comes_after_loading(&self, what: &str, question: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match self.script(question, arguments.clone()).await {
                Ok(Value::Null | Value::Bool(false)) | Err(_) => tokio::time::sleep(LOOK).await,
                Ok(found) => return Ok(found),
            }
        }
        Err(self.missed(what).await.into())
    }

    async fn missed(&self, what: &str) -> String {
        format!("no {what} within {PATIENCE:?}; {}", self.what_happened().await)
    }

    /// [`ready`](Self::ready) where the page may load itself again meanwhile.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn ready_after_reload(&self) -> Outcome<Value> {
        let question = "return window.recorder?.entries.some((entry) => entry.message.type === 'ready');";
        self.comes_after_loading("`ready`", question, vec![]).await?;
        self.ready().await
    }

    /// Waits until a page of this title is there and ready.
    ///
    /// # Errors
    /// When it is not in time.
    pub async fn ready_after_reload_of(&self, title: &str) -> Outcome<Value> {
        let question = "return document.title === arguments[0];";
        self.comes_after_loading(title, question, vec![json!(title)]).await?;
        self.record().await
    }

    /// Begins to record in a page that came without the recorder: from a cache.
    ///
    /// # Errors
    /// When the lab does not answer.
    pub async fn record(&self) -> Outcome<Value> {
        // Without the recorder nobody hears `ready`.
        self.idle().await?;
        self.script(&format!("if (!window.recorder) {{ {RECORDER} }}"), vec![]).await?;
        self.hello().await
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
        let question = "
            const found = document.querySelector(arguments[0]);
            return found && { text: found.innerText ?? '' };";
        let found = self.comes(selector, question, vec![json!(selector)]).await?;
        Ok(found["text"].as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a Python script has printed a text.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn until_printed(&self, text: &str) -> Outcome {
        self.until_text("output", text).await
    }

    /// Waits until the sentence about what goes on holds a text.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn until_status(&self, text: &str) -> Outcome {
        self.until_text("status", text).await
    }

    async fn until_text(&self, id: &str, text: &str) -> Outcome {
        let question = "
            const [id, text] = arguments;
            return document.getElementById(id)?.textContent.includes(text);";
        self.comes(&format!("{text:?} in #{id}"), question, vec![json!(id), json!(text)]).await.map(drop)
    }

    /// What the first that matches says; nothing where none does.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn text(&self, selector: &str) -> Outcome<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? '';";
        Ok(self.inside(script, vec![json!(selector)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// All that stands in the document, seen or not.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn html(&self) -> Outcome<String> {
        let html = self.inside("return document.documentElement.outerHTML;", vec![]).await?;
        Ok(html.as_str().unwrap_or_default().to_owned())
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

    /// The middle of the first that matches, once it is seen, in the lab's own pixels.
    ///
    /// # Errors
    /// When there is none.
    pub async fn middle(&self, selector: &str) -> Outcome<(f64, f64)> {
        let script = "const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = element.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];";
        let place = self.inside(script, vec![json!(selector)]).await?;
        place[0].as_f64().zip(place[1].as_f64()).ok_or_else(|| format!("{selector} is nowhere: {place}").into())
    }

    /// The picture of the ensemble as a `data:` URL, once all of it is drawn.
    ///
    /// # Errors
    /// When it does not come to rest.
    pub async fn picture(&self) -> Outcome<String> {
        // What was asked for just before is not at rest from its next frames on.
        self.script_async("setTimeout(arguments[0], 60);", vec![]).await?;
        let question = "
            const canvas = document.getElementById('attractor');
            return canvas.dataset.atRest === 'true' && canvas.toDataURL();";
        let picture = self.comes("picture at rest", question, vec![]).await?;
        Ok(picture.as_str().ok_or("the picture is no text")?.to_owned())
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
        let question = "return document.documentElement.dataset.state === 'idle';";
        self.comes("state `idle`", question, vec![]).await.map(drop)
    }

    /// The rows of the timeline's table, cell by cell: who, what, when. It is made when it is opened.
    ///
    /// # Errors
    /// When it stays empty.
    pub async fn spans(&self) -> Outcome<Vec<Vec<String>>> {
        let question = "
            document.querySelector('.lanes-table').open = true;
            const rows = [...document.querySelectorAll('#spans tbody tr')];
            return rows.length > 0 && rows.map(({ cells }) => [...cells].map((cell) => cell.textContent));";
        let rows = self.comes("row in the timeline's table", question, vec![]).await?;
        Ok(serde_json::from_value(rows)?)
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
