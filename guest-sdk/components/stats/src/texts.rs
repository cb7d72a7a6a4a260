//! The aggregates over texts.

use crate::bindings::exports::examples::stats::texts::{
    self, CountNullsBorrow, Guest, GuestConcatAll, GuestCountNulls, GuestHyperloglog, GuestJoinAll,
    HyperloglogBorrow,
};
use crate::sketch::{hash, Sketch};
use crate::state::{Reader, Writer};
use crate::Stats;
use std::cell::{Cell, RefCell};

impl Guest for Stats {
    type Hyperloglog = Hyperloglog;
    type CountNulls = CountNulls;
    type ConcatAll = ConcatAll;
    type JoinAll = JoinAll;
}

pub struct Hyperloglog(RefCell<Sketch>);

impl GuestHyperloglog for Hyperloglog {
    fn new() -> Self {
        Self(RefCell::default())
    }

    fn step(&self, s: String) {
        self.0.borrow_mut().add(hash(s.as_bytes()));
    }

    fn merge(&self, other: HyperloglogBorrow) {
        self.0.borrow_mut().merge(&other.get::<Self>().0.borrow());
    }

    fn value(&self) -> i64 {
        self.0.borrow().estimate()
    }

    fn save(&self) -> Vec<u8> {
        let mut to = Writer::default();
        self.0.borrow().save(&mut to);
        to.finish()
    }

    fn restore(state: Vec<u8>) -> Result<texts::Hyperloglog, String> {
        let sketch = Sketch::restore(&mut Reader::new(&state))?;
        Ok(texts::Hyperloglog::new(Self(RefCell::new(sketch))))
    }
}

pub struct CountNulls(Cell<i64>);

impl GuestCountNulls for CountNulls {
    fn new() -> Self {
        Self(Cell::new(0))
    }

    fn step(&self, s: Option<String>) {
        self.0.set(self.0.get() + i64::from(s.is_none()));
    }

    fn inverse(&self, s: Option<String>) {
        self.0.set(self.0.get() - i64::from(s.is_none()));
    }

    fn merge(&self, other: CountNullsBorrow) {
        self.0.set(self.0.get() + other.get::<Self>().0.get());
    }

    fn value(&self) -> i64 {
        self.0.get()
    }
}

/// No text yet is something else than empty texts only.
#[derive(Default)]
pub struct ConcatAll(RefCell<Option<String>>);

impl GuestConcatAll for ConcatAll {
    fn new() -> Self {
        Self::default()
    }

    fn step(&self, s: String) {
        self.0.borrow_mut().get_or_insert_default().push_str(&s);
    }

    fn value(&self) -> Option<String> {
        self.0.borrow().clone()
    }

    fn save(&self) -> Vec<u8> {
        save("", &self.0.borrow())
    }

    fn restore(state: Vec<u8>) -> Result<texts::ConcatAll, String> {
        let (_, text) = restore(&state)?;
        Ok(texts::ConcatAll::new(Self(RefCell::new(text))))
    }
}

pub struct JoinAll {
    separator: String,
    text: RefCell<Option<String>>,
}

impl GuestJoinAll for JoinAll {
    fn new(separator: String) -> Self {
        Self { separator, text: RefCell::default() }
    }

    fn step(&self, s: String) {
        match &mut *self.text.borrow_mut() {
            Some(text) => {
                text.push_str(&self.separator);
                text.push_str(&s);
            }
            none => *none = Some(s),
        }
    }

    fn value(&self) -> Option<String> {
        self.text.borrow().clone()
    }

    fn save(&self) -> Vec<u8> {
        save(&self.separator, &self.text.borrow())
    }

    fn restore(state: Vec<u8>) -> Result<texts::JoinAll, String> {
        let (separator, text) = restore(&state)?;
        Ok(texts::JoinAll::new(Self { separator, text: RefCell::new(text) }))
    }
}

/// Length of the separator, the separator, whether there is a text, the text.
fn save(separator: &str, text: &Option<String>) -> Vec<u8> {
    let mut bytes = (separator.len() as u32).to_le_bytes().to_vec();
    bytes.extend_from_slice(separator.as_bytes());
    bytes.push(u8::from(text.is_some()));
    bytes.extend_from_slice(text.as_deref().unwrap_or_default().as_bytes());
    bytes
}

fn restore(state: &[u8]) -> Result<(String, Option<String>), String> {
    let parts = || {
        let (length, rest) = state.split_first_chunk()?;
        let (separator, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (some, text) = rest.split_first()?;
        let text = std::str::from_utf8(text).ok()?;
        Some((std::str::from_utf8(separator).ok()?.to_string(), (*some != 0).then(|| text.to_string())))
    };
    parts().ok_or_else(|| "the saved state is none of a text".to_string())
}
