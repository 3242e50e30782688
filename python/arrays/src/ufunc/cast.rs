//! Temporary.
use num_complex::Complex64;
/// Turns a value into another type.
pub trait Cast<U> {
    /// Does it.
    fn cast(self) -> U;
}
macro_rules! c { ($($a:ty as $($b:ty),*;)*) => {$($(impl Cast<$b> for $a { fn cast(self) -> $b { self as $b } })*)*} }
c! { u8 as u8,i32,i64,f32,f64; i32 as u8,i32,i64,f32,f64; i64 as u8,i32,i64,f32,f64; f32 as u8,i32,i64,f32,f64; f64 as u8,i32,i64,f32,f64; bool as bool,u8,i32,i64; }
macro_rules! d { ($($a:ty),*) => {$(impl Cast<bool> for $a { fn cast(self)->bool{ self != (0 as $a) } } impl Cast<Complex64> for $a { fn cast(self)->Complex64{ Complex64::new(self as f64,0.0) } } impl Cast<$a> for Complex64 { fn cast(self)->$a { self.re as $a } })*} }
d!(u8, i32, i64, f32, f64);
impl Cast<f32> for bool {
    fn cast(self) -> f32 {
        f32::from(u8::from(self))
    }
}
impl Cast<f64> for bool {
    fn cast(self) -> f64 {
        f64::from(u8::from(self))
    }
}
impl Cast<Complex64> for bool {
    fn cast(self) -> Complex64 {
        Complex64::new(f64::from(u8::from(self)), 0.0)
    }
}
impl Cast<bool> for Complex64 {
    fn cast(self) -> bool {
        self != Complex64::new(0.0, 0.0)
    }
}
impl Cast<Complex64> for Complex64 {
    fn cast(self) -> Complex64 {
        self
    }
}
