//! Where running code can be stopped.
//!
//! The interpreter's own loop looks at nothing on this target: what CPython
//! calls the eval breaker is compiled out. So a look is put into the user's
//! own code, at the heads of its loops and functions: an operation on an object
//! of ours that most of the time only reads two words of memory. (A call would
//! cost twice as much.) The library is left as it is.
//!
//! Without shared memory nobody could ask: there the code stays as it is too,
//! and Stop ends the worker.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use malachite_bigint::BigInt;
use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{
    AtomicNodeIndex, Comprehension, Expr, ExprStringLiteral, ExprUnaryOp, Mod, Stmt, StmtExpr, StringLiteral,
    StringLiteralFlags, StringLiteralValue, Suite, UnaryOp,
};
use ruff_python_parser::ParseOptions;
use ruff_source_file::SourceFileBuilder;
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode, PyFrozenSet, PyStrInterned};
use rustpython_vm::bytecode::{AsBag, BorrowedConstant, CodeObject, Constant, ConstantBag};
use rustpython_vm::compiler::Mode;
use rustpython_vm::compiler::codegen::compile::compile_top;
use rustpython_vm::{Context, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::script::Script;

/// Not 0 once the run is to stop: the page sets it through the shared memory.
static STOP: AtomicU32 = AtomicU32::new(0);

/// Whether scripts get looks.
static WANTED: AtomicBool = AtomicBool::new(false);

/// Whether the run is to stop.
#[must_use]
pub fn stop_requested() -> bool {
    STOP.load(Ordering::Relaxed) != 0
}

/// Asks the run to stop, or takes that back before the next.
pub fn request_stop(stop: bool) {
    STOP.store(u32::from(stop), Ordering::SeqCst);
}

/// Where the stop word is in the shared memory.
#[must_use]
pub fn stop_address() -> *const u32 {
    STOP.as_ptr()
}

/// What a stopped run raises, at each look again, until it has ended.
#[must_use]
pub fn stopped(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned())
}

/// What stands in the tree for the object that looks: a constant, which the
/// compiled code then has the object in place of. As a global name it would be
/// looked up under a lock that all threads share, at each turn of each loop.
const LOOK: &str = "\u{0}the lab's checkpoint";

/// Compiles the script, with its looks at the stop word if they are `wanted`.
///
/// # Errors
/// The SyntaxError that CPython would raise.
pub fn compile(script: &Script, vm: &VirtualMachine) -> PyResult<PyRef<PyCode>> {
    let source = script.source.replace("\r\n", "\n");
    let plain = vm
        .compile(&source, Mode::Exec, script.file_name.clone())
        .map_err(|error| error.into_pyexception(vm, Some(&source)))?;
    if !WANTED.load(Ordering::Relaxed) {
        return Ok(plain);
    }
    // What has compiled once does so again: without the looks the script would
    // still run, it could only not be stopped.
    Ok(with_looks(&source, &script.file_name, vm).unwrap_or(plain))
}

fn with_looks(source: &str, file_name: &str, vm: &VirtualMachine) -> Option<PyRef<PyCode>> {
    let options = ParseOptions::from(ruff_python_parser::Mode::Module);
    let mut tree = ruff_python_parser::parse(source, options).ok()?.into_syntax();
    if let Mod::Module(module) = &mut tree {
        Looks.visit_body(&mut module.body);
    }
    let file = SourceFileBuilder::new(file_name, source).finish();
    let code = compile_top(tree, file, Mode::Exec, vm.compile_opts()).ok()?;
    // The module brings the class.
    vm.import("_lab_checkpoint", 0).ok()?;
    let look = _lab_checkpoint::Look.into_pyobject(vm);
    // It lives as long as the interpreter: no thread is to count who uses it.
    look.make_immortal();
    Some(PyCode::new_ref_with_bag(vm, code.map_bag(Constants { vm, look: &look })))
}

/// RustPython's own bag, and the constants that come out of it: it keeps their names to itself.
type Bag<'a> = <&'a Context as AsBag>::Bag;
type Literal = <Bag<'static> as ConstantBag>::Constant;

/// Makes a script's constants: RustPython's, but for the one that stands for the look.
#[derive(Clone, Copy)]
struct Constants<'a> {
    vm: &'a VirtualMachine,
    look: &'a PyObjectRef,
}

impl<'a> Constants<'a> {
    fn plain(&self) -> Bag<'a> {
        AsBag::as_bag(&*self.vm.ctx)
    }
}

impl ConstantBag for Constants<'_> {
    type Constant = Literal;

    fn make_constant<C: Constant>(&self, constant: BorrowedConstant<'_, C>) -> Literal {
        match constant {
            BorrowedConstant::Str { value } if value == LOOK => self.look.clone().into(),
            BorrowedConstant::Code { code } => self.make_code(code.map_clone_bag(self)),
            // RustPython's own bag for constants without an interpreter can't hash them.
            BorrowedConstant::Frozenset { elements } => {
                let elements = elements.iter().map(|it| self.make_constant(it.borrow_constant()).into());
                match PyFrozenSet::from_iter(self.vm, elements) {
                    Ok(set) => PyObjectRef::from(set.into_ref(&self.vm.ctx)).into(),
                    Err(_) => self.vm.ctx.none().into(),
                }
            }
            BorrowedConstant::Tuple { elements } => {
                self.make_tuple(elements.iter().map(|it| self.make_constant(it.borrow_constant())))
            }
            other => self.plain().make_constant(other),
        }
    }

    fn make_int(&self, value: BigInt) -> Literal {
        self.plain().make_int(value)
    }

    fn make_tuple(&self, elements: impl Iterator<Item = Literal>) -> Literal {
        self.plain().make_tuple(elements)
    }

    fn make_code(&self, code: CodeObject<Literal>) -> Literal {
        PyObjectRef::from(PyCode::new_ref_with_bag(self.vm, code)).into()
    }

    fn make_name(&self, name: &str) -> &'static PyStrInterned {
        self.plain().make_name(name)
    }
}

/// Puts a look at the head of each loop and function.
struct Looks;

impl Transformer for Looks {
    fn visit_stmt(&self, statement: &mut Stmt) {
        transformer::walk_stmt(self, statement);
        match statement {
            Stmt::For(inner) => insert(&mut inner.body, 0),
            Stmt::While(inner) => insert(&mut inner.body, 0),
            Stmt::FunctionDef(inner) => {
                let behind_docstring = usize::from(starts_with_docstring(&inner.body));
                insert(&mut inner.body, behind_docstring);
            }
            _ => {}
        }
    }

    fn visit_comprehension(&self, comprehension: &mut Comprehension) {
        transformer::walk_comprehension(self, comprehension);
        let at = comprehension.target.range().start();
        comprehension.ifs.insert(0, look(at));
    }
}

fn starts_with_docstring(body: &[Stmt]) -> bool {
    matches!(body.first(), Some(Stmt::Expr(first)) if first.value.is_string_literal_expr())
}

/// The look stands where the statement behind it does, so that the line of a
/// traceback is that of the code that was about to run.
fn insert(body: &mut Suite, index: usize) {
    let Some(next) = body.get(index).or_else(|| body.last()) else {
        return;
    };
    let at = next.range().start();
    let statement =
        StmtExpr { node_index: AtomicNodeIndex::NONE, range: TextRange::empty(at), value: Box::new(look(at)) };
    body.insert(index, Stmt::Expr(statement));
}

/// `-look`; its value is true, for the comprehensions.
fn look(at: TextSize) -> Expr {
    let range = TextRange::empty(at);
    let text = StringLiteral {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: LOOK.into(),
        flags: StringLiteralFlags::empty(),
    };
    let operand =
        ExprStringLiteral { node_index: AtomicNodeIndex::NONE, range, value: StringLiteralValue::single(text) };
    Expr::UnaryOp(ExprUnaryOp {
        node_index: AtomicNodeIndex::NONE,
        range,
        op: UnaryOp::USub,
        operand: Box::new(Expr::StringLiteral(operand)),
    })
}

/// Whether the scripts that this interpreter compiles from now on get looks.
pub(crate) fn want(looks: bool) {
    WANTED.store(looks, Ordering::Relaxed);
}

pub(crate) use _lab_checkpoint::module_def;

#[rustpython_vm::pymodule]
mod _lab_checkpoint {
    use std::sync::atomic::{AtomicU32, Ordering};

    use rustpython_vm::protocol::PyNumberMethods;
    use rustpython_vm::types::AsNumber;
    use rustpython_vm::{PyPayload, PyResult, VirtualMachine, pyclass};

    use crate::{idle, threads};

    /// What had happened when the main thread looked last.
    static SEEN: AtomicU32 = AtomicU32::new(0);

    /// What looks when it is negated.
    #[pyattr]
    #[pyclass(name = "Look")]
    #[derive(Debug, PyPayload)]
    pub(super) struct Look;

    #[pyclass(with(AsNumber))]
    impl Look {}

    impl AsNumber for Look {
        fn as_number() -> &'static PyNumberMethods {
            static METHODS: PyNumberMethods =
                PyNumberMethods { negative: Some(|_, vm| look(vm)), ..PyNumberMethods::NOT_IMPLEMENTED };
            &METHODS
        }
    }

    fn look(vm: &VirtualMachine) -> PyResult {
        threads::checkpoint(vm)?;
        if idle::count() != SEEN.load(Ordering::Relaxed) {
            deliver(vm)?;
        }
        Ok(vm.ctx.true_value.clone().into())
    }

    /// CPython feeds its processes by a thread of its own: here the script does,
    /// so that they have work while it computes.
    #[cold]
    fn deliver(vm: &VirtualMachine) -> PyResult<()> {
        if threads::current_number() != 0 {
            return Ok(());
        }
        SEEN.store(idle::count(), Ordering::Relaxed);
        idle::deliver_what_came(vm)
    }
}
