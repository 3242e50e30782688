//! Fourier transforms of many signals: short tasks with data that cost
//! something to send, or to make.
//!
//! ```text
//! Data::Sent   Signals ─(signals, points)─▶ Fft ─▶ (signals, points) complex
//! Data::Made                                Fft ─▶ the same, from the same signals
//! Keep::Strongest                           Fft ─▶ (signals, 1): what of it is sent back
//! ```

use std::ops::Range;
use std::sync::Arc;

use rustfft::FftDirection::Forward;
use rustfft::algorithm::{BluesteinsAlgorithm, Radix4};
use rustfft::num_complex::Complex;
use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::{Agreement, AnyWorkload, Specimen, Step, Work, Workload};
use crate::model::experiment::{Check, Experiment, Plan, Untimed};
use crate::model::numpy_random::RandomState;
use crate::model::settings::Kernel;

/// Units in which a point is made: a normal, with its logarithm.
const UNITS_MADE: u64 = 12;
/// Units in which a point is transformed, with its share of all passes.
const UNITS_TRANSFORMED: u64 = 2;

/// Real signals: the one of number `i` is
/// `numpy.round(numpy.random.RandomState(seed + i).randn(points), 9)`.
///
/// An item is a signal, its output `points` values.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Signals {
    /// How many.
    pub signals: u32,
    /// Points of each.
    pub points: u32,
    /// The first one's seed.
    pub seed: u32,
}

impl Signals {
    fn make(&self, signal: u32) -> impl Iterator<Item = f64> {
        let mut random = RandomState::new(self.seed.wrapping_add(signal));
        (0..self.points).map(move |_| (random.standard_normal() * 1e9).round_ties_even() / 1e9)
    }
}

impl Workload for Signals {
    type In = f64;
    type Out = f64;
    type Work = Making;
    const ITEM: &'static str = "signal";

    fn items(&self) -> u32 {
        self.signals
    }

    fn in_row(&self) -> usize {
        0
    }

    fn out_row(&self) -> usize {
        self.points as usize
    }

    fn units(&self, items: u32) -> u64 {
        u64::from(items) * u64::from(self.points) * UNITS_MADE
    }

    fn why_not(&self, kernel: Kernel) -> Option<&'static str> {
        match kernel {
            Kernel::Scalar => None,
            Kernel::Simd => Some("Each random number is drawn from the one before."),
        }
    }

    fn resized(&self, items: u32) -> Option<Self> {
        Some(Self { signals: items, ..*self })
    }

    fn agreement(&self) -> Agreement {
        Agreement::Bits
    }

    fn begin(&self, _: Kernel, items: Range<u32>) -> Making {
        Making { signals: *self, items, made: 0 }
    }
}

/// Signals, some of them made.
#[derive(Clone, Debug)]
pub struct Making {
    signals: Signals,
    items: Range<u32>,
    made: usize,
}

impl Work<Signals> for Making {
    fn advance(&mut self, _: &[f64], output: &mut [f64], budget: u64) -> Step {
        let points = self.signals.points as usize;
        let units = self.signals.units(1);
        let mut did = 0;
        while did < budget.max(1) {
            let Some(signal) = self.items.next() else {
                break;
            };
            let row = output.get_mut(self.made * points..(self.made + 1) * points).unwrap_or_default();
            for (value, made) in row.iter_mut().zip(self.signals.make(signal)) {
                *value = made;
            }
            self.made += 1;
            did += units;
        }
        if did == 0 { Step::Finished } else { Step::Did(did) }
    }
}

/// Where the signals come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Data {
    /// They are made where they are transformed.
    Made,
    /// They are sent there.
    Sent,
}

/// What is kept of each transform.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// All of it.
    Spectrum,
    /// How strong its strongest frequency is: one number to send back.
    Strongest,
}

/// The discrete Fourier transform of each signal, `numpy.fft.fft`.
///
/// An item is a signal; its input `points` values where the data are sent, else
/// nothing; its output `points` complex values, real and imaginary part in turn,
/// or the largest `numpy.abs` of them.
/// A signal is transformed at one go: at most 65,536 points let Stop through in time.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Fft {
    /// How many signals.
    pub signals: u32,
    /// Points of each.
    pub points: u32,
    /// The first one's seed, as [`Signals`] takes it.
    pub seed: u32,
    /// Where they come from.
    pub data: Data,
    /// What of them is the result.
    pub keep: Keep,
}

impl Fft {
    /// All signals transformed, on the clock; made before that, where they are sent.
    #[must_use]
    pub fn experiment(&self, plan: Plan) -> Experiment<AnyWorkload> {
        let preparation = match self.data {
            Data::Made => None,
            Data::Sent => {
                Some(Untimed { workload: self.input_signals().into(), sentence: Some("Making the signals…") })
            }
        };
        let check = Fingerprint { rows: self.signals, row: u32::try_from(self.out_row()).unwrap_or(u32::MAX) };
        Experiment {
            workload: (*self).into(),
            plan,
            preparation,
            check: Some(Check { workload: check.into(), columns: 0..self.out_row() }),
            follow_ups: Vec::new(),
            keeps_output: false,
            bare_loop: None,
        }
    }

    fn input_signals(&self) -> Signals {
        let Self { signals, points, seed, .. } = *self;
        Signals { signals, points, seed }
    }
}

impl Workload for Fft {
    type In = f64;
    type Out = f64;
    type Work = Transforming;
    const ITEM: &'static str = "signal";

    fn items(&self) -> u32 {
        self.signals
    }

    fn in_row(&self) -> usize {
        match self.data {
            Data::Made => 0,
            Data::Sent => self.points as usize,
        }
    }

    fn out_row(&self) -> usize {
        match self.keep {
            Keep::Spectrum => (self.points as usize).saturating_mul(2),
            Keep::Strongest => self.points.min(1) as usize,
        }
    }

    fn units(&self, items: u32) -> u64 {
        let of_point = match self.data {
            Data::Made => UNITS_MADE + UNITS_TRANSFORMED,
            Data::Sent => UNITS_TRANSFORMED,
        };
        u64::from(items) * u64::from(self.points) * of_point
    }

    fn why_not(&self, kernel: Kernel) -> Option<&'static str> {
        match kernel {
            Kernel::Scalar => None,
            Kernel::Simd => Some("Its vectorized version is left out here: it would double the size of every program."),
        }
    }

    fn resized(&self, items: u32) -> Option<Self> {
        Some(Self { signals: items, ..*self })
    }

    /// Transforms add up in another order than the definition.
    fn agreement(&self) -> Agreement {
        Agreement::Relative(1e-12)
    }

    fn begin(&self, _: Kernel, items: Range<u32>) -> Transforming {
        Transforming { workload: *self, items, done: 0, planned: None }
    }
}

/// Signals, some of them transformed.
pub struct Transforming {
    workload: Fft,
    items: Range<u32>,
    done: usize,
    planned: Option<Planned>,
}

/// The algorithm for signals of this size, with room for one of them.
struct Planned {
    algorithm: Arc<dyn rustfft::Fft<f64>>,
    signal: Vec<Complex<f64>>,
    scratch: Vec<Complex<f64>>,
}

impl Planned {
    /// Without the crate's planner, which links every algorithm it may choose
    /// from, and they are most of what a program would then weigh.
    fn new(points: usize) -> Self {
        let radix4 = |points| Arc::new(Radix4::new(points, Forward));
        let algorithm: Arc<dyn rustfft::Fft<f64>> = if points.is_power_of_two() {
            radix4(points)
        } else {
            Arc::new(BluesteinsAlgorithm::new(points, radix4((2 * points).next_power_of_two())))
        };
        let zeros = |count| vec![Complex::default(); count];
        Self { signal: zeros(points), scratch: zeros(algorithm.get_inplace_scratch_len()), algorithm }
    }

    fn transform(&mut self, signal: impl Iterator<Item = f64>) {
        for (value, real) in self.signal.iter_mut().zip(signal) {
            *value = Complex { re: real, im: 0.0 };
        }
        self.algorithm.process_with_scratch(&mut self.signal, &mut self.scratch);
    }

    fn keep(&self, keep: Keep, row: &mut [f64]) {
        match keep {
            Keep::Spectrum => {
                for ([re, im], value) in row.as_chunks_mut().0.iter_mut().zip(&self.signal) {
                    (*re, *im) = (value.re, value.im);
                }
            }
            Keep::Strongest => row.fill(self.signal.iter().map(Complex::norm_sqr).fold(0.0, f64::max).sqrt()),
        }
    }
}

impl Work<Fft> for Transforming {
    fn advance(&mut self, input: &[f64], output: &mut [f64], budget: u64) -> Step {
        let points = self.workload.points as usize;
        if points == 0 || self.items.is_empty() {
            return Step::Finished;
        }
        // Not before there is room for what comes of it.
        let planned = self.planned.get_or_insert_with(|| Planned::new(points));
        let mut did = 0;
        while did < budget.max(1) {
            let Some(item) = self.items.next() else { break };
            let place = |row: usize| self.done * row..(self.done + 1) * row;
            match self.workload.data {
                Data::Made => planned.transform(self.workload.input_signals().make(item)),
                Data::Sent => planned.transform(input.get(place(points)).unwrap_or_default().iter().copied()),
            }
            let row = output.get_mut(place(self.workload.out_row())).unwrap_or_default();
            planned.keep(self.workload.keep, row);
            self.done += 1;
            did += self.workload.units(1);
        }
        if did == 0 { Step::Finished } else { Step::Did(did) }
    }
}

impl Specimen for Signals {
    fn specimens() -> Vec<Self> {
        [(1000, 16), (1, 1), (7, 333), (0, 8)].map(|(signals, points)| Self { signals, points, seed: 42 }).to_vec()
    }

    fn large() -> Self {
        Self { signals: 1000, points: 1024, seed: 42 }
    }

    fn input(&self) -> Vec<f64> {
        Vec::new()
    }

    fn expected(&self, _: &[f64]) -> Vec<f64> {
        let normals = |signal| {
            let mut random = RandomState::new(self.seed + signal);
            (0..self.points).map(|_| random.standard_normal()).collect::<Vec<_>>()
        };
        (0..self.signals).flat_map(normals).map(|value| (value * 1e9).round_ties_even() / 1e9).collect()
    }
}

impl Specimen for Fft {
    fn specimens() -> Vec<Self> {
        // Powers of two, mixed factors, primes (small and large), one point, no signals; and the lecture's thousand.
        let sizes = [(3, 1), (5, 2), (33, 64), (7, 120), (5, 127), (2, 509), (0, 8), (3, 512), (1000, 32)];
        let of = |data, keep| move |(signals, points)| Self { signals, points, seed: 42, data, keep };
        let ways = [Data::Sent, Data::Made].map(|data| [Keep::Spectrum, Keep::Strongest].map(|keep| of(data, keep)));
        ways.as_flattened().iter().flat_map(|way| sizes.map(way)).collect()
    }

    fn large() -> Self {
        Self { signals: 1000, points: 1024, seed: 42, data: Data::Sent, keep: Keep::Spectrum }
    }

    fn input(&self) -> Vec<f64> {
        match self.data {
            Data::Made => Vec::new(),
            Data::Sent => self.input_signals().expected(&[]),
        }
    }

    /// The definition's sums, with each angle reduced to the first turn before it is rounded.
    fn expected(&self, _: &[f64]) -> Vec<f64> {
        let points = self.points as usize;
        let turn = |part: usize| (std::f64::consts::TAU * part as f64 / points as f64).sin_cos();
        let turns: Vec<_> = (0..points).map(turn).collect();
        let bin = |signal: &[f64], frequency: usize| {
            signal.iter().enumerate().fold([0.0, 0.0], |[re, im], (time, value)| {
                let (sin, cos) = turns[frequency * time % points];
                [re + value * cos, im - value * sin]
            })
        };
        let signals = self.input_signals().expected(&[]);
        let spectrum = |signal: &[f64]| (0..points).flat_map(|frequency| bin(signal, frequency)).collect::<Vec<_>>();
        let kept = |spectrum: Vec<f64>| match self.keep {
            Keep::Spectrum => spectrum,
            Keep::Strongest => {
                let sizes = spectrum.as_chunks().0.iter().map(|[re, im]| f64::hypot(*re, *im));
                vec![sizes.fold(0.0, f64::max)]
            }
        };
        signals.chunks(points).map(spectrum).flat_map(kept).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        seed: u32,
        points: u32,
        signal: Vec<f64>,
        bins: Vec<usize>,
        spectrum: Vec<[f64; 2]>,
        energy: f64,
    }

    fn cases() -> Vec<Case> {
        #[derive(Deserialize)]
        struct Reference {
            cases: Vec<Case>,
        }
        let text = include_str!("../../tests/reference/fft_numpy.json");
        serde_json::from_str::<Reference>(text).unwrap().cases
    }

    #[test]
    fn signals_are_numpys() {
        for case in cases() {
            let signals = Signals { signals: 1, points: case.points, seed: case.seed };
            assert_eq!(signals.make(0).take(case.signal.len()).collect::<Vec<_>>(), case.signal);
        }
    }

    #[test]
    fn spectra_are_numpys() {
        for case in cases() {
            let workload =
                Fft { signals: 1, points: case.points, seed: case.seed, data: Data::Made, keep: Keep::Spectrum };
            let mut output = vec![0.0; workload.out_row()];
            let mut work = workload.begin(Kernel::Scalar, 0..1);
            while work.advance(&[], &mut output, u64::MAX) != Step::Finished {}
            let chosen: Vec<f64> = case.bins.iter().flat_map(|bin| output[2 * bin..2 * bin + 2].to_vec()).collect();
            let expected = case.spectrum.as_flattened();
            assert!(Agreement::Relative(1e-12).holds(&chosen, expected, expected.len()), "{workload:?}");
            let energy: f64 = output.iter().map(|part| part * part).sum();
            assert!((energy / case.energy - 1.0).abs() < 1e-12, "{workload:?}");
        }
    }

    #[test]
    fn an_experiment_fits_together() {
        for (data, keep) in [(Data::Made, Keep::Strongest), (Data::Sent, Keep::Spectrum)] {
            let workload = Fft { signals: 1000, points: 64, seed: 1, data, keep };
            let experiment = workload.experiment(crate::model::experiment::tests::plan());
            let prepared = experiment.preparation.map_or(0, |it| it.workload.shape().out_bytes());
            assert_eq!(prepared, experiment.workload.shape().in_bytes());
            let checked = experiment.check.unwrap().workload.shape().in_bytes();
            assert_eq!(checked, experiment.workload.shape().out_bytes());
        }
    }

    #[test]
    fn no_points_are_nothing_to_do() {
        let workload = Fft { signals: 3, points: 0, seed: 1, data: Data::Made, keep: Keep::Spectrum };
        assert_eq!(workload.begin(Kernel::Simd, 0..3).advance(&[], &mut [], 100), Step::Finished);
    }
}
