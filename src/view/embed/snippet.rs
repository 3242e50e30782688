//! The lines that put a lab into a page or a slide (`docs/slides.md`).

use crate::model::lab::{Beginning, Catalogue};
use crate::model::parameter::{Kind, Values};
use crate::model::query::{to_query, to_suffix};

/// What a frame is allowed to do: threads, where the page around it may hand
/// them on, and the clipboard.
const ALLOW: &str = "cross-origin-isolated; clipboard-write";

/// Which lines.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// For any page.
    Iframe,
    /// For a Quarto document or deck with our extension.
    Quarto,
    /// A slide of a Reveal.js deck.
    Reveal,
}

impl Form {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Iframe, Self::Quarto, Self::Reveal];

    /// The name that a teacher reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Iframe => "HTML page",
            Self::Quarto => "Quarto",
            Self::Reveal => "Reveal.js",
        }
    }

    /// Where the lines go, and what they need.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::Iframe => "For any page that takes HTML: a course page, a blog, a learning platform.",
            Self::Quarto => "For a Quarto document or deck. It needs the extension parallel-lab, once per project.",
            Self::Reveal => "One slide. The lab is loaded when its slide is shown, and unloaded when it is left.",
        }
    }
}

/// How much room the frame takes, CSS pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Size {
    /// `None`: as wide as what it stands in.
    pub width_px: Option<u32>,
    /// Its height.
    pub height_px: u32,
}

impl Size {
    /// What is offered; a Reveal.js slide has 960 × 700.
    pub const ALL: [Self; 4] = [
        Self { width_px: None, height_px: 600 },
        Self { width_px: Some(960), height_px: 600 },
        Self { width_px: Some(1024), height_px: 768 },
        Self { width_px: Some(1280), height_px: 800 },
    ];

    /// The same for what shows nothing but a figure: it has room in any of these.
    pub const OF_FIGURE: [Self; 4] = [
        Self { width_px: None, height_px: 400 },
        Self { width_px: Some(480), height_px: 320 },
        Self { width_px: Some(640), height_px: 400 },
        Self { width_px: Some(960), height_px: 540 },
    ];

    /// The size in words.
    #[must_use]
    pub fn name(self) -> String {
        match self.width_px {
            None => format!("full width × {}", self.height_px),
            Some(width) => format!("{width} × {}", self.height_px),
        }
    }

    fn width(self) -> String {
        self.width_px.map_or("100%".into(), |width| width.to_string())
    }
}

/// A lab as it will stand in a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    /// Where the lab is hosted, without a query.
    pub base: String,
    /// The lab, and all that it is set to.
    pub values: Values,
    /// What it begins with.
    pub beginning: &'static Beginning,
    /// Enlarged for a lecture hall.
    pub is_large: bool,
    /// The page around it is isolated itself, and frames only what is, or what keeps to itself.
    pub is_in_isolated_page: bool,
    /// Its frame.
    pub size: Size,
}

impl Embedding {
    /// An embedding of a lab that waits for Run.
    #[must_use]
    pub fn new(base: String, values: Values) -> Self {
        let beginning = &Beginning::WAITING;
        Self { base, values, beginning, is_large: false, is_in_isolated_page: false, size: Size::ALL[0] }
    }

    /// The frame's address.
    #[must_use]
    pub fn address(&self, catalogue: &Catalogue) -> String {
        let mut pieces = vec!["embed".to_owned()];
        pieces.extend(self.beginning().map(str::to_owned));
        pieces.push(to_query(&self.values, catalogue));
        pieces.retain(|piece| !piece.is_empty());
        format!("{}{}", self.base, to_suffix(&pieces.join("&")))
    }

    fn beginning(&self) -> impl Iterator<Item = &'static str> {
        let has_it = self.values.lab().beginnings().any(|it| it == self.beginning);
        let query = Some(self.beginning.query).filter(|query| has_it && !query.is_empty());
        query.into_iter().chain(self.is_large.then_some("present"))
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self, form: Form, catalogue: &Catalogue) -> String {
        match form {
            Form::Iframe => self.frame("src", " loading=\"lazy\"", catalogue),
            Form::Reveal => format!("<section>\n  {}\n</section>", self.frame("data-src", "", catalogue)),
            Form::Quarto => self.shortcode(catalogue),
        }
    }

    /// `data-external` keeps pandoc from making one file of the document and the lab.
    fn frame(&self, source: &str, lazy: &str, catalogue: &Catalogue) -> String {
        let credentialless = if self.is_in_isolated_page { " credentialless" } else { "" };
        format!(
            "<iframe data-external=\"1\" {source}=\"{}\" title=\"{}\" width=\"{}\" height=\"{}\"{lazy}{credentialless} allow=\"{ALLOW}\" style=\"border: 0\"></iframe>",
            escaped(&self.address(catalogue)),
            self.values.lab().frame_title,
            self.size.width(),
            self.size.height_px,
        )
    }

    fn shortcode(&self, catalogue: &Catalogue) -> String {
        let mut words = vec!["parallel-lab".to_owned()];
        if self.has_text() {
            // A script has line ends and quotes, which a shortcode's arguments can't hold.
            words.push(format!("link=\"{}\"", self.address(catalogue)));
        } else {
            words.push(self.values.lab().name.into());
            words.extend(self.beginning().map(|query| query.replace('&', " ")));
            words.extend(self.values.differences().iter().map(|(name, text)| format!("{name}={text}")));
            words.push(format!("url=\"{}\"", self.base));
        }
        if self.is_in_isolated_page {
            words.push("credentialless".into());
        }
        if self.size.width_px.is_some() {
            words.push(format!("width={}", self.size.width()));
        }
        words.push(format!("height={}", self.size.height_px));
        format!("{{{{< {} >}}}}", words.join(" "))
    }

    /// What is taken over from the page, in words. The dialog itself asks for the colours, and how much is shown.
    #[must_use]
    pub fn summary(&self) -> String {
        let is_told = |name: &str| !["theme", "view"].contains(&name) && !self.is_text(name);
        let differences = self.values.differences().into_iter().filter(|(name, _)| is_told(name));
        let mut taken: Vec<_> = differences.map(|(name, text)| format!("{name} = {text}")).collect();
        if self.has_text() {
            taken.push("your script".into());
        }
        if taken.is_empty() {
            "All settings are as everybody finds them.".into()
        } else {
            format!("Taken over from this page: {}.", taken.join(", "))
        }
    }

    fn is_text(&self, name: &str) -> bool {
        self.values.lab().parameter(name).is_some_and(|it| matches!(it.kind, Kind::Text { .. }))
    }

    fn has_text(&self) -> bool {
        self.values.differences().iter().any(|(name, _)| self.is_text(name))
    }
}

/// As the value of an attribute in double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lab::{Chapter, Lab};
    use crate::model::parameter::Parameter;
    use crate::model::query::parse;
    use crate::model::settings::Executor;

    const BASE: &str = "https://example.org/lab/";

    const PAGE: &[Parameter] = &[
        Parameter::choice("theme", "auto", &[("auto", "auto"), ("light", "light"), ("dark", "dark")]),
        Parameter::choice("view", "all", &[("all", "all"), ("figure", "the figure")]),
    ];
    const RUNS: Lab = Lab {
        name: "runs",
        title: "Runs",
        question: "Which?",
        frame_title: "A lab that runs",
        chapter: Chapter::Begin,
        claims: &[1],
        minutes: 5,
        way: "runs",
        needs_python: false,
        parameters: &[
            &[
                Parameter::whole("members", 30, 1, 1_000_000),
                Parameter::quotient("beta", 8.0 / 3.0, -1000.0, 1000.0),
                Parameter::workers("workers"),
                Parameter::subset("executors", &Executor::WORDS),
            ],
            PAGE,
        ],
        begins: &[Beginning { query: "question", words: "the question" }],
    };
    const SCRIPTS: Lab = Lab {
        name: "scripts",
        frame_title: "A lab of scripts",
        parameters: &[
            PAGE,
            &[
                Parameter::workers("workers"),
                Parameter::text("code", "a script", 20_000, "the program's own"),
                Parameter::choice("gil", "on", &[("on", "on"), ("off", "off")]),
            ],
        ],
        begins: &[],
        ..RUNS
    };
    const CATALOGUE: Catalogue = Catalogue { labs: &[&RUNS, &SCRIPTS], usual: &RUNS };

    fn embedding(query: &str) -> Embedding {
        Embedding::new(BASE.into(), parse(query, &CATALOGUE, 8).0)
    }

    #[test]
    fn an_iframe_carries_the_settings() {
        let embedding = embedding("members=1000&executors=serial,thread&theme=dark&beta=8/3");
        let expected = "<iframe data-external=\"1\" src=\"https://example.org/lab/?embed&amp;members=1000&amp;executors=serial,thread&amp;\
                        theme=dark\" title=\"A lab that runs\" \
                        width=\"100%\" height=\"600\" loading=\"lazy\" allow=\"cross-origin-isolated; \
                        clipboard-write\" style=\"border: 0\"></iframe>";
        assert_eq!(embedding.lines(Form::Iframe, &CATALOGUE), expected);
    }

    #[test]
    fn the_address_says_again_what_was_set() {
        let mut embedding = embedding("lab=scripts&code=print(%22a%20%26%20b%22)%0A&gil=off");
        embedding.is_large = true;
        let address = embedding.address(&CATALOGUE);
        let (values, flags, problems) = parse(address.strip_prefix(BASE).unwrap_or(""), &CATALOGUE, 8);
        assert_eq!((values, problems), (embedding.values.clone(), vec![]));
        assert!(flags.embed && flags.present && !flags.autorun);
    }

    #[test]
    fn what_means_nothing_in_the_lab_stays_away() {
        let (values, _, _) = parse("members=1000&workers=3", &CATALOGUE, 8);
        let race = Embedding::new(BASE.into(), values.clone());
        assert_eq!(race.address(&CATALOGUE), "https://example.org/lab/?embed&members=1000&workers=3");
        let mut python = Embedding::new(BASE.into(), values.of_lab(&SCRIPTS));
        python.beginning = &RUNS.begins[0];
        assert_eq!(python.address(&CATALOGUE), "https://example.org/lab/?embed&lab=scripts&workers=3");
    }

    #[test]
    fn a_shortcode_names_its_settings() {
        let mut embedding = embedding("members=1000&executors=serial,thread");
        embedding.beginning = &Beginning::RUNNING;
        embedding.size = Size::ALL[1];
        let expected = "{{< parallel-lab runs autorun members=1000 executors=serial,thread \
                        url=\"https://example.org/lab/\" width=960 height=600 >}}";
        assert_eq!(embedding.lines(Form::Quarto, &CATALOGUE), expected);
    }

    #[test]
    fn a_page_that_is_isolated_gets_a_frame_that_keeps_to_itself() {
        let mut embedding = embedding("");
        embedding.is_in_isolated_page = true;
        assert!(embedding.lines(Form::Iframe, &CATALOGUE).contains(" loading=\"lazy\" credentialless allow="));
        assert!(embedding.lines(Form::Reveal, &CATALOGUE).contains(" credentialless allow="));
        assert!(embedding.lines(Form::Quarto, &CATALOGUE).contains(" credentialless height=600 >}}"));
    }

    #[test]
    fn a_figure_comes_in_a_smaller_frame() {
        let mut embedding = embedding("view=figure&members=1000");
        embedding.size = Size::OF_FIGURE[1];
        let lines = embedding.lines(Form::Iframe, &CATALOGUE);
        assert!(lines.contains("?embed&amp;members=1000&amp;view=figure\""), "{lines}");
        assert!(lines.contains("width=\"480\" height=\"320\""), "{lines}");
        assert_eq!(embedding.summary(), "Taken over from this page: members = 1000.");
    }

    #[test]
    fn a_script_goes_into_a_shortcode_as_a_link() {
        let embedding = embedding("lab=scripts&code=print('hi')%0Aprint(%22>}}%22)");
        let lines = embedding.lines(Form::Quarto, &CATALOGUE);
        let link = lines.strip_prefix("{{< parallel-lab link=\"").and_then(|it| it.strip_suffix("\" height=600 >}}"));
        assert_eq!(link, Some(embedding.address(&CATALOGUE).as_str()));
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "?&=%:/.-_,~+".contains(it);
        assert!(link.is_some_and(|it| it.chars().all(is_plain)), "{lines}");
    }

    #[test]
    fn a_slide_is_loaded_when_it_is_shown() {
        let embedding = embedding("");
        let lines = embedding.lines(Form::Reveal, &CATALOGUE);
        assert!(
            lines.starts_with("<section>\n  <iframe data-external=\"1\" data-src=\"https://example.org/lab/?embed\" "),
            "{lines}"
        );
        assert!(!lines.contains(" src=") && !lines.contains("loading="), "{lines}");
    }

    #[test]
    fn nothing_ends_an_attribute() {
        let mut embedding = embedding("");
        embedding.base = "https://example.org/\"><script>".into();
        let lines = embedding.lines(Form::Iframe, &CATALOGUE);
        assert!(lines.contains("/&quot;&gt;&lt;script&gt;?embed"), "{lines}");
    }

    #[test]
    fn it_is_said_what_is_taken_over() {
        let embedding = embedding("members=1000&theme=dark");
        assert_eq!(embedding.summary(), "Taken over from this page: members = 1000.");
        let embedding = self::embedding("lab=scripts&code=x&gil=off");
        assert_eq!(embedding.summary(), "Taken over from this page: gil = off, your script.");
        let embedding = self::embedding("theme=light");
        assert_eq!(embedding.summary(), "All settings are as everybody finds them.");
    }
}
