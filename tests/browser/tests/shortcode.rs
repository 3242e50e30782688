//! Quarto's shortcode in every kind of format, and that it knows the contract.
//! Pandoc alone renders it; the decks it makes are driven in `slides.rs`.

use std::fs;
use std::path::PathBuf;

use browser_tests::deck::{self, Rendered};
use browser_tests::{Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::CATALOGUE;
use parallel_lab::model::parameter::{Problem, Values};
use parallel_lab::model::query::{Flags, apply_field, parse};

// No browser takes part: once is enough.
pub(super) const SUITE: Suite = Suite::crowded(
    module_path!(),
    &tests![chromium:
        it_judges_values_as_the_lab_does,
        other_labs_settings_are_no_slip,
        what_it_writes_the_lab_reads,
        slips_are_told_and_nothing_breaks_out,
        a_link_brings_all_it_says,
        nothing_is_inlined,
        paper_gets_a_picture_and_an_address,
        no_address_is_told,
    ],
);

const BASE: &str = "https://example.org/lab";

/// A document of ours in a folder of its own.
struct Document {
    folder: PathBuf,
}

impl Document {
    fn new(name: &str, metadata: &str, body: &str) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("parallel-lab-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("document.qmd"), format!("---\ntitle: A course\n{metadata}\n---\n\n{body}\n"))?;
        Ok(Self { folder })
    }

    fn with_url(name: &str, body: &str) -> Outcome<Self> {
        Self::new(name, &format!("parallel-lab:\n  url: {BASE}"), body)
    }

    fn render(&self, arguments: &[&str]) -> Outcome<Rendered> {
        deck::render(&self.folder.join("document.qmd"), arguments)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The addresses of all frames, in order.
fn sources(html: &str) -> Vec<String> {
    let source = |frame: &str| {
        let (_, rest) = frame.split_once("src=\"")?;
        Some(rest.split_once('"')?.0.replace("&amp;", "&"))
    };
    html.split("<iframe ").skip(1).filter_map(source).collect()
}

/// Values at the edges of each setting, and beyond, by lab. A chunk's range depends on
/// the members, which the shortcode does not look at: none beyond.
const VALUES: [(&str, &str, &[&str]); 21] = [
    ("race", "members", &["1", "1000000", "+5", "0", "1000001", "-1", "3.7", "1e3", "0x10", "ten"]),
    ("race", "steps", &["1", "100000", "0", "100001"]),
    ("race", "dt", &["0.01", "1e-6", "0.1", ".05", "5.", "0.2", "0", "nan", "inf", "1e", "0x1p-4", "1_0"]),
    ("race", "sigma", &["-1000", "1000", "1e3", "-1000.1", "1001", "--1", "."]),
    ("race", "rho", &["-3.5", "2000"]),
    ("race", "beta", &["8/3", "-8/3", "2.5", "1/0", "8/3/1", "/3", "8/", "3000/1", "8e0/3"]),
    ("race", "seed", &["0", "4294967295", "4294967296", "-1"]),
    ("race", "workers", &["1", "64", "65"]),
    ("race", "executors", &["serial", "thread,serial", "serial,gpu", "all", "serial,", ","]),
    ("race", "kernel", &["scalar", "simd", "avx"]),
    ("race", "chunk", &["auto", "1", "30", "0", "Auto"]),
    ("race", "pool", &["cold", "warm", "hot"]),
    ("race", "start", &["spawn", "reuse", "fork"]),
    ("race", "gather", &["transfer", "copy", "pickle"]),
    ("race", "repeats", &["1", "50", "51"]),
    ("race", "theme", &["auto", "light", "dark", "night"]),
    ("race", "view", &["all", "figure", "slide"]),
    (
        "python",
        "program",
        &["serial-loop", "process-pool", "thread-pool", "pool-map", "as-completed", "no-guard", "none"],
    ),
    ("python", "gil", &["on", "off", "true"]),
    ("python", "switch", &["0.01", "1000", "5", "0.001", "1001"]),
    ("python", "latency", &["0", "50", "10000", "-1", "10001", "soon"]),
];

async fn it_judges_values_as_the_lab_does(_: &Stage) -> Outcome {
    for lab in CATALOGUE.labs.iter().filter(|lab| ["race", "python"].contains(&lab.name)) {
        let is_tried = |name: &str| VALUES.iter().any(|it| it.1 == name) || name == "code";
        let missing: Vec<_> = lab.parameters().map(|it| it.name).filter(|name| !is_tried(name)).collect();
        ensure!(missing.is_empty(), "no values for {missing:?}");
    }
    let all = || VALUES.iter().flat_map(|(lab, name, values)| values.iter().map(move |value| (*lab, *name, *value)));
    let shortcode =
        |(lab, name, value): (&str, &str, &str)| format!("{{{{< parallel-lab {lab} {name}={value} >}}}}\n\n");
    let document = Document::with_url("values", &all().map(shortcode).collect::<String>())?;
    let rendered = document.render(&["--to", "html"])?;
    for ((lab, name, value), source) in all().zip(sources(&rendered.text)) {
        let defaults = Values::defaults(CATALOGUE.named(lab).ok_or("no such lab")?, 4);
        let is_problem = apply_field(&defaults, name, value).1.is_some();
        let warning = format!("{name}: “{value}” was given");
        let is_warned = rendered.warnings.contains(&warning);
        ensure!(
            is_problem == is_warned,
            "{warning}: the lab has a problem: {is_problem}, it is warned of: {is_warned}"
        );
        // Handed on in any case: the lab judges.
        let (_, _, problems) = read(&source);
        ensure!(problems.is_empty() != is_problem, "{source}: {problems:?}");
    }
    ensure!(sources(&rendered.text).len() == all().count(), "not every shortcode made a frame");
    Ok(())
}

/// What the lab makes of a frame's address.
fn read(source: &str) -> (Values, Flags, Vec<Problem>) {
    parse(source.split_once('?').map_or("", |it| it.1), &CATALOGUE, 4)
}

/// One link may lead from lab to lab; a lab that is not there is told.
async fn other_labs_settings_are_no_slip(_: &Stage) -> Outcome {
    let body = "{{< parallel-lab python members=nonsense >}}\n\n{{< parallel-lab lab=nowhere >}}";
    let rendered = Document::with_url("other", body)?.render(&["--to", "html"])?;
    ensure!(!rendered.warnings.contains("members"), "warned: {}", rendered.warnings);
    let told = format!("lab: “nowhere” was given; allowed is {}.", CATALOGUE.names().join(", "));
    ensure!(rendered.warnings.contains(&told), "{}", rendered.warnings);
    Ok(())
}

async fn what_it_writes_the_lab_reads(_: &Stage) -> Outcome {
    let body = "{{< parallel-lab race question present members=1000 executors=serial,thread beta=8/3 rho=-3.5 height=700 >}}\n\n\
                {{< parallel-lab python program=thread-pool gil=off switch=0.5 theme=dark width=960 title=\"Python, threads\" >}}";
    let rendered = Document::with_url("read", body)?.render(&["--to", "html"])?;
    ensure!(rendered.warnings.is_empty(), "warned: {}", rendered.warnings);
    let expected = [
        "https://example.org/lab/?embed&question&present&members=1000&rho=-3.5&beta=8/3&executors=serial,thread",
        "https://example.org/lab/?embed&lab=python&theme=dark&program=thread-pool&gil=off&switch=0.5",
    ];
    ensure!(sources(&rendered.text) == expected, "the addresses are {:?}", sources(&rendered.text));
    for source in sources(&rendered.text) {
        let (_, flags, problems) = read(&source);
        ensure!(flags.embed && problems.is_empty(), "{source}: {problems:?}");
    }
    for part in [
        "width=\"100%\" height=\"700\"",
        "width=\"960\" height=\"600\"",
        "title=\"Python, threads\"",
        "loading=\"lazy\"",
        "allow=\"cross-origin-isolated; clipboard-write\"",
    ] {
        ensure!(rendered.text.contains(part), "no {part} in {}", rendered.text);
    }
    Ok(())
}

async fn slips_are_told_and_nothing_breaks_out(_: &Stage) -> Outcome {
    let body = "{{< parallel-lab rase autorum member=30 height=tall title=\"a > b & c\" program=%22> >}}\n\n\
                A lab {{< parallel-lab race members=12 >}} within a line.";
    let rendered = Document::with_url("slips", body)?.render(&["--to", "html"])?;
    let labs = format!("rase: there is no such lab and no such flag; labs are {}", CATALOGUE.names().join(", "));
    for told in [
        labs.as_str(),
        "autorum: there is no such lab",
        "member: there is no such setting; known are lab, members,",
        "height: “tall” was given; allowed is a whole number of CSS pixels; used: 600",
    ] {
        ensure!(rendered.warnings.contains(told), "nothing says {told:?}: {}", rendered.warnings);
    }
    let expected =
        ["https://example.org/lab/?embed&member=30&program=%2522%3E", "https://example.org/lab/?embed&members=12"];
    ensure!(sources(&rendered.text) == expected, "the addresses are {:?}", sources(&rendered.text));
    ensure!(rendered.text.contains("title=\"a &gt; b &amp; c\""), "the title: {}", rendered.text);
    let words: Vec<_> = rendered.text.split_whitespace().collect();
    ensure!(words.join(" ").contains("<p>A lab <iframe class="), "not within its line: {}", rendered.text);
    Ok(())
}

async fn a_link_brings_all_it_says(_: &Stage) -> Outcome {
    let link = "https://other.example/index.html?lab=python&code=print(%22a%20b%22)%0A&gil=off&autorun";
    let body = format!("{{{{< parallel-lab link=\"{link}\" height=500 >}}}}");
    let rendered = Document::with_url("link", &body)?.render(&["--to", "html"])?;
    ensure!(rendered.warnings.is_empty(), "warned: {}", rendered.warnings);
    let found = sources(&rendered.text);
    let (values, flags, problems) = read(&found[0]);
    ensure!(found[0].starts_with("https://other.example/index.html?embed&"), "the address is {found:?}");
    ensure!(values.text("code") == "print(\"a b\")\n", "{found:?} says {values:?}");
    ensure!(values.text("gil") == "off" && flags.autorun, "{found:?} says {values:?}");
    ensure!(problems.is_empty(), "{problems:?}");

    // A long script comes behind the hash, and stays there.
    let code = format!("print%28%29%0A{}", "%23".repeat(1000));
    let link = format!("https://other.example/?gil=off&lab=python#code={code}");
    let body = format!("{{{{< parallel-lab link=\"{link}\" >}}}}");
    let rendered = Document::with_url("long-link", &body)?.render(&["--to", "html"])?;
    ensure!(rendered.warnings.is_empty(), "warned: {}", rendered.warnings);
    let found = sources(&rendered.text);
    ensure!(found[0].ends_with(&format!("#code={code}")), "the address is {found:?}");
    ensure!(found[0].contains("lab=python&gil=off#") || found[0].contains("gil=off&lab=python#"), "{found:?}");
    Ok(())
}

async fn nothing_is_inlined(_: &Stage) -> Outcome {
    let document = Document::with_url("inlined", "## A slide\n\n{{< parallel-lab race >}}")?;
    for (format, source) in [("html", " src="), ("revealjs", " data-src=")] {
        let rendered =
            document.render(&["--to", format, "--standalone", "--embed-resources", "--template", &bare()])?;
        ensure!(rendered.warnings.is_empty(), "{format}: {}", rendered.warnings);
        let frame = format!("<iframe class=\"parallel-lab\"{source}\"https://example.org/lab/?embed\"");
        ensure!(rendered.text.contains(&frame), "{format}: no {frame} in {}", rendered.text);
    }
    Ok(())
}

/// A template with nothing that could be inlined.
fn bare() -> String {
    deck::source("tests/slides/bare.html").display().to_string()
}

async fn paper_gets_a_picture_and_an_address(_: &Stage) -> Outcome {
    let body = "{{< parallel-lab race members=1000 question >}}\n\n{{< parallel-lab python >}}\n\nA lab {{< parallel-lab race >}} within a line.";
    let document = Document::with_url("paper", body)?;
    for format in ["latex", "typst", "docx", "odt", "gfm", "epub", "pptx", "plain"] {
        let output = document.folder.join(format!("document.{format}"));
        let rendered = document.render(&["--to", format, "--output", &output.display().to_string()])?;
        // Pandoc warns of pictures that it does not find.
        ensure!(rendered.warnings.is_empty(), "{format}: {}", rendered.warnings);
        let text = String::from_utf8_lossy(&fs::read(&output)?).into_owned();
        ensure!(!text.contains("iframe"), "{format} has a frame");
        match format {
            "latex" | "typst" | "gfm" => {
                for part in ["race.png", "python.png", "https://example.org/lab/?question&members=1000"] {
                    let part_in_latex = part.replace('&', "\\&");
                    ensure!(text.contains(part) || text.contains(&part_in_latex), "{format}: no {part} in {text}");
                }
            }
            "plain" => {
                ensure!(text.contains("Run it yourself: https://example.org/lab/?"), "{text}");
            }
            // Zipped, with its pictures inside.
            _ => {
                ensure!(text.len() > 50_000, "{format}: no picture in {} bytes", text.len());
            }
        }
    }
    Ok(())
}

async fn no_address_is_told(_: &Stage) -> Outcome {
    let document = Document::new("nowhere", "lang: en", "{{< parallel-lab race >}}")?;
    for format in ["html", "latex"] {
        let rendered = document.render(&["--to", format])?;
        for place in [&rendered.warnings, &rendered.text] {
            ensure!(place.contains("url is missing"), "{format}: nothing says so in {place}");
        }
        ensure!(!rendered.text.contains("iframe"), "{format}: a frame that leads nowhere");
    }
    Ok(())
}
