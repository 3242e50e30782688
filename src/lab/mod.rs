//! The labs: one experiment each, with its words and its view. A lab is a folder
//! and a line in [`labs!`] below; everything else reads the list.

#![allow(unreachable_pub, reason = "`#[component]` writes pub items beside each component")]

#[cfg(test)]
mod documents;

use crate::model::lab::{Catalogue, Lab};

/// Declares each lab's module, and lists them in the order of the lecture.
macro_rules! labs {
    ($($name:ident,)*) => {
        $(pub mod $name;)*

        /// Every lab, in the order of the lecture.
        pub const ALL: &[&Lab] = &[$(&$name::LAB),*];

        /// The way into each lab, in the same order.
        #[cfg(all(feature = "ui", target_family = "wasm"))]
        pub(crate) const DOORS: &[crate::page::door::Door] = &[$($name::DOOR),*];
    };
}

labs! {
    contents,
    race,
    python,
}

/// All labs, and the one that is open where nobody has named another.
pub const CATALOGUE: Catalogue = Catalogue { labs: ALL, usual: &race::LAB };
