//! The settings that every lab has.

use crate::model::parameter::{Parameter, settings};
use crate::model::settings::Theme;

settings! {
    /// What every lab has.
    pub struct PageSettings {
        /// The page's colours.
        theme: Theme = Parameter::choice("theme", "auto", &[("auto", "as the system"), ("light", "light"), ("dark", "dark")])
            .labelled("Colours", "");
    }
}
