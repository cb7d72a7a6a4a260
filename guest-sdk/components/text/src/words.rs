//! Words: runs of letters and digits; an apostrophe between two of them belongs to the word.

pub fn is_apostrophe(c: char) -> bool {
    c == '\'' || c == '’'
}

/// The words of `text` with the byte offset where each begins.
pub struct Words<'a> {
    text: &'a str,
    /// Where the word ends that was given last.
    at: usize,
    /// Where the bytes begin that `inside` tells of.
    start: usize,
    /// What [`plain`] says from `start` on, without the words that were given.
    inside: u64,
}

impl<'a> Words<'a> {
    pub fn indexed(text: &'a str) -> Self {
        Words { text, at: 0, start: 0, inside: plain(text, 0) }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    // where it is called its state is in locals, which costs no stores
    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.inside == 0 {
            let begin;
            (begin, self.at) = word_from(self.text, self.at)?;
            self.start = self.at;
            self.inside = plain(self.text, self.at);
            return Some((begin, &self.text[begin..self.at]));
        }
        let begin = self.inside.trailing_zeros() as usize;
        let end = begin + (self.inside >> begin).trailing_ones() as usize;
        // its bits are the lowest: this carry goes through them
        self.inside &= self.inside.wrapping_add(1 << begin);
        self.at = self.start + end;
        Some((self.start + begin, &self.text[self.start + begin..self.at]))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let begins = self.inside & !(self.inside << 1);
        (begins.count_ones() as usize, None)
    }
}

/// Which of the up to 64 bytes from `start` on are inside words of ASCII characters without an
/// apostrophe, the lowest bit for the first byte; 0 for a word of which it is not known where it
/// ends. Found without a branch for each: where words end is what a processor cannot foretell.
#[inline(never)]
fn plain(text: &str, start: usize) -> u64 {
    let bytes = &text.as_bytes()[start..];
    let (mut inside, mut count) = (0, 0);
    for &byte in bytes.iter().take(u64::BITS as usize) {
        let kind = KINDS[byte as usize];
        if kind == SPECIAL {
            break;
        }
        inside |= u64::from(kind) << count;
        count += 1;
    }
    if count > 0 && count < bytes.len() {
        let run = (inside << (u64::BITS as usize - count)).leading_ones() as usize;
        inside &= u64::MAX.checked_shr((u64::BITS as usize - count + run) as u32).unwrap_or(0);
    }
    inside
}

/// The first word from byte `at` on, found character by character: where it begins and ends.
#[inline(never)]
fn word_from(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut start = at;
    while !is_inside(text, start)? {
        start += width(text, start);
    }
    let mut end = start;
    while let Some(inside) = is_inside(text, end) {
        let next = end + width(text, end);
        if !(inside || is_joint(text, end, next)) {
            break;
        }
        end = next;
    }
    Some((start, end))
}

/// Whether the byte is inside a word depends on others.
const SPECIAL: u8 = 2;

/// 1 for bytes inside a word, 0 for those between words.
static KINDS: [u8; 256] = {
    let mut kinds = [SPECIAL; 256];
    let mut byte = 0;
    while byte < 128 {
        if byte != b'\'' {
            kinds[byte as usize] = byte.is_ascii_alphanumeric() as u8;
        }
        byte += 1;
    }
    kinds
};

/// Whether the character at `at` is a letter or digit; nothing at the end. Most are ASCII, and
/// need not be decoded.
fn is_inside(text: &str, at: usize) -> Option<bool> {
    let byte = *text.as_bytes().get(at)?;
    Some(if byte.is_ascii() {
        byte.is_ascii_alphanumeric()
    } else {
        text[at..].starts_with(char::is_alphanumeric)
    })
}

/// How many bytes the character at `at` has.
fn width(text: &str, at: usize) -> usize {
    if text.as_bytes()[at].is_ascii() {
        1
    } else {
        text[at..].chars().next().map_or(1, char::len_utf8)
    }
}

/// Whether the character at `at` belongs to the word before it though it is no letter: a mark, or an
/// apostrophe with a letter or digit behind it.
fn is_joint(text: &str, at: usize, next: usize) -> bool {
    let rest = &text[at..];
    rest.starts_with(is_mark)
        || (rest.starts_with(is_apostrophe) && is_inside(text, next) == Some(true))
}

/// Combining diacritical marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

pub fn words<'a>(text: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
    Words::indexed(text).map(|(_, word)| word)
}
