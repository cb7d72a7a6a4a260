//! Sums without rounding errors.

use crate::state::{Reader, Writer};

/// A sum of doubles as doubles that do not overlap (Shewchuk, "Adaptive Precision Floating-Point
/// Arithmetic", 1997): what is added and taken away again leaves nothing behind, and no order of the
/// summands changes the result, which is the exact sum rounded once.
#[derive(Default)]
pub struct ExactSum {
    /// Parts of the sum, ascending in magnitude, none of them zero.
    parts: Vec<f64>,
    /// How many of +∞, -∞ and NaN are in it.
    special: [i64; 3],
}

impl ExactSum {
    pub fn add(&mut self, x: f64) {
        if x.is_finite() {
            self.grow(x);
        } else {
            self.special[Self::kind(x)] += 1;
        }
    }

    pub fn subtract(&mut self, x: f64) {
        if x.is_finite() {
            self.grow(-x);
        } else {
            self.special[Self::kind(x)] -= 1;
        }
    }

    pub fn merge(&mut self, other: &Self) {
        other.parts.iter().for_each(|part| self.grow(*part));
        for (mine, theirs) in self.special.iter_mut().zip(other.special) {
            *mine += theirs;
        }
    }

    fn kind(x: f64) -> usize {
        if x.is_nan() { 2 } else { usize::from(x < 0.0) }
    }

    fn grow(&mut self, mut x: f64) {
        let mut kept = 0;
        for i in 0..self.parts.len() {
            let part = self.parts[i];
            let sum = x + part;
            // what the addition lost
            let part_in_sum = sum - x;
            let lost = (x - (sum - part_in_sum)) + (part - part_in_sum);
            if lost != 0.0 {
                self.parts[kept] = lost;
                kept += 1;
            }
            x = sum;
        }
        self.parts.truncate(kept);
        if x != 0.0 {
            self.parts.push(x);
        }
    }

    /// The sum, rounded to the nearest double.
    pub fn rounded(&self) -> f64 {
        let [up, down, nan] = self.special;
        if nan > 0 || (up > 0 && down > 0) {
            return f64::NAN;
        }
        if up > 0 || down > 0 {
            return if up > 0 { f64::INFINITY } else { f64::NEG_INFINITY };
        }
        let mut parts = self.parts.iter().rev().copied();
        let Some(mut sum) = parts.next() else { return 0.0 };
        let mut lost = 0.0;
        for part in parts.by_ref() {
            let above = sum;
            sum = above + part;
            lost = part - (sum - above);
            if lost != 0.0 {
                break;
            }
        }
        // half-way cases are decided by the sign of what comes below
        let below = parts.next().unwrap_or(0.0);
        if (lost < 0.0 && below < 0.0) || (lost > 0.0 && below > 0.0) {
            let twice = lost * 2.0;
            let other = sum + twice;
            if twice == other - sum {
                return other;
            }
        }
        sum
    }

    pub fn save(&self, to: &mut Writer) {
        self.special.iter().for_each(|count| to.integer(*count as u64));
        self.parts.iter().for_each(|part| to.number(*part));
    }

    pub fn restore(from: &mut Reader) -> Result<Self, String> {
        let mut sum = Self::default();
        for count in &mut sum.special {
            *count = from.integer()? as i64;
        }
        while !from.at_end() {
            sum.add(from.number()?);
        }
        Ok(sum)
    }
}
