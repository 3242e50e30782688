//! The lines that put a lab into a page or a slide (`docs/slides.md`).

use crate::model::query::{Parameter, differences, to_query, to_suffix};
use crate::model::settings::{Lab, Settings, Theme};

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

/// What the lab begins with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Beginning {
    /// The lab, waiting for Run.
    Lab,
    /// A run, once it is seen.
    Run,
    /// The question, whose answer is the Run button. Only the race has one.
    Question,
}

impl Beginning {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Lab, Self::Run, Self::Question];

    /// Those that a lab has, the first of all.
    #[must_use]
    pub fn of(lab: Lab) -> &'static [Self] {
        match lab {
            Lab::Race => &Self::ALL,
            Lab::Script(_) => &[Self::Lab, Self::Run],
        }
    }

    /// The name that a teacher reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lab => "the lab, waiting for Run",
            Self::Run => "a run, when it is seen",
            Self::Question => "the question",
        }
    }

    /// The flag of the URL, if there is one.
    #[must_use]
    pub fn flag(self) -> Option<&'static str> {
        match self {
            Self::Lab => None,
            Self::Run => Some("autorun"),
            Self::Question => Some("question"),
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
    /// Lab, theme, and all that the lab was set to.
    pub settings: Settings,
    /// What it begins with.
    pub beginning: Beginning,
    /// Enlarged for a lecture hall.
    pub is_large: bool,
    /// Its frame.
    pub size: Size,
}

impl Embedding {
    /// An embedding of `lab` with what of `settings` means something there; the
    /// rest is left as everybody finds it.
    #[must_use]
    pub fn new(base: String, lab: Lab, settings: &Settings, defaults: &Settings) -> Self {
        let mut settings = Settings { lab, ..settings.clone() };
        for parameter in Parameter::ALL.into_iter().filter(|it| !it.is_of(lab)) {
            // The defaults' own texts are never malformed.
            let _ = parameter.set(&mut settings, &parameter.text(defaults), defaults);
        }
        Self { base, settings, beginning: Beginning::Lab, is_large: false, size: Size::ALL[0] }
    }

    /// The frame's address.
    #[must_use]
    pub fn address(&self, defaults: &Settings) -> String {
        let mut pieces = vec!["embed".to_owned()];
        pieces.extend(self.flags().map(str::to_owned));
        pieces.push(to_query(&self.settings, defaults));
        pieces.retain(|piece| !piece.is_empty());
        format!("{}{}", self.base, to_suffix(&pieces.join("&")))
    }

    fn flags(&self) -> impl Iterator<Item = &'static str> {
        let has_it = Beginning::of(self.settings.lab).contains(&self.beginning);
        let beginning = self.beginning.flag().filter(|_| has_it);
        beginning.into_iter().chain(self.is_large.then_some("present"))
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self, form: Form, defaults: &Settings) -> String {
        match form {
            Form::Iframe => self.frame("src", " loading=\"lazy\"", defaults),
            Form::Reveal => format!("<section>\n  {}\n</section>", self.frame("data-src", "", defaults)),
            Form::Quarto => self.shortcode(defaults),
        }
    }

    fn frame(&self, source: &str, lazy: &str, defaults: &Settings) -> String {
        format!(
            "<iframe {source}=\"{}\" title=\"{}\" width=\"{}\" height=\"{}\"{lazy} allow=\"{ALLOW}\" style=\"border: 0\"></iframe>",
            escaped(&self.address(defaults)),
            title(self.settings.lab),
            self.size.width(),
            self.size.height_px,
        )
    }

    fn shortcode(&self, defaults: &Settings) -> String {
        let mut words = vec!["parallel-lab".to_owned()];
        if self.settings.code.is_empty() {
            words.push(self.settings.lab.name().into());
            words.extend(self.flags().map(str::to_owned));
            let differences = differences(&self.settings, defaults).into_iter();
            words.extend(differences.filter(|(name, _)| *name != "lab").map(|(name, text)| format!("{name}={text}")));
            words.push(format!("url=\"{}\"", self.base));
        } else {
            // A script has line ends and quotes, which a shortcode's arguments can't hold.
            words.push(format!("link=\"{}\"", self.address(defaults)));
        }
        if self.size.width_px.is_some() {
            words.push(format!("width={}", self.size.width()));
        }
        words.push(format!("height={}", self.size.height_px));
        format!("{{{{< {} >}}}}", words.join(" "))
    }

    /// What is taken over from the page, in words.
    #[must_use]
    pub fn summary(&self, defaults: &Settings) -> String {
        let plain = Settings { theme: Theme::Auto, code: String::new(), ..self.settings.clone() };
        let mut taken: Vec<_> = differences(&plain, defaults)
            .into_iter()
            .filter(|(name, _)| *name != "lab")
            .map(|(name, text)| format!("{name} = {text}"))
            .collect();
        if !self.settings.code.is_empty() {
            taken.push("your script".into());
        }
        if taken.is_empty() {
            "All settings are as everybody finds them.".into()
        } else {
            format!("Taken over from this page: {}.", taken.join(", "))
        }
    }
}

/// What screen readers call the frame.
fn title(lab: Lab) -> &'static str {
    match lab {
        Lab::Race => "Parallel Lab: four ways of running an ensemble, raced in this browser",
        Lab::Script(_) => "Parallel Lab: Python with processes and threads, run in this browser",
    }
}

/// As the value of an attribute in double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::query::parse;

    const BASE: &str = "https://example.org/lab/";

    fn embedding(query: &str) -> (Embedding, Settings) {
        let defaults = Settings::defaults(8);
        let (settings, _, _) = parse(query, &defaults);
        (Embedding::new(BASE.into(), settings.lab, &settings, &defaults), defaults)
    }

    #[test]
    fn an_iframe_carries_the_settings() {
        let (embedding, defaults) = embedding("members=1000&executors=serial,thread&theme=dark&beta=8/3");
        let expected = "<iframe src=\"https://example.org/lab/?embed&amp;members=1000&amp;executors=serial,thread&amp;\
                        theme=dark\" title=\"Parallel Lab: four ways of running an ensemble, raced in this browser\" \
                        width=\"100%\" height=\"600\" loading=\"lazy\" allow=\"cross-origin-isolated; \
                        clipboard-write\" style=\"border: 0\"></iframe>";
        assert_eq!(embedding.lines(Form::Iframe, &defaults), expected);
    }

    #[test]
    fn the_address_says_again_what_was_set() {
        let (mut embedding, defaults) = embedding("lab=python&code=print(%22a%20%26%20b%22)%0A&gil=off");
        embedding.is_large = true;
        let address = embedding.address(&defaults);
        let (settings, flags, problems) = parse(address.strip_prefix(BASE).unwrap_or(""), &defaults);
        assert_eq!((settings, problems), (embedding.settings.clone(), vec![]));
        assert!(flags.embed && flags.present && !flags.autorun);
    }

    #[test]
    fn what_means_nothing_in_the_lab_stays_away() {
        let defaults = Settings::defaults(8);
        let (settings, _, _) = parse("members=1000&gil=off&code=x&workers=3", &defaults);
        let race = Embedding::new(BASE.into(), Lab::Race, &settings, &defaults);
        assert_eq!(race.address(&defaults), "https://example.org/lab/?embed&members=1000&workers=3");
        let mut python = Embedding::new(BASE.into(), Lab::ALL[1], &settings, &defaults);
        python.beginning = Beginning::Question;
        assert_eq!(python.address(&defaults), "https://example.org/lab/?embed&lab=python&workers=3&code=x&gil=off");
    }

    #[test]
    fn a_shortcode_names_its_settings() {
        let (mut embedding, defaults) = embedding("members=1000&executors=serial,thread");
        embedding.beginning = Beginning::Run;
        embedding.size = Size::ALL[1];
        let expected = "{{< parallel-lab race autorun members=1000 executors=serial,thread \
                        url=\"https://example.org/lab/\" width=960 height=600 >}}";
        assert_eq!(embedding.lines(Form::Quarto, &defaults), expected);
    }

    #[test]
    fn a_script_goes_into_a_shortcode_as_a_link() {
        let (embedding, defaults) = embedding("lab=python&code=print('hi')%0Aprint(%22>}}%22)");
        let lines = embedding.lines(Form::Quarto, &defaults);
        let link = lines.strip_prefix("{{< parallel-lab link=\"").and_then(|it| it.strip_suffix("\" height=600 >}}"));
        assert_eq!(link, Some(embedding.address(&defaults).as_str()));
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "?&=%:/.-_,~+".contains(it);
        assert!(link.is_some_and(|it| it.chars().all(is_plain)), "{lines}");
    }

    #[test]
    fn a_slide_is_loaded_when_it_is_shown() {
        let (embedding, defaults) = embedding("");
        let lines = embedding.lines(Form::Reveal, &defaults);
        assert!(lines.starts_with("<section>\n  <iframe data-src=\"https://example.org/lab/?embed\" "), "{lines}");
        assert!(!lines.contains(" src=") && !lines.contains("loading="), "{lines}");
    }

    #[test]
    fn nothing_ends_an_attribute() {
        let (mut embedding, defaults) = embedding("");
        embedding.base = "https://example.org/\"><script>".into();
        let lines = embedding.lines(Form::Iframe, &defaults);
        assert!(lines.contains("/&quot;&gt;&lt;script&gt;?embed"), "{lines}");
    }

    #[test]
    fn it_is_said_what_is_taken_over() {
        let (embedding, defaults) = embedding("members=1000&theme=dark");
        assert_eq!(embedding.summary(&defaults), "Taken over from this page: members = 1000.");
        let (embedding, defaults) = self::embedding("lab=python&code=x&gil=off");
        assert_eq!(embedding.summary(&defaults), "Taken over from this page: gil = off, your script.");
        let (embedding, defaults) = self::embedding("theme=light");
        assert_eq!(embedding.summary(&defaults), "All settings are as everybody finds them.");
    }
}
