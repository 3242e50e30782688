//! The programs of `tests/python/programs`, and what CPython prints for them.
//!
//! `tests/python/reference.py` has made the expected outputs and says what a
//! program's header means; outputs are made comparable here as they are there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;
use xtask::project;

/// A small program with what its header says of it.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its file's name without `.py`.
    pub name: String,
    /// Its text.
    pub source: String,
    /// Where it is, and what is expected of it.
    folder: PathBuf,
    /// Bounds of the numbers in printed lines `name: number`.
    ranges: BTreeMap<String, (f64, f64)>,
    ignores_stderr: bool,
    /// It is known that our interpreter prints something else, and why.
    pub known_difference: Option<String>,
}

/// What a run has printed, line by line, and how it has ended.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Printed {
    /// 0 if all went well.
    pub exit_code: i32,
    /// What was printed.
    pub stdout: Vec<String>,
    /// Tracebacks and what else was said there.
    pub stderr: Vec<String>,
}

impl Printed {
    /// Reads an expected file; what is missing in it is empty.
    fn read(file: &Value) -> Self {
        let lines = |key: &str| {
            let lines = file[key].as_array().into_iter().flatten();
            lines.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let exit_code = file["exit_code"].as_i64().and_then(|code| i32::try_from(code).ok()).unwrap_or(-1);
        Self { exit_code, stdout: lines("stdout"), stderr: lines("stderr") }
    }
}

/// All programs, by name.
///
/// # Errors
/// When they can't be read.
pub fn all() -> io::Result<Vec<Program>> {
    within(&folder())
}

/// Those that use NumPy, by name.
///
/// # Errors
/// When they can't be read.
pub fn of_numpy() -> io::Result<Vec<Program>> {
    within(&folder().join("numpy"))
}

fn within(folder: &Path) -> io::Result<Vec<Program>> {
    let mut paths =
        fs::read_dir(folder.join("programs"))?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    paths.sort();
    let program =
        |path: &PathBuf| Ok(Program { folder: folder.into(), ..Program::new(&stem(path), fs::read_to_string(path)?) });
    paths.iter().map(program).collect()
}

fn folder() -> PathBuf {
    project::root().join("tests/python")
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl Program {
    /// A program of that name.
    #[must_use]
    pub fn new(name: &str, source: String) -> Self {
        let mut program = Self {
            name: name.to_owned(),
            source,
            folder: folder(),
            ranges: BTreeMap::new(),
            ignores_stderr: false,
            known_difference: None,
        };
        let header: Vec<String> = program
            .source
            .lines()
            .map_while(|line| line.strip_prefix('#'))
            .map(|line| line.trim().to_owned())
            .collect();
        for line in header {
            match line.split_once(": ") {
                Some(("ignore-stderr", _)) => program.ignores_stderr = true,
                Some(("known-difference", why)) => program.known_difference = Some(why.to_owned()),
                Some(("expect-range", range)) => program.ranges.extend(parse_range(range)),
                _ => {}
            }
        }
        program
    }

    /// What CPython prints, or `None` where it is no reference: then the
    /// program knows by itself what is right, and says so by its exit code.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn expected(&self) -> io::Result<Option<Printed>> {
        match fs::read(self.folder.join("expected").join(format!("{}.json", self.name))) {
            Ok(bytes) => Ok(Some(Printed::read(&serde_json::from_slice(&bytes)?))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What a run has printed, comparable with [`Self::expected`].
    #[must_use]
    pub fn printed(&self, stdout: &str, stderr: &str, exit_code: i32) -> Printed {
        let stderr = if self.ignores_stderr { Vec::new() } else { self.normalized(stderr) };
        Printed { exit_code, stdout: self.normalized(stdout), stderr }
    }

    /// The lines, without what may differ: where files are, other files'
    /// frames, marks below the lines, addresses, timings.
    fn normalized(&self, text: &str) -> Vec<String> {
        let file_name = format!("{}.py", self.name);
        let mut lines = Vec::new();
        // The margin of a frame that is left out.
        let mut foreign: Option<String> = None;
        for line in text.lines() {
            let mut line = line.to_owned();
            if let Some((margin, file)) = frame(&line) {
                if Path::new(file).file_name().is_none_or(|name| name.to_string_lossy() != file_name) {
                    foreign = Some(format!("{margin}    "));
                    continue;
                }
                line = line.replace(file, &file_name);
                foreign = None;
            } else if foreign.as_ref().is_some_and(|margin| line.starts_with(margin)) {
                continue;
            } else {
                foreign = None;
            }
            if !is_marks(&line) {
                lines.push(without_addresses(&self.in_range(line)));
            }
        }
        lines
    }

    fn in_range(&self, line: String) -> String {
        let Some((name, value)) = line.split_once(": ") else { return line };
        let Some((low, high)) = self.ranges.get(name) else { return line };
        match value.parse::<f64>() {
            Ok(number) if (*low..=*high).contains(&number) => format!("{name}: as expected"),
            _ => line,
        }
    }
}

fn parse_range(words: &str) -> Option<(String, (f64, f64))> {
    let mut words = words.split_whitespace();
    Some((words.next()?.to_owned(), (words.next()?.parse().ok()?, words.next()?.parse().ok()?)))
}

/// A traceback's `  File "…", line …`: its margin and the file.
fn frame(line: &str) -> Option<(&str, &str)> {
    let (margin, rest) = line.split_once("  File \"")?;
    let (file, rest) = rest.split_once('"')?;
    let is_margin = margin.chars().all(|character| character == ' ' || character == '|');
    (is_margin && rest.starts_with(", line ")).then_some((margin, file))
}

/// Whether a line only points at places in the line above.
fn is_marks(line: &str) -> bool {
    line.contains(['^', '~']) && line.chars().all(|character| " |^~".contains(character))
}

fn without_addresses(line: &str) -> String {
    let mut parts = line.split("0x");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|character: char| character.is_ascii_hexdigit());
        result.push_str(if rest.len() < part.len() { "0x…" } else { "0x" });
        result.push_str(rest);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(source: &str) -> Program {
        Program::new("small", source.to_owned())
    }

    #[test]
    fn frames_of_other_files_are_left_out() {
        let traceback = "Traceback (most recent call last):\n  File \"/tmp/small.py\", line 3, in f\n    g(x)\n    ~^^^\n  \
                         File \"/lib/queue.py\", line 5, in get\n    wait()\nValueError: 0x7f12 0xyz\n";
        let lines = program("").printed("", traceback, 1).stderr;
        let expected = [
            "Traceback (most recent call last):",
            "  File \"small.py\", line 3, in f",
            "    g(x)",
            "ValueError: 0x… 0xyz",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn numbers_may_lie_in_a_range() {
        let program = program("# checks: a counter\n# expect-range: counter 1 10\n# ignore-stderr: why\nprint()\n");
        let printed = program.printed("counter: 7\nother: 7\n", "whatever", 0);
        assert_eq!(printed.stdout, ["counter: as expected", "other: 7"]);
        assert!(printed.stderr.is_empty());
        assert_eq!(program.printed("counter: 11\n", "", 0).stdout, ["counter: 11"]);
    }

    #[test]
    fn every_expected_output_belongs_to_a_program() {
        let programs = all().expect("programs");
        assert!(programs.len() >= 60, "{}", programs.len());
        let with_reference = programs.iter().filter(|program| program.expected().expect("readable").is_some()).count();
        let files = fs::read_dir(folder().join("expected")).expect("folder").count();
        assert_eq!(with_reference, files);
    }

    #[test]
    fn what_the_reference_has_made_comparable_stays_as_it_is() {
        for program in all().expect("programs") {
            let Some(expected) = program.expected().expect("readable") else { continue };
            let again = program.printed(&expected.stdout.join("\n"), &expected.stderr.join("\n"), expected.exit_code);
            assert_eq!(again, expected, "{}", program.name);
        }
    }
}
