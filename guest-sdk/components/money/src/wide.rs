//! Unsigned numbers of 256 bits, wide enough for the product of any two amounts.

/// `high` × 2¹²⁸ + `low`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    pub fn product(a: u128, b: u128) -> Wide {
        const HALF: u128 = u64::MAX as u128;
        let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
        let lowest = a0 * b0;
        let middle = a1 * b0 + (lowest >> 64);
        let other = a0 * b1 + (middle & HALF);
        Wide { high: a1 * b1 + (middle >> 64) + (other >> 64), low: other << 64 | lowest & HALF }
    }

    /// The number, if it has at most 128 bits.
    pub fn narrow(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }

    /// Times ten to the power `digits`, if that has at most 128 bits.
    pub fn shifted_left(self, digits: u32) -> Option<Wide> {
        let number = self.narrow()?;
        if number == 0 {
            return Some(self);
        }
        let low = number.checked_mul(10u128.checked_pow(digits)?)?;
        Some(Wide { high: 0, low })
    }

    /// Divided by ten to the power `digits` (at most 76), half to even.
    pub fn shifted_right(self, digits: u32) -> Wide {
        const AT_ONCE: u32 = 38;
        if digits <= AT_ONCE {
            return self.divided_to_even(10u128.pow(digits));
        }
        // What the first division cuts off decides only whether a half is exactly one.
        let (quotient, cut) = self.divided(10u128.pow(digits - AT_ONCE));
        let divisor = 10u128.pow(AT_ONCE);
        let (quotient, rest) = quotient.divided(divisor);
        quotient.rounded(rest, divisor, cut > 0)
    }

    pub fn divided_to_even(self, divisor: u128) -> Wide {
        let (quotient, rest) = self.divided(divisor);
        quotient.rounded(rest, divisor, false)
    }

    /// Quotient, of which the lower 128 bits, and rest.
    pub fn quotient_and_rest(self, divisor: u128) -> (u128, u128) {
        let (quotient, rest) = self.divided(divisor);
        (quotient.low, rest)
    }

    /// One more where `rest` of `divisor`, and a little more if `sticky`, is over a half, or is a half
    /// beside an odd number.
    fn rounded(self, rest: u128, divisor: u128, sticky: bool) -> Wide {
        let up = match rest.cmp(&(divisor - rest)) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => sticky || self.low & 1 == 1,
            std::cmp::Ordering::Greater => true,
        };
        let (low, carry) = self.low.overflowing_add(u128::from(up));
        Wide { high: self.high + u128::from(carry), low }
    }

    /// Quotient and rest. `divisor` is above 0 and below 2¹²⁷.
    fn divided(self, divisor: u128) -> (Wide, u128) {
        if self.high == 0 {
            return (Wide { high: 0, low: self.low / divisor }, self.low % divisor);
        }
        let (mut high, mut low, mut rest) = (0, 0, 0u128);
        for bit in (0..256).rev() {
            let word = if bit >= 128 { self.high } else { self.low };
            rest = rest << 1 | word >> (bit % 128) & 1;
            let quotient = if bit >= 128 { &mut high } else { &mut low };
            *quotient <<= 1;
            if rest >= divisor {
                rest -= divisor;
                *quotient |= 1;
            }
        }
        (Wide { high, low }, rest)
    }
}
