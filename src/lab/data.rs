//! The labs that are data: each folder in `labs/` is a module here, made by `build.rs`.

#[cfg(target_family = "wasm")]
use super::script::open;
use super::script::script_lab::{ScriptLab, ScriptProgram};
use super::script::settings::Common;
use crate::model::lab::{Beginning, Chapter, Lab};
use crate::model::parameter::{Group, Parameter, Word};
#[cfg(target_family = "wasm")]
use crate::page::door::Door;
use crate::page::settings::PageSettings;

include!(concat!(env!("OUT_DIR"), "/labs.rs"));
