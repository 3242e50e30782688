//! Scripts in the lab: run, and what they print.

use std::time::Duration;

use serde_json::{Value, json};

use super::Lab;
use crate::Outcome;
use crate::python_programs::{Printed, Program};

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

    /// Runs a program in the editor; gives what it printed, comparable with what is expected.
    ///
    /// # Errors
    /// When it does not come to its end in time.
    pub async fn run_program(&self, program: &Program, limit: Duration) -> Outcome<Printed> {
        let (end, _) = self.run_code(&program.source, limit).await?;
        let of = |selector: &str| {
            format!("[...document.querySelectorAll('#output {selector}')].map(it => it.textContent).join('')")
        };
        let script = format!("return [{}, {}];", of("span:not(.stderr)"), of("span.stderr"));
        let both = self.script(&script, vec![]).await?;
        // The page's name for a script that has been changed.
        let file_name = format!("{}.py", program.name);
        let text = |index: usize| both[index].as_str().unwrap_or_default().replace("script.py", &file_name);
        let exit_code = end["python"]["exit_code"].as_i64().and_then(|code| i32::try_from(code).ok()).unwrap_or(-1);
        Ok(program.printed(&text(0), &text(1), exit_code))
    }

    /// Runs programs one after the other; names those that print something else than is expected.
    ///
    /// # Errors
    /// When one does not come to its end in time, or what is expected can't be read.
    pub async fn compare_programs(&self, programs: &[Program], limit: Duration) -> Outcome {
        let mut different = Vec::new();
        for program in programs.iter().filter(|program| program.known_difference.is_none()) {
            let printed = self.run_program(program, limit).await?;
            let is_as_expected = match program.expected()? {
                Some(expected) => printed == expected,
                None => printed.exit_code == 0,
            };
            if !is_as_expected {
                different.push(format!("{}: {printed:?}", program.name));
            }
        }
        crate::ensure!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
        Ok(())
    }
}
