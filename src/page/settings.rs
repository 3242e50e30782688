//! The settings that every lab has.

use crate::model::parameter::{Parameter, settings};
use crate::model::settings::{Theme, View};

settings! {
    /// What every lab has.
    pub struct PageSettings {
        /// The page's colours.
        theme: Theme = Parameter::choice("theme", "auto", &[("auto", "as the system"), ("light", "light"), ("dark", "dark")])
            .labelled("Colours", "");
        /// How much of the lab is shown.
        view: View = Parameter::choice("view", "all", &[("all", "the whole lab"), ("figure", "sentence, figure and Run")])
            .labelled("Shows", "");
    }
}
