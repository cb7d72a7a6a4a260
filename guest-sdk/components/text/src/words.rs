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
        let start = self.at + self.text[self.at..].find(char::is_alphanumeric)?;
        let mut rest = self.text[start..].char_indices().peekable();
        let mut end = start;
        while let Some((offset, c)) = rest.next() {
            let inside = is_apostrophe(c) && rest.peek().is_some_and(|(_, d)| d.is_alphanumeric());
            if !c.is_alphanumeric() && !inside && !is_mark(c) {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        self.at = end;
        Some((start, &self.text[start..end]))
    }
}

/// Combining diacritical marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

pub fn words<'a>(text: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
    Words::indexed(text).map(|(_, word)| word)
}
