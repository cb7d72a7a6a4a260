//! Numbers of which order statistics are asked.

use crate::state::{Reader, Writer};

/// Puts one number after the other and sorts when it is asked: the first question only selects, later
/// ones, which come from window frames, keep what is sorted and put the new numbers in between.
#[derive(Default)]
pub struct Sample {
    numbers: Vec<f64>,
    /// How many at the beginning are sorted.
    sorted: usize,
    asked: bool,
}

impl Sample {
    pub fn add(&mut self, x: f64) {
        self.numbers.push(x);
    }

    /// Takes back a number that was added.
    pub fn remove(&mut self, x: f64) {
        self.sort();
        if let Ok(at) = self.numbers.binary_search_by(|y| y.total_cmp(&x)) {
            self.numbers.remove(at);
            self.sorted -= 1;
        }
    }

    pub fn merge(&mut self, other: &Self) {
        self.numbers.extend_from_slice(&other.numbers);
    }

    /// The value at `fraction` of the way from the least number to the greatest, by rank.
    pub fn quantile(&mut self, fraction: f64) -> Option<f64> {
        let last = self.numbers.len().checked_sub(1)?;
        let rank = fraction * last as f64;
        let below = rank as usize;
        let (low, high) = self.pair(below, (below + 1).min(last));
        let weight = rank - below as f64;
        Some(if weight == 0.0 { low } else { low * (1.0 - weight) + high * weight })
    }

    /// The middle one or the mean of the middle two.
    pub fn median(&mut self) -> Option<f64> {
        let last = self.numbers.len().checked_sub(1)?;
        let (low, high) = self.pair(last / 2, last.div_ceil(2));
        Some(if last % 2 == 0 { low } else { low / 2.0 + high / 2.0 })
    }

    /// The numbers of rank `low` and of rank `high`, which is the same or the next.
    fn pair(&mut self, low: usize, high: usize) -> (f64, f64) {
        if self.asked {
            self.sort();
            return (self.numbers[low], self.numbers[high]);
        }
        self.asked = true;
        let (_, first, above) = self.numbers.select_nth_unstable_by(low, f64::total_cmp);
        let first = *first;
        let next = if high == low { Some(first) } else { above.iter().copied().min_by(f64::total_cmp) };
        (first, next.unwrap_or(first))
    }

    fn sort(&mut self) {
        let unsorted = self.numbers.len() - self.sorted;
        if unsorted > 8 {
            self.numbers.sort_unstable_by(f64::total_cmp);
        } else {
            for next in self.sorted..self.numbers.len() {
                let x = self.numbers[next];
                let at = self.numbers[..next].partition_point(|y| y.total_cmp(&x).is_le());
                self.numbers.copy_within(at..next, at + 1);
                self.numbers[at] = x;
            }
        }
        self.sorted = self.numbers.len();
    }

    pub fn save(&self, to: &mut Writer) {
        for x in &self.numbers {
            to.number(*x);
        }
    }

    pub fn restore(from: &mut Reader) -> Result<Self, String> {
        let mut sample = Self::default();
        while !from.at_end() {
            sample.add(from.number()?);
        }
        Ok(sample)
    }
}
