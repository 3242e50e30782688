//! The distributions, as both `RandomState` and `Generator` have them.

use parallel_lab_arrays::error::{Error, Kind};
use parallel_lab_arrays::random::{Constraint, Continuous, Discrete, Generator, Stream};
use parallel_lab_arrays::{Order, Result, shape};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use super::arguments::{Parameter, bind, size, whole};
use super::bits::Bits;
use super::filling::{Distribution, Target, draw, plain};
use super::shared::Shared;
use crate::arguments;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;

const LOW: (&str, Constraint) = ("low", Constraint::None);
const HIGH: (&str, Constraint) = ("high", Constraint::None);

/// `uniform`
pub(super) fn uniform<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [low, high, shape] = bind("uniform", ["low", "high", "size"], 0, args, vm)?;
    let low = Parameter::new(LOW, low, 0.0, vm)?;
    let mut high = Parameter::new(HIGH, high, 1.0, vm)?;
    if low.lone().is_none() || high.lone().is_none() {
        stretch::<S>(&low, &mut high, vm)?;
    }
    let target = Target::New(size(shape, vm)?);
    draw(shared, [low, high], target, |[low, high]| Continuous::Uniform { low, high }, vm)
}

/// Checks the ranges between arrays of bounds, of which the upper ones take the shape of both.
fn stretch<S: Stream>(low: &Parameter, high: &mut Parameter, vm: &VirtualMachine) -> PyResult<()> {
    let shape = shape::broadcast(&[high.values.shape(), low.values.shape()]).raise(vm)?;
    let low = low.values.broadcast_to(&shape).and_then(|low| low.to_row::<f64>()).raise(vm)?;
    high.values = high.values.broadcast_to(&shape).and_then(|high| high.copy(Order::RowMajor)).raise(vm)?;
    let mut ranges = high.values.to_row::<f64>().raise(vm)?;
    for (range, low) in ranges.iter_mut().zip(low) {
        *range -= low;
    }
    if !ranges.iter().all(|range| range.is_finite()) {
        return Err(Error::new(Kind::Overflow, "Range exceeds valid bounds")).raise(vm);
    }
    if S::LEGACY { Ok(()) } else { Constraint::NonNegative.check_all(&ranges, "high - low").raise(vm) }
}

/// `normal`
pub(super) fn normal<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [loc, scale, shape] = bind("normal", ["loc", "scale", "size"], 0, args, vm)?;
    let loc = Parameter::new(("loc", Constraint::None), loc, 0.0, vm)?;
    let scale = Parameter::new(("scale", Constraint::NonNegative), scale, 1.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [loc, scale], target, |[loc, scale]| Continuous::Normal { loc, scale }, vm)
}

/// `lognormal`
pub(super) fn lognormal<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [mean, sigma, shape] = bind("lognormal", ["mean", "sigma", "size"], 0, args, vm)?;
    let mean = Parameter::new(("mean", Constraint::None), mean, 0.0, vm)?;
    let sigma = Parameter::new(("sigma", Constraint::NonNegative), sigma, 1.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [mean, sigma], target, |[mean, sigma]| Continuous::Lognormal { mean, sigma }, vm)
}

/// `exponential`
pub(super) fn exponential<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [scale, shape] = bind("exponential", ["scale", "size"], 0, args, vm)?;
    let scale = Parameter::new(("scale", Constraint::NonNegative), scale, 1.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [scale], target, |[scale]| Continuous::Exponential { scale }, vm)
}

/// `gamma`
pub(super) fn gamma<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [form, scale, shape] = bind("gamma", ["shape", "scale", "size"], 1, args, vm)?;
    let form = Parameter::new(FORM, form, 1.0, vm)?;
    let scale = Parameter::new(("scale", Constraint::NonNegative), scale, 1.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [form, scale], target, |[shape, scale]| Continuous::Gamma { shape, scale }, vm)
}

/// A gamma distribution's parameter, which is not a shape of an array.
pub(super) const FORM: (&str, Constraint) = ("shape", Constraint::NonNegative);

/// `standard_gamma`, into what has been looked up.
pub(super) fn standard_gamma<S: Stream>(
    shared: &Shared<S>,
    form: Parameter,
    target: Target,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    draw(shared, [form], target, |[shape]| Continuous::Gamma { shape, scale: 1.0 }, vm)
}

/// The same in single precision.
pub(super) fn standard_gamma_f32(
    shared: &Shared<Generator<Bits>>,
    form: Parameter,
    target: Target,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    draw(shared, [form], target, |[shape]| SingleGamma(shape as f32), vm)
}

/// `standard_gamma` in single precision, which only a `Generator` has.
#[derive(Clone, Copy)]
struct SingleGamma(f32);

impl Distribution<Generator<Bits>> for SingleGamma {
    type Number = f32;

    fn draw(self, stream: &mut Generator<Bits>) -> f32 {
        let mut number = [0.0];
        // A shape that is refused has been refused before.
        let _ = self.fill(stream, &mut number);
        number[0]
    }

    fn fill(self, stream: &mut Generator<Bits>, out: &mut [f32]) -> Result<()> {
        stream.fill_standard_gamma_f32(self.0, out)
    }
}

/// `beta`
pub(super) fn beta<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, b, shape] = bind("beta", ["a", "b", "size"], 2, args, vm)?;
    let a = Parameter::new(("a", Constraint::Positive), a, 1.0, vm)?;
    let b = Parameter::new(("b", Constraint::Positive), b, 1.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [a, b], target, |[a, b]| Continuous::Beta { a, b }, vm)
}

/// `poisson`
pub(super) fn poisson<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [lam, shape] = bind("poisson", ["lam", "size"], 0, args, vm)?;
    let lam = Parameter::new(("lam", Constraint::PoissonMean), lam, 1.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [lam], target, |[lam]| Discrete::Poisson { lam }, vm)
}

/// `binomial`; NumPy names the probability before the number of trials where shapes do not fit.
pub(super) fn binomial<S: Stream>(shared: &Shared<S>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [n, p, shape] = bind("binomial", ["n", "p", "size"], 2, args, vm)?;
    let p = Parameter::new(("p", Constraint::Probability), p, 0.0, vm)?;
    let n = match n {
        // A lone number of trials is what `int()` makes of it.
        Some(n) if arguments::sequence(&n).is_none() && n.downcast_ref::<PyNdArray>().is_none() => {
            let n = i64::try_from(whole(&n, vm)?);
            let n = n.map_err(|_| vm.new_overflow_error("Python int too large to convert to C long"))?;
            Some(vm.ctx.new_int(n).into())
        }
        n => n,
    };
    let n = Parameter::new(("n", Constraint::NonNegative), n, 0.0, vm)?;
    let target = Target::New(size(shape, vm)?);
    draw(shared, [p, n], target, |[p, n]| Discrete::Binomial { n: n as i64, p }, vm)
}

/// `random` and its other names.
pub(super) fn random<S: Stream>(
    name: &str,
    shared: &Shared<S>,
    args: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let [shape] = bind(name, ["size"], 0, args, vm)?;
    random_of(shared, Target::New(size(shape, vm)?), vm)
}

/// The same, into what has been looked up.
pub(super) fn random_of<S: Stream>(shared: &Shared<S>, target: Target, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    plain(shared, target, |stream: &mut S, row: &mut [f64]| stream.fill_random(row), vm)
}

/// `standard_normal`
pub(super) fn standard_normal<S: Stream>(
    shared: &Shared<S>,
    target: Target,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    plain(shared, target, |stream: &mut S, row: &mut [f64]| stream.fill_standard_normal(row), vm)
}

/// `standard_exponential`
pub(super) fn standard_exponential<S: Stream>(
    shared: &Shared<S>,
    target: Target,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    plain(shared, target, |stream: &mut S, row: &mut [f64]| stream.fill_standard_exponential(row), vm)
}
