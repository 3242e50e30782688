//! `_lsprof`: what `cProfile` counts, by the events of `sys.setprofile`.
//!
//! A profiler hears of the one thread that enabled it. While none is enabled,
//! the interpreter does not look for one.

use std::collections::{BTreeMap, HashMap};

use rustpython_vm::PyObjectRef;

pub(crate) use _lsprof::module_def;

/// What was counted of a function, or of its calls by another one.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    /// Calls that have not returned.
    open: u32,
    calls: u64,
    /// Calls within a call of the same function.
    recursive: u64,
    /// From call to return, without recursive ones.
    total_s: f64,
    /// The same less what called functions took.
    inline_s: f64,
}

impl Times {
    fn end(&mut self, total_s: f64, inline_s: f64) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.total_s += total_s;
        } else {
            self.recursive += 1;
        }
        self.inline_s += inline_s;
        self.calls += 1;
    }
}

/// A function that was called.
#[derive(Debug)]
struct Function {
    /// Its code, or the name of a compiled one.
    code: PyObjectRef,
    times: Times,
    /// What it called, by their places in [`Profile::functions`].
    callees: BTreeMap<usize, Times>,
}

/// A call that has not returned yet.
#[derive(Debug)]
struct Call {
    function: usize,
    since_s: f64,
    /// What the calls within it took.
    callees_s: f64,
}

/// What a profiler has counted.
#[derive(Debug)]
struct Profile {
    functions: Vec<Function>,
    /// By the addresses of their code, which `functions` keeps.
    places: HashMap<usize, usize>,
    calls: Vec<Call>,
    is_enabled: bool,
    counts_callees: bool,
    counts_compiled: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            functions: Vec::new(),
            places: HashMap::new(),
            calls: Vec::new(),
            is_enabled: false,
            counts_callees: true,
            counts_compiled: true,
        }
    }
}

impl Profile {
    fn place(&mut self, address: usize, code: impl FnOnce() -> PyObjectRef) -> usize {
        *self.places.entry(address).or_insert_with(|| {
            self.functions.push(Function { code: code(), times: Times::default(), callees: BTreeMap::new() });
            self.functions.len() - 1
        })
    }

    fn enter(&mut self, function: usize, now_s: f64) {
        self.functions[function].times.open += 1;
        if let Some(caller) = self.calls.last().filter(|_| self.counts_callees) {
            self.functions[caller.function].callees.entry(function).or_default().open += 1;
        }
        self.calls.push(Call { function, since_s: now_s, callees_s: 0.0 });
    }

    /// Ends the innermost call; who returns without having been seen to be called is left out.
    fn leave(&mut self, now_s: f64) {
        let Some(Call { function, since_s, callees_s }) = self.calls.pop() else { return };
        let total_s = now_s - since_s;
        let inline_s = total_s - callees_s;
        self.functions[function].times.end(total_s, inline_s);
        let Some(caller) = self.calls.last_mut() else { return };
        caller.callees_s += total_s;
        let callees = &mut self.functions[caller.function].callees;
        if let Some(times) = callees.get_mut(&function) {
            times.end(total_s, inline_s);
        }
    }
}

#[rustpython_vm::pymodule]
mod _lsprof {
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use rustpython_vm::builtins::builtin_func::PyNativeFunction;
    use rustpython_vm::builtins::descriptor::PyMethodDescriptor;
    use rustpython_vm::builtins::{PyInt, PyModule, PyUtf8StrRef};
    use rustpython_vm::frame::FrameObjectRef;
    use rustpython_vm::types::{Constructor, DefaultConstructor, Initializer};
    use rustpython_vm::{
        AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass,
    };

    use super::{Profile, Times};
    use crate::clock;

    const MS_PER_S: f64 = 1e3;

    /// What measures time instead of the clock.
    #[derive(Clone, Debug)]
    struct Timer {
        call: PyObjectRef,
        /// What one stands for, where it gives whole numbers.
        unit_s: f64,
    }

    /// Counts calls, and how long they take.
    #[pyattr]
    #[pyclass(module = "_lsprof", name = "Profiler")]
    #[derive(Debug, Default, PyPayload)]
    struct Profiler {
        profile: Mutex<Profile>,
        timer: Mutex<Option<Timer>>,
    }

    #[derive(FromArgs)]
    struct ProfilerArgs {
        #[pyarg(any, optional)]
        timer: Option<PyObjectRef>,
        #[pyarg(any, default = 0.0)]
        timeunit: f64,
        #[pyarg(any, default = true)]
        subcalls: bool,
        #[pyarg(any, default = true)]
        builtins: bool,
    }

    /// What is not given stays as it was.
    #[derive(FromArgs)]
    struct EnableArgs {
        #[pyarg(any, optional)]
        subcalls: Option<bool>,
        #[pyarg(any, optional)]
        builtins: Option<bool>,
    }

    impl DefaultConstructor for Profiler {}

    impl Initializer for Profiler {
        type Args = ProfilerArgs;

        fn init(zelf: &Py<Self>, args: Self::Args, vm: &VirtualMachine) -> PyResult<()> {
            let unit_s = if args.timeunit > 0.0 { args.timeunit } else { 1.0 };
            let timer = args.timer.filter(|timer| !vm.is_none(timer)).map(|call| Timer { call, unit_s });
            *zelf.timer.lock().unwrap_or_else(PoisonError::into_inner) = timer;
            let mut profile = zelf.profile();
            (profile.counts_callees, profile.counts_compiled) = (args.subcalls, args.builtins);
            Ok(())
        }
    }

    impl Profiler {
        /// No Python code runs meanwhile.
        fn profile(&self) -> MutexGuard<'_, Profile> {
            self.profile.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn now_s(&self, vm: &VirtualMachine) -> PyResult<f64> {
            let timer = self.timer.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some(Timer { call, unit_s }) = timer else { return Ok(clock::now_ms() / MS_PER_S) };
            let now = call.call((), vm)?;
            let is_whole = now.downcast_ref::<PyInt>().is_some();
            Ok(now.try_float(vm)?.to_f64() * if is_whole { unit_s } else { 1.0 })
        }
    }

    #[pyclass(with(Constructor, Initializer), flags(BASETYPE))]
    impl Profiler {
        /// enable(subcalls, builtins): from now on counts what this thread calls.
        #[pymethod]
        fn enable(zelf: PyRef<Self>, args: EnableArgs, vm: &VirtualMachine) -> PyResult<()> {
            if !vm.is_none(&vm.profile_func.borrow()) {
                return Err(vm.new_value_error("Another profiling tool is already active"));
            }
            let hear = zelf.as_object().get_attr("_hear", vm)?;
            set_profile(hear, vm)?;
            let mut profile = zelf.profile();
            profile.is_enabled = true;
            profile.counts_callees = args.subcalls.unwrap_or(profile.counts_callees);
            profile.counts_compiled = args.builtins.unwrap_or(profile.counts_compiled);
            Ok(())
        }

        /// disable(): counts no longer; what has not returned by now ends now.
        #[pymethod]
        fn disable(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<()> {
            if !std::mem::take(&mut zelf.profile().is_enabled) {
                return Ok(());
            }
            zelf.take_off(vm)?;
            while !zelf.profile().calls.is_empty() {
                let now_s = zelf.now_s(vm)?;
                zelf.profile().leave(now_s);
            }
            Ok(())
        }

        /// clear(): forgets all that was counted.
        #[pymethod]
        fn clear(zelf: &Py<Self>) {
            let mut profile = zelf.profile();
            let forgotten = (std::mem::take(&mut profile.functions), std::mem::take(&mut profile.calls));
            profile.places.clear();
            drop(profile);
            drop(forgotten);
        }

        /// What `sys.setprofile` calls.
        #[pymethod]
        fn _hear(
            zelf: PyRef<Self>,
            frame: FrameObjectRef,
            event: PyUtf8StrRef,
            argument: PyObjectRef,
            vm: &VirtualMachine,
        ) -> PyResult<()> {
            let (is_enabled, counts_compiled) = {
                let profile = zelf.profile();
                (profile.is_enabled, profile.counts_compiled)
            };
            match event.as_str() {
                // Another thread has disabled it.
                _ if !is_enabled => return zelf.take_off(vm),
                "call" => {
                    let code = frame.f_code();
                    let now_s = zelf.now_s(vm)?;
                    let mut profile = zelf.profile();
                    let function = profile.place(code.get_id(), || code.into());
                    profile.enter(function, now_s);
                }
                "c_call" if counts_compiled => {
                    let address = address_of(&argument);
                    let known = zelf.profile().places.get(&address).copied();
                    let name = known.is_none().then(|| name_of(&argument, vm)).transpose()?;
                    let now_s = zelf.now_s(vm)?;
                    let mut profile = zelf.profile();
                    let function = profile.place(address, || name.unwrap_or(argument));
                    profile.enter(function, now_s);
                }
                "return" => zelf.leave(vm)?,
                "c_return" | "c_exception" if counts_compiled => zelf.leave(vm)?,
                _ => {}
            }
            Ok(())
        }

        /// For each function its code or name, calls, recursive calls, seconds in all, seconds of its own, and
        /// the same of what it called.
        #[pymethod]
        fn _counted(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
            let profile = zelf.profile();
            let mut rows = Vec::new();
            for function in profile.functions.iter().filter(|function| function.times.calls > 0) {
                let row = |(place, times): (&usize, &Times)| tuple(&profile.functions[*place].code, times, None, vm);
                let callees: Vec<_> = function.callees.iter().map(row).collect();
                let callees = if callees.is_empty() { vm.ctx.none() } else { vm.ctx.new_list(callees).into() };
                rows.push(tuple(&function.code, &function.times, Some(callees), vm));
            }
            vm.ctx.new_list(rows).into()
        }
    }

    impl Profiler {
        fn leave(&self, vm: &VirtualMachine) -> PyResult<()> {
            let now_s = self.now_s(vm)?;
            self.profile().leave(now_s);
            Ok(())
        }

        /// Hears no more in this thread, if it is what hears here.
        fn take_off(&self, vm: &VirtualMachine) -> PyResult<()> {
            let hears = vm.profile_func.borrow().clone();
            let hears = hears.get_attr("__self__", vm).ok().and_then(|hears| hears.downcast::<Self>().ok());
            if hears.is_some_and(|hears| std::ptr::eq::<Self>(&**hears, self)) {
                set_profile(vm.ctx.none(), vm)?;
            }
            Ok(())
        }
    }

    fn set_profile(hear: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        vm.sys_module.get_attr("setprofile", vm)?.call((hear,), vm).map(drop)
    }

    fn tuple(code: &PyObject, times: &Times, callees: Option<PyObjectRef>, vm: &VirtualMachine) -> PyObjectRef {
        let counts = [times.calls, times.recursive].map(|count| vm.ctx.new_int(count).into());
        let seconds = [times.total_s, times.inline_s].map(|seconds| vm.ctx.new_float(seconds).into());
        let parts = [code.to_owned()].into_iter().chain(counts).chain(seconds).chain(callees);
        vm.ctx.new_tuple(parts.collect()).into()
    }

    /// What tells a compiled function from others: where its definition is.
    fn address_of(callee: &PyObject) -> usize {
        if let Some(method) = callee.downcast_ref::<PyMethodDescriptor>() {
            return std::ptr::from_ref(method.method).addr();
        }
        match callee.downcast_ref::<PyNativeFunction>() {
            Some(function) => std::ptr::from_ref(function.value).addr(),
            None => callee.get_id(),
        }
    }

    /// What CPython calls a compiled function.
    fn name_of(callee: &PyObject, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let Some(function) = callee.downcast_ref::<PyNativeFunction>() else { return Ok(callee.repr(vm)?.into()) };
        let name = function.value.name;
        let of_class = function.zelf.as_ref().filter(|of| of.downcast_ref::<PyModule>().is_none());
        if let Some(method) = of_class.and_then(|of| of.class().get_attr(vm.ctx.intern_str(name))) {
            return Ok(method.repr(vm)?.into());
        }
        let module = callee.get_attr("__module__", vm).ok().filter(|module| !vm.is_none(module));
        let module = module.map(|module| module.str(vm)).transpose()?;
        let dotted = module.map_or_else(String::new, |module| format!("{module}."));
        Ok(vm.ctx.new_str(format!("<built-in method {dotted}{name}>")).into())
    }
}
