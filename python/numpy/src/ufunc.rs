//! `np.add` and its like, as objects.

use parallel_lab_arrays::dtype::{Casting, Operand};
use parallel_lab_arrays::elementwise::{self, Target};
use parallel_lab_arrays::ufunc::{Binary, Unary};
use parallel_lab_arrays::{Array, DType, shape};
use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, Representable};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::arguments::{self, bind, required};
use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::reductions::{self, Asked};
use crate::release::unlocked;
use crate::{dtype, operators, products, warnings};

/// Which function it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Unary(Unary),
    Binary(Binary),
    Divmod,
    Matmul,
}

/// A function of elements.
#[pyclass(module = "numpy", name = "ufunc")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyUFunc {
    function: Function,
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Self::Unary(function) => function.name(),
            Self::Binary(function) => function.name(),
            Self::Divmod => "divmod",
            Self::Matmul => "matmul",
        }
    }
}

/// All of them, with the names that they have.
pub(crate) fn all(vm: &VirtualMachine) -> Vec<(&'static str, PyObjectRef)> {
    let mut all: Vec<(&'static str, PyObjectRef)> = Vec::new();
    let mut add = |function: Function| {
        let object: PyObjectRef = PyUFunc { function }.into_ref(&vm.ctx).into();
        all.push((function.name(), object));
    };
    Unary::ALL.iter().for_each(|function| add(Function::Unary(*function)));
    Binary::ALL.iter().for_each(|function| add(Function::Binary(*function)));
    add(Function::Divmod);
    add(Function::Matmul);
    for (name, of) in [("abs", "absolute"), ("true_divide", "divide"), ("mod", "remainder"), ("conj", "conjugate")] {
        if let Some((_, object)) = all.iter().find(|(known, _)| *known == of).cloned() {
            all.push((name, object));
        }
    }
    all
}

pub(crate) fn make() -> PyTypeRef {
    PyUFunc::make_static_type()
}

impl Representable for PyUFunc {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<ufunc '{}'>", zelf.function.name()))
    }
}

impl Callable for PyUFunc {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let name = zelf.function.name();
        let inputs = if matches!(zelf.function, Function::Unary(_)) { 1 } else { 2 };
        let outputs = if zelf.function == Function::Divmod { 2 } else { 1 };
        let given = args.args.len();
        if given < inputs || given > inputs + outputs {
            let (most, verb) = (inputs + outputs, if given == 1 { "was" } else { "were" });
            return Err(vm.new_type_error(format!(
                "{name}() takes from {inputs} to {most} positional arguments but {given} {verb} given"
            )));
        }
        let out = if given > inputs { args.args.pop() } else { args.take_keyword("out") };
        if zelf.function == Function::Matmul {
            return matmul(&args, out, vm);
        }
        let pair = match (zelf.function, out.as_deref().and_then(arguments::sequence)) {
            (Function::Divmod, Some(pair)) if pair.len() == 2 => Some((Some(pair[0].clone()), Some(pair[1].clone()))),
            _ => None,
        };
        let out = out.filter(|_| pair.is_none());
        let asked = Options::take(&mut args, out, name, vm)?;
        match zelf.function {
            Function::Unary(function) => unary(function, &args.args[0], asked, vm),
            Function::Binary(function) => {
                if asked.is_plain() && function.compares() {
                    return operators::compared(function, &args.args[0], &args.args[1], vm);
                }
                if asked.is_plain() {
                    return operators::call_binary_as(function, &args.args[0], &args.args[1], false, vm);
                }
                binary(function, &args.args[0], &args.args[1], asked, vm)
            }
            Function::Divmod if pair.is_some() => {
                let (quotient, remainder) = pair.unwrap_or_default();
                let of = |function, out| {
                    let asked = Options::take(&mut FuncArgs::default(), out, name, vm)?;
                    binary(function, &args.args[0], &args.args[1], asked, vm)
                };
                Ok(vm.new_tuple((of(Binary::FloorDivide, quotient)?, of(Binary::Remainder, remainder)?)).into())
            }
            Function::Divmod => operators::divmod(&args.args[0], &args.args[1], vm),
            Function::Matmul => Ok(vm.ctx.none()),
        }
    }
}

fn matmul(args: &FuncArgs, out: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let product = products::matmul(&args.args[0], &args.args[1], vm)?;
    match PyNdArray::out_of(out, vm)? {
        Some(out) => {
            out.writable_array(vm)?.assign(&array_like::array(&product, None, vm)?).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(product),
    }
}

/// What a call says besides its operands.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) out: Option<PyRef<PyNdArray>>,
    mask: Option<Array>,
    dtype: Option<DType>,
    order: Option<parallel_lab_arrays::Order>,
    casting: Casting,
}

impl Options {
    pub(crate) fn take(
        args: &mut FuncArgs,
        out: Option<PyObjectRef>,
        name: &str,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        if args.kwargs.is_empty() && out.is_none() {
            return Ok(Self::default());
        }
        let is_told = out.is_some();
        let options = Self {
            out: PyNdArray::out_of(out, vm)?,
            mask: reductions::mask(args.take_keyword("where"), vm)?,
            dtype: dtype::given(args.take_keyword("dtype"), vm)?,
            order: arguments::order(args.take_keyword("order"), vm)?,
            casting: match args.take_keyword("casting") {
                Some(casting) => arguments::casting(&casting, vm)?,
                None => Casting::default(),
            },
        };
        if options.mask.is_some() && !is_told {
            warnings::user_warning(
                "'where' used without 'out', expect uninitialized memory in output. If this is intentional, use out=None.",
                vm,
            )?;
        }
        args.take_keyword("subok");
        if let Some((unknown, _)) = args.kwargs.iter().next() {
            return Err(vm.new_type_error(format!("{name}() got an unexpected keyword argument '{}'", unknown)));
        }
        Ok(options)
    }

    fn is_plain(&self) -> bool {
        self.out.is_none()
            && self.mask.is_none()
            && self.dtype.is_none()
            && self.order.is_none()
            && self.casting == Casting::default()
    }

    /// Where results go, and how.
    fn target<'a>(&'a self, out: &'a Option<Array>) -> Target<'a> {
        let out = out.as_ref();
        Target { out, mask: self.mask.as_ref(), dtype: self.dtype, casting: self.casting, order: self.order }
    }

    fn out_array(&self) -> Option<Array> {
        self.out.as_ref().map(|out| out.array().clone().writable(out.is_writable()))
    }
}

pub(crate) fn unary(function: Unary, x: &PyObject, asked: Options, vm: &VirtualMachine) -> PyResult {
    let (x, operand) = array_like::operand(x, vm)?;
    let out = asked.out_array();
    let target = asked.target(&out);
    let (result, flags) = unlocked(x.size(), vm, || elementwise::unary(function, (&x, operand), target)).raise(vm)?;
    warnings::warn(flags, function.name(), vm)?;
    Ok(finished(result, asked.out, vm))
}

pub(crate) fn binary(function: Binary, a: &PyObject, b: &PyObject, asked: Options, vm: &VirtualMachine) -> PyResult {
    let (x, y) = (array_like::operand(a, vm)?, array_like::operand(b, vm)?);
    let (x, y) = match function.compares() {
        true => ((x.0, operators::open(x.1, y.1)), (y.0, operators::open(y.1, x.1))),
        false => (x, y),
    };
    if asked.dtype.is_none() {
        operators::check_numbers(x.1, (&y.0, y.1), vm)?;
        operators::check_numbers(y.1, (&x.0, x.1), vm)?;
    }
    let out = asked.out_array();
    let target = asked.target(&out);
    let size = x.0.size().max(y.0.size());
    let called = unlocked(size, vm, || elementwise::binary(function, (&x.0, x.1), (&y.0, y.1), target));
    let (result, flags) = called.raise(vm)?;
    warnings::warn(flags, function.name(), vm)?;
    Ok(finished(result, asked.out, vm))
}

/// `np.clip` between two bounds, which NumPy has as a function of three operands.
pub(crate) fn clip(x: &PyObject, least: &PyObject, most: &PyObject, asked: Options, vm: &VirtualMachine) -> PyResult {
    let operands = [array_like::operand(x, vm)?, array_like::operand(least, vm)?, array_like::operand(most, vm)?];
    let together = asked.dtype.map_or_else(|| operands[0].1.with(operands[1].1).with(operands[2].1), Operand::Of);
    for (number, operand) in &operands {
        operators::check_numbers(together, (number, *operand), vm)?;
    }
    let [(x, x_is), (least, least_is), (most, most_is)] = operands;
    let shape = shape::broadcast(&[x.shape(), least.shape(), most.shape()]).raise(vm)?;
    let x = x.broadcast_to(&shape).raise(vm)?;
    let dtype = together.default_dtype();
    let out = asked.out_array();
    let target = Target { dtype: Some(dtype), ..asked.target(&out) };
    let called = unlocked(x.size(), vm, || -> parallel_lab_arrays::Result<Array> {
        let first = Target { dtype: Some(dtype), casting: asked.casting, ..Target::default() };
        let (raised, _) = elementwise::binary(Binary::Maximum, (&x, x_is), (&least, least_is), first)?;
        let (clipped, _) =
            elementwise::binary(Binary::Minimum, (&raised, Operand::Of(dtype)), (&most, most_is), target)?;
        Ok(clipped)
    });
    let named = called.map_err(|error| error.of_function("clip", &["maximum", "minimum"]));
    Ok(finished(named.raise(vm)?, asked.out, vm))
}

fn finished(result: Array, out: Option<PyRef<PyNdArray>>, vm: &VirtualMachine) -> PyObjectRef {
    out.map_or_else(|| array_like::returned(result, vm), Into::into)
}

impl PyUFunc {
    fn of_two(&self, method: &str, vm: &VirtualMachine) -> PyResult<Binary> {
        match self.function {
            Function::Binary(function) => Ok(function),
            Function::Divmod => {
                Err(vm.new_value_error(format!("{method} only supported for functions returning a single value")))
            }
            _ => Err(vm.new_value_error(format!("{method} only supported for binary functions"))),
        }
    }
}

#[pyclass(with(Callable, Representable))]
impl PyUFunc {
    #[pygetset]
    fn __name__(zelf: &Py<Self>) -> &'static str {
        zelf.function.name()
    }

    #[pygetset]
    fn __module__(_zelf: &Py<Self>) -> &'static str {
        "numpy"
    }

    /// By its name, as functions are pickled.
    #[pymethod]
    fn __reduce__(zelf: &Py<Self>) -> &'static str {
        zelf.function.name()
    }

    #[pygetset]
    fn __qualname__(zelf: &Py<Self>) -> &'static str {
        zelf.function.name()
    }

    #[pygetset]
    fn __doc__(zelf: &Py<Self>) -> &'static str {
        match zelf.function {
            Function::Unary(function) => function.doc(),
            Function::Binary(function) => function.doc(),
            Function::Divmod => "Give the quotient, rounded down, and what is left.",
            Function::Matmul => "Multiply two matrices, or stacks of them.",
        }
    }

    /// The loops of the lab's types: what they take and give, by characters.
    #[pygetset]
    fn types(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        let mut found: Vec<String> = Vec::new();
        for dtype in DType::ALL {
            let operand = Operand::Of(dtype);
            let types: Option<Vec<DType>> = match zelf.function {
                Function::Unary(function) => {
                    function.resolve(operand).ok().map(|found| found.types().into()).map(<[_; 2]>::into)
                }
                Function::Binary(function) => {
                    function.resolve(operand, operand).ok().map(|found| found.types().into()).map(<[_; 3]>::into)
                }
                Function::Divmod => Binary::FloorDivide.resolve(operand, operand).ok().map(|_| vec![dtype; 4]),
                Function::Matmul => Some(vec![dtype; 3]),
            };
            let Some(types) = types.filter(|types| types[0] == dtype) else { continue };
            let mut text: String = types.iter().map(|dtype| dtype.character()).collect();
            text.insert_str(Self::nin(zelf), "->");
            found.push(text);
        }
        vm.ctx.new_list(found.into_iter().map(|text| vm.ctx.new_str(text).into()).collect()).into()
    }

    #[pygetset]
    fn ntypes(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<usize> {
        Self::types(zelf, vm).length(vm)
    }

    #[pygetset]
    fn nin(zelf: &Py<Self>) -> usize {
        if matches!(zelf.function, Function::Unary(_)) { 1 } else { 2 }
    }

    #[pygetset]
    fn nout(zelf: &Py<Self>) -> usize {
        if zelf.function == Function::Divmod { 2 } else { 1 }
    }

    #[pygetset]
    fn nargs(zelf: &Py<Self>) -> usize {
        Self::nin(zelf) + Self::nout(zelf)
    }

    #[pygetset]
    fn signature(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        if zelf.function == Function::Matmul { vm.ctx.new_str("(n?,k),(k,m?)->(n?,m?)").into() } else { vm.ctx.none() }
    }

    #[pygetset]
    fn identity(zelf: &Py<Self>, vm: &VirtualMachine) -> PyObjectRef {
        match zelf.function {
            Function::Binary(function) => {
                function.identity().map_or_else(|| vm.ctx.none(), |value| array_like::python_number(value, vm))
            }
            _ => vm.ctx.none(),
        }
    }

    #[pymethod]
    fn reduce(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let function = zelf.of_two("reduce", vm)?;
        let names = ["array", "axis", "dtype", "out", "keepdims", "initial", "where"];
        let [array, axis, dtype, out, keepdims, initial, mask] = bind("reduce", names, args, vm)?;
        let array = array_like::array(&*required(array, "reduce", "array", 1, vm)?, None, vm)?;
        // Without `axis`, it is the first one; with `None`, all of them.
        let axis = match axis {
            None if array.axes() > 0 => Some(vm.ctx.new_int(0).into()),
            axis => axis,
        };
        reductions::reduce(function, &array, Asked { axis, dtype, out, keepdims, initial, mask }, vm)
    }

    #[pymethod]
    fn accumulate(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let function = zelf.of_two("accumulate", vm)?;
        let [array, axis, dtype, out] = bind("accumulate", ["array", "axis", "dtype", "out"], args, vm)?;
        let array = array_like::array(&*required(array, "accumulate", "array", 1, vm)?, None, vm)?;
        if array.axes() == 0 {
            return Err(vm.new_type_error("cannot accumulate on a scalar"));
        }
        let axis = arguments::given(axis, vm).map_or(Ok(0), |axis| arguments::integer(&axis, vm))?;
        reductions::accumulated(function, &array, axis, dtype, out, vm)
    }

    #[pymethod]
    fn outer(zelf: &Py<Self>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        zelf.of_two("outer", vm)?;
        if args.args.len() < 2 {
            return Err(
                vm.new_type_error(format!("outer() takes at least 2 positional arguments ({} given)", args.args.len()))
            );
        }
        let (a, b) = (array_like::array(&args.args[0], None, vm)?, array_like::array(&args.args[1], None, vm)?);
        let axes = a.axes() + b.axes();
        if axes > shape::MOST_AXES {
            let (most, name) = (shape::MOST_AXES, zelf.function.name());
            return Err(vm.new_value_error(format!(
                "maximum supported dimension for an ndarray is {most}, but `{name}.outer()` result would have {axes}."
            )));
        }
        let shape = [a.shape().to_vec(), vec![1; b.axes()]].concat();
        let a = a.reshaped(&shape).unwrap_or(a);
        args.args[0] = PyNdArray::object(a, vm);
        args.args[1] = PyNdArray::object(b, vm);
        let zelf: PyObjectRef = Self { function: zelf.function }.into_ref(&vm.ctx).into();
        zelf.call(args, vm)
    }

    #[pymethod]
    fn at(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [array, indices, values] = bind("at", ["a", "indices", "b"], args, vm)?;
        let array = required(array, "at", "a", 1, vm)?;
        let indices = required(indices, "at", "indices", 2, vm)?;
        let Some(target) = array.downcast_ref::<PyNdArray>() else {
            return Err(vm.new_type_error("first operand must be array"));
        };
        if !target.is_writable() {
            return Err(vm.new_value_error("array to perform in place operation on is read-only"));
        }
        let into = target.array().clone();
        let items = crate::indexing::items(&indices, vm)?;
        let selection = into.select(&items).raise(vm)?;
        let (view, picked) = match selection {
            parallel_lab_arrays::index::Selection::View(view) => (Some(view), None),
            parallel_lab_arrays::index::Selection::Picked(picked) => (None, Some(picked)),
        };
        let shape: Vec<usize> = match (&view, &picked) {
            (Some(view), _) => view.shape().to_vec(),
            (None, Some(picked)) => picked.shape().to_vec(),
            (None, None) => Vec::new(),
        };
        let values = values.map(|values| array_like::operand(&values, vm)).transpose()?;
        let values = match &values {
            Some((values, _)) => Some(values.broadcast_to(&shape).raise(vm)?),
            None => None,
        };
        // One element after the other, so that those that are named twice are changed twice.
        let places = match (&picked, &view) {
            (Some(picked), _) => picked.places(),
            (None, Some(view)) => places_of(view),
            (None, None) => Ok(Vec::new()),
        };
        let mut index = vec![0; shape.len()];
        for place in places.raise(vm)? {
            let element = into.look([].as_slice().into(), [].as_slice().into(), place);
            let target = Target { out: Some(&element), casting: Casting::Unsafe, ..Target::default() };
            let own = Operand::Of(element.dtype());
            let flags = match (zelf.function, &values) {
                (Function::Unary(function), _) => elementwise::unary(function, (&element, own), target).raise(vm)?.1,
                (Function::Binary(function), Some(values)) => {
                    let value = Array::from_scalar(values.get(&index)).raise(vm)?;
                    elementwise::binary(function, (&element, own), (&value, Operand::Of(value.dtype())), target)
                        .raise(vm)?
                        .1
                }
                _ => return Err(vm.new_value_error("second operand needed for ufunc")),
            };
            warnings::warn(flags, zelf.function.name(), vm)?;
            parallel_lab_arrays::array::step(&mut index, &shape);
        }
        Ok(())
    }

    #[pymethod]
    fn reduceat(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let function = zelf.of_two("reduceat", vm)?;
        let [array, indices, axis, dtype, _] =
            bind("reduceat", ["array", "indices", "axis", "dtype", "out"], args, vm)?;
        let array = array_like::array(&*required(array, "reduceat", "array", 1, vm)?, None, vm)?;
        let begins = arguments::integers(&*array_list(required(indices, "reduceat", "indices", 2, vm)?, vm)?, vm)?;
        let axis = arguments::given(axis, vm).map_or(Ok(0), |axis| arguments::integer(&axis, vm))?;
        let at = shape::axis(axis, array.axes()).raise(vm)?;
        let length = array.shape()[at] as i64;
        let mut parts = Vec::new();
        for (place, begin) in begins.iter().enumerate() {
            if !(0..length).contains(begin) {
                return Err(vm.new_index_error(format!(
                    "index {begin} out-of-bounds in {}.reduceat [0, {length})",
                    function.name()
                )));
            }
            let end = begins.get(place + 1).copied().unwrap_or(length);
            let end = if end > *begin { end } else { begin + 1 };
            let mut shape = array.shape().to_vec();
            shape[at] = (end - begin) as usize;
            let offset = array.offset().wrapping_add_signed(array.strides()[at] * *begin as isize);
            let part = array.look(shape.into(), array.strides().into(), offset);
            let asked = Asked {
                axis: Some(vm.ctx.new_int(axis).into()),
                dtype: dtype.clone(),
                keepdims: Some(vm.ctx.new_bool(true).into()),
                ..Asked::default()
            };
            let reduced = reductions::reduce(function, &part, asked, vm)?;
            parts.push(array_like::array(&reduced, None, vm)?);
        }
        let joined = parallel_lab_arrays::joining::concatenate(&parts, axis, None, None).raise(vm)?;
        Ok(PyNdArray::object(joined, vm))
    }
}

fn array_list(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    array_like::to_list(&array_like::array(&object, Some(DType::I64), vm)?, vm)
}

fn places_of(view: &Array) -> parallel_lab_arrays::Result<Vec<usize>> {
    let mut places = parallel_lab_arrays::cells::room(DType::I64, view.size())?;
    view.each_offset(&mut |offset| places.push(offset));
    Ok(places)
}
