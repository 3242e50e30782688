//! Whole numbers of a range, each as likely as the others: NumPy's two ways of
//! rejection, and the buffers from which its small types take their bits.

use super::bit_generator::BitGenerator;

/// How a number beyond the range is avoided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// As many bits as the range has, drawn again while they are past it (`RandomState`).
    Masked,
    /// Lemire's multiplication (`Generator`).
    Lemire,
}

/// All ones, as many as `largest` has bits.
fn mask(largest: u64) -> u64 {
    u64::MAX.checked_shr(largest.leading_zeros()).unwrap_or(0)
}

/// A number of 0..=largest, for shuffles: masked in both streams.
pub(super) fn interval<B: BitGenerator>(bits: &mut B, largest: u64) -> u64 {
    if largest == 0 {
        return 0;
    }
    let mask = mask(largest);
    loop {
        let word = if largest <= u64::from(u32::MAX) { u64::from(bits.next_u32()) } else { bits.next_u64() };
        if word & mask <= largest {
            return word & mask;
        }
    }
}

/// A number of 0..=largest from 64-bit words, or from 32-bit ones where those are enough.
pub(super) fn below_u64<B: BitGenerator>(bits: &mut B, largest: u64, rejection: Rejection) -> u64 {
    if let Ok(largest) = u32::try_from(largest) {
        return u64::from(below_u32(bits, largest, rejection));
    }
    if largest == u64::MAX {
        return bits.next_u64();
    }
    match rejection {
        Rejection::Masked => {
            let mask = mask(largest);
            loop {
                let word = bits.next_u64() & mask;
                if word <= largest {
                    return word;
                }
            }
        }
        Rejection::Lemire => {
            let count = largest + 1;
            let mut product = u128::from(bits.next_u64()) * u128::from(count);
            if (product as u64) < count {
                let threshold = (u64::MAX - largest) % count;
                while (product as u64) < threshold {
                    product = u128::from(bits.next_u64()) * u128::from(count);
                }
            }
            (product >> 64) as u64
        }
    }
}

/// A number of 0..=largest from 32-bit words.
pub(super) fn below_u32<B: BitGenerator>(bits: &mut B, largest: u32, rejection: Rejection) -> u32 {
    match (largest, rejection) {
        (0, _) => 0,
        (u32::MAX, _) => bits.next_u32(),
        (_, Rejection::Masked) => {
            let mask = mask(u64::from(largest)) as u32;
            loop {
                let word = bits.next_u32() & mask;
                if word <= largest {
                    return word;
                }
            }
        }
        (_, Rejection::Lemire) => {
            let count = largest + 1;
            let mut product = u64::from(bits.next_u32()) * u64::from(count);
            if (product as u32) < count {
                let threshold = (u32::MAX - largest) % count;
                while (product as u32) < threshold {
                    product = u64::from(bits.next_u32()) * u64::from(count);
                }
            }
            (product >> 32) as u32
        }
    }
}

/// A word from which small numbers are taken, low bits first.
#[derive(Debug, Default)]
pub struct Buffer {
    word: u32,
    /// How many numbers are left in it.
    left: u32,
}

impl Buffer {
    /// The next `width` bits and what is above them.
    fn take<B: BitGenerator>(&mut self, bits: &mut B, width: u32) -> u32 {
        if self.left == 0 {
            self.word = bits.next_u32();
            self.left = 32 / width;
        } else {
            self.word >>= width;
        }
        self.left -= 1;
        self.word
    }

    /// A bit.
    pub(super) fn bit<B: BitGenerator>(&mut self, bits: &mut B) -> bool {
        self.take(bits, 1) & 1 == 1
    }

    /// A number of 0..=largest from bytes.
    pub(super) fn below_u8<B: BitGenerator>(&mut self, bits: &mut B, largest: u8, rejection: Rejection) -> u8 {
        match (largest, rejection) {
            (0, _) => 0,
            (u8::MAX, _) => self.take(bits, 8) as u8,
            (_, Rejection::Masked) => {
                let mask = mask(u64::from(largest)) as u8;
                loop {
                    let byte = self.take(bits, 8) as u8 & mask;
                    if byte <= largest {
                        return byte;
                    }
                }
            }
            (_, Rejection::Lemire) => {
                let count = u16::from(largest) + 1;
                let mut product = u16::from(self.take(bits, 8) as u8) * count;
                if (product as u8) < count as u8 {
                    let threshold = (u8::MAX - largest) % count as u8;
                    while (product as u8) < threshold {
                        product = u16::from(self.take(bits, 8) as u8) * count;
                    }
                }
                (product >> 8) as u8
            }
        }
    }
}
