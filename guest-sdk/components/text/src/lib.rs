mod bindings;
mod fold;
mod sha256;
mod slug;
mod splitting;
mod words;

use bindings::exports::examples::text::strings::Guest;
use words::{words, Words};

#[global_allocator]
static ARENA: calcite_guest::Arena = calcite_guest::Arena;

pub struct Text;

impl Guest for Text {
    fn normalize(s: String) -> String {
        let folded = Self::unaccent(s.to_lowercase());
        let mut out = String::with_capacity(folded.len());
        for part in folded.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        }
        out
    }

    fn unaccent(s: String) -> String {
        if s.is_ascii() {
            return s;
        }
        let mut out = String::with_capacity(s.len());
        for c in s.chars() {
            fold::push_folded(&mut out, c);
        }
        out
    }

    fn slugify(s: String) -> String {
        slug::slug(&s)
    }

    fn word_count(s: String) -> u32 {
        words(&s).count() as u32
    }

    fn contains_word(s: String, word: String) -> bool {
        let (text, word) = (Self::normalize(s), Self::normalize(word));
        let found = words(&text).any(|w| w == word);
        found
    }

    fn initials(s: String) -> String {
        words(&s).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect()
    }

    fn title_case(s: String) -> String {
        let mut out = String::with_capacity(s.len());
        let mut end = 0;
        for (at, word) in Words::indexed(&s) {
            out.push_str(&s[end..at]);
            end = at + word.len();
            let mut letters = word.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(&letters.as_str().to_lowercase());
        }
        out.push_str(&s[end..]);
        out
    }

    fn levenshtein(a: String, b: String) -> u32 {
        distance(&characters(&a), &characters(&b))
    }

    fn similarity(a: String, b: String) -> f64 {
        let (a, b) = (characters(&a), characters(&b));
        let longer = a.len().max(b.len());
        if longer == 0 {
            return 1.0;
        }
        1.0 - f64::from(distance(&a, &b)) / longer as f64
    }

    fn split(s: String, sep: String) -> Vec<String> {
        if sep.is_empty() {
            return s.chars().map(String::from).collect();
        }
        s.split(sep.as_str()).map(String::from).collect()
    }

    fn join(parts: Vec<String>, sep: String) -> String {
        parts.join(&sep)
    }

    fn truncate(s: String, n: u32, ellipsis: Option<String>) -> String {
        let n = n as usize;
        if s.chars().nth(n).is_none() {
            return s;
        }
        let ellipsis = ellipsis.as_deref().unwrap_or("…");
        let kept = n.saturating_sub(ellipsis.chars().count());
        s.chars().take(kept).chain(ellipsis.chars()).take(n).collect()
    }

    fn char_at(s: String, position: u32) -> Option<char> {
        s.chars().nth(position.checked_sub(1)? as usize)
    }

    fn coalesce_len(s: Option<String>) -> i64 {
        s.map_or(0, |s| s.chars().count() as i64)
    }

    fn sha256(bytes: Vec<u8>) -> Vec<u8> {
        sha256::digest(&bytes).to_vec()
    }

    fn to_hex(bytes: Vec<u8>) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut out = String::with_capacity(bytes.len() * 2);
        for b in bytes {
            out.push(DIGITS[(b >> 4) as usize] as char);
            out.push(DIGITS[(b & 15) as usize] as char);
        }
        out
    }
}

fn characters(s: &str) -> Vec<char> {
    let mut characters = Vec::with_capacity(s.len());
    characters.extend(s.chars());
    characters
}

/// Levenshtein distance by rows: `row[j]` is the distance of what was seen of `a` to `b[..=j]`.
fn distance(a: &[char], b: &[char]) -> u32 {
    let mut row: Vec<u32> = (1..=b.len() as u32).collect();
    for (seen, x) in (0..).zip(a) {
        let mut diagonal = seen;
        let mut left = seen + 1;
        for (cell, y) in row.iter_mut().zip(b) {
            let replaced = diagonal + u32::from(x != y);
            diagonal = *cell;
            left = replaced.min(left.min(diagonal) + 1);
            *cell = left;
        }
    }
    row.last().map_or(a.len() as u32, |distance| *distance)
}

bindings::export!(Text with_types_in bindings);
