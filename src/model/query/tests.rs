//! The grammar by example, and by property.

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::lorenz::Parameters;
use super::super::settings::{Executor, Gather, Kernel, Lab, Pool, Program, Start, Theme};
use super::*;

fn defaults() -> Settings {
    Settings::defaults(8)
}

fn read(query: &str) -> (Settings, Flags, Vec<Problem>) {
    parse(query, &defaults())
}

fn assert_in_range(settings: &Settings) {
    assert!((1..=MAX_MEMBERS).contains(&settings.members));
    assert!((1..=MAX_STEPS).contains(&settings.steps));
    assert!((1..=MAX_WORKERS).contains(&settings.workers));
    assert!((1..=MAX_REPEATS).contains(&settings.repeats));
    assert!((DT_RANGE.0..=DT_RANGE.1).contains(&settings.parameters.dt));
    let Parameters { sigma, rho, beta, .. } = settings.parameters;
    for value in [sigma, rho, beta] {
        assert!((COEFFICIENT_RANGE.0..=COEFFICIENT_RANGE.1).contains(&value));
    }
    if let Chunk::Members(members) = settings.chunk {
        assert!((1..=settings.members).contains(&members));
    }
    assert!(!settings.executors.is_empty());
    assert!(settings.executors.is_sorted());
}

#[test]
fn nothing_given_is_the_defaults() {
    for query in ["", "?", "&&&"] {
        assert_eq!(read(query), (defaults(), Flags::default(), Vec::new()));
    }
}

#[test]
fn a_full_query_is_read() {
    let (settings, flags, problems) = read(
        "?lab=race&embed&autorun=no&question&present=1&members=+100&steps=20&dt=1e-2&sigma=-1.5&rho=+2&beta=8/3\
         &seed=0&workers=2&executors=thread,serial&kernel=simd&chunk=7&pool=warm&start=spawn\
         &gather=copy&repeats=1&theme=dark",
    );
    assert_eq!(problems, Vec::new());
    assert_eq!(flags, Flags { embed: true, autorun: true, question: true, present: true });
    let parameters = Parameters { sigma: -1.5, rho: 2.0, beta: 8.0 / 3.0, dt: 0.01 };
    assert_eq!(
        settings,
        Settings {
            lab: Lab::Race,
            members: 100,
            steps: 20,
            parameters,
            seed: 0,
            workers: 2,
            executors: vec![Executor::Serial, Executor::Thread],
            kernel: Kernel::Simd,
            chunk: Chunk::Members(7),
            pool: Pool::Warm,
            start: Start::Spawn,
            gather: Gather::Copy,
            repeats: 1,
            theme: Theme::Dark,
            ..defaults()
        }
    );
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
    assert_eq!(used("lab=python&code=%FF"), "the program's own");
    assert_eq!(used(&format!("lab=python&code={}", "x".repeat(20_001))), "the program's own");
    assert_eq!(used("seed=4294967296"), "4294967295");
    assert_eq!(used("beta=1/0"), "2.6666666666666665");
    assert_eq!(used("chunk=0"), "1");
    assert_eq!(used("chunk=31"), "30");
    assert_eq!(used("chunk=31&members=10"), "10");
    assert_eq!(used("executors=gpu,thread,serial"), "serial,thread");
    assert_eq!(used("executors=gpu"), "serial,vectorized,process,thread");
    assert_eq!(used("executors="), "serial,vectorized,process,thread");
    assert_eq!(used("kernel=SIMD"), "scalar");
    assert_eq!(used("lab=gil"), "race");
    assert_eq!(used("members=10&members=20"), "the first one");
    assert_eq!(used("embed&embed=1"), "the first one");
    assert_eq!(used("membres=10"), "ignored");
    assert_eq!(used("=10"), "ignored");
}

#[test]
fn names_and_values_may_be_percent_encoded() {
    let (settings, _, problems) = read("%6dembers=1%30&executors=serial%2Cthread&beta=8%2F3");
    assert_eq!(problems, Vec::new());
    assert_eq!(settings.members, 10);
    assert_eq!(settings.executors, [Executor::Serial, Executor::Thread]);
}

#[test]
fn the_first_of_a_repeated_parameter_counts() {
    let (settings, _, problems) = read("members=x&members=20");
    assert_eq!(settings.members, 30);
    assert_eq!(problems.len(), 2);
}

#[test]
fn huge_queries_cost_little() {
    let (_, _, problems) = read(&"x=1&".repeat(200_000));
    assert_eq!(problems.len(), 51);
    assert_eq!(problems[50].given, "199950 more of this kind");
    let (settings, _, problems) = read(&format!("members={}", "9".repeat(1_000_000)));
    assert_eq!(settings.members, MAX_MEMBERS);
    assert_eq!(problems[0].given.chars().count(), 41);
    let (_, _, problems) = read(&format!("executors={}", ",".repeat(1_000_000)));
    assert_eq!(problems.len(), 1);
}

#[test]
fn set_takes_numbers_texts_and_lists() {
    let apply = |params: Value| {
        let Value::Object(params) = params else { panic!("an object") };
        apply_params(&defaults(), &params, &defaults())
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
    assert_eq!((settings.members, settings.steps), (30, MAX_STEPS));
    assert_eq!(settings.executors, [Executor::Process]);
}

#[test]
fn a_chunk_shrinks_with_the_ensemble() {
    let settings = Settings { chunk: Chunk::Members(20), ..defaults() };
    let (changed, problem) = apply_field(&settings, Parameter::Members, "10", &defaults());
    assert_eq!(changed.chunk, Chunk::Members(10));
    assert_eq!(problem.map(|it| it.parameter), Some("chunk".into()));
}

fn real_in(min: f64, max: f64) -> impl Strategy<Value = f64> {
    prop_oneof![min..=max, (-3000_i32..3000).prop_map(move |x| (f64::from(x) / 3.0).clamp(min, max))]
}

prop_compose! {
    fn any_settings()(
        members in 1..=MAX_MEMBERS,
        steps in 1..=MAX_STEPS,
        dt in real_in(DT_RANGE.0, DT_RANGE.1),
        sigma in real_in(-1000.0, 1000.0),
        rho in real_in(-1000.0, 1000.0),
        beta in real_in(-1000.0, 1000.0),
        seed in any::<u32>(),
        workers in 1..=MAX_WORKERS,
        executors in prop::sample::subsequence(Executor::ALL.to_vec(), 1..=4),
        (kernel, pool, start, gather) in any::<(bool, bool, bool, bool)>(),
        chunk in prop::option::of(1..=MAX_MEMBERS),
        repeats in 1..=MAX_REPEATS,
        theme in prop::sample::select(vec![Theme::Auto, Theme::Light, Theme::Dark]),
        (lab, index, code, gil, switch_interval_ms) in (
            prop::sample::select(Lab::ALL.to_vec()),
            any::<prop::sample::Index>(),
            ".{0,60}",
            any::<bool>(),
            real_in(SWITCH_RANGE.0, SWITCH_RANGE.1),
        ),
    ) -> Settings {
        Settings {
            lab,
            members,
            steps,
            parameters: Parameters { sigma, rho, beta, dt },
            seed,
            workers,
            executors,
            kernel: if kernel { Kernel::Simd } else { Kernel::Scalar },
            chunk: chunk.map_or(Chunk::Auto, |it| Chunk::Members(it.min(members))),
            pool: if pool { Pool::Warm } else { Pool::Cold },
            start: if start { Start::Spawn } else { Start::Reuse },
            gather: if gather { Gather::Copy } else { Gather::Transfer },
            repeats,
            theme,
            program: Program(index.get(lab.programs())),
            code,
            gil,
            switch_interval_ms,
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            hash_map(".{0,8}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn any_name() -> impl Strategy<Value = String> {
    let mut names: Vec<_> = Parameter::ALL.iter().map(|it| it.name().to_owned()).collect();
    names.extend(["embed", "autorun", "question", "present"].map(Into::into));
    prop_oneof![4 => prop::sample::select(names), 1 => ".{0,12}"]
}

proptest! {
    #[test]
    fn any_text_gives_settings_within_range(query in "\\PC{0,200}") {
        assert_in_range(&read(&query).0);
    }

    #[test]
    fn any_parameters_give_settings_within_range(
        pieces in vec((any_name(), "[-+0-9.eE/,%a-z]{0,30}|.{0,20}"), 0..20),
    ) {
        let query: Vec<_> = pieces.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_in_range(&read(&query.join("&")).0);
    }

    #[test]
    fn a_written_query_reads_back_the_same(settings in any_settings()) {
        let (back, flags, problems) = read(&to_query(&settings, &defaults()));
        prop_assert_eq!(problems, Vec::new());
        prop_assert_eq!(flags, Flags::default());
        prop_assert_eq!(back, settings);
    }

    #[test]
    fn set_takes_back_what_finished_posted(settings in any_settings(), base in any_settings()) {
        let Value::Object(params) = settings_to_json(&settings) else { panic!("an object") };
        let (back, problems) = apply_params(&base, &params, &defaults());
        prop_assert_eq!(problems, Vec::new());
        prop_assert_eq!(back, settings);
    }

    #[test]
    fn any_message_gives_settings_within_range(
        base in any_settings(),
        params in hash_map(any_name(), any_json(), 0..20),
    ) {
        let params: Map<String, Value> = params.into_iter().collect();
        assert_in_range(&apply_params(&base, &params, &defaults()).0);
    }
}
