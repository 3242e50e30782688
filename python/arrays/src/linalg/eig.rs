//! Eigenvalues and eigenvectors of any square matrix.

use num_complex::Complex64;

use super::Field;
use super::balance::Balance;
use super::field::norm;
use super::matrix::Matrix;
use super::schur::{ROUNDING, Schur, Steps, schur};
use crate::error::{Error, Kind, Result};

/// What `eig` finds. Of a real matrix whose eigenvalues are all real, all imaginary parts are 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Eig {
    /// The eigenvalues; of a conjugate pair the one with the positive imaginary part is first.
    pub values: Vec<Complex64>,
    /// Their eigenvectors, of length 1, as columns.
    pub vectors: Vec<Complex64>,
}

/// A number whose matrices have eigenvalues here.
#[expect(private_bounds, reason = "how they are found is nobody else's business")]
pub trait Eigen: Steps + Into<Complex64> {}

impl Eigen for f64 {}
impl Eigen for Complex64 {}

/// A matrix balanced, its Schur form, and by which factor it was multiplied before.
fn reduce<T: Eigen>(n: usize, a: &[T]) -> Result<(Balance, Schur<T>, f64)> {
    let mut a = Matrix::new(n, n, a)?;
    let error = |text: &str| Error::new(Kind::LinAlg, text);
    if !a.is_finite() {
        return Err(error("Array must not contain infs or NaNs"));
    }
    let factor = a.normalise();
    let balance = Balance::new(&mut a);
    let schur = schur(a, balance.active.clone())?.ok_or_else(|| error("Eigenvalues did not converge"))?;
    Ok((balance, schur, factor))
}

/// The eigenvalues.
///
/// # Errors
///
/// The matrix has elements that are not finite, or they were not found.
pub fn eigvals<T: Eigen>(n: usize, a: &[T]) -> Result<Vec<Complex64>> {
    let (_, schur, factor) = reduce(n, a)?;
    Ok(values(&schur.form).into_iter().map(|value| value / factor).collect())
}

/// The eigenvalues and eigenvectors.
///
/// # Errors
///
/// As with [`eigvals`].
pub fn eig<T: Eigen>(n: usize, a: &[T]) -> Result<Eig> {
    let (balance, Schur { form, vectors: turned }, factor) = reduce(n, a)?;
    let values = values(&form);
    let mut vectors = Matrix::zeros(n, n)?;
    for (k, &value) in values.iter().enumerate() {
        if starts_pair(&form, k) {
            continue;
        }
        let mut vector = vec![Complex64::default(); n];
        let paired = k > 0 && starts_pair(&form, k - 1);
        let value = if paired { value.conj() } else { value };
        let inner = solve(&form, k, value, paired);
        for (i, x) in vector.iter_mut().enumerate() {
            let terms = turned.row(i).iter().zip(&inner);
            *x = terms.fold(Complex64::default(), |sum, (&q, &x)| sum + q.into() * x);
        }
        balance.undo(&mut vector);
        normalise::<T>(&mut vector, paired);
        for (i, &x) in vector.iter().enumerate() {
            vectors[(i, k)] = if paired { x.conj() } else { x };
            if paired {
                vectors[(i, k - 1)] = x;
            }
        }
    }
    let values = values.into_iter().map(|value| value / factor).collect();
    Ok(Eig { values, vectors: vectors.into_elements() })
}

/// Whether a block of two rows begins here.
fn starts_pair<T: Field>(form: &Matrix<T>, k: usize) -> bool {
    k + 1 < form.rows() && form[(k + 1, k)] != T::default()
}

/// The eigenvalues that a Schur form has on its diagonal.
fn values<T: Eigen>(form: &Matrix<T>) -> Vec<Complex64> {
    let im = |k: usize| form[(k, k + 1)].modulus().sqrt() * form[(k + 1, k)].modulus().sqrt();
    let value = |k: usize| match form[(k, k)].into() {
        re if starts_pair(form, k) => Complex64::new(re.re, im(k)),
        re if k > 0 && starts_pair(form, k - 1) => Complex64::new(re.re, -im(k - 1)),
        value => value,
    };
    (0..form.rows()).map(value).collect()
}

/// The eigenvector of a Schur form: its first `k + 1` elements, of which the last one (of a pair the last two) are
/// chosen and the others follow from below.
fn solve<T: Eigen>(form: &Matrix<T>, k: usize, value: Complex64, paired: bool) -> Vec<Complex64> {
    let mut x = vec![Complex64::default(); k + 1];
    let one = Complex64::new(1.0, 0.0);
    let at = |i: usize, j: usize| -> Complex64 { form[(i, j)].into() };
    x[k] = one;
    let mut open = k;
    if paired {
        let (above, below) = (at(k - 1, k).re, at(k, k - 1).re);
        let i = Complex64::new(0.0, 1.0);
        (x[k - 1], x[k]) =
            if above.abs() >= below.abs() { (one, i * (value.im / above)) } else { (one * (-value.im / below), i) };
        open = k - 1;
    }
    // Where an eigenvalue is there twice, one as near to it as rounding allows stands for the other.
    let least = (ROUNDING * value.size()).max(f64::MIN_POSITIVE / ROUNDING);
    let apart = |z: Complex64, unit: f64| if z.size() < least * unit { Complex64::new(least * unit, 0.0) } else { z };
    while open > 0 {
        let sum = |i: usize| (open..=k).fold(Complex64::default(), |sum, j| sum - at(i, j) * x[j]);
        let i = open - 1;
        if i > 0 && starts_pair(form, i - 1) {
            let (first, second) = (sum(i - 1), sum(i));
            let (a, b, c, d) = (at(i - 1, i - 1) - value, at(i - 1, i), at(i, i - 1), at(i, i) - value);
            let det = apart(a * d - b * c, a.size() + b.size() + c.size() + d.size());
            x[i - 1] = (first * d - b * second).over(det);
            x[i] = (a * second - first * c).over(det);
            open -= 2;
        } else {
            x[i] = sum(i).over(apart(at(i, i) - value, 1.0));
            open -= 1;
        }
        let largest = x[open].size().max(x[i].size());
        if largest > 1e100 {
            x.iter_mut().for_each(|x| *x /= largest);
        }
    }
    x
}

/// Scales a vector to length 1 and, if it may be complex, turns its largest element onto the real axis: to the
/// positive side, of a real matrix's pair to the side where it is.
fn normalise<T: Eigen>(vector: &mut [Complex64], paired: bool) {
    let length = norm(vector);
    if length == 0.0 || !length.is_finite() {
        return;
    }
    vector.iter_mut().for_each(|x| *x /= length);
    let complex = T::TALL == Complex64::TALL;
    if !complex && !paired {
        return;
    }
    let mut largest = 0;
    for (i, x) in vector.iter().enumerate() {
        if x.norm_sqr() > vector[largest].norm_sqr() {
            largest = i;
        }
    }
    let side = if paired { 1.0_f64.copysign(vector[largest].re) } else { 1.0 };
    let turn = vector[largest].phase().conj() * side;
    vector.iter_mut().for_each(|x| *x *= turn);
    vector[largest].im = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: &[Complex64], expected: &[(f64, f64)]) {
        assert_eq!(found.len(), expected.len());
        let near = |(z, &(re, im)): (&Complex64, &(f64, f64))| (z - Complex64::new(re, im)).norm() < 1e-14;
        assert!(found.iter().zip(expected).all(near), "{found:?}");
    }

    #[test]
    fn real_values_have_real_vectors() {
        let Eig { values, vectors } = eig(2, &[1.0, 2.0, 2.0, 1.0]).unwrap();
        close(&values, &[(3.0, 0.0), (-1.0, 0.0)]);
        let root = std::f64::consts::FRAC_1_SQRT_2;
        close(&vectors, &[(root, 0.0), (-root, 0.0), (root, 0.0), (root, 0.0)]);
        assert!(values.iter().chain(&vectors).all(|z| z.im == 0.0));
    }

    #[test]
    fn pairs_are_conjugates() {
        let Eig { values, vectors } = eig(2, &[1.0, -1.0, 1.0, 1.0]).unwrap();
        close(&values, &[(1.0, 1.0), (1.0, -1.0)]);
        let root = std::f64::consts::FRAC_1_SQRT_2;
        close(&vectors, &[(root, 0.0), (root, 0.0), (0.0, -root), (0.0, root)]);
        assert_eq!((values[0], vectors[2]), (values[1].conj(), vectors[3].conj()));
    }

    /// The roots of a polynomial, whose companion matrix this is.
    #[test]
    fn roots_are_found() {
        let a = [6.0, -11.0, 6.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        close(&eigvals(3, &a).unwrap(), &[(3.0, 0.0), (2.0, 0.0), (1.0, 0.0)]);
        close(&eigvals(3, &a.map(|x| Complex64::new(0.0, x))).unwrap(), &[(0.0, 3.0), (0.0, 2.0), (0.0, 1.0)]);
    }

    #[test]
    fn those_in_plain_sight_are_exact() {
        let a = [1.0, 0.0, 0.0, 1e200, 2.0, 0.0, 5.0, 1e-200, 0.1];
        let found = eigvals(3, &a).unwrap();
        assert_eq!(found, [0.1, 2.0, 1.0].map(|re| Complex64::new(re, 0.0)));
        assert_eq!(eigvals::<f64>(0, &[]).unwrap(), []);
    }

    #[test]
    fn what_is_not_finite_has_none() {
        let error = eig(1, &[f64::NAN]).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (Kind::LinAlg, "Array must not contain infs or NaNs"));
    }
}
