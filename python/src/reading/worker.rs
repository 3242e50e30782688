//! Files as a worker of a page has them: the page fetches them.

use wasm_bindgen::prelude::*;

use crate::processes;

// www/python-worker.js has it; it posts a message.
#[wasm_bindgen(js_namespace = parallelLabProcesses)]
extern "C" {
    #[wasm_bindgen(js_name = read)]
    fn post_read(ticket: u32, name: &str);
}

/// Asks for a file; the answer arrives as an event.
pub(super) fn read(ticket: u32, name: &str) -> Result<(), String> {
    if !processes::host::can_wait(cfg!(target_feature = "atomics")) {
        let reason = "this browser shares no memory here and can't suspend a script: nothing could wait for a file";
        return Err(reason.to_owned());
    }
    post_read(ticket, name);
    Ok(())
}
