//! Words: runs of letters and digits; an apostrophe between two of them belongs to the word.

pub fn is_apostrophe(c: char) -> bool {
    c == '\'' || c == '’'
}

/// The words of `text` with the byte offset where each begins.
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    pub fn indexed(text: &'a str) -> Self {
        Words { text, at: 0 }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let mut start = self.at;
        while !is_inside(self.text, start)? {
            start += width(self.text, start);
        }
        let mut end = start;
        while let Some(inside) = is_inside(self.text, end) {
            let next = end + width(self.text, end);
            if !(inside || is_joint(self.text, end, next)) {
                break;
            }
            end = next;
        }
        self.at = end;
        Some((start, &self.text[start..end]))
    }
}

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
