//! Parts of an amount that add up to it exactly.

use crate::amount::{error, Amount, INVALID_PARAMETER};
use crate::bindings::calcite::extension::types::Error;
use crate::wide::Wide;

const MOST_PARTS: u32 = 100_000;

pub fn evenly(amount: Amount, parts: u32) -> Result<Vec<Amount>, Error> {
    if !(1..=MOST_PARTS).contains(&parts) {
        return Err(error(INVALID_PARAMETER, format!("{parts} parts: there can be 1 to {MOST_PARTS}")));
    }
    let (part, rest) = (amount.unscaled / i128::from(parts), amount.unscaled % i128::from(parts));
    let larger = rest.unsigned_abs() as u32;
    let unit = rest.signum();
    Ok((0..parts)
        .map(|i| Amount { unscaled: part + if i < larger { unit } else { 0 }, scale: amount.scale })
        .collect())
}

pub fn by_weights(amount: Amount, weights: &[u32]) -> Result<Vec<Amount>, Error> {
    let total: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    if total == 0 {
        return Err(error(INVALID_PARAMETER, "there is no weight above 0".into()));
    }
    let size = amount.unscaled.unsigned_abs();
    // quotient and rest of size × weight / total, for each weight; the quotients are at most `size`
    let mut shares: Vec<(u128, u128)> =
        weights.iter().map(|w| Wide::product(size, u128::from(*w)).quotient_and_rest(total)).collect();
    let given: u128 = shares.iter().map(|(quotient, _)| quotient).sum();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(shares[*i].1));
    for i in &order[..(size - given) as usize] {
        shares[*i].0 += 1;
    }
    let sign = amount.unscaled.signum();
    Ok(shares
        .into_iter()
        .map(|(share, _)| Amount { unscaled: share as i128 * sign, scale: amount.scale })
        .collect())
}
