//! A decimal number of at most 38 digits, and arithmetic on it that is exact or rounds half to even.

use crate::bindings::calcite::extension::types::{Decimal, Error};
use crate::wide::Wide;

/// SQLSTATE of a text that is no value of the wanted type.
pub const INVALID_CHARACTER_VALUE: &str = "22018";
/// SQLSTATE of a number that is out of range.
pub const OUT_OF_RANGE: &str = "22003";
/// SQLSTATE of a parameter that makes no sense.
pub const INVALID_PARAMETER: &str = "22023";

pub const MOST_DIGITS: u8 = 38;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub unscaled: i128,
    pub scale: u8,
}

pub fn error(sqlstate: &str, message: String) -> Error {
    Error { sqlstate: sqlstate.into(), message }
}

pub fn too_large() -> Error {
    error(OUT_OF_RANGE, format!("the amount needs more than {MOST_DIGITS} digits"))
}

impl From<Decimal> for Amount {
    fn from(d: Decimal) -> Self {
        Amount { unscaled: i128::from(d.hi) << 64 | i128::from(d.lo), scale: d.scale }
    }
}

impl From<Amount> for Decimal {
    fn from(a: Amount) -> Self {
        Decimal { hi: (a.unscaled >> 64) as i64, lo: a.unscaled as u64, scale: a.scale }
    }
}

impl Amount {
    /// The amount of this size and sign, if it has at most 38 digits.
    fn signed(negative: bool, size: Wide, scale: u8) -> Result<Amount, Error> {
        let size = size.narrow().filter(|n| *n < 10u128.pow(u32::from(MOST_DIGITS))).ok_or_else(too_large)?;
        let unscaled = if negative { -(size as i128) } else { size as i128 };
        Ok(Amount { unscaled, scale })
    }

    pub fn rounded(self, scale: u8) -> Result<Amount, Error> {
        self.times(Amount { unscaled: 1, scale: 0 }, scale)
    }

    pub fn times(self, factor: Amount, scale: u8) -> Result<Amount, Error> {
        for scale in [self.scale, factor.scale, scale] {
            check_scale(scale)?;
        }
        let product = Wide::product(self.unscaled.unsigned_abs(), factor.unscaled.unsigned_abs());
        let negative = (self.unscaled < 0) != (factor.unscaled < 0);
        let decimals = self.scale + factor.scale;
        let size = if decimals > scale {
            product.shifted_right(u32::from(decimals - scale))
        } else {
            product.shifted_left(u32::from(scale - decimals)).ok_or_else(too_large)?
        };
        Self::signed(negative, size, scale)
    }

    /// The quotient with the scale of `self`, for a `divisor` above 0.
    pub fn divided_by(self, divisor: Amount) -> Result<Amount, Error> {
        for scale in [self.scale, divisor.scale] {
            check_scale(scale)?;
        }
        let numerator = Wide::product(self.unscaled.unsigned_abs(), 10u128.pow(u32::from(divisor.scale)));
        let size = numerator.divided_to_even(divisor.unscaled.unsigned_abs());
        Self::signed(self.unscaled < 0, size, self.scale)
    }
}

fn check_scale(scale: u8) -> Result<(), Error> {
    if scale > MOST_DIGITS {
        return Err(error(INVALID_PARAMETER, format!("{scale} decimals: there can be 0 to {MOST_DIGITS}")));
    }
    Ok(())
}
