//! What is being chosen in the dialog.

use leptos::prelude::*;

use super::snippet::{Beginning, Embedding, Form, Size};
use crate::model::settings::{Lab, Settings, Theme};
use crate::page::state::State;
use crate::page::url;

/// Stands for the host of a lab that was opened from a file.
const PLACEHOLDER: &str = "https://your.host/parallel-lab/";

/// A computer's names for itself.
const LOCAL: [&str; 3] = ["://localhost", "://127.0.0.1", "://[::1]"];

const THEMES: [(Theme, &str); 3] =
    [(Theme::Auto, "as the reader's system"), (Theme::Light, "light"), (Theme::Dark, "dark")];

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choices {
    pub(super) lab: Lab,
    pub(super) theme: Theme,
    pub(super) beginning: Beginning,
    pub(super) is_large: bool,
    pub(super) size: Size,
    pub(super) form: Form,
}

/// One of a few: what is offered, and which of it is chosen, by its number. One
/// kind for all choices: a view for each type of value would be a lot of code.
pub(super) struct Select {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) offered: fn(&Choices) -> Vec<String>,
    pub(super) chosen: fn(&Choices) -> Option<usize>,
    pub(super) choose: fn(&mut Choices, usize),
}

/// The choices that are made by lists, in order.
pub(super) const SELECTS: [Select; 4] = [
    Select {
        id: "embed-lab",
        label: "Lab",
        offered: |_| Lab::ALL.map(|lab| lab.title().into()).to_vec(),
        chosen: |it| Lab::ALL.iter().position(|lab| *lab == it.lab),
        choose: |it, index| it.lab = Lab::ALL[index],
    },
    Select {
        id: "embed-begins",
        label: "Begins with",
        offered: |it| Beginning::of(it.lab).iter().map(|beginning| beginning.name().into()).collect(),
        chosen: |it| Beginning::of(it.lab).iter().position(|beginning| *beginning == it.beginning),
        choose: |it, index| it.beginning = Beginning::ALL[index],
    },
    Select {
        id: "embed-theme",
        label: "Colours",
        offered: |_| THEMES.map(|(_, words)| words.into()).to_vec(),
        chosen: |it| THEMES.iter().position(|(theme, _)| *theme == it.theme),
        choose: |it, index| it.theme = THEMES[index].0,
    },
    Select {
        id: "embed-size",
        label: "Size, CSS pixels",
        offered: |_| Size::ALL.map(Size::name).to_vec(),
        chosen: |it| Size::ALL.iter().position(|size| *size == it.size),
        choose: |it, index| it.size = Size::ALL[index],
    },
];

/// The signals of the dialog, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// Whether the dialog stands open.
    pub(super) is_open: RwSignal<bool>,
    /// What is chosen in it.
    pub(super) choices: RwSignal<Choices>,
    settings: RwSignal<Settings>,
    defaults: StoredValue<Settings>,
}

impl Draft {
    pub(super) fn new(state: State) -> Self {
        let settings = state.settings.get_untracked();
        let choices = Choices {
            lab: settings.lab,
            theme: settings.theme,
            beginning: Beginning::Lab,
            is_large: false,
            size: Size::ALL[0],
            form: Form::Iframe,
        };
        Self {
            is_open: RwSignal::new(false),
            choices: RwSignal::new(choices),
            settings: RwSignal::new(settings),
            defaults: state.defaults,
        }
    }

    /// Begins with what the page is set to now.
    pub(super) fn open(self, state: State) {
        let settings = state.settings.get_untracked();
        self.choices.update(|it| (it.lab, it.theme) = (settings.lab, settings.theme));
        self.settings.set(settings);
        self.is_open.set(true);
    }

    fn embedding(self, base: String) -> Embedding {
        let chosen = self.choices.get();
        let settings = Settings { theme: chosen.theme, ..self.settings.get() };
        let embedding = self.defaults.with_value(|defaults| Embedding::new(base, chosen.lab, &settings, defaults));
        Embedding { beginning: chosen.beginning, is_large: chosen.is_large, size: chosen.size, ..embedding }
    }

    /// The lines to copy.
    pub(super) fn lines(self) -> String {
        let base = hosted().unwrap_or_else(|| PLACEHOLDER.into());
        let embedding = self.embedding(base);
        self.defaults.with_value(|defaults| embedding.lines(self.choices.get().form, defaults))
    }

    /// What is taken over from the page, in words.
    pub(super) fn summary(self) -> String {
        let embedding = self.embedding(String::new());
        self.defaults.with_value(|defaults| embedding.summary(defaults))
    }

    /// Whether the lines would lead only those who sit at this computer here.
    pub(super) fn is_local(self) -> bool {
        hosted().is_some_and(|base| LOCAL.iter().any(|local| base.contains(local)))
    }

    /// Where the preview's frame leads; `None` where a page may not frame itself.
    pub(super) fn preview(self) -> Option<String> {
        let embedding = self.embedding(hosted()?);
        Some(self.defaults.with_value(|defaults| embedding.address(defaults)))
    }
}

/// The page's own address, unless it was opened from a file.
fn hosted() -> Option<String> {
    url::base().filter(|base| base.starts_with("http"))
}
