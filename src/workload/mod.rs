//! What is computed: tasks that can run anywhere, of any kind.
//!
//! A [`Workload`] is a number of independent items (members, signals, files),
//! each with a row of input and a row of output. It says what an item is; the
//! executors say who works on which items when. [`Work`] is a chunk of items
//! that is being worked off in slices, so that whoever drives it can look up in
//! between: no clock, no thread, only how far it has come.
//!
//! ```text
//! input   (items, in_row)    none where it is made where the work is done
//!    │ begin(kernel, items) ─▶ Work ─ advance(budget) ─▶ Did(units)…, Finished
//!    ▼
//! output  (items, out_row)   rows of the workload's own scalars, bytes on the wire
//! ```
//!
//! Work that needs a file of the site says so ([`Step::Waits`]), and whoever
//! drives it has the clock and the ways to read one.
//!
//! A workload is one file here and one line in [the list](crate::workloads).
//! The line makes it a variant of [`AnyWorkload`], which crosses the wire, has
//! every executor run it, and stamps the conformance suite onto it
//! (`tests/conformance.rs`).

mod agreement;
mod file;

use std::fmt::Debug;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use agreement::Agreement;
pub use file::File;

use crate::model::settings::Kernel;

/// The list: every workload, by module. `$stamp` is a macro that takes it.
///
/// One line is one module, with the workloads in it: the name that each has on
/// the wire (in kebab case), and its type. `cargo fmt` doesn't see modules that a
/// macro declares: `cargo fmt -- src/workload/*.rs` does, and `cargo xtask test lint`
/// looks whether somebody did.
#[macro_export]
macro_rules! workloads {
    ($stamp:path) => {
        $stamp! {
            fft { Fft: Fft, FftSignals: Signals }
            files { Files: Files }
            fingerprint { Fingerprint: Fingerprint }
            lorenz { LorenzInitialConditions: InitialConditions, LorenzIntegration: Integration, LorenzSummary: Summary }
        }
    };
}

/// A number of independent items of work.
pub trait Workload: Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What a row of input is made of.
    type In: Scalar;
    /// What a row of output is made of.
    type Out: Scalar;
    /// A chunk of it at work.
    type Work: Work<Self>;
    /// What one item is called: "member", "signal".
    const ITEM: &'static str;

    /// How many items there are.
    fn items(&self) -> u32;

    /// Scalars of one item's input; 0 where input is made where the work is done.
    fn in_row(&self) -> usize;

    /// Scalars of one item's output.
    fn out_row(&self) -> usize;

    /// Units of work in so many items, for progress and budgets. A unit takes a
    /// few nanoseconds; [`Work::advance`] must be able to stop after about
    /// 100,000 of them.
    fn units(&self, items: u32) -> u64;

    /// Why there is no such kernel: a sentence for learners; `None` where there is.
    fn why_not(&self, kernel: Kernel) -> Option<&'static str>;

    /// The same work on so many items; `None` where it can't be parted or grow.
    fn resized(&self, items: u32) -> Option<Self>;

    /// How far the outputs of different executors and kernels agree.
    fn agreement(&self) -> Agreement;

    /// Work on these items that has not begun.
    fn begin(&self, kernel: Kernel, items: Range<u32>) -> Self::Work;
}

/// A chunk of a workload's items, and how far it has come. Wherever slices begin
/// and end, the output is the same.
pub trait Work<W: Workload> {
    /// Does about `budget` units more.
    ///
    /// `input` has shape `(items, in_row)`, `output` `(items, out_row)`: those of
    /// this chunk, the same at every call, the output zeroed before the first.
    fn advance(&mut self, input: &[W::In], output: &mut [W::Out], budget: u64) -> Step;

    /// Takes the file that [`Step::Waits`] asked for.
    fn take(&mut self, _content: Vec<u8>) {}
}

/// What a slice came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// So many units are done, and there may be more to do.
    Did(u64),
    /// There was nothing left to do.
    Finished,
    /// Nothing can be done before this file is there ([`Work::take`]): whoever drives it reads it.
    Waits(File),
    /// An item can't be done, and so all of it: a clause that says why.
    Failed(String),
}

/// A number that rows are made of: the same bytes in every memory.
pub trait Scalar: bytemuck::Pod + Debug + PartialEq + Send + Sync {
    /// As a float64, to be compared; rounded where it has more digits.
    fn to_f64(self) -> f64;
}

impl Scalar for f64 {
    fn to_f64(self) -> f64 {
        self
    }
}

impl Scalar for u64 {
    fn to_f64(self) -> f64 {
        self as f64
    }
}

impl Scalar for u8 {
    fn to_f64(self) -> f64 {
        self.into()
    }
}

/// What the conformance suite and the benchmark try a workload with. Nothing in
/// the app calls it.
pub trait Specimen: Workload {
    /// Small ones, of different sizes and kinds.
    fn specimens() -> Vec<Self>;

    /// One that takes some tens of milliseconds, to be measured.
    fn large() -> Self;

    /// Input for it, shape `(items, in_row)`.
    fn input(&self) -> Vec<Self::In>;

    /// What it has to yield, shape `(items, out_row)`: by the definition, as
    /// plainly as it can be written, however slow that is.
    fn expected(&self, input: &[Self::In]) -> Vec<Self::Out>;
}

/// Something to be done with a workload, whatever its type.
pub trait Visit {
    /// What comes of it.
    type Output;

    /// Does it.
    fn visit<W: Workload>(self, workload: &W) -> Self::Output;
}

/// How large a workload is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shape {
    /// Items.
    pub items: u32,
    /// Bytes of one item's input.
    pub in_row_bytes: usize,
    /// Bytes of one item's output.
    pub out_row_bytes: usize,
    /// Bytes of one scalar of the output.
    pub out_scalar_bytes: usize,
}

impl Shape {
    fn of<W: Workload>(workload: &W) -> Self {
        Self {
            items: workload.items(),
            in_row_bytes: workload.in_row().saturating_mul(size_of::<W::In>()),
            out_row_bytes: workload.out_row().saturating_mul(size_of::<W::Out>()),
            out_scalar_bytes: size_of::<W::Out>(),
        }
    }

    /// Bytes of the whole input.
    #[must_use]
    pub fn in_bytes(&self) -> usize {
        self.in_row_bytes.saturating_mul(self.items as usize)
    }

    /// Bytes of the whole output.
    #[must_use]
    pub fn out_bytes(&self) -> usize {
        self.out_row_bytes.saturating_mul(self.items as usize)
    }
}

macro_rules! declare {
    ($($module:ident { $($variant:ident: $type:ident),+ })+) => {
        $(pub mod $module;)+

        /// Any workload of the list: what crosses the wire.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[allow(missing_docs, reason = "the types say what they are")]
        pub enum AnyWorkload {
            $($($variant($module::$type),)+)+
        }

        impl AnyWorkload {
            /// Does something with it, whatever its type.
            pub fn visit<V: Visit>(&self, visitor: V) -> V::Output {
                match self { $($(Self::$variant(workload) => visitor.visit(workload),)+)+ }
            }

            /// How large it is.
            #[must_use]
            pub fn shape(&self) -> Shape {
                match self { $($(Self::$variant(workload) => Shape::of(workload),)+)+ }
            }

            /// Units of work in so many items: [`Workload::units`].
            #[must_use]
            pub fn units(&self, items: u32) -> u64 {
                match self { $($(Self::$variant(workload) => workload.units(items),)+)+ }
            }

            /// Why there is no such kernel: [`Workload::why_not`].
            #[must_use]
            pub fn why_not(&self, kernel: Kernel) -> Option<&'static str> {
                match self { $($(Self::$variant(workload) => workload.why_not(kernel),)+)+ }
            }

            /// The same work on so many items: [`Workload::resized`].
            #[must_use]
            pub fn resized(&self, items: u32) -> Option<Self> {
                match self { $($(Self::$variant(workload) => workload.resized(items).map(Self::$variant),)+)+ }
            }

            /// What one item is called: [`Workload::ITEM`].
            #[must_use]
            pub fn item(&self) -> &'static str {
                match self { $($(Self::$variant(_) => <$module::$type as Workload>::ITEM,)+)+ }
            }
        }

        $($(impl From<$module::$type> for AnyWorkload {
            fn from(workload: $module::$type) -> Self {
                Self::$variant(workload)
            }
        })+)+
    };
}

workloads!(declare);
