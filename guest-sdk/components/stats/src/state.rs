//! Accumulators as bytes: eight bytes a number, little-endian.

#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub fn number(&mut self, x: f64) {
        self.integer(x.to_bits());
    }

    pub fn integer(&mut self, x: u64) {
        self.bytes.extend_from_slice(&x.to_le_bytes());
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

pub struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub fn at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn number(&mut self) -> Result<f64, String> {
        self.integer().map(f64::from_bits)
    }

    pub fn integer(&mut self) -> Result<u64, String> {
        let (word, rest) = self.bytes.split_first_chunk().ok_or("the saved state ends too early")?;
        self.bytes = rest;
        Ok(u64::from_le_bytes(*word))
    }

    /// Fails if anything is left.
    pub fn end(&self) -> Result<(), String> {
        if self.at_end() { Ok(()) } else { Err("the saved state goes on too long".into()) }
    }
}
