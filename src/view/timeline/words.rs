//! What the timeline says of stretches: one's figures, and all in a table. What
//! it says of the whole, the course brings along.

use std::borrow::Cow;

use crate::model::course::{Course, Doing, Label, Lane, Ordinal, Stretch, Total};
use crate::model::format;

/// Rows of the table at most; those beyond are only counted.
pub const ROW_LIMIT: usize = 200;

/// What somebody does, to stand behind a name.
#[must_use]
pub fn doing(doing: Doing) -> Cow<'static, str> {
    Cow::Borrowed(match doing {
        Doing::Start => "starts",
        Doing::StartTogether => "the whole pool starts",
        Doing::Send => "sends the first tasks",
        Doing::Gather => "gathers the last results",
        Doing::Task(None) => "task",
        Doing::Task(Some(Ordinal { number, of })) => {
            return Cow::Owned(format!("task {} of {}", format::count(number.into()), format::count(of.into())));
        }
        Doing::Hold => "holds the GIL",
        Doing::Run => "runs",
        Doing::Wait => "waits for the GIL",
        Doing::Away => "does without the GIL",
        Doing::Pickle => "pickles",
        Doing::Unpickle => "unpickles",
        Doing::Read => "reads a file",
    })
}

/// A label in words. Items are counted from 1, as people do.
#[must_use]
pub fn label(label: &Label) -> Option<Cow<'_, str>> {
    match label {
        Label::None => None,
        Label::Text(text) => (!text.is_empty()).then_some(Cow::Borrowed(text)),
        Label::Items { noun, first, count } => {
            let (first, last) = (u64::from(*first) + 1, u64::from(*first) + u64::from((*count).max(1)));
            Some(Cow::Owned(if first == last {
                format!("{noun} {}", format::count(first))
            } else {
                format!("{noun}s {}–{}", format::count(first), format::count(last))
            }))
        }
    }
}

/// A stretch's figures in one line.
#[must_use]
pub fn figures(lane: &Lane, stretch: &Stretch) -> String {
    let mut parts = vec![Cow::Borrowed(lane.name.as_str()), doing(stretch.doing)];
    parts.extend(label(&stretch.label));
    let (start, takes) = (instant(stretch.start_ms), format::duration(stretch.duration_ms()));
    parts.push(format!("begins {start} after the start, takes {takes}").into());
    parts.join(" · ")
}

/// A moment: always in ms, so that moments can be compared.
fn instant(ms: f64) -> String {
    let decimals = match ms {
        ms if ms <= 0.0 => 0,
        ms if ms < 1.0 => 3,
        ms if ms < 10.0 => 2,
        _ => 1,
    };
    format!("{ms:.decimals$} ms")
}

/// The columns' headings.
#[must_use]
pub fn headings(course: &Course) -> [&'static str; 5] {
    ["Who", "What", course.label_heading, "Begins at", "Takes"]
}

/// The lanes as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Who, what, its label, start and duration, in order of time.
    pub rows: Vec<[String; 5]>,
    /// What the table says of itself.
    pub caption: String,
}

/// At most [`ROW_LIMIT`] stretches.
#[must_use]
pub fn table(course: &Course) -> Table {
    // No lane gives more rows than the whole table has.
    let first = |lane| std::iter::repeat(lane).zip(Lane::stretches(lane)).take(ROW_LIMIT);
    let mut all: Vec<_> = course.lanes.iter().flat_map(first).collect();
    all.sort_by(|a, b| a.1.start_ms.total_cmp(&b.1.start_ms));
    all.truncate(ROW_LIMIT);
    let row = |(lane, stretch): &(&Lane, &Stretch)| {
        [
            lane.name.clone(),
            doing(stretch.doing).into_owned(),
            label(&stretch.label).map_or_else(|| "—".to_owned(), Cow::into_owned),
            instant(stretch.start_ms),
            format::duration(stretch.duration_ms()),
        ]
    };
    let is_task = |stretch: &Stretch| matches!(stretch.doing, Doing::Task(_));
    let (left_out, noun) = match course.total {
        Total::Tasks(tasks) => (tasks.saturating_sub(all.iter().filter(|it| is_task(it.1)).count() as u64), "task"),
        Total::Stretches(stretches) => (stretches.saturating_sub(all.len() as u64), "span"),
    };
    Table { rows: all.iter().map(row).collect(), caption: caption(left_out, noun) }
}

fn caption(left_out: u64, noun: &str) -> String {
    match left_out {
        0 => "All spans, in order of start".into(),
        1 => format!("The first spans, in order of start; 1 more {noun} is left out"),
        more => format!("The first spans, in order of start; {} more {noun}s are left out", format::count(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{course, stretch};
    use super::*;

    #[test]
    fn a_stretch_tells_its_figures() {
        let members = Label::Items { noun: "member", first: 8, count: 4 };
        let task = Stretch::new(Doing::Task(Some(Ordinal { number: 3, of: 8 })), 43.2, 43.51, members);
        let lane = Lane::new("worker 1", None, Vec::new());
        let told = "worker 1 · task 3 of 8 · members 9–12 · begins 43.2 ms after the start, takes 0.31 ms";
        assert_eq!(figures(&lane, &task), told);
        let start = Stretch::new(Doing::Start, 0.0, 40.0, Label::None);
        assert_eq!(figures(&lane, &start), "worker 1 · starts · begins 0 ms after the start, takes 40.0 ms");
        let pickle = Stretch::new(Doing::Pickle, 1.0, 2.0, Label::Text("square, 96 bytes".into()));
        assert!(figures(&lane, &pickle).starts_with("worker 1 · pickles · square, 96 bytes · begins 1.00 ms"));
    }

    #[test]
    fn one_item_alone_and_many() {
        let told = |first, count| label(&Label::Items { noun: "member", first, count }).map(Cow::into_owned);
        assert_eq!(told(0, 1).as_deref(), Some("member 1"));
        assert_eq!(told(9_999, 2).as_deref(), Some("members 10,000–10,001"));
        assert_eq!(told(u32::MAX, u32::MAX).as_deref(), Some("members 4,294,967,296–8,589,934,590"));
        assert_eq!(label(&Label::Text(String::new())), None);
    }

    #[test]
    fn the_table_lists_what_it_can() {
        let all = table(&course(vec![vec![stretch(2.0, 3.0)], vec![stretch(0.0, 1.0), stretch(5.0, 9.0)]]));
        assert_eq!(all.rows.iter().map(|it| it[0].as_str()).collect::<Vec<_>>(), ["worker 1", "page", "worker 1"]);
        assert_eq!(all.caption, "All spans, in order of start");

        let many = |count: u32| (0..count).map(|it| stretch(it.into(), it.into())).collect::<Vec<_>>();
        let cut = table(&course(vec![many(900), many(900)]));
        assert_eq!(cut.rows.len(), ROW_LIMIT);
        assert_eq!(cut.caption, "The first spans, in order of start; 1,600 more spans are left out");
        // What is no task is in the way of some, and is not counted.
        let start = Stretch::new(Doing::Start, 0.0, 40.0, Label::None);
        let tasks = Course { total: Total::Tasks(1000), ..course(vec![vec![start], many(900)]) };
        assert!(table(&tasks).caption.ends_with("801 more tasks are left out"));
    }
}
