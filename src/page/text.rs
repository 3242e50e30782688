//! Texts that change. Translators put elements of their own in the place of text nodes: what
//! is written into those afterwards, nobody sees. So whatever changes is written through the
//! element that holds it, `prop:textContent=text(move || …)`, which has no other children.

use std::borrow::Cow;

use leptos::tachys::html::property::IntoProperty;
use leptos::tachys::renderer::types::Element;

/// What an element says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text(Cow<'static, str>);

impl From<&'static str> for Text {
    fn from(words: &'static str) -> Self {
        Self(words.into())
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self(words.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Text {
    fn from(words: Option<T>) -> Self {
        words.map_or_else(Self::default, Into::into)
    }
}

/// A text that follows what `of` reads; written again only where it has become another.
pub(crate) fn text<T: Into<Text>>(of: impl Fn() -> T + Send + 'static) -> Box<dyn FnMut() -> Text + Send> {
    Box::new(move || of().into())
}

impl IntoProperty for Text {
    type State = (Element, Self);
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element, key: &str) -> Self::State {
        self.build(element, key)
    }

    fn build(self, element: &Element, _: &str) -> Self::State {
        element.set_text_content(Some(&self.0));
        (element.clone(), self)
    }

    fn rebuild(self, (element, said): &mut Self::State, _: &str) {
        // A translation stays, and nobody hears again what is the same.
        if self != *said {
            element.set_text_content(Some(&self.0));
            *said = self;
        }
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }
}
