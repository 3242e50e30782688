//! The labs: one experiment each, with its words and its view. A lab is a folder,
//! here or in `labs/` where it is scripts with words around them, and a line in
//! [`labs!`] below; everything else reads the list.

#![allow(unreachable_pub, reason = "`#[component]` writes pub items beside each component")]

pub mod data;
#[cfg(test)]
mod documents;
pub mod script;

use crate::model::lab::{Catalogue, Lab};

/// Where a lab's module is.
macro_rules! lab {
    (code $name:ident $item:ident) => {
        $name::$item
    };
    (data $name:ident $item:ident) => {
        data::$name::$item
    };
}

/// Declares the module of a lab that is code.
macro_rules! module {
    (code $name:ident) => {
        pub mod $name;
    };
    (data $name:ident) => {};
}

/// Lists all labs in the order of the lecture: `code` is a folder here, `data` one in `labs/`.
macro_rules! labs {
    ($($kind:ident $name:ident;)*) => {
        $(module!($kind $name);)*

        /// Every lab, in the order of the lecture.
        pub const ALL: &[&Lab] = &[$(&lab!($kind $name LAB)),*];

        /// The way into each lab, in the same order.
        #[cfg(target_family = "wasm")]
        pub(crate) const DOORS: &[crate::page::door::Door] = &[$(lab!($kind $name DOOR)),*];

        /// The labs of scripts, in the same order.
        #[cfg(test)]
        pub(crate) fn scripts() -> Vec<&'static script::script_lab::ScriptLab> {
            [$(scripts_of!($kind $name)),*].into_iter().flatten().collect()
        }
    };
}

#[cfg(test)]
macro_rules! scripts_of {
    (code $name:ident) => {
        None
    };
    (data $name:ident) => {
        Some(&data::$name::SCRIPTS)
    };
}

labs! {
    code contents;
    code race;
    code cores;
    code gil;
    data guard;
    data python;
    code quiz;
}

/// All labs, and the one that is open where nobody has named another.
pub const CATALOGUE: Catalogue = Catalogue { labs: ALL, usual: &race::LAB };
