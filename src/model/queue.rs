//! A queue that nobody keeps: whoever stands in it says so again and again, and each
//! works out from what it hears who is first.

/// Who was not heard of for so many rounds is gone.
const GONE_AFTER: u32 = 10;

/// Where somebody stands: since when, and a number of its own to tell those apart who
/// came together. Whole numbers: to read others takes a large table.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// Since when, µs since the Unix epoch.
    pub since_us: u64,
    /// Drawn by lot.
    pub number: u32,
}

/// What somebody in the queue does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Doing {
    Waits,
    Has,
    Leaves,
}

const WORDS: [(Doing, &str); 3] = [(Doing::Waits, "waits"), (Doing::Has, "has"), (Doing::Leaves, "leaves")];

#[derive(Clone, Copy, Debug)]
struct Other {
    place: Place,
    has_turn: bool,
    /// Rounds since it was heard.
    silent: u32,
}

/// The queue as one of those who stand in it knows it.
#[derive(Debug)]
pub struct Queue {
    own: Place,
    has_turn: bool,
    /// Somebody who came before has the turn, too.
    is_outdone: bool,
    others: Vec<Other>,
    /// Rounds since somebody was heard who has the turn.
    unheard: u32,
}

impl Queue {
    /// The queue for somebody who has just come.
    #[must_use]
    pub fn new(own: Place) -> Self {
        Self { own, has_turn: false, is_outdone: false, others: Vec::new(), unheard: 0 }
    }

    /// What to tell all others now.
    #[must_use]
    pub fn word(&self) -> String {
        self.text(if self.has_turn { Doing::Has } else { Doing::Waits })
    }

    /// What to tell all others at last.
    #[must_use]
    pub fn farewell(&self) -> String {
        self.text(Doing::Leaves)
    }

    fn text(&self, doing: Doing) -> String {
        let word = WORDS.iter().find(|(it, _)| *it == doing).map_or("", |(_, word)| word);
        format!("{word} {} {}", self.own.since_us, self.own.number)
    }

    /// Takes what another one says; whether it has to be told at once who stands here.
    pub fn hear(&mut self, text: &str) -> bool {
        let Some((doing, place)) = read(text) else { return false };
        let known = self.others.iter().position(|other| other.place.number == place.number);
        if doing == Doing::Leaves {
            if let Some(index) = known {
                self.others.remove(index);
            }
            return false;
        }
        let other = Other { place, has_turn: doing == Doing::Has, silent: 0 };
        match known.and_then(|index| self.others.get_mut(index)) {
            Some(known) => *known = other,
            None => self.others.push(other),
        }
        if other.has_turn {
            self.unheard = 0;
            self.is_outdone |= self.has_turn && place < self.own;
        }
        known.is_none()
    }

    /// A round is over, in which all others should have spoken.
    pub fn round(&mut self) {
        self.unheard = self.unheard.saturating_add(1);
        self.others.iter_mut().for_each(|other| other.silent += 1);
        self.others.retain(|other| other.silent < GONE_AFTER);
    }

    /// Takes the turn, if nobody has it and nobody came before.
    pub fn advance(&mut self) -> bool {
        let is_first = self.others.iter().all(|other| !other.has_turn && self.own < other.place);
        self.has_turn |= is_first;
        is_first
    }

    /// Has the turn, whatever the others say: somebody else keeps the queue.
    pub fn take(&mut self) {
        self.has_turn = true;
    }

    /// Somebody who came before has the turn, too: it can't be kept.
    #[must_use]
    pub fn is_outdone(&self) -> bool {
        self.is_outdone
    }

    /// Rounds in which nobody was heard who has the turn.
    #[must_use]
    pub fn unheard(&self) -> u32 {
        self.unheard
    }
}

fn read(text: &str) -> Option<(Doing, Place)> {
    let mut words = text.split(' ');
    let word = words.next()?;
    let doing = WORDS.iter().find(|(_, it)| *it == word).map(|(doing, _)| *doing)?;
    Some((doing, Place { since_us: words.next()?.parse().ok()?, number: words.next()?.parse().ok()? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(since_us: u64, number: u32) -> Queue {
        Queue::new(Place { since_us, number })
    }

    /// Everybody hears everybody, as they do where all are awake.
    fn talk(queues: &mut [Queue]) {
        for speaker in 0..queues.len() {
            let word = queues[speaker].word();
            for listener in (0..queues.len()).filter(|listener| *listener != speaker) {
                queues[listener].hear(&word);
            }
        }
    }

    #[test]
    fn who_comes_first_is_first() {
        let mut queues = [queue(2, 11), queue(1, 12), queue(2, 10)];
        talk(&mut queues);
        assert_eq!(queues.each_mut().map(Queue::advance), [false, true, false]);
        talk(&mut queues);
        let farewell = queues[1].farewell();
        queues[0].hear(&farewell);
        queues[2].hear(&farewell);
        assert_eq!([queues[0].advance(), queues[2].advance()], [false, true]);
    }

    #[test]
    fn who_has_the_turn_keeps_it_from_who_came_earlier_but_spoke_later() {
        let (mut late, mut early) = (queue(2, 11), queue(1, 12));
        assert!(late.advance());
        assert!(early.hear(&late.word()), "a stranger is told at once");
        assert!(!early.hear(&late.word()));
        assert!(!early.advance());
        late.hear(&early.word());
        assert!(!late.is_outdone());
    }

    #[test]
    fn of_two_who_have_it_the_later_lets_go() {
        let (mut one, mut other) = (queue(1, 11), queue(2, 12));
        assert!(one.advance() && other.advance());
        talk(std::slice::from_mut(&mut one));
        one.hear(&other.word());
        other.hear(&one.word());
        assert_eq!([one.is_outdone(), other.is_outdone()], [false, true]);
    }

    #[test]
    fn who_is_silent_is_gone() {
        let (mut waits, has) = (queue(2, 11), queue(1, 12));
        waits.hear(&has.word());
        for _ in 1..GONE_AFTER {
            waits.round();
        }
        assert!(!waits.advance());
        waits.round();
        assert!(waits.advance());
    }

    #[test]
    fn silence_is_counted_until_somebody_speaks_who_has_the_turn() {
        let (mut waits, mut other) = (queue(2, 11), queue(1, 12));
        waits.round();
        waits.hear(&other.word());
        assert_eq!(waits.unheard(), 1);
        other.take();
        waits.hear(&other.word());
        assert_eq!(waits.unheard(), 0);
    }

    #[test]
    fn what_others_post_means_nothing() {
        let mut queue = queue(2, 11);
        for text in ["", "has", "has 1", "has 1 x", "has -1 1", "holds 1 2", "has 1.5 2", "has 1 99999999999"] {
            assert!(!queue.hear(text), "{text}");
        }
        assert!(queue.advance());
    }
}
