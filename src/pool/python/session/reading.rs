//! Reads of data files, for a script, its threads and its processes.
//!
//! What may be read is decided here, where no script has a hand in it: only names that are in
//! the list as they are, and only as anybody in the world could have them. A script that came
//! with a link must not see what the visitor may see.

use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;

use super::super::{Interpreter, Word};
use super::{Process, Session};
use crate::model::data_files::{FOLDER, is_listed};
use crate::pool::files::{DATA_FILES, Unfetched, fetch_as_anybody, folder};
use crate::pool::page_facts::{SINGLE_FILE, fact};
use crate::protocol::python::{ToPython, event};

/// By a clause why it can't be had: of a page that is one file, and one without an origin.
const NOT_IN_FILE: &str = "this copy of the lab is one file, without data files. The lab's web page has them";

/// What came of a read, for whoever asked: the script, or a process.
pub(in super::super) struct Read {
    by: Option<u32>,
    ticket: u32,
    kind: u32,
    content: Uint8Array,
}

impl Session<'_> {
    /// Answers a read: at once if the name is not listed, else when the file has come.
    pub(super) fn read(&mut self, by: Option<u32>, ticket: u32, name: String) {
        if !is_listed(&name) {
            return self.tell_reader(&Read { by, ticket, kind: event::NO_FILE, content: Uint8Array::default() });
        }
        let to = self.interpreter.mailbox.clone();
        spawn_local(async move {
            let (kind, content) = match fetch(&name).await {
                Ok(content) => (event::FILE, content),
                Err(reason) => (event::FILE_FAILED, Uint8Array::from(reason.as_bytes())),
            };
            // A run that has ended waits for nothing.
            let _ = to.unbounded_send(Word::Read(Read { by, ticket, kind, content }));
        });
    }

    /// Tells whoever asked, if it is there still.
    pub(super) fn tell_reader(&self, Read { by, ticket, kind, content }: &Read) {
        let Interpreter { worker, memory, .. } = &self.interpreter;
        let (worker, memory) = match by {
            None => (worker, memory.as_deref()),
            Some(handle) => match self.processes.get(handle) {
                Some(Process { worker, shared, .. }) => (worker, shared.as_ref()),
                None => return,
            },
        };
        match memory {
            Some(memory) => memory.event(*ticket, *kind, &content.to_vec()),
            None => worker.post(&ToPython::Event { handle: *ticket, kind: *kind }, Some(content)),
        }
    }
}

/// The file of this name, which is listed.
///
/// # Errors
/// A clause.
async fn fetch(name: &str) -> Result<Uint8Array, String> {
    let Ok(folder) = folder(DATA_FILES) else {
        let is_one_file = fact(SINGLE_FILE).is_some();
        return Err(if is_one_file { NOT_IN_FILE } else { "this copy of the lab has no data files" }.to_owned());
    };
    let name = name.strip_prefix(FOLDER).unwrap_or(name);
    fetch_as_anybody(&format!("{folder}{name}")).await.map_err(Unfetched::into_reason)
}
