mod bindings;

use bindings::exports::examples::lines::reading::{self, Guest, GuestCounter, GuestLineReader, Line, Number};
use std::cell::Cell;

thread_local! {
    static OPEN: Cell<i32> = const { Cell::new(0) };
}

/// Counts as long as it lives.
struct Ticket;

impl Ticket {
    fn new() -> Self {
        OPEN.set(OPEN.get() + 1);
        Self
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        OPEN.set(OPEN.get() - 1);
    }
}

struct Lines;

impl Guest for Lines {
    type LineReader = LineReader;
    type Counter = Counter;

    fn read_lines(doc: String) -> Result<reading::LineReader, String> {
        if doc.starts_with("\u{0}") {
            return Err("the document begins with a NUL: it is no text".to_string());
        }
        Ok(reading::LineReader::new(LineReader {
            doc,
            at: Cell::new(0),
            number: Cell::new(0),
            _open: Ticket::new(),
        }))
    }

    fn count_from(start: i64, by: Option<i64>) -> reading::Counter {
        reading::Counter::new(Counter {
            next: Cell::new(Some(start)),
            by: by.unwrap_or(1),
            _open: Ticket::new(),
        })
    }

    fn open_now() -> i32 {
        OPEN.get()
    }
}

pub struct LineReader {
    doc: String,
    /// Where the next line begins, in bytes.
    at: Cell<usize>,
    number: Cell<i64>,
    _open: Ticket,
}

impl GuestLineReader for LineReader {
    fn next(&self, max_rows: u32) -> Result<Vec<Line>, String> {
        let mut lines = Vec::new();
        while lines.len() < max_rows as usize && self.at.get() < self.doc.len() {
            let rest = &self.doc[self.at.get()..];
            let end = rest.find('\n');
            let line = &rest[..end.unwrap_or(rest.len())];
            let number = self.number.get() + 1;
            if let Some(at) = line.find('\u{0}') {
                return Err(format!("line {number} has a NUL at byte {}", at + 1));
            }
            self.number.set(number);
            self.at.set(self.at.get() + end.map_or(rest.len(), |end| end + 1));
            let text = line.strip_suffix('\r').unwrap_or(line).to_string();
            lines.push(Line { number, text });
        }
        Ok(lines)
    }
}

pub struct Counter {
    next: Cell<Option<i64>>,
    by: i64,
    _open: Ticket,
}

impl GuestCounter for Counter {
    fn next(&self, max_rows: u32) -> Vec<Number> {
        let mut numbers = Vec::new();
        while let (true, Some(n)) = (numbers.len() < max_rows as usize, self.next.get()) {
            numbers.push(Number { n });
            self.next.set(n.checked_add(self.by));
        }
        numbers
    }
}

bindings::export!(Lines with_types_in bindings);
