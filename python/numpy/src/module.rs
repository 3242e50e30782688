//! The module `_numpy`: the names that Python sees.

use _numpy::module_def as definition;

/// The module, to be given to an interpreter that is being made.
#[must_use]
pub fn module_def(ctx: &rustpython_vm::Context) -> &'static rustpython_vm::builtins::PyModuleDef {
    definition(ctx)
}

#[rustpython_vm::pymodule]
mod _numpy {
    use parallel_lab_arrays::dtype::{Casting, Kind};
    use rustpython_vm::builtins::{PyDictRef, PyModule, PyType};
    use rustpython_vm::class::PyClassImpl;
    use rustpython_vm::function::{FuncArgs, OptionalArg};
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyResult, VirtualMachine};

    use crate::arguments::{bind, required};
    use crate::flags::PyFlags;
    use crate::flat::PyFlatIter;
    use crate::iterator::PyArrayIterator;
    use crate::ndarray::PyNdArray;
    use crate::{array_like, conversions, creation, dtype, printing, products, scalar, selecting, transforms, ufunc};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        drop(PyArrayIterator::make_static_type());
        drop(PyFlags::make_static_type());
        module.set_attr("ndarray", PyNdArray::make_static_type(), vm)?;
        module.set_attr("flatiter", PyFlatIter::make_static_type(), vm)?;
        module.set_attr("dtype", dtype::make(), vm)?;
        module.set_attr("ufunc", ufunc::make(), vm)?;
        let kinds = vm.import("_numpy_kinds", 0)?;
        let kind_of = kinds.get_attr("_KIND_OF", vm)?;
        for name in [
            "generic",
            "number",
            "integer",
            "signedinteger",
            "unsignedinteger",
            "inexact",
            "floating",
            "complexfloating",
        ] {
            module.set_attr(name, kinds.get_attr(name, vm)?, vm)?;
        }
        for (dtype, class) in scalar::make() {
            let kind = match dtype.kind() {
                Kind::Bool => "generic",
                Kind::Unsigned => "unsignedinteger",
                Kind::Signed => "signedinteger",
                Kind::Float => "floating",
                Kind::Complex => "complexfloating",
            };
            let key: PyObjectRef = class.clone().into();
            kind_of.set_item(&*key, kinds.get_attr(kind, vm)?, vm)?;
            module.set_attr(dtype.name(), class, vm)?;
        }
        for (name, function) in ufunc::all(vm) {
            module.set_attr(name, function, vm)?;
        }
        module.set_attr("_errcall", vm.ctx.none(), vm)?;
        module.set_attr("_printing", printing::defaults(vm)?, vm)?;
        Ok(())
    }

    #[pyfunction]
    fn array(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::array(args, vm)
    }

    #[pyfunction]
    fn asarray(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::asarray(args, vm)
    }

    #[pyfunction]
    fn empty(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::empty("empty", args, vm)
    }

    #[pyfunction]
    fn zeros(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::empty("zeros", args, vm)
    }

    #[pyfunction]
    fn ones(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::ones(args, vm)
    }

    #[pyfunction]
    fn full(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::full(args, vm)
    }

    #[pyfunction]
    fn arange(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::arange(args, vm)
    }

    #[pyfunction]
    fn concatenate(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::concatenate(args, vm)
    }

    #[pyfunction]
    fn stack(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::stack(args, vm)
    }

    #[pyfunction]
    fn column_stack(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::column_stack(args, vm)
    }

    #[pyfunction]
    fn broadcast_to(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::broadcast_to(args, vm)
    }

    #[pyfunction]
    fn broadcast_shapes(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::broadcast_shapes(args, vm)
    }

    #[pyfunction]
    fn frombuffer(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::from_buffer(args, vm)
    }

    #[pyfunction]
    fn fromiter(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::from_iterator(args, vm)
    }

    /// A view by strides, in bytes, which must not lead out of the array's memory.
    #[pyfunction]
    fn _strided(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [array, shape, strides] = bind("_strided", ["a", "shape", "strides"], args, vm)?;
        let object = required(array, "_strided", "a", 1, vm)?;
        let array = array_like::array(&object, None, vm)?;
        let shape = crate::arguments::shape(&*required(shape, "_strided", "shape", 2, vm)?, vm)?;
        let strides = crate::arguments::integers(&*required(strides, "_strided", "strides", 3, vm)?, vm)?;
        match array.strided(&shape, &strides) {
            Some(view) => Ok(PyNdArray::view(view, &object, vm)),
            None => {
                Err(vm.new_value_error("these strides lead out of the array's memory, which the lab does not allow"))
            }
        }
    }

    #[pyfunction]
    fn _frombytes(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        creation::from_bytes(args, vm)
    }

    #[pyfunction(name = "where")]
    fn where_(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::choose_where(args, vm)
    }

    #[pyfunction]
    fn nonzero(a: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::nonzero(&array_like::array(&a, None, vm)?, vm)
    }

    #[pyfunction]
    fn lexsort(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::lexsort(args, vm)
    }

    #[pyfunction]
    fn unique1(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::unique(args, vm)
    }

    #[pyfunction]
    fn bincount(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        selecting::bincount(args, vm)
    }

    #[pyfunction]
    fn putmask(args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        selecting::putmask(args, vm)
    }

    #[pyfunction]
    fn copyto(args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
        let [to, from, casting, wanted] = bind("copyto", ["dst", "src", "casting", "where"], args, vm)?;
        let to = required(to, "copyto", "dst", 1, vm)?;
        let from = required(from, "copyto", "src", 2, vm)?;
        let Ok(to) = to.clone().downcast::<PyNdArray>() else {
            let name = to.class().name().to_string();
            return Err(vm.new_type_error(format!("copyto() argument 1 must be numpy.ndarray, not {name}")));
        };
        let casting = casting.map_or(Ok(Casting::SameKind), |casting| crate::arguments::casting(&casting, vm))?;
        let (values, operand) = array_like::operand(&from, vm)?;
        let kind = to.array().dtype();
        if !casting.allows_operand(operand, kind) {
            conversions::check_casting(values.dtype(), kind, casting, vm)?;
        }
        conversions::copy_to(&to, &from, wanted, vm)
    }

    #[pyfunction]
    fn dot(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let [a, b, out] = bind("dot", ["a", "b", "out"], args, vm)?;
        let missing = |name: &str| vm.new_type_error(format!("dot() missing 1 required positional argument: '{name}'"));
        let (a, b) = (a.ok_or_else(|| missing("a"))?, b.ok_or_else(|| missing("b"))?);
        products::dot_into(&a, &b, out, vm)
    }

    #[pyfunction]
    fn vdot(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        products::vdot(args, vm)
    }

    #[pyfunction]
    fn inner(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        products::inner(args, vm)
    }

    #[pyfunction]
    fn shares_memory(args: FuncArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let [a, b, _] = bind("shares_memory", ["a", "b", "max_work"], args, vm)?;
        let (a, b) = (required(a, "shares_memory", "a", 1, vm)?, required(b, "shares_memory", "b", 2, vm)?);
        Ok(array_like::array(&a, None, vm)?.shares_memory(&array_like::array(&b, None, vm)?))
    }

    #[pyfunction]
    fn may_share_memory(args: FuncArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let [a, b, _] = bind("may_share_memory", ["a", "b", "max_work"], args, vm)?;
        let (a, b) = (required(a, "may_share_memory", "a", 1, vm)?, required(b, "may_share_memory", "b", 2, vm)?);
        Ok(array_like::array(&a, None, vm)?.may_share_memory(&array_like::array(&b, None, vm)?))
    }

    #[pyfunction]
    fn result_type(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut all: Option<parallel_lab_arrays::dtype::Operand> = None;
        for argument in &args.args {
            let operand = match dtype::of(argument, vm) {
                Ok(kind) if argument.downcast_ref::<PyNdArray>().is_none() => {
                    parallel_lab_arrays::dtype::Operand::Of(kind)
                }
                _ => array_like::operand(argument, vm)?.1,
            };
            all = Some(all.map_or(operand, |known| known.with(operand)));
        }
        match all {
            Some(all) => Ok(dtype::object(all.default_dtype(), vm)),
            None => Err(vm.new_value_error("at least one array or dtype is required")),
        }
    }

    #[pyfunction]
    fn promote_types(a: PyObjectRef, b: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(dtype::object(dtype::of(&a, vm)?.with(dtype::of(&b, vm)?), vm))
    }

    #[pyfunction]
    fn can_cast(args: FuncArgs, vm: &VirtualMachine) -> PyResult<bool> {
        let [from, to, casting] = bind("can_cast", ["from_", "to", "casting"], args, vm)?;
        let from = required(from, "can_cast", "from_", 1, vm)?;
        let to = dtype::of(&*required(to, "can_cast", "to", 2, vm)?, vm)?;
        let from = match from.downcast_ref::<PyNdArray>() {
            Some(array) => array.array().dtype(),
            None if from.downcast_ref::<PyType>().is_none()
                && matches!(array_like::element(&from, vm), Ok(Some(_))) =>
            {
                if scalar::value_of(&from, vm).is_none() {
                    return Err(vm.new_type_error(
                        "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\n\
                         This change was part of adopting NEP 50, we may explicitly allow them again in the future.",
                    ));
                }
                array_like::operand(&from, vm)?.0.dtype()
            }
            None => dtype::of(&from, vm)?,
        };
        let casting = casting.map_or(Ok(Casting::Safe), |casting| crate::arguments::casting(&casting, vm))?;
        Ok(casting.allows(from, to))
    }

    #[pyfunction]
    fn _array2string(
        a: PyObjectRef,
        options: PyDictRef,
        separator: PyObjectRef,
        prefix: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        let separator = separator.str(vm)?.to_string_lossy().into_owned();
        let prefix = prefix.str(vm)?.to_string_lossy().into_owned();
        printing::array2string(&a, &options, &separator, &prefix, vm)
    }

    #[pyfunction]
    fn _printoptions(options: OptionalArg<PyDictRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let module = vm.import("_numpy", 0)?;
        if let OptionalArg::Present(options) = options {
            printing::set(printing::options_of(&options, vm)?);
            module.set_attr("_printing", options, vm)?;
        }
        module.get_attr("_printing", vm)
    }

    #[pyfunction]
    fn _errstate(treatments: OptionalArg<PyDictRef>, vm: &VirtualMachine) -> PyResult<PyDictRef> {
        if let OptionalArg::Present(treatments) = treatments {
            printing::treat(&treatments, vm)?;
        }
        printing::treatments(vm)
    }

    #[pyfunction]
    fn _solve(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::solve(args, vm)
    }

    #[pyfunction]
    fn _inv(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::inv(args, vm)
    }

    #[pyfunction]
    fn _det(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::det(args, vm)
    }

    #[pyfunction]
    fn _slogdet(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::slogdet(args, vm)
    }

    #[pyfunction]
    fn _cholesky(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::cholesky(args, vm)
    }

    #[pyfunction]
    fn _eigvalsh(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::eigvalsh(args, vm)
    }

    #[pyfunction]
    fn _eigh(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::eigh(args, vm)
    }

    #[pyfunction]
    fn _eigvals(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::eigvals(args, vm)
    }

    #[pyfunction]
    fn _eig(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::eig(args, vm)
    }

    #[pyfunction]
    fn _qr(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::qr(args, vm)
    }

    #[pyfunction]
    fn _svd(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::svd(args, vm)
    }

    #[pyfunction]
    fn _svdvals(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::svdvals(args, vm)
    }

    #[pyfunction]
    fn _lstsq(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::lstsq(args, vm)
    }

    #[pyfunction]
    fn _fft(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::transform(args, vm)
    }

    #[pyfunction]
    fn _rfft(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::real_transform(args, vm)
    }

    #[pyfunction]
    fn _irfft(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        transforms::real_inverse(args, vm)
    }
}
