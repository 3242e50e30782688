//! What CPython's library does without here: docstrings, which nobody reads,
//! and imports of modules that a browser has not.

use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{AtomicNodeIndex, Expr, Identifier, Stmt, StmtImportFrom, StmtPass, Suite};

/// Our module that stands for the absent ones (`lib/_lab_absent.py`).
const STANDS_FOR_THEM: &str = "_lab_absent";

/// Takes the docstrings away, and has `import socket` be `from _lab_absent
/// import socket` for each module that is `without`.
pub(crate) fn thin(body: &mut Suite, without: &[String]) {
    let thinner = Thinner { without };
    drop_docstring(body);
    thinner.visit_body(body);
}

struct Thinner<'a> {
    without: &'a [String],
}

impl Thinner<'_> {
    fn is_absent(&self, module: &str) -> bool {
        self.without.iter().any(|absent| absent == module)
    }
}

impl Transformer for Thinner<'_> {
    fn visit_stmt(&self, statement: &mut Stmt) {
        match statement {
            Stmt::FunctionDef(function) => drop_docstring(&mut function.body),
            Stmt::ClassDef(class) => drop_docstring(&mut class.body),
            Stmt::Import(import) => {
                if let [name] = import.names.as_slice()
                    && self.is_absent(&name.name)
                {
                    *statement = Stmt::ImportFrom(StmtImportFrom {
                        node_index: AtomicNodeIndex::NONE,
                        range: import.range,
                        module: Some(Identifier::new(STANDS_FOR_THEM, import.range)),
                        names: import.names.clone(),
                        level: 0,
                        is_lazy: false,
                        runtime_level: None,
                    });
                }
            }
            Stmt::ImportFrom(import) if import.module.as_ref().is_some_and(|module| self.is_absent(module)) => {
                import.module = Some(Identifier::new(STANDS_FOR_THEM, import.range));
                import.level = 0;
            }
            _ => {}
        }
        transformer::walk_stmt(self, statement);
    }
}

fn drop_docstring(body: &mut Suite) {
    let Some(Stmt::Expr(first)) = body.first() else {
        return;
    };
    if !matches!(*first.value, Expr::StringLiteral(_)) {
        return;
    }
    let range = first.range;
    body.remove(0);
    if body.is_empty() {
        body.push(Stmt::Pass(StmtPass { node_index: AtomicNodeIndex::NONE, range }));
    }
}
