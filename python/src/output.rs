//! What a script prints: `sys.stdout` and `sys.stderr`, handed to the host in
//! pieces, and bounded: of too much the last lines come at the end.
//!
//! A line is delivered at once as long as lines come slowly; a flood is
//! gathered into larger pieces, because each delivery is a message to the page.
//! Any thread may print; only the thread that has the sink delivers, the others
//! leave their text for it (see [`deliver`]).

use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::{checkpoint, clock, idle};

/// How much one run may print, in bytes of UTF-8, before only its last lines are kept.
pub const LIMIT_BYTES: usize = 1 << 20;

/// So much of the last lines is kept, bytes.
pub const LAST_BYTES: usize = 64 << 10;

/// From how much on waiting text is delivered however fast it comes.
const PIECE_BYTES: usize = 16 << 10;

/// Deliveries at once, and how many more are allowed per millisecond.
const BURST: f64 = 100.0;
const PER_MS: f64 = 0.1;

/// Where text was printed to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// `sys.stdout`
    Stdout,
    /// `sys.stderr`
    Stderr,
}

/// Takes what was printed, in order.
pub type Sink = Box<dyn FnMut(Stream, &str)>;

thread_local! {
    static SINK: RefCell<Option<Sink>> = const { RefCell::new(None) };
}

struct Waiting {
    pieces: Vec<(Stream, String)>,
    bytes: usize,
    /// Bytes that this run may still print.
    left: usize,
    /// Deliveries that are allowed now, and when that was counted.
    allowed: f64,
    counted_at: f64,
    last: LastLines,
}

/// What there is no room for: the last lines of it.
struct LastLines {
    lines: VecDeque<(Stream, String)>,
    bytes: usize,
    /// Lines that were left out.
    left_out: u64,
    is_cut: bool,
}

static WAITING: Mutex<Waiting> = Mutex::new(Waiting {
    pieces: Vec::new(),
    bytes: 0,
    left: LIMIT_BYTES,
    allowed: BURST,
    counted_at: 0.0,
    last: LastLines::new(),
});

fn waiting() -> MutexGuard<'static, Waiting> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a run: all that this thread delivers goes to `sink`, and the whole
/// limit is there again.
pub fn open(sink: Sink) {
    reopen(sink);
    let mut waiting = waiting();
    waiting.pieces.clear();
    waiting.bytes = 0;
    waiting.left = LIMIT_BYTES;
    waiting.last = LastLines::new();
}

/// Goes on with a run that was closed: what it has printed so far counts.
pub fn reopen(sink: Sink) {
    SINK.with(|own| *own.borrow_mut() = Some(sink));
}

/// Ends a run: delivers what is left, and lets go of the sink.
pub fn close() {
    waiting().add_last();
    deliver();
    SINK.with(|own| *own.borrow_mut() = None);
}

/// Prints; but what a stopped run's other threads complain of, nobody wants to
/// read: they raise only because they were stopped.
pub fn write(stream: Stream, text: &str) {
    if stream == Stream::Stderr && checkpoint::stop_requested() && !has_sink() {
        return;
    }
    let now = {
        let mut waiting = waiting();
        waiting.add(stream, text);
        waiting.is_due()
    };
    if now && !deliver() {
        // The thread with the sink may be waiting: it looks when it wakes.
        idle::happened();
    }
}

/// Whether this is the thread that delivers: a script's main thread.
fn has_sink() -> bool {
    SINK.with(|own| own.try_borrow().map_or(true, |sink| sink.is_some()))
}

/// Hands all waiting text to the sink, if this thread has it: says whether.
pub fn deliver() -> bool {
    SINK.with(|own| {
        // A sink that prints would find itself busy: what it prints waits.
        let Ok(mut own) = own.try_borrow_mut() else { return true };
        let Some(sink) = own.as_mut() else { return false };
        let pieces = {
            let mut waiting = waiting();
            waiting.bytes = 0;
            mem::take(&mut waiting.pieces)
        };
        for (stream, text) in pieces {
            sink(stream, &text);
        }
        true
    })
}

impl Waiting {
    fn add(&mut self, stream: Stream, text: &str) {
        let fits = text.len() <= self.left;
        let cut = if fits { text.len() } else { text.floor_char_boundary(self.left) };
        let (now, later) = text.split_at(cut);
        self.left = if fits { self.left - cut } else { 0 };
        self.append(stream, now);
        self.last.add(stream, later);
    }

    /// The last lines of what there was no room for, and how many there were before them.
    fn add_last(&mut self) {
        let last = mem::replace(&mut self.last, LastLines::new());
        let sentence = last.sentence();
        self.append(Stream::Stderr, &sentence);
        for (stream, line) in last.lines {
            self.append(stream, &line);
        }
    }

    fn append(&mut self, stream: Stream, text: &str) {
        if text.is_empty() {
            return;
        }
        self.bytes += text.len();
        match self.pieces.last_mut() {
            Some((last, gathered)) if *last == stream => gathered.push_str(text),
            _ => self.pieces.push((stream, text.to_owned())),
        }
    }

    /// Whether to deliver now: a complete line, unless too many came lately, or
    /// enough for a piece.
    fn is_due(&mut self) -> bool {
        if self.bytes >= PIECE_BYTES {
            return true;
        }
        if !self.pieces.last().is_some_and(|(_, text)| text.ends_with('\n')) {
            return false;
        }
        let now = clock::now_ms();
        self.allowed = (self.allowed + (now - self.counted_at) * PER_MS).clamp(0.0, BURST);
        self.counted_at = now;
        if self.allowed < 1.0 {
            return false;
        }
        self.allowed -= 1.0;
        true
    }
}

impl LastLines {
    const fn new() -> Self {
        Self { lines: VecDeque::new(), bytes: 0, left_out: 0, is_cut: false }
    }

    fn add(&mut self, stream: Stream, text: &str) {
        for line in text.split_inclusive('\n') {
            self.bytes += line.len();
            match self.lines.back_mut() {
                Some((last, begun)) if *last == stream && !begun.ends_with('\n') => begun.push_str(line),
                _ => self.lines.push_back((stream, line.to_owned())),
            }
        }
        while self.bytes > LAST_BYTES {
            self.leave_out();
        }
    }

    /// Leaves out the first line, or, of one that is longer than all that is kept, its beginning.
    fn leave_out(&mut self) {
        self.is_cut = true;
        let is_only_one = self.lines.len() == 1;
        let too_much = self.bytes.saturating_sub(LAST_BYTES / 2);
        match self.lines.front_mut() {
            Some((_, line)) if is_only_one => {
                let cut = line.ceil_char_boundary(too_much);
                line.drain(..cut);
                self.bytes -= cut;
            }
            _ => {
                let Some((_, line)) = self.lines.pop_front() else { return };
                self.bytes -= line.len();
                self.left_out += u64::from(line.ends_with('\n'));
            }
        }
    }

    fn sentence(&self) -> String {
        match (self.is_cut, self.left_out) {
            (false, _) => String::new(),
            (true, 0) => "\n[Part of a long line was left out here.]\n".to_owned(),
            (true, 1) => "\n[One line was left out here.]\n".to_owned(),
            (true, lines) => format!("\n[{lines} lines were left out here.]\n"),
        }
    }
}

pub(crate) use _lab_output::{install, module_def};

#[rustpython_vm::pymodule]
mod _lab_output {
    use super::Stream;
    use rustpython_vm::builtins::{PyStrRef, PyTypeRef};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

    /// One of `sys`'s text streams; without a stream of ours it is the input,
    /// which is always at its end.
    #[pyattr]
    #[pyclass(name = "TextStream")]
    #[derive(Debug, PyPayload)]
    struct TextStream {
        stream: Option<Stream>,
    }

    #[pyclass]
    impl TextStream {
        #[pymethod]
        fn write(zelf: &Py<Self>, text: PyStrRef, vm: &VirtualMachine) -> PyResult<usize> {
            let Some(stream) = zelf.stream else {
                return Err(unsupported("not writable", vm));
            };
            super::write(stream, &text.as_wtf8().to_string_lossy());
            Ok(text.char_len())
        }

        #[pymethod]
        fn writelines(zelf: &Py<Self>, lines: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
            for line in lines.get_iter(vm)?.iter::<PyStrRef>(vm)? {
                Self::write(zelf, line?, vm)?;
            }
            Ok(())
        }

        #[pymethod]
        fn flush(_zelf: &Py<Self>) {
            super::deliver();
        }

        #[pymethod]
        fn read(zelf: &Py<Self>, _size: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<String> {
            match zelf.stream {
                None => Ok(String::new()),
                Some(_) => Err(unsupported("not readable", vm)),
            }
        }

        #[pymethod]
        fn readline(zelf: &Py<Self>, size: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<String> {
            Self::read(zelf, size, vm)
        }

        #[pymethod]
        fn isatty(_zelf: &Py<Self>) -> bool {
            false
        }

        #[pymethod]
        fn readable(zelf: &Py<Self>) -> bool {
            zelf.stream.is_none()
        }

        #[pymethod]
        fn writable(zelf: &Py<Self>) -> bool {
            zelf.stream.is_some()
        }

        #[pymethod]
        fn seekable(_zelf: &Py<Self>) -> bool {
            false
        }

        #[pymethod]
        fn fileno(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i32> {
            Err(unsupported("fileno", vm))
        }

        #[pygetset]
        fn closed(_zelf: &Py<Self>) -> bool {
            false
        }

        #[pygetset]
        fn encoding(_zelf: &Py<Self>) -> &'static str {
            "utf-8"
        }

        #[pygetset]
        fn errors(zelf: &Py<Self>) -> &'static str {
            if zelf.stream == Some(Stream::Stderr) { "backslashreplace" } else { "strict" }
        }

        #[pygetset]
        fn name(zelf: &Py<Self>) -> &'static str {
            match zelf.stream {
                None => "<stdin>",
                Some(Stream::Stdout) => "<stdout>",
                Some(Stream::Stderr) => "<stderr>",
            }
        }

        #[pygetset]
        fn mode(zelf: &Py<Self>) -> &'static str {
            if zelf.stream.is_none() { "r" } else { "w" }
        }

        // What can't be pickled fails with CPython's words for a file.
        #[pymethod]
        fn __reduce_ex__(_zelf: &Py<Self>, _protocol: i32, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            Err(vm.new_type_error("cannot pickle 'TextIOWrapper' instances"))
        }
    }

    fn unsupported(what: &str, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
        match vm.import("io", 0).and_then(|io| io.get_attr("UnsupportedOperation", vm)) {
            Ok(class) => match class.downcast::<rustpython_vm::builtins::PyType>() {
                Ok(class) => vm.new_exception_msg(class, what.to_owned().into()),
                Err(_) => vm.new_os_error(what),
            },
            Err(error) => error,
        }
    }

    /// Puts the streams where scripts look for them.
    pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
        let _class: PyTypeRef = vm.import("_lab_output", 0)?.get_attr("TextStream", vm)?.try_into_value(vm)?;
        for (name, stream) in [("stdin", None), ("stdout", Some(Stream::Stdout)), ("stderr", Some(Stream::Stderr))] {
            let stream: PyRef<TextStream> = TextStream { stream }.into_ref(&vm.ctx);
            for name in [name.to_owned(), format!("__{name}__")] {
                vm.sys_module.set_attr(vm.ctx.intern_str(name), stream.clone(), vm)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> Waiting {
        let last = LastLines::new();
        Waiting { pieces: Vec::new(), bytes: 0, left: LIMIT_BYTES, allowed: BURST, counted_at: 0.0, last }
    }

    fn whole(waiting: &Waiting) -> String {
        waiting.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn what_fits_behind_the_limit_is_whole() {
        let mut waiting = fresh();
        waiting.left = 4;
        waiting.add(Stream::Stdout, "aé€!");
        waiting.add(Stream::Stdout, "more");
        assert_eq!(whole(&waiting), "aé");
        waiting.add_last();
        assert_eq!(waiting.pieces, [(Stream::Stdout, "aé€!more".to_owned())]);
    }

    #[test]
    fn of_too_much_the_last_lines_come_at_the_end() {
        let mut waiting = fresh();
        waiting.left = 10;
        for number in 0..100_000 {
            waiting.add(Stream::Stdout, &format!("line {number}"));
            waiting.add(Stream::Stdout, "\n");
        }
        waiting.add(Stream::Stderr, "ValueError\n");
        assert!(waiting.last.bytes <= LAST_BYTES);
        waiting.add_last();
        let whole = whole(&waiting);
        let (before, rest) = whole.split_once("\n[").unwrap();
        let (said, after) = rest.split_once("]\n").unwrap();
        let left_out: usize = said.split(' ').next().unwrap().parse().unwrap();
        assert_eq!(before, "line 0\nlin");
        assert!(after.ends_with("line 99999\nValueError\n"), "{after}");
        // The line that was cut counts where it ends.
        assert_eq!(1 + left_out + after.lines().count() - 1, 100_000);
    }

    #[test]
    fn an_endless_line_is_bounded() {
        let mut waiting = fresh();
        waiting.left = 0;
        (0..100_000).for_each(|_| waiting.add(Stream::Stdout, "€uro"));
        assert!(waiting.last.bytes <= LAST_BYTES);
        waiting.add_last();
        let whole = whole(&waiting);
        assert!(whole.starts_with("\n[Part of a long line") && whole.ends_with("€uro"), "{}", whole.len());
    }

    #[test]
    fn pieces_of_one_stream_are_one() {
        let mut waiting = fresh();
        for (stream, text) in
            [(Stream::Stdout, "a"), (Stream::Stdout, "b"), (Stream::Stderr, "c"), (Stream::Stdout, "d")]
        {
            waiting.add(stream, text);
        }
        let texts: Vec<_> = waiting.pieces.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["ab", "c", "d"]);
    }
}
