//! Where to go from what is not here: modules of other Pythons, ways to start processes, a keyboard.

/// What does the same work here, by the module that a script asked for in vain: its first name.
const MODULES: [(&[&str], &str); 9] = [
    (
        &["cupy", "cython", "jax", "numexpr", "polars", "sklearn", "tensorflow", "torch"],
        "Compiled code that releases the GIL is here in numpy.",
    ),
    (
        &["billiard", "loky", "mpire", "multiprocess", "parmap", "pathos", "pebble", "ppft", "tblib"],
        "Processes are here in multiprocessing and concurrent.futures.",
    ),
    (
        &["celery", "dramatiq", "ipyparallel", "modin", "pyspark", "rq", "distributed", "parsl"],
        "There are no other machines to send work to: processes of this one are here in concurrent.futures.",
    ),
    (
        &["anyio", "curio", "eventlet", "gevent", "greenlet", "trio", "twisted", "uvloop", "multithreading", "thread"],
        "Threads are here in threading and concurrent.futures.",
    ),
    (
        &["_interpreters", "_xxsubinterpreters", "extrainterpreters", "interpreters"],
        "Interpreters are here in concurrent.futures: InterpreterPoolExecutor.",
    ),
    (&["Queue", "cPickle", "futures"], "It has another name today: queue, pickle, or concurrent.futures."),
    (
        &["bokeh", "plotly", "pylab", "rich", "seaborn"],
        "Print the figures: the page draws who did what, and the console knows colours.",
    ),
    (&["aiohttp", "bs4", "httpx", "urllib3"], "The site's own data files are read by open() or urllib.request."),
    (
        &["IPython", "google", "ipywidgets", "line_profiler", "memory_profiler", "pyinstrument", "pytest"],
        "Here a script runs as a whole: time it by time.perf_counter(), and see the timeline.",
    ),
];

/// Of a module that nobody here knows.
const NO_PACKAGES: &str = "Of Python's modules a part of the standard library is here, and lab: no other packages.";

/// What can be done instead, where a script asked for what is not here.
#[must_use]
pub fn instead(exception: &str, line: Option<u32>) -> Option<String> {
    let sentence = if exception == "EOFError: EOF when reading a line" {
        return Some(keyboard(line));
    } else if let Some(name) = missing_module(exception) {
        let known = MODULES.iter().find(|(names, _)| names.contains(&name));
        known.map_or(NO_PACKAGES, |(_, sentence)| sentence)
    } else if exception.contains("cannot find context for 'forkserver'") {
        "With forkserver a small process, started at the beginning, forks itself for each new one; no browser can fork. \
         Here each new process is a fresh interpreter that imports the script: spawn, which is used where nothing is said."
    } else if is_of_fork(exception) {
        "To fork is to go on twice, with a copy of all that the process had in memory; no browser can copy a worker so. \
         Here each new process is a fresh interpreter that imports the script: spawn, which is used where nothing is said."
    } else {
        return None;
    };
    Some(sentence.to_owned())
}

/// There is none: where to put the value.
fn keyboard(line: Option<u32>) -> String {
    let place = line.map_or_else(|| "into the script".to_owned(), |line| format!("into line {line}"));
    format!(
        "There is no keyboard for input() here. Put the value {place}, in input()'s place: name = \"Ada\". \
         With #@param {{type: \"string\"}} behind it, the value gets a field above the script."
    )
}

/// The first name of the module in `No module named 'a.b'`, in CPython's own words: others give a reason.
fn missing_module(exception: &str) -> Option<&str> {
    let name = exception.strip_prefix("ModuleNotFoundError: No module named '")?.split('\'').next()?;
    name.split('.').next()
}

fn is_of_fork(exception: &str) -> bool {
    exception.contains("cannot find context for 'fork'")
        || exception.contains("module 'os' has no attribute 'fork'")
        || exception.contains("cannot import name 'fork' from 'os'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_leads_to_what_is_here() {
        let said = |name: &str| instead(&format!("ModuleNotFoundError: No module named '{name}'"), None);
        assert!(said("torch.multiprocessing").is_some_and(|it| it.contains("numpy")));
        assert!(said("pathos").is_some_and(|it| it.contains("multiprocessing")));
        assert!(said("gevent").is_some_and(|it| it.contains("threading")));
        assert!(said("my_module").is_some_and(|it| it == NO_PACKAGES));
        // It has a reason already.
        assert_eq!(instead("ModuleNotFoundError: there is no SciPy in this Python, it …", None), None);
        let names: Vec<_> = MODULES.iter().flat_map(|it| it.0).collect();
        let once: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len());
    }

    #[test]
    fn other_ways_to_start_processes_are_explained() {
        let said = |exception: &str| instead(exception, None).unwrap_or_default();
        assert!(said("ValueError: cannot find context for 'fork'").starts_with("To fork is"));
        assert!(said("ValueError: cannot find context for 'forkserver'").starts_with("With forkserver"));
        assert!(said("AttributeError: module 'os' has no attribute 'fork'").contains("spawn"));
        assert_eq!(said("ValueError: cannot find context for 'thread'"), "");
        assert_eq!(said("AttributeError: module 'os' has no attribute 'forkpty'"), "");
    }

    #[test]
    fn who_asks_the_keyboard_is_told_where_the_value_goes() {
        let said = instead("EOFError: EOF when reading a line", Some(3)).unwrap_or_default();
        assert!(said.starts_with("There is no keyboard") && said.contains("into line 3,"), "{said}");
        assert!(instead("EOFError: EOF when reading a line", None).is_some_and(|it| it.contains("into the script,")));
        assert_eq!(instead("EOFError: Ran out of input", None), None);
    }
}
