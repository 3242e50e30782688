//! In a lecture hall: a vote, a discussion, another vote. Hands or paper are counted by who
//! stands in front, if they like; nothing is sent anywhere.

use leptos::prelude::*;

use super::own;
use super::question::letter;
use super::state::Quiz;
use crate::lab::quiz::item::Choice;
use crate::lab::quiz::sitting::Stage;

/// Hands that somebody counts, at most.
const MOST: u32 = 100_000;

/// The answers with fields for counts, and the way on.
#[component]
pub(in crate::lab::quiz) fn Vote(quiz: Quiz, stage: Stage) -> impl IntoView {
    let options: Vec<Choice> = quiz.card_untracked(|card| card.options().cloned().collect()).unwrap_or_default();
    let votes = quiz.card_untracked(|card| card.votes.clone()).unwrap_or_default();
    let option = move |(place, Choice { id, label, .. }): (usize, Choice)| {
        let count = |round: usize| votes.get(round).and_then(|it| it.get(place).copied()).flatten();
        let before = count(0).filter(|_| stage != Stage::Vote);
        let field = move || {
            let value = count(usize::from(stage == Stage::VoteAgain)).map(|it| it.to_string()).unwrap_or_default();
            view! {
                <input
                    type="text"
                    inputmode="numeric"
                    class="count"
                    aria-label=format!("Votes for {}", letter(place))
                    prop:value=value
                    on:input=move |event| {
                        let votes = event_target_value(&event).trim().parse().ok().filter(|it| *it <= MOST);
                        quiz.act(|it| it.count(place, votes));
                    }
                />
            }
        };
        view! {
            <li>
                <div class="option" data-option=id>
                    <span class="letter">{letter(place).to_string()}</span>
                    {own::words(quiz, label)}
                    <span class="votes" translate="no">
                        {before.map(|it| it.to_string())}
                    </span>
                    {(stage != Stage::Discuss).then(field)}
                </div>
            </li>
        }
    };
    let (words, button) = match stage {
        Stage::Vote => ("A first vote: everybody for themselves. Counts are optional.", "Now discuss"),
        Stage::Discuss => ("Find somebody who voted otherwise, and convince them.", "Vote again"),
        _ => ("A second vote. Then it is run.", "On to the run"),
    };
    view! {
        <p class="hall-words">{words}</p>
        <ol class="options">{options.into_iter().enumerate().map(option).collect_view()}</ol>
        <button id="go-on" type="button" class="primary" on:click=move |_| quiz.act(|it| it.go_on())>
            {button}
        </button>
    }
}
