//! The ways from stretch to stretch: by keys, and by pointing.

use crate::model::course::{Course, Place};

/// What is at this moment in a lane, or nearest to it within the tolerance.
#[must_use]
pub fn hit(course: &Course, lane: usize, at_ms: f64, tolerance_ms: f64) -> Option<Place> {
    let stretch = course.lanes.get(lane)?.nearest(at_ms)?;
    let place = Place { lane, stretch };
    let (_, found) = course.at(place)?;
    (found.distance_ms(at_ms) <= tolerance_ms).then_some(place)
}

/// A step from stretch to stretch.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// To the one before in this lane.
    Earlier,
    /// To the next in this lane.
    Later,
    /// To the lane above, at about the same time.
    Up,
    /// To the lane below, at about the same time.
    Down,
    /// To this lane's first.
    First,
    /// To this lane's last.
    Last,
}

/// Where a step leads; it stays where there is nothing further. The first step
/// of all leads to the first stretch of the first that is not the page.
#[must_use]
pub fn moved(course: &Course, from: Option<Place>, step: Step) -> Option<Place> {
    let Some((place, (lane, _))) = from.and_then(|place| Some((place, course.at(place)?))) else {
        return entrance(course);
    };
    let last = lane.stretches().len().saturating_sub(1);
    let within = |stretch| Some(Place { stretch, ..place });
    match step {
        Step::Earlier => within(place.stretch.saturating_sub(1)),
        Step::Later => within((place.stretch + 1).min(last)),
        Step::First => within(0),
        Step::Last => within(last),
        Step::Up => beside(course, place, (0..place.lane).rev()),
        Step::Down => beside(course, place, place.lane + 1..course.lanes.len()),
    }
}

/// In the first of the other lanes that has any: what is nearest in time.
fn beside(course: &Course, place: Place, mut others: impl Iterator<Item = usize>) -> Option<Place> {
    let middle_ms = course.at(place)?.1.middle_ms();
    let found = others.find_map(|lane| Some(Place { lane, stretch: course.lanes.get(lane)?.nearest(middle_ms)? }));
    found.or(Some(place))
}

fn entrance(course: &Course) -> Option<Place> {
    let mut worked = course.lanes.iter().enumerate().filter(|(_, lane)| !lane.stretches().is_empty());
    let first = worked.clone().find(|(_, lane)| lane.executor.is_some()).or_else(|| worked.next());
    first.map(|(lane, _)| Place { lane, stretch: 0 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{course, stretch};
    use super::*;

    /// The page, two workers that start at 40 and 50, and a third that gets nothing.
    fn processes() -> Course {
        course(vec![
            vec![stretch(50.0, 52.0), stretch(90.0, 100.0)],
            vec![stretch(0.0, 40.0), stretch(52.0, 70.0), stretch(70.0, 90.0)],
            vec![stretch(0.0, 50.0), stretch(60.0, 70.0)],
            vec![],
        ])
    }

    fn place(lane: usize, stretch: usize) -> Option<Place> {
        Some(Place { lane, stretch })
    }

    #[test]
    fn pointing_finds_what_is_there_or_near() {
        let course = processes();
        assert_eq!(hit(&course, 1, 75.0, 0.0), place(1, 2));
        assert_eq!(hit(&course, 1, 51.0, 0.5), None);
        assert_eq!(hit(&course, 1, 51.0, 1.0), place(1, 1));
        assert_eq!(hit(&course, 3, 75.0, 1e9), None);
        assert_eq!(hit(&course, 9, 75.0, 1e9), None);
    }

    #[test]
    fn steps_lead_from_stretch_to_stretch() {
        let course = processes();
        assert_eq!(moved(&course, None, Step::Later), place(1, 0));
        assert_eq!(moved(&course, place(1, 0), Step::Later), place(1, 1));
        assert_eq!(moved(&course, place(1, 2), Step::Later), place(1, 2));
        assert_eq!(moved(&course, place(1, 0), Step::Earlier), place(1, 0));
        assert_eq!(moved(&course, place(1, 1), Step::First), place(1, 0));
        assert_eq!(moved(&course, place(1, 0), Step::Last), place(1, 2));
        assert_eq!(moved(&course, place(1, 1), Step::Down), place(2, 1));
        assert_eq!(moved(&course, place(1, 2), Step::Up), place(0, 1));
        // The lane below is empty, and nothing is above the page.
        assert_eq!(moved(&course, place(2, 1), Step::Down), place(2, 1));
        assert_eq!(moved(&course, place(0, 1), Step::Up), place(0, 1));
        // A place that is gone.
        assert_eq!(moved(&course, place(7, 7), Step::Up), place(1, 0));
        assert_eq!(moved(&self::course(vec![]), None, Step::Later), None);
    }

    #[test]
    fn the_page_is_entered_where_nobody_else_did_anything() {
        let course = course(vec![vec![stretch(1.0, 2.0)], vec![]]);
        assert_eq!(moved(&course, None, Step::Later), place(0, 0));
    }

    proptest! {
        #[test]
        fn no_step_leaves_the_lanes(
            spans in prop::collection::vec((0_usize..4, 0.0..90.0_f64, 0.0..9.0_f64), 0..30),
            steps in prop::collection::vec(0_usize..6, 0..40),
        ) {
            let mut lanes = vec![Vec::new(); 4];
            for (lane, start, length) in spans {
                lanes[lane].push(stretch(start, start + length));
            }
            let course = course(lanes);
            let all = [Step::Earlier, Step::Later, Step::Up, Step::Down, Step::First, Step::Last];
            let mut place = None;
            for step in steps {
                place = moved(&course, place, all[step]);
                prop_assert_eq!(place.is_some(), course.lanes.iter().any(|lane| !lane.stretches().is_empty()));
                prop_assert!(place.is_none_or(|place| course.at(place).is_some()));
            }
        }
    }
}
