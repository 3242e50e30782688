//! Ways through the labs: for somebody with ten minutes, for a class, at home.

use crate::model::lab::{Catalogue, Lab};

/// A way through.
#[derive(Debug)]
pub struct Route {
    /// Whom it is for.
    pub title: &'static str,
    /// How to go about it, in a sentence.
    pub how: &'static str,
    /// The chapters that it passes through, and at most how many minutes it takes.
    pub minutes: u32,
}

/// All of them.
pub const ROUTES: [Route; 3] = [
    Route { title: "Ten minutes", how: "Guess, run, see who was right, and why.", minutes: 10 },
    Route {
        title: "A class of fifty minutes",
        how: "Let everybody guess before each run, and compare machines after it.",
        minutes: 50,
    },
    Route {
        title: "Homework",
        how: "Change one thing at a time, and take the table along as an answer.",
        minutes: u32::MAX,
    },
];

impl Route {
    /// The labs of this route: those of the lecture's order that fit into its time.
    #[must_use]
    pub fn labs(&self, catalogue: &Catalogue) -> Vec<&'static Lab> {
        let mut left = self.minutes;
        let experiments = catalogue.labs.iter().copied().filter(|lab| lab.is_listed());
        experiments
            .filter(|lab| {
                let fits = lab.minutes <= left;
                if fits {
                    left -= lab.minutes;
                }
                fits
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::CATALOGUE;

    #[test]
    fn every_route_begins_with_the_race_and_keeps_its_time() {
        for route in &ROUTES {
            let labs = route.labs(&CATALOGUE);
            assert_eq!(labs.first().map(|it| it.name), Some(CATALOGUE.usual.name), "{}", route.title);
            assert!(labs.iter().map(|it| it.minutes).sum::<u32>() <= route.minutes, "{}", route.title);
        }
        let homework = ROUTES[2].labs(&CATALOGUE).len();
        assert_eq!(homework, CATALOGUE.labs.iter().filter(|it| it.is_listed()).count());
    }
}
