//! Scripts in the lab: run, and what they print.

use std::time::Duration;

use serde_json::{Value, json};

use super::Lab;
use crate::Outcome;

impl Lab {
    /// All that stands on the console now. What was printed is shown with the next frame.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn printed(&self) -> Outcome<String> {
        let script = "
            const frame = () => new Promise(requestAnimationFrame);
            return frame().then(frame).then(() => document.getElementById('output').textContent);";
        Ok(self.inside(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Runs what is in the editor; gives the message at its end, and all that it printed.
    ///
    /// # Errors
    /// When it does not come to its end in time.
    pub async fn run_script(&self, limit: Duration) -> Outcome<(Value, String)> {
        let index = self.send("run", json!({})).await?;
        let end = self.end_within(index, limit).await?;
        Ok((end.message, self.printed().await?))
    }

    /// The same with this script.
    ///
    /// # Errors
    /// When it does not come to its end in time.
    pub async fn run_code(&self, code: &str, limit: Duration) -> Outcome<(Value, String)> {
        self.set(json!({ "code": code })).await?;
        self.run_script(limit).await
    }
}
