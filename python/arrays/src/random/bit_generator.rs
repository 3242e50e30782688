//! What every stream is made of: uniform random bits.

/// A source of uniform random bits, as NumPy's bit generators are.
pub trait BitGenerator {
    /// The next 64 bits.
    fn next_u64(&mut self) -> u64;

    /// The next 32 bits.
    fn next_u32(&mut self) -> u32;

    /// The next number of [0, 1), with 53 bits.
    fn next_f64(&mut self) -> f64;

    /// The next number of [0, 1), with 24 bits.
    fn next_f32(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
    }
}
