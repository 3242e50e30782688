//! What is said of which run. A lab's rules are about different runs, each:
//! what is said does not depend on their order.

use super::condition::{Seen, When};
use super::data::read;
use super::lesson::Lesson;
use super::template;
use crate::view::headline::Headline;

/// When … say ….
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// For people who write rules.
    pub name: String,
    /// Which runs it is about.
    pub when: When,
    /// The headline; where it is missing, the run's figures are the headline.
    pub say: Option<String>,
    /// What else is true of the run.
    pub more: Option<String>,
    /// The lecture's slide that it is about: its id.
    pub slide: Option<String>,
    /// Why it is not as the slide says, or why it is.
    pub because: Option<String>,
    /// The option of the prediction that turned out right: its id.
    pub shows: Option<String>,
    /// What to do next.
    pub next: Option<Next>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// One change to try: a sentence.
    pub words: String,
    /// The beginning that makes it.
    pub beginning: Option<String>,
}

read!(Rule { name, when; say, more, slide, because, shows, next });
read!(Next { words; beginning });

/// What a lab says of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// One sentence; `None`: the run's figures.
    pub headline: Option<Headline>,
    /// What else is true.
    pub more: Option<String>,
    /// The slide that it is about.
    pub slide: Option<String>,
    /// Why.
    pub because: Option<String>,
    /// What turned out right.
    pub shows: Option<String>,
    /// What to do next.
    pub next: Option<Next>,
}

impl Explanation {
    /// A headline, and sentences below it.
    #[must_use]
    pub fn of(headline: Headline, more: impl IntoIterator<Item = String>) -> Self {
        Self { headline: Some(headline), ..Self::default() }.and(more)
    }

    /// The same with further sentences below it.
    #[must_use]
    pub fn and(mut self, more: impl IntoIterator<Item = String>) -> Self {
        for sentence in more {
            self.more = Some(self.more.map_or(sentence.clone(), |it| format!("{it} {sentence}")));
        }
        self
    }

    /// A rule's words before what the run's figures say, where it has no headline of its own.
    #[must_use]
    pub fn or_figures(self, figures: Self) -> Self {
        if self.headline.is_some() {
            return self;
        }
        Self { headline: figures.headline, ..self }.and(figures.more)
    }
}

impl Rule {
    /// What it says of a run that it is about; `None` where the run lacks
    /// a figure that it would say.
    #[must_use]
    pub fn explain(&self, seen: &Seen<'_>) -> Option<Explanation> {
        let filled = |template: &Option<String>| match template {
            Some(template) => template::fill(template, seen).map(Some),
            None => Some(None),
        };
        let words = |template: &Option<String>| filled(template).map(|it| it.map(|it| it.to_string()));
        let next = match &self.next {
            Some(next) => Some(Next { words: template::fill(&next.words, seen)?.to_string(), ..next.clone() }),
            None => None,
        };
        Some(Explanation {
            headline: filled(&self.say)?,
            more: words(&self.more)?,
            slide: self.slide.clone(),
            because: words(&self.because)?,
            shows: self.shows.clone(),
            next,
        })
    }
}

impl Lesson {
    /// What the lab says of a run; `None` where no rule is about it, as with
    /// scripts that were changed.
    #[must_use]
    pub fn explain(&self, seen: &Seen<'_>) -> Option<Explanation> {
        self.rules.iter().find(|rule| rule.when.holds(seen))?.explain(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_without_a_headline_goes_before_the_figures() {
        let figures = || Explanation::of(Headline::plain("It took 5 ms."), ["Run again.".to_owned()]);
        let rule = Explanation { shows: Some("it".into()), ..Explanation::default() }.and(["Two.".to_owned()]);
        let told = rule.or_figures(figures());
        assert_eq!(told.headline, figures().headline);
        assert_eq!((told.more.as_deref(), told.shows.as_deref()), (Some("Two. Run again."), Some("it")));
        let own = Explanation::of(Headline::plain("Lost."), None);
        assert_eq!(own.clone().or_figures(figures()), own);
    }
}
