//! NumPy's legacy random numbers: `numpy.random.RandomState`.
//!
//! MT19937 seeded by `init_genrand`, doubles of 53 bits from two outputs, and
//! normals by Marsaglia's polar method with the second one kept for the next
//! call: the stream that NumPy has frozen (NEP 19), in `legacy-distributions.c`.
//! Only the logarithm is not NumPy's: NumPy takes the platform's, whose last
//! bit differs from machine to machine; ours is correctly rounded everywhere.

use rand::Rng;
use rand::distr::Distribution;
use rand_mt::Mt;

/// `random_sample`: uniform in [0, 1), 53 bits from two 32-bit outputs.
#[derive(Clone, Copy, Debug)]
pub struct Double53;

impl Distribution<f64> for Double53 {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        let high = f64::from(rng.next_u32() >> 5);
        let low = f64::from(rng.next_u32() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }
}

/// A generator with NumPy's state: MT19937, and the normal that is left over.
#[derive(Clone, Debug)]
pub struct RandomState {
    generator: Mt,
    left_over: Option<f64>,
}

impl RandomState {
    /// `numpy.random.RandomState(seed)`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self { generator: Mt::new(seed), left_over: None }
    }

    /// `randn()`: the next standard normal.
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(normal) = self.left_over.take() {
            return normal;
        }
        let (x1, x2, squares) = self.point_in_the_unit_disc();
        let factor = (-2.0 * pxfm::f_log(squares) / squares).sqrt();
        self.left_over = Some(factor * x1);
        factor * x2
    }

    /// A point, and its squared distance from the centre, in (0, 1).
    fn point_in_the_unit_disc(&mut self) -> (f64, f64, f64) {
        loop {
            let x1 = 2.0 * Double53.sample(&mut self.generator) - 1.0;
            let x2 = 2.0 * Double53.sample(&mut self.generator) - 1.0;
            let squares = x1 * x1 + x2 * x2;
            if squares > 0.0 && squares < 1.0 {
                return (x1, x2, squares);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_of_seed_42_are_numpys() {
        // `randn_42_first_12` in tests/reference/lorenz_numpy.json.
        let expected = [
            0.4967141530112327,
            -0.13826430117118466,
            0.6476885381006925,
            1.5230298564080254,
            -0.23415337472333597,
            -0.23413695694918055,
            1.5792128155073915,
            0.7674347291529088,
            -0.4694743859349521,
            0.5425600435859647,
            -0.46341769281246226,
            -0.46572975357025687,
        ];
        let mut random = RandomState::new(42);
        assert_eq!(expected.map(|_| random.standard_normal()), expected);
    }

    #[test]
    fn doubles_of_seed_42_are_numpys() {
        // numpy.random.RandomState(42).random_sample(3)
        let mut generator = Mt::new(42);
        let doubles = [(); 3].map(|()| Double53.sample(&mut generator));
        assert_eq!(doubles, [0.3745401188473625, 0.9507143064099162, 0.7319939418114051]);
    }
}
