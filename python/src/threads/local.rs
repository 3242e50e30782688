//! `_thread._local`: attributes that each thread has for itself.
//!
//! A thread keeps its dictionaries itself, so that looking one up takes no
//! lock. When a local dies, what other threads had in it lives on until they
//! end (CPython drops it at once).

#[rustpython_vm::pymodule(sub, name = "_thread")]
pub(crate) mod local_type {
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustpython_vm::builtins::{PyDictRef, PyStr, PyType, PyTypeRef};
    use rustpython_vm::common::lock::PyMutex;
    use rustpython_vm::function::{FuncArgs, PySetterValue};
    use rustpython_vm::types::{GetAttr, SetAttr};
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

    use crate::threads::crew::Member;

    /// Attributes that each thread has for itself.
    #[pyattr]
    #[pyclass(module = "_thread", name = "_local")]
    #[derive(Debug, PyPayload)]
    pub(crate) struct Local {
        number: u64,
        /// What a subclass's `__init__` gets in each thread.
        arguments: PyMutex<FuncArgs>,
        /// For threads outside of a run: there is but one.
        outside: PyDictRef,
    }

    impl Local {
        /// The calling thread's dictionary; made, and initialized, when it is
        /// asked for first.
        fn dict_of(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyDictRef> {
            let Some(member) = Member::current() else { return Ok(zelf.outside.clone()) };
            let known = member.locals.borrow().get(&zelf.number).cloned();
            if let Some(dict) = known {
                return Ok(dict);
            }
            let dict = zelf.new_dict(&member, vm);
            if let Some(init) = own_init(zelf.class(), vm) {
                let arguments = zelf.arguments.lock().clone();
                if let Err(error) = init(zelf.as_object(), arguments, vm) {
                    let failed = member.locals.borrow_mut().remove(&zelf.number);
                    drop(failed);
                    return Err(error);
                }
            }
            Ok(dict)
        }

        fn new_dict(&self, member: &Member, vm: &VirtualMachine) -> PyDictRef {
            let dict = vm.ctx.new_dict();
            member.locals.borrow_mut().insert(self.number, dict.clone());
            dict
        }
    }

    type Init = fn(&rustpython_vm::PyObject, FuncArgs, &VirtualMachine) -> PyResult<()>;

    /// The `__init__` of a subclass, if it has one.
    fn own_init(class: &Py<PyType>, vm: &VirtualMachine) -> Option<Init> {
        let init = class.slots.init.load()?;
        let inherited = vm.ctx.types.object_type.slots.init.load();
        let inherits = inherited.is_some_and(|inherited| std::ptr::fn_addr_eq(inherited, init));
        (!inherits).then_some(init)
    }

    #[pyclass(with(GetAttr, SetAttr), flags(BASETYPE))]
    impl Local {
        #[pyslot]
        fn slot_new(class: PyTypeRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
            static NUMBERS: AtomicU64 = AtomicU64::new(0);
            if !arguments.is_empty() && own_init(&class, vm).is_none() {
                return Err(vm.new_type_error("Initialization arguments are not supported"));
            }
            let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
            let local = Self { number, arguments: PyMutex::new(arguments), outside: vm.ctx.new_dict() };
            // Python calls `__init__` for this thread after this: it must find its dictionary made.
            if let Some(member) = Member::current() {
                local.new_dict(&member, vm);
            }
            local.into_ref_with_type(vm, class).map(Into::into)
        }

        #[pygetset(name = "__dict__")]
        fn dict(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult<PyDictRef> {
            Self::dict_of(&zelf, vm)
        }
    }

    impl GetAttr for Local {
        fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
            let dict = Self::dict_of(zelf, vm)?;
            if name.as_bytes() == b"__dict__" {
                return Ok(dict.into());
            }
            zelf.as_object().generic_getattr_opt(name, Some(dict), vm)?.ok_or_else(|| {
                let (object, name): (PyObjectRef, _) = (zelf.to_owned().into(), name.to_owned());
                vm.new_no_attribute_error(object, name)
            })
        }
    }

    impl SetAttr for Local {
        fn setattro(zelf: &Py<Self>, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
            if name.as_bytes() == b"__dict__" {
                let class = zelf.class().slot_name();
                return Err(vm.new_attribute_error(format!("'{}' object attribute '__dict__' is read-only", &*class)));
            }
            let dict = Self::dict_of(zelf, vm)?;
            match value {
                PySetterValue::Assign(value) => dict.set_item(name, value, vm),
                PySetterValue::Delete => dict.del_item(name, vm).map_err(|_| {
                    let object: PyObjectRef = zelf.to_owned().into();
                    vm.new_no_attribute_error(object, name.to_owned())
                }),
            }
        }
    }

    impl Drop for Local {
        fn drop(&mut self) {
            // At the end of the thread itself its member is in use or gone, and its locals too.
            if let Some(member) = Member::current()
                && let Ok(mut locals) = member.locals.try_borrow_mut()
            {
                let own = locals.remove(&self.number);
                drop(locals);
                drop(own);
            }
        }
    }
}
