//! To the clipboard or into a file; where the page around the lab forbids it,
//! by hand. Nothing throws, and it is always said what came of it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::page::clipboard;

use crate::page::dom;

/// A browser has fetched a download's bytes long before this, ms.
const DOWNLOAD_MS: u64 = 60_000;

/// What a person can copy or save by hand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ByHand {
    /// A text to select.
    Text(String),
    /// The address of a picture.
    Picture(String),
}

/// What came of the last attempt, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Delivery {
    /// A sentence.
    pub(crate) told: RwSignal<String>,
    /// What is left to do by hand.
    pub(crate) by_hand: RwSignal<Option<ByHand>>,
}

impl Delivery {
    pub(crate) fn new() -> Self {
        Self { told: RwSignal::new(String::new()), by_hand: RwSignal::new(None) }
    }

    /// Forgets the last attempt.
    pub(crate) fn clear(self) {
        self.tell(String::new(), None);
    }

    fn tell(self, sentence: String, by_hand: Option<ByHand>) {
        let earlier = self.by_hand.get_untracked();
        if let Some(ByHand::Picture(address)) = earlier {
            let _ = Url::revoke_object_url(&address);
        }
        self.told.set(sentence);
        self.by_hand.set(by_hand);
    }

    /// Puts a text on the clipboard.
    pub(crate) async fn copy(self, what: &str, text: String) {
        if clipboard::write(&text).await {
            self.tell(format!("{what} is on the clipboard."), None);
        } else {
            let sentence =
                "This browser does not let the lab use the clipboard here. Select the text below and copy it.";
            self.tell(sentence.into(), Some(ByHand::Text(text)));
        }
    }

    /// Downloads a text as a file.
    pub(crate) fn save_text(self, name: &str, kind: &str, text: String) {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts = js_sys::Array::of1(&JsValue::from_str(&text));
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok();
        let saved = blob.map_or(Saved::Refused, |blob| download(name, &blob));
        let by_hand = (saved != Saved::Yes).then_some(ByHand::Text(text));
        self.tell(saved.sentence(name, "select the text below and copy it"), by_hand);
    }

    /// Downloads a picture; `None` is one that could not be drawn.
    pub(super) fn save_picture(self, name: &str, picture: Option<Blob>) {
        let Some(picture) = picture else {
            self.tell("This browser could not draw the picture. A screenshot may do instead.".into(), None);
            return;
        };
        let saved = download(name, &picture);
        let by_hand = if saved == Saved::Yes { None } else { Url::create_object_url_with_blob(&picture).ok() };
        let how = "save the picture below with a right click or a long press";
        self.tell(saved.sentence(name, how), by_hand.map(ByHand::Picture));
    }
}

/// Did the file arrive?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Saved {
    /// Nothing stands against it.
    Yes,
    /// The page around the lab may have forbidden it: browsers don't tell.
    Perhaps,
    /// No.
    Refused,
}

impl Saved {
    fn sentence(self, name: &str, otherwise: &str) -> String {
        match self {
            Self::Yes => format!("Downloaded as {name}."),
            Self::Perhaps => {
                format!("Offered as {name}. If no file arrives, the page around the lab forbids it: {otherwise}.")
            }
            Self::Refused => format!("The page around the lab allows no downloads here: {otherwise}."),
        }
    }
}

fn download(name: &str, blob: &Blob) -> Saved {
    let permitted = permitted();
    if permitted == Saved::Refused {
        return permitted;
    }
    match offer(name, blob) {
        Some(()) => permitted,
        None => Saved::Refused,
    }
}

fn offer(name: &str, blob: &Blob) -> Option<()> {
    let document = dom::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    let address = Url::create_object_url_with_blob(blob).ok()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    let forget = move || {
        let _ = Url::revoke_object_url(&address);
    };
    set_timeout(forget, std::time::Duration::from_millis(DOWNLOAD_MS));
    Some(())
}

/// Whether a frame's sandbox lets downloads through, as far as it can be known
/// from within.
fn permitted() -> Saved {
    if dom::parent().is_none() {
        return Saved::Yes;
    }
    let frame = dom::window().and_then(|window| window.frame_element().ok().flatten());
    match frame.map(|frame| frame.get_attribute("sandbox")) {
        // Another site's page, or a sandbox without an origin.
        None => Saved::Perhaps,
        Some(None) => Saved::Yes,
        Some(Some(allowed)) => {
            let lets_through = allowed.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case("allow-downloads"));
            if lets_through { Saved::Yes } else { Saved::Refused }
        }
    }
}
