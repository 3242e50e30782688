//! Who did what, when: the lanes of a run, to look at closely. What a lab shows
//! here it says in courses ([`Course`](crate::model::course::Course)); the block
//! knows no lab.
//!
//! | module | subject |
//! |---|---|
//! | `window` | the part of the time that is seen, and its marks |
//! | `layout` | where lanes and moments lie |
//! | `pieces` | what is drawn of a lane, however many stretches it has |
//! | `walk` | the ways from stretch to stretch |
//! | `words` | a stretch's figures, and the table |
//! | `sight` | what is looked at, and how keys and pointers change it |
//! | `drawing` | the lanes on a canvas |
//! | `view` | the block: lanes, figures, table |

pub mod layout;
pub mod pieces;
pub mod walk;
pub mod window;
pub mod words;

#[cfg(target_family = "wasm")]
mod drawing;
#[cfg(target_family = "wasm")]
mod sight;
#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::{MISSING, Timeline};

#[cfg(test)]
mod tests {
    use crate::model::course::{Course, Doing, Key, Label, Lane, Stretch, Total};
    use crate::model::settings::Executor;

    pub fn stretch(start_ms: f64, end_ms: f64) -> Stretch {
        Stretch::new(Doing::Task(None), start_ms, end_ms, Label::None)
    }

    /// The page, and below it as many workers as there is more.
    pub fn course(lanes: Vec<Vec<Stretch>>) -> Course {
        let count = lanes.iter().map(Vec::len).sum::<usize>() as u64;
        let lane = |(index, stretches)| match index {
            0 => Lane::new("page", None, stretches),
            number => Lane::new(format!("worker {number}"), Some(Executor::Process), stretches),
        };
        Course {
            id: "process",
            name: "Process-like",
            heading: "Who did what, when".into(),
            extent: String::new(),
            note: None,
            label_heading: "Members",
            legend: vec![Key { doing: Doing::Start, executor: None, words: "start" }],
            wall_ms: 100.0,
            lanes: lanes.into_iter().enumerate().map(lane).collect(),
            total: Total::Stretches(count),
        }
    }
}
