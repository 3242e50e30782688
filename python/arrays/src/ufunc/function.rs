//! The functions' names.

use crate::scalar::Scalar;

macro_rules! functions {
    ($(#[$about:meta])* $Function:ident { $($Variant:ident $name:literal $([$($other:literal)+])? $doc:literal)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $Function {
            $(#[doc = $doc] $Variant,)+
        }

        impl $Function {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$Variant),+];

            /// `__name__`
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }

            /// What it does, in a line.
            #[must_use]
            pub fn doc(self) -> &'static str {
                match self {
                    $(Self::$Variant => $doc,)+
                }
            }

            /// Which one `numpy` has under a name, of which some have several.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Some(match name {
                    $($name $($(| $other)+)? => Self::$Variant,)+
                    _ => return None,
                })
            }
        }
    };
}

functions! {
    /// A function of one element.
    Unary {
        Negative "negative" "Change each element's sign."
        Positive "positive" "Give each element as it is."
        Absolute "absolute" ["abs"] "Give each element's distance from zero."
        Sign "sign" "Give -1, 0 or 1 as each element is negative, zero or positive; z/|z| of a complex one."
        Sqrt "sqrt" "Take the square root of each element."
        Cbrt "cbrt" "Take the cube root of each element."
        Square "square" "Multiply each element by itself."
        Reciprocal "reciprocal" "Divide one by each element."
        Exp "exp" "Raise e to each element."
        Exp2 "exp2" "Raise 2 to each element."
        Expm1 "expm1" "Give exp(x) - 1 of each element, exact where x is near zero."
        Log "log" "Take the natural logarithm of each element."
        Log2 "log2" "Take the logarithm of each element to base 2."
        Log10 "log10" "Take the logarithm of each element to base 10."
        Log1p "log1p" "Give log(1 + x) of each element, exact where x is near zero."
        Sin "sin" "Take the sine of each element, in radians."
        Cos "cos" "Take the cosine of each element, in radians."
        Tan "tan" "Take the tangent of each element, in radians."
        Arcsin "arcsin" ["asin"] "Take the inverse sine of each element."
        Arccos "arccos" ["acos"] "Take the inverse cosine of each element."
        Arctan "arctan" ["atan"] "Take the inverse tangent of each element."
        Sinh "sinh" "Take the hyperbolic sine of each element."
        Cosh "cosh" "Take the hyperbolic cosine of each element."
        Tanh "tanh" "Take the hyperbolic tangent of each element."
        Arcsinh "arcsinh" ["asinh"] "Take the inverse hyperbolic sine of each element."
        Arccosh "arccosh" ["acosh"] "Take the inverse hyperbolic cosine of each element."
        Arctanh "arctanh" ["atanh"] "Take the inverse hyperbolic tangent of each element."
        Degrees "degrees" "Convert each angle from radians to degrees."
        Radians "radians" "Convert each angle from degrees to radians."
        Deg2rad "deg2rad" "Convert each angle from degrees to radians."
        Rad2deg "rad2deg" "Convert each angle from radians to degrees."
        Floor "floor" "Round each element down to a whole number."
        Ceil "ceil" "Round each element up to a whole number."
        Trunc "trunc" "Round each element towards zero to a whole number."
        Rint "rint" "Round each element to the nearest whole number, halves to the even one."
        Fabs "fabs" "Give each real element's distance from zero, as a float."
        LogicalNot "logical_not" "Tell for each element whether it is false."
        Invert "invert" ["bitwise_not" "bitwise_invert"] "Flip each bit of each element."
        Isnan "isnan" "Tell for each element whether it is not a number."
        Isinf "isinf" "Tell for each element whether it is infinite."
        Isfinite "isfinite" "Tell for each element whether it is neither infinite nor not a number."
        Signbit "signbit" "Tell for each element whether its sign bit is set."
        Conjugate "conjugate" ["conj"] "Change the sign of each element's imaginary part."
        Spacing "spacing" "Give the distance from each element to the next number away from zero."
        BitwiseCount "bitwise_count" "Count the bits that are set in each element's absolute value."
    }
}

functions! {
    /// A function of two elements.
    Binary {
        Add "add" "Add the elements of two arrays."
        Subtract "subtract" "Subtract the second array's elements from the first's."
        Multiply "multiply" "Multiply the elements of two arrays."
        Divide "divide" ["true_divide"] "Divide the first array's elements by the second's."
        FloorDivide "floor_divide" "Divide the first array's elements by the second's and round down."
        Remainder "remainder" ["mod"] "Give what floor division leaves, with the divisor's sign."
        Fmod "fmod" "Give what division rounded towards zero leaves, with the dividend's sign."
        Power "power" ["pow"] "Raise the first array's elements to the second's."
        FloatPower "float_power" "Raise the first array's elements to the second's, in float64 at least."
        Maximum "maximum" "Give the greater of two elements; what is not a number is passed on."
        Minimum "minimum" "Give the smaller of two elements; what is not a number is passed on."
        Fmax "fmax" "Give the greater of two elements; what is not a number gives way."
        Fmin "fmin" "Give the smaller of two elements; what is not a number gives way."
        Arctan2 "arctan2" ["atan2"] "Give the angle of the point (x2, x1), from -pi to pi."
        Hypot "hypot" "Give the length of the hypotenuse over two legs."
        Logaddexp "logaddexp" "Give log(exp(x1) + exp(x2))."
        Logaddexp2 "logaddexp2" "Give log2(2**x1 + 2**x2)."
        Copysign "copysign" "Give the first array's elements with the second's signs."
        Nextafter "nextafter" "Give the next number after x1 in the direction of x2."
        Ldexp "ldexp" "Give x1 * 2**x2."
        Heaviside "heaviside" "Give 0, x2 or 1 as x1 is negative, zero or positive."
        Gcd "gcd" "Give the greatest common divisor of |x1| and |x2|."
        Lcm "lcm" "Give the least common multiple of |x1| and |x2|."
        Equal "equal" "Tell for each pair of elements whether x1 == x2."
        NotEqual "not_equal" "Tell for each pair of elements whether x1 != x2."
        Less "less" "Tell for each pair of elements whether x1 < x2."
        LessEqual "less_equal" "Tell for each pair of elements whether x1 <= x2."
        Greater "greater" "Tell for each pair of elements whether x1 > x2."
        GreaterEqual "greater_equal" "Tell for each pair of elements whether x1 >= x2."
        LogicalAnd "logical_and" "Tell for each pair of elements whether both are true."
        LogicalOr "logical_or" "Tell for each pair of elements whether one or both are true."
        LogicalXor "logical_xor" "Tell for each pair of elements whether exactly one is true."
        BitwiseAnd "bitwise_and" "Keep the bits that both elements have."
        BitwiseOr "bitwise_or" "Keep the bits that one or both of the elements have."
        BitwiseXor "bitwise_xor" "Keep the bits that exactly one of the elements has."
        LeftShift "left_shift" ["bitwise_left_shift"] "Move each element's bits to the left."
        RightShift "right_shift" ["bitwise_right_shift"] "Move each element's bits to the right."
    }
}

impl Binary {
    /// Whether it compares.
    #[must_use]
    pub fn compares(self) -> bool {
        use Binary::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        matches!(self, Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual)
    }

    /// `identity`: what a reduction of nothing gives, to be cast to its type.
    #[must_use]
    pub fn identity(self) -> Option<Scalar> {
        Some(match self {
            Self::Add | Self::BitwiseOr | Self::BitwiseXor | Self::Hypot | Self::Gcd => Scalar::I64(0),
            Self::Multiply => Scalar::I64(1),
            Self::BitwiseAnd => Scalar::I64(-1),
            Self::LogicalAnd => Scalar::Bool(true),
            Self::LogicalOr | Self::LogicalXor => Scalar::Bool(false),
            Self::Logaddexp | Self::Logaddexp2 => Scalar::F64(f64::NEG_INFINITY),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for &function in Unary::ALL {
            assert_eq!(Unary::named(function.name()), Some(function));
        }
        for &function in Binary::ALL {
            assert_eq!(Binary::named(function.name()), Some(function));
        }
        assert_eq!(Unary::named("abs"), Some(Unary::Absolute));
        assert_eq!(Binary::named("mod"), Some(Binary::Remainder));
        assert_eq!(Unary::named("add"), None);
    }
}
