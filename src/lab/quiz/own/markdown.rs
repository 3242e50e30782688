//! The little that texts may be marked up with. What comes of Markdown is a list of pieces, of
//! which nodes are made: no HTML on the way, so that there is none to be let through.

use pulldown_cmark::{Event, Parser, Tag as Marked};

/// Elements within each other, at most; what is deeper stands without its own.
const DEEP: usize = 8;

/// An element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Tag {
    /// Some sentences.
    Paragraph,
    /// Said with stress.
    Emphasis,
    /// Said with more.
    Strong,
    /// Some characters of a program.
    Code,
    /// Some lines of it.
    CodeBlock,
    /// Points.
    List,
    /// Steps.
    Numbered,
    /// One of those.
    Item,
    /// What somebody else says.
    Quote,
    /// Leads to this address.
    Link(String),
}

/// A piece of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    /// An element begins.
    Open(Tag),
    /// The innermost element ends.
    Close,
    /// A text as it is.
    Text(String),
    /// A new line.
    Break,
}

/// A text of several paragraphs.
#[must_use]
pub fn blocks(text: &str) -> Vec<Piece> {
    pieces(text, Some)
}

/// What can stand in a line, also within a button: no links, no paragraphs.
#[must_use]
pub fn inline(text: &str) -> Vec<Piece> {
    line(text, |tag| matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Code).then_some(tag))
}

/// The words alone.
#[must_use]
pub fn plain(text: &str) -> String {
    let words = line(text, |_| None).into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Open(_) | Piece::Close | Piece::Break => " ".to_owned(),
    });
    words.collect::<String>().trim().to_owned()
}

/// What stands before a line's text, so that nothing in it begins a list, a quote or a heading.
const NO_BLOCK: char = '\u{e000}';

/// A text of one line: one paragraph, whatever it begins with.
fn line(text: &str, wanted: impl Fn(Tag) -> Option<Tag>) -> Vec<Piece> {
    let words: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = format!("{NO_BLOCK}{}", words.join(" "));
    let mut pieces = pieces(&text, wanted);
    for piece in &mut pieces {
        if let Piece::Text(text) = piece {
            text.retain(|letter| letter != NO_BLOCK);
        }
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

fn pieces(text: &str, wanted: impl Fn(Tag) -> Option<Tag>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // Of each element that is open, whether it is one here.
    let mut open: Vec<bool> = Vec::new();
    let mut depth = 0;
    for event in Parser::new(text) {
        match event {
            Event::Start(marked) => {
                let is_apart =
                    matches!(marked, Marked::Paragraph | Marked::Item | Marked::CodeBlock(_) | Marked::Heading { .. });
                let tag = element(&marked).and_then(&wanted).filter(|_| depth < DEEP);
                if tag.is_none() && is_apart && !pieces.is_empty() {
                    pieces.push(Piece::Text(" ".into()));
                }
                open.push(tag.is_some());
                if let Some(tag) = tag {
                    depth += 1;
                    pieces.push(Piece::Open(tag));
                }
            }
            Event::End(_) => {
                let was_one = open.pop() == Some(true);
                depth -= usize::from(was_one);
                pieces.extend(was_one.then_some(Piece::Close));
            }
            Event::Code(code) => match wanted(Tag::Code) {
                Some(tag) => pieces.extend([Piece::Open(tag), Piece::Text(code.into_string()), Piece::Close]),
                None => pieces.push(Piece::Text(code.into_string())),
            },
            Event::SoftBreak => pieces.push(Piece::Text(" ".into())),
            Event::HardBreak => pieces.push(Piece::Break),
            // HTML is what it was written as.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                pieces.push(Piece::Text(text.into_string()));
            }
            _ => {}
        }
    }
    pieces
}

/// What becomes of it; `None`: what is in it stands by itself. So does an image's other text.
fn element(marked: &Marked<'_>) -> Option<Tag> {
    Some(match marked {
        Marked::Paragraph | Marked::HtmlBlock => Tag::Paragraph,
        Marked::Heading { .. } | Marked::Strong => Tag::Strong,
        Marked::Emphasis => Tag::Emphasis,
        Marked::CodeBlock(_) => Tag::CodeBlock,
        Marked::List(None) => Tag::List,
        Marked::List(Some(_)) => Tag::Numbered,
        Marked::Item => Tag::Item,
        Marked::BlockQuote(_) => Tag::Quote,
        Marked::Link { dest_url, .. } if leads_somewhere(dest_url) => Tag::Link(dest_url.to_string()),
        _ => return None,
    })
}

/// Whether it is an address of the web, or of this site.
fn leads_somewhere(address: &str) -> bool {
    if address.is_empty() || address.chars().any(|it| it.is_control() || it.is_whitespace() || it == '\\') {
        return false;
    }
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        Some((scheme, _)) => ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)),
        None => !address.starts_with("//"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces as something to be read.
    fn shown(pieces: &[Piece]) -> String {
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Open(tag) => format!("<{tag:?}>"),
            Piece::Close => "</>".into(),
            Piece::Text(text) => text.clone(),
            Piece::Break => "<br>".into(),
        });
        shown.collect()
    }

    #[test]
    fn what_is_marked_becomes_elements() {
        let text = "One *two* **three** `c += f()`.\n\n1. a\n2. b\n\n- c\n\n> d\n\n# e\n\n    x < 1\n";
        assert_eq!(
            shown(&blocks(text)),
            "<Paragraph>One <Emphasis>two</> <Strong>three</> <Code>c += f()</>.</><Numbered><Item>a</><Item>b</></><List><Item>c</></>\
             <Quote><Paragraph>d</></><Strong>e</><CodeBlock>x < 1\n</>"
        );
        assert_eq!(shown(&inline("`a` is\n\n- *b*\n\n[c](https://d)")), "<Code>a</> is - <Emphasis>b</> c");
        assert_eq!(plain("What is `1 + 1`?\n\nAnd **why**?"), "What is 1 + 1? And why?");
        assert_eq!(plain("As it is: 2 < 3 & 4"), "As it is: 2 < 3 & 4");
    }

    #[test]
    fn html_is_text_and_only_the_web_is_linked() {
        let text = "<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> ![an image](https://a/b.png)";
        let all = blocks(text);
        assert!(
            all.iter().all(|it| matches!(it, Piece::Open(Tag::Paragraph) | Piece::Close | Piece::Text(_))),
            "{all:?}"
        );
        assert!(shown(&all).contains("<script>alert(1)</script>") && shown(&all).contains("an image"), "{all:?}");
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#x0A;script:alert(1)",
            "&#1;javascript:alert(1)",
            "javascript&colon;alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "\\\\\\\\example.org",
            "mailto:a@b.org",
        ] {
            let linked = blocks(&format!("[a](<{bad}>)"));
            assert!(!linked.iter().any(|it| matches!(it, Piece::Open(Tag::Link(_)))), "{bad}: {linked:?}");
        }
        for good in ["https://example.org/a?b=c:d", "http://example.org", "?lab=x", "a/b.html", "#c"] {
            let linked = blocks(&format!("[a](<{good}>)"));
            assert!(linked.contains(&Piece::Open(Tag::Link(good.to_owned()))), "{good}: {linked:?}");
        }
    }

    #[test]
    fn what_is_deep_stays_flat() {
        for deep in
            ["> ".repeat(10_000), "- ".repeat(10_000), "*a ".repeat(10_000), "[".repeat(10_000), "`".repeat(10_000)]
        {
            assert!(deepest(&blocks(&format!("{deep}x"))) <= DEEP);
        }
    }

    fn deepest(pieces: &[Piece]) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        for piece in pieces {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close => depth = depth.checked_sub(1).expect("it closes what is open"),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        assert_eq!(depth, 0);
        // Inline code stands within what is deepest.
        deepest.saturating_sub(1)
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_closed(text in "[a*_`#>\\[\\]()<!\\-\n 1.:/]{0,80}") {
            prop_assert!(deepest(&blocks(&text)) <= DEEP);
            let _ = (deepest(&inline(&text)), plain(&text));
        }
    }
}
