//! What is being chosen in the dialog.

use leptos::prelude::*;

use super::snippet::{Embedding, Form, Size};
use crate::model::lab::{Beginning, Catalogue, Lab};
use crate::model::parameter::{Value, Values, Word};
use crate::page::state::Page;
use crate::page::url;

/// Stands for the host of a lab that was opened from a file.
const PLACEHOLDER: &str = "https://your.host/parallel-lab/";

/// A computer's names for itself.
const LOCAL: [&str; 3] = ["://localhost", "://127.0.0.1", "://[::1]"];

/// The names of the settings that the dialog asks for itself.
const THEME: &str = "theme";
const VIEW: &str = "view";

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choices {
    /// By its place among all labs.
    pub(super) lab: usize,
    /// By its place among the theme's words.
    pub(super) theme: usize,
    /// By its place among the words for how much of the lab is shown.
    pub(super) view: usize,
    /// By its place among the lab's beginnings.
    pub(super) beginning: usize,
    pub(super) is_large: bool,
    pub(super) is_in_isolated_page: bool,
    pub(super) size: Size,
    pub(super) form: Form,
}

/// One of a few: what is offered, and which of it is chosen, by its number. One
/// kind for all choices: a view for each type of value would be a lot of code.
pub(super) struct Select {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) offered: fn(&Catalogue, &Choices) -> Vec<String>,
    pub(super) chosen: fn(&Choices) -> Option<usize>,
    pub(super) choose: fn(&mut Choices, usize),
}

/// The choices that are made by lists, in order.
pub(super) const SELECTS: [Select; 5] = [
    Select {
        id: "embed-lab",
        label: "Lab",
        offered: |all, _| all.labs.iter().map(|lab| lab.title.into()).collect(),
        chosen: |it| Some(it.lab),
        choose: |it, index| (it.lab, it.beginning) = (index, 0),
    },
    Select {
        id: "embed-view",
        label: "Shows",
        offered: |all, it| words(lab(all, it), VIEW).iter().map(|word| word.1.into()).collect(),
        chosen: |it| Some(it.view),
        choose: |it, index| (it.view, it.size) = (index, sizes_at(index)[0]),
    },
    Select {
        id: "embed-begins",
        label: "Begins with",
        offered: |all, it| lab(all, it).beginnings().map(|beginning| beginning.words.into()).collect(),
        chosen: |it| Some(it.beginning),
        choose: |it, index| it.beginning = index,
    },
    Select {
        id: "embed-theme",
        label: "Colours",
        offered: |all, it| words(lab(all, it), THEME).iter().map(|word| word.1.into()).collect(),
        chosen: |it| Some(it.theme),
        choose: |it, index| it.theme = index,
    },
    Select {
        id: "embed-size",
        label: "Size, CSS pixels",
        offered: |_, it| sizes_at(it.view).iter().map(|size| size.name()).collect(),
        chosen: |it| sizes_at(it.view).iter().position(|size| *size == it.size),
        choose: |it, index| it.size = sizes_at(it.view).get(index).copied().unwrap_or(it.size),
    },
];

/// What is on or off.
pub(super) struct Check {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: fn(&Choices) -> bool,
    pub(super) choose: fn(&mut Choices, bool),
}

/// The choices that are made by a box to tick, in order.
pub(super) const CHECKS: [Check; 2] = [
    Check {
        id: "embed-large",
        label: "larger, for a lecture hall",
        chosen: |it| it.is_large,
        choose: |it, is_on| it.is_large = is_on,
    },
    Check {
        id: "embed-isolated",
        label: "for a page that is isolated itself (it sends COEP)",
        chosen: |it| it.is_in_isolated_page,
        choose: |it, is_on| it.is_in_isolated_page = is_on,
    },
];

fn lab(catalogue: &Catalogue, choices: &Choices) -> &'static Lab {
    catalogue.labs.get(choices.lab).copied().unwrap_or(catalogue.usual)
}

/// What a setting offers.
fn words(lab: &Lab, name: &str) -> &'static [Word] {
    lab.parameter(name).map_or(&[], |it| it.kind.words())
}

/// The sizes that fit what is shown: the first word is all of it.
fn sizes_at(view: usize) -> &'static [Size; 4] {
    if view == 0 { &Size::ALL } else { &Size::OF_FIGURE }
}

/// The signals of the dialog, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// Whether the dialog stands open.
    pub(super) is_open: RwSignal<bool>,
    /// What is chosen in it.
    pub(super) choices: RwSignal<Choices>,
    pub(super) catalogue: &'static Catalogue,
    values: RwSignal<Values>,
}

impl Draft {
    pub(super) fn new(page: Page) -> Self {
        let choices = Choices {
            lab: 0,
            theme: 0,
            view: 0,
            beginning: 0,
            is_large: false,
            is_in_isolated_page: false,
            size: Size::ALL[0],
            form: Form::Iframe,
        };
        Self {
            is_open: RwSignal::new(false),
            choices: RwSignal::new(choices),
            catalogue: page.catalogue,
            values: RwSignal::new(page.values.get_untracked()),
        }
    }

    /// Begins with what the page is set to now.
    pub(super) fn open(self, page: Page) {
        let values = page.values.get_untracked();
        let lab = self.catalogue.labs.iter().position(|it| it.name == page.lab.name).unwrap_or(0);
        let chosen =
            |name: &str| words(page.lab, name).iter().position(|word| word.0 == values.text(name)).unwrap_or(0);
        let (theme, view) = (chosen(THEME), chosen(VIEW));
        self.choices.update(|it| {
            if it.view != view {
                it.size = sizes_at(view)[0];
            }
            (it.lab, it.theme, it.view) = (lab, theme, view);
        });
        self.values.set(values);
        self.is_open.set(true);
    }

    fn embedding(self, base: String) -> Embedding {
        let chosen = self.choices.get();
        let lab = lab(self.catalogue, &chosen);
        let mut values = self.values.get();
        if values.lab().name != lab.name {
            values = values.of_lab(lab);
        }
        for (name, index) in [(THEME, chosen.theme), (VIEW, chosen.view)] {
            if let Some(word) = words(lab, name).get(index) {
                values.put(name, Value::Word(word.0));
            }
        }
        let beginning = lab.beginnings().nth(chosen.beginning).unwrap_or(&Beginning::WAITING);
        let Choices { is_large, is_in_isolated_page, size, .. } = chosen;
        Embedding { beginning, is_large, is_in_isolated_page, size, ..Embedding::new(base, values) }
    }

    /// The lines to copy.
    pub(super) fn lines(self) -> String {
        let base = hosted().unwrap_or_else(|| PLACEHOLDER.into());
        self.embedding(base).lines(self.choices.get().form, self.catalogue)
    }

    /// What is taken over from the page, in words.
    pub(super) fn summary(self) -> String {
        self.embedding(String::new()).summary()
    }

    /// Whether the lines would lead only those who sit at this computer here.
    pub(super) fn is_local(self) -> bool {
        hosted().is_some_and(|base| LOCAL.iter().any(|local| base.contains(local)))
    }

    /// Where the preview's frame leads; `None` where a page may not frame itself.
    pub(super) fn preview(self) -> Option<String> {
        Some(self.embedding(hosted()?).address(self.catalogue))
    }
}

/// The page's own address, unless it was opened from a file.
fn hosted() -> Option<String> {
    url::base().filter(|base| base.starts_with("http"))
}
