//! The labs: one experiment each, with its words and its view.

#![allow(unreachable_pub, reason = "`#[component]` writes pub items beside each component")]

pub mod race;
pub mod script;
