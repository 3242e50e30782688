//! Fetches the questions of the set, and the scripts; where that fails, says so, and can be
//! asked again.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::own;
use super::state::Quiz;
use crate::lab::quiz::item::{Item, read_pack};
use crate::lab::quiz::parsons::problem::read_problems;
use crate::lab::quiz::settings::{Feedback, LINES, packs};
use crate::lab::script::data::{Named, Read};
use crate::page::text::text;
use crate::pool::lab_words;

/// Behind the lab's name: the scripts of all questions.
const SCRIPTS: &str = "scripts";

/// Fetches the questions that are set, and begins with them. `anew`: what the browser has kept was of no use.
pub(in crate::lab::quiz) fn fetch(quiz: Quiz, anew: bool) {
    quiz.missing.set(None);
    let ids = quiz.settings.get_untracked().ids();
    let asked = quiz.ask_for_questions();
    spawn_local(async move {
        match all(quiz.page.lab.name, &ids, anew).await {
            Ok(items) => {
                // What was set meanwhile is fetched by itself.
                if quiz.is_asked(asked) {
                    if quiz.is_own() {
                        quiz.own.set(None);
                        quiz.scripts.set_value(None);
                    }
                    quiz.items.set(Some(Arc::new(items)));
                    quiz.begin();
                    fetch_scripts(quiz, anew, asked);
                }
            }
            Err(_) if !quiz.is_asked(asked) => {}
            Err(reason) => lack(quiz, "questions", &reason),
        }
    });
}

/// The scripts, for when something is to be run.
fn fetch_scripts(quiz: Quiz, anew: bool, asked: u32) {
    if quiz.scripts.with_value(Option::is_some) || quiz.settings.get_untracked().feedback == Feedback::Never {
        return;
    }
    spawn_local(async move {
        let fetched = lab_words::fetch(&format!("{}-{SCRIPTS}", quiz.page.lab.name), anew).await;
        // An own file that came meanwhile has scripts of its own.
        if !quiz.is_asked(asked) {
            return;
        }
        match fetched.and_then(|json| scripts(&json)) {
            Ok(scripts) => {
                quiz.scripts.set_value(Some(Arc::new(scripts)));
                quiz.page.start_if_wanted();
            }
            Err(reason) => lack(quiz, "scripts", &reason),
        }
    });
}

/// These questions, in this order.
async fn all(lab: &str, ids: &[&str], anew: bool) -> Result<Vec<Arc<Item>>, String> {
    let mut found: Vec<Arc<Item>> = Vec::new();
    for pack in packs(ids) {
        let json = lab_words::fetch(&format!("{lab}-{pack}"), anew).await?;
        let items = if pack == LINES { read_problems(&json)? } else { read_pack(&json)? };
        found.extend(items.into_iter().map(Arc::new));
    }
    Ok(ids.iter().filter_map(|id| found.iter().find(|it| it.id == *id).map(Arc::clone)).collect())
}

fn scripts(json: &[u8]) -> Result<Named<String>, String> {
    let text = std::str::from_utf8(json).map_err(|error| error.to_string())?;
    Read::read(serde_json::from_str(text).map_err(|error| error.to_string())?)
}

pub(super) fn lack(quiz: Quiz, what: &str, reason: &str) {
    let sentence =
        lab_words::why_unreadable().unwrap_or_else(|| format!("The {what} of this lab could not be had: {reason}."));
    quiz.missing.set(Some(sentence.clone()));
    quiz.page.announcement.set(sentence);
}

/// Why there are none, and a way to ask again.
#[component]
pub(in crate::lab::quiz) fn Missing(quiz: Quiz) -> impl IntoView {
    view! {
        <p id="no-words" class="status" hidden=move || quiz.missing.with(Option::is_none)>
            <span prop:textContent=text(move || quiz.missing.get())></span>
            " "
            <button type="button" on:click=move |_| own::fetch_what_is_set(quiz, true)>
                "Try again"
            </button>
        </p>
    }
}
