//! Arrays as NumPy 2.5 prints them.

use std::cell::Cell;

use num_complex::Complex64;

use super::*;

const NAN: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

/// Elements in order, the last axis first.
struct Rows {
    shape: Vec<usize>,
    dtype: DType,
    elements: Vec<Scalar>,
}

impl Source for Rows {
    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn dtype(&self) -> DType {
        self.dtype
    }

    fn at(&self, index: &[usize]) -> Scalar {
        let place = index.iter().zip(&self.shape).fold(0, |place, (position, length)| place * length + position);
        self.elements[place]
    }
}

impl Rows {
    fn shaped(mut self, shape: &[usize]) -> Self {
        self.shape = shape.to_vec();
        self
    }
}

fn row<T: Copy>(values: &[T], scalar: fn(T) -> Scalar) -> Rows {
    let elements: Vec<_> = values.iter().map(|&value| scalar(value)).collect();
    Rows { shape: vec![elements.len()], dtype: elements[0].dtype(), elements }
}

fn floats(values: &[f64]) -> Rows {
    row(values, Scalar::F64)
}

fn singles(values: &[f32]) -> Rows {
    row(values, Scalar::F32)
}

fn integers(values: &[i64]) -> Rows {
    row(values, Scalar::I64)
}

fn complexes(values: &[(f64, f64)]) -> Rows {
    row(values, |(re, im)| Scalar::C128(Complex64::new(re, im)))
}

fn count(length: i64) -> Rows {
    integers(&(0..length).collect::<Vec<_>>())
}

fn set(change: impl FnOnce(&mut PrintOptions)) -> PrintOptions {
    let mut options = PrintOptions::default();
    change(&mut options);
    options
}

fn all_print(cases: impl IntoIterator<Item = (Rows, &'static str)>) {
    for (rows, expected) in cases {
        assert_eq!(repr(&rows, &PrintOptions::default()), expected);
    }
}

fn all_print_as_set(cases: impl IntoIterator<Item = (Rows, PrintOptions, &'static str)>) {
    for (rows, options, expected) in cases {
        assert_eq!(repr(&rows, &options), expected);
    }
}

#[test]
fn integers_line_up() {
    all_print([
        (integers(&[1, -20, 300]), "array([  1, -20, 300])"),
        (row(&[1, 2], Scalar::I32), "array([1, 2], dtype=int32)"),
        (row(&[0, 255], Scalar::U8), "array([  0, 255], dtype=uint8)"),
        (integers(&[i64::MIN, i64::MAX]), "array([-9223372036854775808,  9223372036854775807])"),
        (integers(&[7]).shaped(&[]), "array(7)"),
    ]);
    all_print_as_set([
        (integers(&[0, 1]), set(|options| options.sign = Sign::Plus), "array([+0, +1])"),
        (integers(&[5, -5]), set(|options| options.sign = Sign::Space), "array([ 5, -5])"),
        (integers(&[5, 6]), set(|options| options.sign = Sign::Space), "array([ 5,  6])"),
    ]);
}

#[test]
fn bools_line_up() {
    let squares = row(&[false, false, true, true], Scalar::Bool).shaped(&[2, 2]);
    all_print([
        (row(&[true, false, true], Scalar::Bool), "array([ True, False,  True])"),
        (row(&[true], Scalar::Bool).shaped(&[]), "array(True)"),
        (squares, "array([[False, False],\n       [ True,  True]])"),
    ]);
}

#[test]
fn floats_show_as_many_digits_as_they_need() {
    all_print([
        (floats(&[1.0, 2.5, -3.25]), "array([ 1.  ,  2.5 , -3.25])"),
        (floats(&[0.1, 0.2, 0.1 + 0.2]), "array([0.1, 0.2, 0.3])"),
        (floats(&[1.0 / 3.0, 2.0 / 3.0]), "array([0.33333333, 0.66666667])"),
        (floats(&[0.0, -0.0]), "array([ 0., -0.])"),
        (singles(&[0.1, 1.0 / 3.0]), "array([0.1       , 0.33333334], dtype=float32)"),
        (floats(&[1.0, NAN, -INFINITY]), "array([  1.,  nan, -inf])"),
        (floats(&[NAN, INFINITY]), "array([nan, inf])"),
        (floats(&[123456.789, 1000.0]), "array([123456.789,   1000.   ])"),
        (floats(&[99.999999996, 1.0]), "array([100.,   1.])"),
        (floats(&[1.0 / 3.0]).shaped(&[]), "array(0.33333333)"),
        (singles(&[0.5]).shaped(&[]), "array(0.5, dtype=float32)"),
    ]);
}

#[test]
fn exponents_are_written_by_the_rule() {
    all_print([
        (floats(&[1e8, 1e8]), "array([1.e+08, 1.e+08])"),
        (floats(&[99999999.0, 99999998.0]), "array([99999999., 99999998.])"),
        (singles(&[1e6, 1e6]), "array([1.e+06, 1.e+06], dtype=float32)"),
        (singles(&[999999.0, 999999.0]), "array([999999., 999999.], dtype=float32)"),
        (floats(&[0.0001, 0.0002]), "array([0.0001, 0.0002])"),
        (floats(&[9.9e-5]), "array([9.9e-05])"),
        (floats(&[1.0, 1000.0]), "array([   1., 1000.])"),
        (floats(&[1.0, 1001.0]), "array([1.000e+00, 1.001e+03])"),
        (floats(&[1.5e-300, -2.25e200, NAN]), "array([ 1.50e-300, -2.25e+200,        nan])"),
        (floats(&[1e-310, INFINITY, 0.0]), "array([1.e-310,     inf, 0.e+000])"),
    ]);
    let suppressed = set(|options| options.suppress = true);
    all_print_as_set([
        (floats(&[1e-10, 1.0]), suppressed.clone(), "array([0., 1.])"),
        (floats(&[1e-10, 1e9]), suppressed, "array([1.e-10, 1.e+09])"),
    ]);
}

#[test]
fn modes_read_the_precision() {
    let mode = |floatmode, precision| {
        set(|options| {
            options.floatmode = floatmode;
            options.precision = precision;
        })
    };
    let mixed = || floats(&[1.5, 0.123456789012, -20.0]);
    all_print_as_set([
        (mixed(), mode(FloatMode::Fixed, 2), "array([  1.50,   0.12, -20.00])"),
        (mixed(), mode(FloatMode::Unique, 2), "array([  1.5           ,   0.123456789012, -20.            ])"),
        (mixed(), mode(FloatMode::MaxPrec, 2), "array([  1.5 ,   0.12, -20.  ])"),
        (mixed(), mode(FloatMode::MaxPrecEqual, 2), "array([  1.50,   0.12, -20.00])"),
        (floats(&[1.0]), mode(FloatMode::MaxPrec, 0), "array([1.])"),
        (floats(&[1.0, 2.5]), mode(FloatMode::Fixed, 0), "array([1., 2.])"),
        (floats(&[1e-5, 0.15]), mode(FloatMode::Fixed, 1), "array([1.0e-05, 1.5e-01])"),
        (
            floats(&[0.1, 0.12345678901234568]),
            mode(FloatMode::MaxPrecEqual, 20),
            "array([0.10000000000000001, 0.12345678901234568])",
        ),
        // A power of two: the nearest number with 16 digits would name another float.
        (
            floats(&[2f64.powi(740), 0.7535987594328573]),
            mode(FloatMode::Unique, 0),
            "array([5.783580587434430e+222, 7.535987594328573e-001])",
        ),
    ]);
}

#[test]
fn what_no_text_could_hold_is_cut_off() {
    let endless = set(|options| {
        options.floatmode = FloatMode::Fixed;
        options.precision = usize::MAX;
        options.nanstr = "?".repeat(70_000);
    });
    assert!(repr(&floats(&[0.1, NAN]), &endless).len() < 200_000);
}

#[test]
fn signs_and_names_are_as_set() {
    let named = set(|options| {
        options.sign = Sign::Plus;
        options.nanstr = "missing".to_owned();
        options.infstr = "∞".to_owned();
    });
    let spaced = set(|options| options.sign = Sign::Space);
    all_print_as_set([
        (floats(&[1.0, 2.0]), set(|options| options.sign = Sign::Plus), "array([+1., +2.])"),
        (floats(&[1.0, 2.0]), spaced.clone(), "array([ 1.,  2.])"),
        (floats(&[1.0, -2.0]), spaced, "array([ 1., -2.])"),
        (floats(&[1.0, NAN, INFINITY]), named, "array([    +1., +missing,      +∞])"),
    ]);
}

#[test]
fn complex_numbers_are_pairs_in_columns() {
    all_print([
        (complexes(&[(1.0, 2.0), (-3.5, -0.25)]), "array([ 1. +2.j  , -3.5-0.25j])"),
        (complexes(&[(0.0, 1.0)]), "array([0.+1.j])"),
        (complexes(&[(NAN, INFINITY), (1.0, -1.0)]), "array([nan+infj,  1. -1.j])"),
        (complexes(&[(1e-10, 1e10), (2.0, 3.0)]), "array([1.e-10+1.e+10j, 2.e+00+3.e+00j])"),
        (complexes(&[(3.0, -4.0)]).shaped(&[]), "array(3.-4.j)"),
    ]);
}

#[test]
fn rows_are_bracketed_and_indented() {
    all_print([
        (count(6).shaped(&[2, 3]), "array([[0, 1, 2],\n       [3, 4, 5]])"),
        (count(8).shaped(&[2, 2, 2]), "array([[[0, 1],\n        [2, 3]],\n\n       [[4, 5],\n        [6, 7]]])"),
    ]);
    assert_eq!(str(&count(6).shaped(&[2, 3]), &PrintOptions::default()), "[[0 1 2]\n [3 4 5]]");
    let text = array2string(&count(12).shaped(&[3, 4]), &PrintOptions::default(), ",", "x = ", "");
    assert_eq!(text, "[[ 0, 1, 2, 3],\n     [ 4, 5, 6, 7],\n     [ 8, 9,10,11]]");
}

#[test]
fn an_array_without_axes_is_written_as_a_scalar() {
    assert_eq!(str(&floats(&[1.0 / 3.0]).shaped(&[]), &PrintOptions::default()), "0.3333333333333333");
}

#[test]
fn empty_arrays_say_what_they_would_hold() {
    let empty = |shape: &[usize], dtype| Rows { shape: shape.to_vec(), dtype, elements: Vec::new() };
    all_print([
        (empty(&[0], DType::F64), "array([], dtype=float64)"),
        (empty(&[0, 3], DType::F64), "array([], shape=(0, 3), dtype=float64)"),
        (empty(&[2, 0], DType::I32), "array([], shape=(2, 0), dtype=int32)"),
        (empty(&[0], DType::Bool), "array([], dtype=bool)"),
    ]);
    assert_eq!(str(&empty(&[usize::MAX, usize::MAX, 0], DType::F64), &PrintOptions::default()), "[]");
}

#[test]
fn lines_end_where_the_width_does() {
    all_print([(
        count(30),
        "array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16,\n       \
         17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])",
    )]);
    let narrow = set(|options| options.linewidth = 20);
    assert_eq!(
        repr(&count(15), &narrow),
        "array([ 0,  1,  2,\n        3,  4,  5,\n        6,  7,  8,\n        9, 10, 11,\n       12, 13, 14])"
    );
    assert_eq!(str(&count(15), &narrow), "[ 0  1  2  3  4  5\n  6  7  8  9 10 11\n 12 13 14]");
    let text = array2string(&count(12), &set(|options| options.linewidth = 30), ", ", "x = ", " # end");
    assert_eq!(text, "[ 0,  1,  2,  3,  4,\n      5,  6,  7,  8,  9,\n     10, 11]");
    assert_eq!(repr(&count(2), &set(|options| options.linewidth = 0)), "array([0,\n       1])");
}

#[test]
fn long_arrays_are_summarized() {
    let summary = "array([   0,    1,    2, ..., 1997, 1998, 1999]";
    assert_eq!(repr(&count(2000), &PrintOptions::default()), format!("{summary}, shape=(2000,))"));
    let narrow = row(&(0..2000).collect::<Vec<_>>(), Scalar::I32);
    assert_eq!(repr(&narrow, &PrintOptions::default()), format!("{summary},\n      shape=(2000,), dtype=int32)"));
    let edges = |edgeitems| {
        set(|options| {
            options.threshold = 5;
            options.edgeitems = edgeitems;
        })
    };
    assert_eq!(str(&count(10), &edges(3)), "[0 1 2 ... 7 8 9]");
    assert_eq!(repr(&count(10), &edges(0)), "array([..., 9], shape=(10,))");
    assert_eq!(
        repr(&count(27).shaped(&[3, 3, 3]), &edges(1)),
        "array([[[ 0, ...,  2],\n        ...,\n        [ 6, ...,  8]],\n\n       ...,\n\n       \
         [[18, ..., 20],\n        ...,\n        [24, ..., 26]]], shape=(3, 3, 3))"
    );
    assert_eq!(repr(&integers(&[1]).shaped(&[]), &set(|options| options.threshold = 0)), "array(1, shape=())");
}

#[test]
fn only_the_edges_of_long_arrays_are_looked_at() {
    struct Counted(Cell<usize>);
    impl Source for Counted {
        fn shape(&self) -> &[usize] {
            &[1_000_000, 1_000_000]
        }
        fn dtype(&self) -> DType {
            DType::F64
        }
        fn at(&self, index: &[usize]) -> Scalar {
            self.0.set(self.0.get() + 1);
            Scalar::F64(index.iter().sum::<usize>() as f64 / 2e6)
        }
    }
    let counted = Counted(Cell::new(0));
    assert!(repr(&counted, &PrintOptions::default()).ends_with("shape=(1000000, 1000000))"));
    assert_eq!(counted.0.get(), 72);
}

#[test]
fn texts_of_several_lines_stay_below_each_other() {
    let element = |index: &[usize]| if index[0].is_multiple_of(2) { "cc\nd" } else { "a\nbbb" }.to_owned();
    let text = |linewidth| {
        let options = set(|options| options.linewidth = linewidth);
        array2string_with(&[4], &options, ", ", "", "", &element)
    };
    assert_eq!(text(75), "[cc\n d , a\n     bbb, cc\n          d , a\n              bbb]");
    assert_eq!(text(12), "[cc\n d , a\n     bbb,\n cc\n d , a\n     bbb]");
}
