//! Text as it stands in addresses: small letters and digits, hyphens between words.

use crate::fold;
use crate::words::is_apostrophe;

/// The slug of `text`, in one pass.
pub fn slug(text: &str) -> String {
    let mut slug = Slug { out: String::with_capacity(text.len()), gap: false };
    for c in text.chars() {
        match c {
            '\0'..='\x7f' => slug.push(c.to_ascii_lowercase()),
            // the only letter whose small form depends on its neighbours
            'Σ' => return self::slug(&text.to_lowercase()),
            // of Latin-1 they lie 32 apart, with the sign of multiplication between them
            'À'..='Þ' if c != '×' => slug.push_folded((c as u8 + 32) as char),
            'ß'..='ÿ' => slug.push_folded(c),
            _ => c.to_lowercase().for_each(|small| slug.push_folded(small)),
        }
    }
    slug.out
}

/// A slug that is being written.
struct Slug {
    out: String,
    /// Whether something that is neither letter nor digit stood behind the last character.
    gap: bool,
}

impl Slug {
    fn push_folded(&mut self, c: char) {
        fold::each_folded(c, |c| self.push(c));
    }

    fn push(&mut self, c: char) {
        if c.is_alphanumeric() {
            if self.gap && !self.out.is_empty() {
                self.out.push('-');
            }
            self.gap = false;
            self.out.push(c);
        } else if !is_apostrophe(c) {
            self.gap = true;
        }
    }
}
