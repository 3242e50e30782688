//! The command line.

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--no-open]   install what is missing, build, serve, open the browser; Python is built
        [--no-python]            while the rest is served (some 20 minutes the first time), or left out
                                 (--python is gone: nobody has to ask for it)
  dist                           build the site into dist/, for any static host and path
       [--single-file]           build one HTML file instead, single-file/parallel-lab.html, that works from
       [--with-python]           a disk; without Python, or with it (large); --hosted says where the lab's
       [--hosted URL]            web page is
  test [lint|unit|browser]       run the tests; without a name: lint, unit, browser
  test interpreter               run the interpreter's own tests and its programs natively (needs a
                                 Python 3.13 for the comparison; the browser tests run the programs too)
  bench [race|python|numpy|reading|frames|gil|keys]
                                 compare native, Chromium and JavaScript; compare our Python with
                                 Pyodide and CPython; reads by threads with reads one by one; compare
                                 labs beside each other with one alone; threads with and without the
                                 GIL with one; each question's key with fresh runs; without a name: all
  matrix                         measure what runs on which host, in which frame, in which browser
  screenshots                    every state of the page in both themes, into target/screenshots/;
                                 renews the README's picture, the shortcode's, and the recorded race of index.html
  data                           write the data files that scripts read into data/, for Pythons on this machine
  python-reference               run CPython (3.13 or newer, on PATH or named by PARALLEL_LAB_PYTHON) over
                                 tests/python/programs, and write what it prints into tests/python/expected
                                 (and the same of tests/python/numpy, with a NumPy that is put below target/)
  help                           print this
";

const COMMANDS: &str = "serve, dist, test, bench, matrix, screenshots, data, python-reference, help";

/// What to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Command {
    /// Explain the commands.
    Help,
    /// Build and serve the site.
    Serve(ServeOptions),
    /// Build the site into `dist/`.
    Dist,
    /// Build the site into one file.
    SingleFile(SingleFileOptions),
    /// Run tests.
    Test(Suite),
    /// Run benchmarks.
    Bench(Benches),
    /// Measure what runs where.
    Matrix,
    /// Take pictures of the page.
    Screenshots,
    /// Write the data files that scripts read.
    Data,
    /// Write what CPython prints for the Python tests.
    PythonReference,
    /// What Trunk's hooks call.
    Hook(HookStage),
}

/// How to serve.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ServeOptions {
    /// The port that must be used; without it, the first free one from 8080.
    pub port: Option<u16>,
    /// Do not open a browser.
    pub no_open: bool,
    /// Leave the Python interpreter out.
    pub no_python: bool,
}

/// What the one file holds.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SingleFileOptions {
    /// The Python interpreter too.
    pub with_python: bool,
    /// The address of the lab's web page.
    pub hosted: Option<String>,
}

/// Which tests to run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Suite {
    /// Everything: lint, unit, browser.
    All,
    /// What runs natively.
    Unit,
    /// What runs in real browsers.
    Browser,
    /// Formatting and clippy.
    Lint,
    /// The interpreter's own, natively.
    Interpreter,
}

/// Which benchmarks to run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Benches {
    /// Every one.
    All,
    /// The executors.
    Race,
    /// The Python interpreter.
    Python,
    /// Its NumPy.
    Numpy,
    /// Labs beside each other.
    Frames,
    /// Python's reads of files.
    Reading,
    /// Threads with the GIL, without it, and processes, against one thread.
    Gil,
    /// The quiz's keys against fresh runs.
    Keys,
}

/// The stages of a Trunk build that call back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HookStage {
    /// Before Trunk builds the page: the engines are built.
    PreBuild,
    /// After it: the site is put together in Trunk's staging folder.
    PostBuild,
}

/// Reads the arguments that follow the program's name.
///
/// # Errors
/// One line that names what was not understood and what is allowed.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = Parser::from_args(arguments);
    let Some(first) = parser.next().map_err(|error| error.to_string())? else {
        return Err(format!("a command is missing; one of: {COMMANDS}"));
    };
    let command = match first {
        Arg::Short('h') | Arg::Long("help") => Command::Help,
        Arg::Value(name) => match name.to_string_lossy().as_ref() {
            "help" => Command::Help,
            "serve" => return serve_options(&mut parser).map(Command::Serve),
            "dist" => return dist_options(&mut parser),
            "test" => Command::Test(suite(&mut parser)?),
            "bench" => Command::Bench(benches(&mut parser)?),
            "matrix" => Command::Matrix,
            "screenshots" => Command::Screenshots,
            "data" => Command::Data,
            "python-reference" => Command::PythonReference,
            "hook" => Command::Hook(hook_stage(&mut parser)?),
            other => return Err(format!("unknown command {other:?}; one of: {COMMANDS}")),
        },
        other => {
            return Err(format!("{}; a command is expected: {COMMANDS}", unexpected(&other)));
        }
    };
    nothing_more(&mut parser)?;
    Ok(command)
}

fn serve_options(parser: &mut Parser) -> Result<ServeOptions, String> {
    const ALLOWED: &str = "serve takes --port N, --no-open and --no-python";
    let mut options = ServeOptions::default();
    while let Some(argument) = parser.next().map_err(|error| format!("{error}; {ALLOWED}"))? {
        match argument {
            Arg::Long("port") => options.port = Some(port(parser)?),
            Arg::Long("no-open") => options.no_open = true,
            Arg::Long("no-python") => options.no_python = true,
            other => return Err(format!("{}; {ALLOWED}", unexpected(&other))),
        }
    }
    Ok(options)
}

fn dist_options(parser: &mut Parser) -> Result<Command, String> {
    const ALLOWED: &str = "dist takes --single-file, and with it --with-python and --hosted URL";
    let (mut is_single, mut options) = (false, SingleFileOptions::default());
    while let Some(argument) = parser.next().map_err(|error| format!("{error}; {ALLOWED}"))? {
        match argument {
            Arg::Long("single-file") => is_single = true,
            Arg::Long("with-python") => options.with_python = true,
            Arg::Long("hosted") => options.hosted = Some(web_address(parser)?),
            other => return Err(format!("{}; {ALLOWED}", unexpected(&other))),
        }
    }
    match is_single {
        true => Ok(Command::SingleFile(options)),
        false if options == SingleFileOptions::default() => Ok(Command::Dist),
        false => Err(format!("--single-file is missing; {ALLOWED}")),
    }
}

fn web_address(parser: &mut Parser) -> Result<String, String> {
    const ALLOWED: &str = "--hosted takes an address such as https://example.org/lab/";
    let given = parser.value().and_then(|value| value.string()).map_err(|_| ALLOWED.to_owned())?;
    let is_plain = given.starts_with("https://") && !given.contains(['"', '<', '>', '&', '?', '#', ' ']);
    if is_plain { Ok(given) } else { Err(format!("{ALLOWED}, not {given:?}")) }
}

fn port(parser: &mut Parser) -> Result<u16, String> {
    const ALLOWED: &str = "--port takes a number from 1 to 65535";
    let given = parser.value().and_then(|value| value.string()).map_err(|_| ALLOWED.to_owned())?;
    match given.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(format!("{ALLOWED}, not {given:?}")),
    }
}

fn suite(parser: &mut Parser) -> Result<Suite, String> {
    const ALLOWED: &str = "test takes lint, unit, browser, interpreter or nothing";
    match parser.next().map_err(|error| format!("{error}; {ALLOWED}"))? {
        None => Ok(Suite::All),
        Some(Arg::Value(name)) if name == "unit" => Ok(Suite::Unit),
        Some(Arg::Value(name)) if name == "browser" => Ok(Suite::Browser),
        Some(Arg::Value(name)) if name == "lint" => Ok(Suite::Lint),
        Some(Arg::Value(name)) if name == "interpreter" => Ok(Suite::Interpreter),
        Some(other) => Err(format!("{}; {ALLOWED}", unexpected(&other))),
    }
}

fn benches(parser: &mut Parser) -> Result<Benches, String> {
    const ALLOWED: &str = "bench takes race, python, numpy, reading, frames, gil, keys or nothing";
    match parser.next().map_err(|error| format!("{error}; {ALLOWED}"))? {
        None => Ok(Benches::All),
        Some(Arg::Value(name)) if name == "race" => Ok(Benches::Race),
        Some(Arg::Value(name)) if name == "python" => Ok(Benches::Python),
        Some(Arg::Value(name)) if name == "numpy" => Ok(Benches::Numpy),
        Some(Arg::Value(name)) if name == "frames" => Ok(Benches::Frames),
        Some(Arg::Value(name)) if name == "reading" => Ok(Benches::Reading),
        Some(Arg::Value(name)) if name == "gil" => Ok(Benches::Gil),
        Some(Arg::Value(name)) if name == "keys" => Ok(Benches::Keys),
        Some(other) => Err(format!("{}; {ALLOWED}", unexpected(&other))),
    }
}

fn hook_stage(parser: &mut Parser) -> Result<HookStage, String> {
    const ALLOWED: &str = "hook takes pre-build or post-build";
    match parser.next().map_err(|error| format!("{error}; {ALLOWED}"))? {
        Some(Arg::Value(name)) if name == "pre-build" => Ok(HookStage::PreBuild),
        Some(Arg::Value(name)) if name == "post-build" => Ok(HookStage::PostBuild),
        Some(other) => Err(format!("{}; {ALLOWED}", unexpected(&other))),
        None => Err(ALLOWED.to_owned()),
    }
}

fn nothing_more(parser: &mut Parser) -> Result<(), String> {
    match parser.next().map_err(|error| error.to_string())? {
        None => Ok(()),
        Some(extra) => Err(format!("{}; nothing may follow", unexpected(&extra))),
    }
}

fn unexpected(argument: &Arg<'_>) -> String {
    match argument {
        Arg::Short(letter) => format!("unknown option -{letter}"),
        Arg::Long(name) => format!("unknown option --{name}"),
        Arg::Value(value) => format!("unexpected {:?}", value.to_string_lossy()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(parsed("dist"), Ok(Command::Dist));
        let options = SingleFileOptions { with_python: true, hosted: Some("https://a.b/".into()) };
        assert_eq!(parsed("dist --single-file --with-python --hosted https://a.b/"), Ok(Command::SingleFile(options)));
        assert_eq!(parsed("test"), Ok(Command::Test(Suite::All)));
        assert_eq!(parsed("test lint"), Ok(Command::Test(Suite::Lint)));
        assert_eq!(parsed("test interpreter"), Ok(Command::Test(Suite::Interpreter)));
        assert_eq!(parsed("bench"), Ok(Command::Bench(Benches::All)));
        assert_eq!(parsed("bench python"), Ok(Command::Bench(Benches::Python)));
        assert_eq!(parsed("--help"), Ok(Command::Help));
        assert_eq!(parsed("hook post-build"), Ok(Command::Hook(HookStage::PostBuild)));
        let options = ServeOptions { port: Some(9000), no_open: true, no_python: false };
        assert_eq!(parsed("serve --port 9000 --no-open"), Ok(Command::Serve(options.clone())));
        assert_eq!(parsed("serve --no-open --port=9000"), Ok(Command::Serve(options)));
        let options = ServeOptions { no_python: true, ..ServeOptions::default() };
        assert_eq!(parsed("serve --no-python"), Ok(Command::Serve(options)));
    }

    #[test]
    fn errors_are_one_line_and_name_what_is_allowed() {
        for (line, allowed) in [
            ("", "serve, dist, test, bench, matrix, screenshots, data, python-reference, help"),
            ("sevre", "serve, dist, test, bench, matrix, screenshots, data, python-reference, help"),
            ("--port 1", "serve, dist, test, bench, matrix, screenshots, data, python-reference, help"),
            ("serve --port", "1 to 65535"),
            ("serve --port 0", "1 to 65535"),
            ("serve --port 70000", "1 to 65535"),
            ("serve --open", "--no-open"),
            ("serve --python", "--no-python"),
            ("test units", "lint, unit, browser, interpreter"),
            ("test unit lint", "nothing may follow"),
            ("dist --release", "--single-file"),
            ("dist --with-python", "--single-file is missing"),
            ("dist --single-file --hosted here", "https://"),
            ("hook", "pre-build or post-build"),
        ] {
            let error = parsed(line).expect_err(line);
            assert!(error.contains(allowed), "{line}: {error}");
            assert!(!error.contains('\n'), "{line}: {error}");
        }
    }
}
