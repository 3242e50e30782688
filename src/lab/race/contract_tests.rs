//! The grammar of settings: by example of the race, and by property over all labs.

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::settings::Settings;
use crate::lab::CATALOGUE;
use crate::model::lab::Lab;
use crate::model::parameter::number::Reading;
use crate::model::parameter::{Group, Kind, Most, Problem, Values};
use crate::model::query::{Flags, LAB, apply_field, apply_params, parse, to_query};
use crate::model::settings::{Chunk, Executor, Kernel, Pool, Start};

const CORES: u32 = 8;

fn read(query: &str) -> (Values, Flags, Vec<Problem>) {
    parse(query, &CATALOGUE, CORES)
}

fn defaults() -> Values {
    Values::defaults(CATALOGUE.usual, CORES)
}

/// A lab whose settings hold a script.
fn script_lab() -> &'static str {
    CATALOGUE.labs.iter().find(|lab| lab.parameter("code").is_some()).expect("a lab with a script").name
}

fn with(settings: &Settings) -> Values {
    let mut values = defaults();
    settings.write_to(&mut values);
    values
}

/// Whatever is allowed is also read exactly as it is.
fn assert_in_range(values: &Values) {
    for (parameter, value) in values.all() {
        let reading = parameter.kind.read(&value.text(), |name| values.whole(name));
        assert_eq!(reading, Reading::Exact(value.clone()), "{}", parameter.name);
    }
}

#[test]
fn nothing_given_is_the_defaults() {
    for query in ["", "?", "&&&"] {
        assert_eq!(read(query), (defaults(), Flags::default(), Vec::new()));
    }
    assert_eq!(Settings::of(&defaults()), Settings::defaults(CORES));
    let usual = Settings::defaults(CORES);
    assert_eq!((usual.members, usual.steps, usual.workers, usual.seed), (30, 5000, CORES, 42));
    assert_eq!((usual.chunk, usual.kernel, usual.pool, usual.repeats), (Chunk::Auto, Kernel::Scalar, Pool::Cold, 5));
    assert_eq!(usual.executors, Executor::ALL);
    assert_eq!(usual.beta, 8.0 / 3.0);
}

#[test]
fn a_full_query_is_read() {
    let (values, flags, problems) = read(
        "?embed&autorun=no&question&present=1&members=+100&steps=20&dt=1e-2&sigma=-1.5&rho=+2&beta=8/3\
         &seed=0&workers=2&executors=thread,serial&kernel=simd&chunk=7&pool=warm&start=spawn\
         &gather=copy&repeats=1&theme=dark",
    );
    assert_eq!(problems, Vec::new());
    assert_eq!(flags, Flags { embed: true, autorun: true, question: true, present: true });
    let settings = Settings::of(&values);
    assert_eq!((settings.members, settings.steps, settings.seed, settings.workers), (100, 20, 0, 2));
    assert_eq!((settings.sigma, settings.rho, settings.beta, settings.dt), (-1.5, 2.0, 8.0 / 3.0, 0.01));
    assert_eq!(settings.executors, [Executor::Serial, Executor::Thread]);
    assert_eq!((settings.kernel, settings.chunk), (Kernel::Simd, Chunk::Members(7)));
    assert_eq!((settings.pool, settings.start, settings.repeats), (Pool::Warm, Start::Spawn, 1));
    assert_eq!(values.text("theme"), "dark");
    assert_eq!(with(&settings).text("theme"), "auto");
}

#[test]
fn each_kind_of_problem_says_what_is_used() {
    let used = |query: &str| {
        let (_, _, problems) = read(query);
        assert_eq!(problems.len(), 1, "{query}: {problems:?}");
        problems[0].used.clone()
    };
    assert_eq!(used("members=0"), "1");
    assert_eq!(used("members=3.7"), "30");
    assert_eq!(used("members"), "30");
    assert_eq!(used("members=99999999999999999999"), "1000000");
    assert_eq!(used("dt=1e400"), "0.1");
    assert_eq!(used("rho=-1e400"), "-1000");
    assert_eq!(used("sigma=NaN"), "10");
    assert_eq!(used("sigma=%zz"), "10");
    assert_eq!(used("sigma=%FF"), "10");
    assert_eq!(used(&format!("lab={}&code=%FF", script_lab())), "the program's own");
    assert_eq!(used(&format!("lab={}&code={}", script_lab(), "x".repeat(20_001))), "the program's own");
    assert_eq!(used("seed=4294967296"), "4294967295");
    assert_eq!(used("beta=1/0"), "2.6666666666666665");
    assert_eq!(used("chunk=0"), "1");
    assert_eq!(used("chunk=31"), "30");
    assert_eq!(used("chunk=31&members=10"), "10");
    assert_eq!(used("executors=gpu,thread,serial"), "serial,thread");
    assert_eq!(used("executors=gpu"), "serial,vectorized,process,thread");
    assert_eq!(used("executors="), "serial,vectorized,process,thread");
    assert_eq!(used("kernel=SIMD"), "scalar");
    assert_eq!(used("lab=nowhere"), CATALOGUE.usual.name);
    assert_eq!(used("members=10&members=20"), "the first one");
    assert_eq!(used("embed&embed=1"), "the first one");
    assert_eq!(used("membres=10"), "ignored");
    assert_eq!(used("=10"), "ignored");
}

#[test]
fn what_is_allowed_is_said_in_the_same_words_everywhere() {
    let allowed = |query: &str| read(query).2[0].allowed.clone();
    assert_eq!(allowed("members=0"), "a whole number from 1 to 1000000");
    assert_eq!(allowed("dt=1"), "a number from 0.000001 to 0.1");
    assert_eq!(allowed("beta=x"), "a number from -1000 to 1000, or a fraction such as 8/3");
    assert_eq!(allowed("chunk=99"), "auto, or a whole number from 1 to 30");
    assert_eq!(allowed("executors=gpu"), "any of serial, vectorized, process, thread, with commas between");
    assert_eq!(allowed("theme=pink"), "auto, light or dark");
    assert_eq!(allowed(&format!("lab={}&switch=0", script_lab())), "a number of milliseconds from 0.01 to 1000");
    assert_eq!(
        allowed(&format!("lab={}&code=%FF", script_lab())),
        "a Python script in UTF-8 of at most 20000 characters"
    );
}

#[test]
fn another_labs_settings_are_no_problem() {
    let (values, _, problems) = read(&format!("lab={}&members=nonsense&gil=off&steps=1", script_lab()));
    assert_eq!(problems, Vec::new());
    assert_eq!(values.text("gil"), "off");
    assert_eq!(values.get("members"), None);
    let Json::Object(params) = json!({ "members": 5, "gil": "on" }) else { panic!("an object") };
    let (values, problems) = apply_params(&values, &params, &CATALOGUE);
    assert_eq!(problems, Vec::new());
    assert_eq!(values.text("gil"), "on");
}

#[test]
fn another_lab_keeps_what_both_have() {
    let (values, _, _) = read("workers=3&theme=dark&members=7");
    for lab in CATALOGUE.labs {
        let other = values.of_lab(lab);
        assert_eq!(other.lab().name, lab.name);
        for name in ["workers", "theme"] {
            assert!(lab.parameter(name).is_none() || other.text(name) == values.text(name), "{} {name}", lab.name);
        }
        assert_in_range(&other);
    }
}

#[test]
fn names_and_values_may_be_percent_encoded() {
    let (values, _, problems) = read("%6dembers=1%30&executors=serial%2Cthread&beta=8%2F3");
    assert_eq!(problems, Vec::new());
    let settings = Settings::of(&values);
    assert_eq!(settings.members, 10);
    assert_eq!(settings.executors, [Executor::Serial, Executor::Thread]);
}

#[test]
fn the_first_of_a_repeated_parameter_counts() {
    let (values, _, problems) = read("members=x&members=20");
    assert_eq!(values.whole("members"), Some(30));
    assert_eq!(problems.len(), 2);
}

#[test]
fn huge_queries_cost_little() {
    let (_, _, problems) = read(&"x=1&".repeat(200_000));
    assert_eq!(problems.len(), 51);
    assert_eq!(problems[50].given, "199950 more of this kind");
    let (values, _, problems) = read(&format!("members={}", "9".repeat(1_000_000)));
    assert_eq!(values.whole("members"), Some(1_000_000));
    assert_eq!(problems[0].given.chars().count(), 41);
    let (_, _, problems) = read(&format!("executors={}", ",".repeat(1_000_000)));
    assert_eq!(problems.len(), 1);
}

#[test]
fn set_takes_numbers_texts_and_lists() {
    let apply = |params: Json| {
        let Json::Object(params) = params else { panic!("an object") };
        let (values, problems) = apply_params(&defaults(), &params, &CATALOGUE);
        (Settings::of(&values), problems)
    };
    let (settings, problems) = apply(json!({
        "members": 10.0, "chunk": 5, "dt": "1e-3", "beta": "8/3", "executors": ["thread"],
    }));
    assert_eq!(problems, Vec::new());
    assert_eq!((settings.members, settings.chunk), (10, Chunk::Members(5)));
    assert_eq!(settings.executors, [Executor::Thread]);

    let (settings, problems) = apply(json!({
        "members": 3.7, "steps": 1e300, "seed": null, "workers": [1], "repeats": {"a": {"b": []}},
        "executors": ["serial,thread", 7, "process"], "embed": true, "kernel": false,
    }));
    assert_eq!(problems.len(), 8);
    assert_eq!((settings.members, settings.steps), (30, 100_000));
    assert_eq!(settings.executors, [Executor::Process]);
}

#[test]
fn the_lab_that_is_open_stays() {
    let apply = |lab: Json| {
        let params = Map::from_iter([("lab".to_owned(), lab)]);
        apply_params(&defaults(), &params, &CATALOGUE)
    };
    let open = CATALOGUE.usual.name;
    assert_eq!(apply(json!(open)).1, Vec::new());
    for other in [json!(script_lab()), json!("nowhere"), json!(7)] {
        let (values, problems) = apply(other);
        assert_eq!(values.lab().name, open);
        assert_eq!(problems[0].allowed, format!("{open}, the lab that is open"));
        assert_eq!(problems[0].used, open);
    }
}

#[test]
fn a_chunk_shrinks_with_the_ensemble() {
    let values = with(&Settings { chunk: Chunk::Members(20), ..Settings::defaults(CORES) });
    let (changed, problem) = apply_field(&values, "members", "10");
    assert_eq!(Settings::of(&changed).chunk, Chunk::Members(10));
    assert_eq!(problem.map(|it| it.parameter), Some("chunk".into()));
}

/// A text that a parameter takes, and some that it doesn't.
fn any_text_for(kind: Kind) -> BoxedStrategy<String> {
    let upper = |most: Most| if let Most::Fixed(most) = most { most } else { 1 };
    match kind {
        Kind::Whole { least, most } => (least..=upper(most)).prop_map(|it| it.to_string()).boxed(),
        Kind::AutoOrWhole { least, most } => {
            prop_oneof![Just("auto".to_owned()), (least..=upper(most)).prop_map(|it| it.to_string())].boxed()
        }
        Kind::Real { least, most, .. } => {
            let thirds = (-3000_i32..3000).prop_map(move |x| (f64::from(x) / 3.0).clamp(least, most));
            prop_oneof![least..=most, thirds].prop_map(crate::model::parameter::number::shortest).boxed()
        }
        Kind::Choice(words) => prop::sample::select(words.to_vec()).prop_map(|word| word.0.to_owned()).boxed(),
        Kind::Subset(words) => prop::sample::subsequence(words.to_vec(), 1..=words.len())
            .prop_map(|words| words.iter().map(|word| word.0).collect::<Vec<_>>().join(","))
            .boxed(),
        Kind::Text { .. } => ".{0,60}".boxed(),
    }
}

fn any_values() -> BoxedStrategy<Values> {
    let of_lab = |lab: &'static Lab| {
        let texts: Vec<_> = lab.parameters().map(|it| any_text_for(it.kind)).collect();
        texts.prop_map(move |texts| {
            let mut values = Values::defaults(lab, CORES);
            for (parameter, text) in lab.parameters().zip(&texts) {
                assert_eq!(parameter.take(&mut values, text), None, "{}", parameter.name);
            }
            values
        })
    };
    prop::sample::select(CATALOGUE.labs.to_vec()).prop_flat_map(of_lab).boxed()
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,60}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            hash_map(".{0,8}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn any_name() -> impl Strategy<Value = String> {
    let all = CATALOGUE.labs.iter().flat_map(|lab| lab.parameters());
    let mut names: Vec<_> = all.map(|it| it.name.to_owned()).collect();
    names.extend(Flags::NAMES.map(Into::into));
    names.push(LAB.into());
    prop_oneof![4 => prop::sample::select(names), 1 => ".{0,12}"]
}

/// Of what chance may leave out below: nothing.
#[test]
fn every_default_and_every_word_reads_back_from_a_link() {
    for lab in CATALOGUE.labs {
        for parameter in lab.parameters() {
            let words = parameter.kind.words().iter().map(|word| word.0.to_owned());
            for text in words.chain([parameter.default_value(CORES).text()]) {
                let mut values = Values::defaults(lab, CORES);
                let problem = parameter.take(&mut values, &text);
                assert_eq!((problem, values.text(parameter.name)), (None, text.clone()), "{}", parameter.name);
                let link = format!("lab={}&{}={}", lab.name, parameter.name, text.replace(',', "%2C"));
                assert_eq!(read(&link), (values.clone(), Flags::default(), Vec::new()), "{link}");
                assert_eq!(read(&to_query(&values, &CATALOGUE)), (values, Flags::default(), Vec::new()), "{link}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_settings_within_range(query in "\\PC{0,200}") {
        assert_in_range(&read(&query).0);
    }

    #[test]
    fn any_parameters_give_settings_within_range(
        lab in prop::sample::select(CATALOGUE.names()),
        pieces in vec((any_name(), "[-+0-9.eE/,%a-z]{0,30}|.{0,20}"), 0..20),
    ) {
        let query: Vec<_> = pieces.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_in_range(&read(&format!("lab={lab}&{}", query.join("&"))).0);
    }

    #[test]
    fn a_written_query_reads_back_the_same(values in any_values()) {
        let (back, flags, problems) = read(&to_query(&values, &CATALOGUE));
        prop_assert_eq!(problems, Vec::new());
        prop_assert_eq!(flags, Flags::default());
        prop_assert_eq!(back, values);
    }

    #[test]
    fn set_takes_back_what_finished_posted(values in any_values()) {
        let Json::Object(params) = values.json() else { panic!("an object") };
        let base = Values::defaults(values.lab(), CORES);
        let (back, problems) = apply_params(&base, &params, &CATALOGUE);
        prop_assert_eq!(problems, Vec::new());
        prop_assert_eq!(back, values);
    }

    #[test]
    fn any_message_gives_settings_within_range(
        base in any_values(),
        params in hash_map(any_name(), any_json(), 0..20),
    ) {
        let params: Map<String, Json> = params.into_iter().collect();
        assert_in_range(&apply_params(&base, &params, &CATALOGUE).0);
    }
}
