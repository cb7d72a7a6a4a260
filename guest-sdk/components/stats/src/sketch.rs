//! HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, 2007) over 64-bit hashes, with the bias-free
//! estimator of Ertl ("New cardinality estimation algorithms for HyperLogLog sketches", 2017).

use crate::state::{Reader, Writer};

/// 4,096 registers of a byte: the standard error is 1.04 / √4,096.
const BITS: u32 = 12;
const REGISTERS: usize = 1 << BITS;
/// Longest possible run of zeros plus one.
const LONGEST: usize = (64 - BITS + 1) as usize;
const FEW: usize = 64;

pub enum Sketch {
    /// The hashes themselves, sorted.
    Few(Vec<u64>),
    Many(Box<[u8; REGISTERS]>),
}

impl Default for Sketch {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Sketch {
    pub fn add(&mut self, hash: u64) {
        match self {
            Self::Many(registers) => raise(registers, hash),
            Self::Few(hashes) => {
                if let Err(at) = hashes.binary_search(&hash) {
                    hashes.insert(at, hash);
                    if hashes.len() > FEW {
                        self.registers();
                    }
                }
            }
        }
    }

    fn registers(&mut self) -> &mut [u8; REGISTERS] {
        if let Self::Few(hashes) = self {
            let mut registers = Box::new([0; REGISTERS]);
            hashes.iter().for_each(|hash| raise(&mut registers, *hash));
            *self = Self::Many(registers);
        }
        match self {
            Self::Many(registers) => registers,
            Self::Few(_) => unreachable!(),
        }
    }

    pub fn merge(&mut self, other: &Self) {
        match other {
            Self::Few(hashes) => hashes.iter().for_each(|hash| self.add(*hash)),
            Self::Many(theirs) => {
                for (mine, other) in self.registers().iter_mut().zip(theirs.iter()) {
                    *mine = (*mine).max(*other);
                }
            }
        }
    }

    pub fn estimate(&self) -> i64 {
        match self {
            Self::Few(hashes) => hashes.len() as i64,
            Self::Many(registers) => estimate(registers),
        }
    }

    pub fn save(&self, to: &mut Writer) {
        match self {
            Self::Few(hashes) => {
                to.integer(hashes.len() as u64);
                hashes.iter().for_each(|hash| to.integer(*hash));
            }
            Self::Many(registers) => {
                to.integer(u64::MAX);
                for eight in registers.as_chunks().0 {
                    to.integer(u64::from_le_bytes(*eight));
                }
            }
        }
    }

    pub fn restore(from: &mut Reader) -> Result<Self, String> {
        let mut sketch = Self::default();
        match from.integer()? {
            u64::MAX => {
                for eight in sketch.registers().as_chunks_mut().0 {
                    *eight = from.integer()?.to_le_bytes();
                    if eight.iter().any(|run| usize::from(*run) > LONGEST) {
                        return Err("the saved state has a register that is too large".into());
                    }
                }
            }
            count => {
                for _ in 0..count {
                    sketch.add(from.integer()?);
                }
            }
        }
        from.end()?;
        Ok(sketch)
    }
}

fn raise(registers: &mut [u8; REGISTERS], hash: u64) {
    let register = &mut registers[(hash >> (64 - BITS)) as usize];
    let run = (hash << BITS).leading_zeros().min(64 - BITS) as u8 + 1;
    *register = (*register).max(run);
}

fn estimate(registers: &[u8; REGISTERS]) -> i64 {
    let mut counts = [0u32; LONGEST + 1];
    registers.iter().for_each(|run| counts[usize::from(*run)] += 1);
    let m = REGISTERS as f64;
    let mut z = m * tau(1.0 - f64::from(counts[LONGEST]) / m);
    for run in (1..LONGEST).rev() {
        z = (z + f64::from(counts[run])) / 2.0;
    }
    z += m * sigma(f64::from(counts[0]) / m);
    (m * m / (2.0 * std::f64::consts::LN_2 * z)).round() as i64
}

fn sigma(mut x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y /= 2.0;
        z -= (1.0 - x) * (1.0 - x) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

/// The finishing steps of MurmurHash3, which spread every bit over all.
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

/// A hash of bytes, eight at a time.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hash = mix(bytes.len() as u64 ^ 0x9e37_79b9_7f4a_7c15);
    let (words, rest) = bytes.as_chunks();
    for word in words {
        hash = mix(hash ^ u64::from_le_bytes(*word)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(hash ^ u64::from_le_bytes(last))
}
