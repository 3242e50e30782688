//! A file comes, and its questions are asked; what is wrong with it is said.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::lab::quiz::own::address::{ALLOWED, why_not};
use crate::lab::quiz::own::given::listed;
use crate::lab::quiz::own::limits::FILE_BYTES;
use crate::lab::quiz::own::read::{OwnQuiz, Reading, read};
use crate::lab::quiz::page::own::{Source, Told, fetch_what_is_set};
use crate::lab::quiz::page::state::Quiz;
use crate::lab::quiz::page::words;
use crate::lab::script::data::{Named, Read};
use crate::model::parameter::Problem;
use crate::page::contract::send;
use crate::page::text::Text;
use crate::pool::named_file::{self, Unnamed};

/// What is said for a file's name where there is none.
const DRAFT: &str = "your draft";

/// Why there is nothing to read.
enum Refusal {
    /// The address is none of this site: why.
    Address(String, String),
    /// It could not be had: a clause.
    Missing(String, String),
}

/// Takes a file, and asks its questions.
pub(super) fn take(quiz: Quiz, source: Source) {
    let asked = quiz.ask_for_questions();
    spawn_local(async move {
        let (is_address, is_draft) = (matches!(source, Source::Address(_)), matches!(source, Source::Draft(_)));
        let got = bytes(source).await;
        if !quiz.is_asked(asked) {
            return;
        }
        match got {
            Ok((name, bytes)) => ask(quiz, &name, read(&bytes, &name), is_address, is_draft),
            Err(Refusal::Address(address, why)) => {
                let used = "the questions of the set".to_owned();
                let problem = Problem::new("quiz", &address, ALLOWED.to_owned(), used);
                let sentence = format!("{} The address is refused: {why}.", problem.sentence());
                send::notice(&[problem]);
                say(quiz, Told { sentence, ..Told::default() });
                words::fetch(quiz, false);
            }
            Err(Refusal::Missing(name, why)) => {
                let sentence = format!("{name} could not be had: {why}. {}", instead(quiz, is_address));
                say(quiz, Told { sentence, may_ask_again: is_address, ..Told::default() });
            }
        }
    });
}

/// The file's name, and its bytes.
async fn bytes(source: Source) -> Result<(String, Vec<u8>), Refusal> {
    match source {
        Source::Address(address) => {
            if let Some(why) = why_not(&address) {
                return Err(Refusal::Address(address, why.to_owned()));
            }
            match named_file::fetch(&address, FILE_BYTES).await {
                Ok(bytes) => Ok((address, bytes)),
                Err(Unnamed::NotOurs(why)) => Err(Refusal::Address(address, why.to_owned())),
                Err(Unnamed::Missing(why)) => Err(Refusal::Missing(address, why)),
            }
        }
        Source::Draft(text) => Ok((DRAFT.to_owned(), text.into_bytes())),
        Source::File(file) => {
            let name = file.name();
            match named_file::read(&file, FILE_BYTES).await {
                Ok(bytes) => Ok((name, bytes)),
                Err(why) => Err(Refusal::Missing(name, why)),
            }
        }
    }
}

/// What is asked in its place; where it was to be the first, that is seen to.
fn instead(quiz: Quiz, is_address: bool) -> &'static str {
    if is_address || quiz.items.with_untracked(Option::is_none) {
        words::fetch(quiz, false);
        "The questions of the set are asked instead."
    } else {
        "The questions stay as they were."
    }
}

fn ask(quiz: Quiz, name: &str, reading: Reading, is_address: bool, is_draft: bool) {
    let Reading { quiz: OwnQuiz { id, title, items, scripts, of }, faults } = reading;
    if items.is_empty() {
        let sentence = format!("Nothing of {name} can be asked. {}", instead(quiz, is_address));
        return say(quiz, Told { sentence, faults: listed(&faults), may_ask_again: is_address, is_draft });
    }
    let of =
        if items.len() == of { String::new() } else { format!(" Of {of} questions, {} can be asked.", items.len()) };
    let sentence = format!("These questions are of “{title}” ({name}).{of}");
    let scripts = scripts.into_iter().map(|(name, script)| (name, script.into())).collect();
    let scripts = Named::read(serde_json::Value::Object(scripts)).unwrap_or_default();
    quiz.missing.set(None);
    quiz.own.set(Some(id));
    quiz.scripts.set_value(Some(Arc::new(scripts)));
    quiz.items.set(Some(Arc::new(items.into_iter().map(Arc::new).collect())));
    quiz.begin();
    let may_ask_again = is_address && !faults.is_empty();
    say(quiz, Told { sentence, faults: listed(&faults), may_ask_again, is_draft });
    quiz.page.start_if_wanted();
}

fn say(quiz: Quiz, told: Told) {
    quiz.own_told.set(Some(Arc::new(told)));
}

/// What is said of a file: it is read once, where it stands.
pub(super) fn told(quiz: Quiz, told: &Told) -> AnyView {
    let fault = |line: &String| view! { <li prop:textContent=Text::from(line.clone())></li> };
    let has_faults = !told.faults.is_empty();
    let again = told.may_ask_again.then(|| {
        view! {
            <button type="button" class="link-button" on:click=move |_| fetch_what_is_set(quiz, true)>
                "Ask for it again"
            </button>
        }
    });
    let back = told.is_draft.then(|| {
        view! {
            <button id="back-to-draft" type="button" on:click=move |_| quiz.editing.set(true)>
                "Back to your draft"
            </button>
        }
    });
    view! {
        <section id="own-told" class="own-told" aria-label="The quiz file" data-faults=told.faults.len().to_string()>
            <p role="status" prop:textContent=Text::from(told.sentence.clone())></p>
            <ul hidden=!has_faults>{told.faults.iter().map(fault).collect_view()}</ul>
            {again} {back}
        </section>
    }
    .into_any()
}
