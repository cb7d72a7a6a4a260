//! Texts as tables.

use crate::bindings::exports::examples::text::splitting::{Guest, Ngram, Token};
use crate::bindings::exports::examples::text::strings::Guest as Strings;
use crate::words::{words, Words};
use crate::Text;

impl Guest for Text {
    fn tokens(doc: String) -> Vec<Token> {
        let words = Words::indexed(&doc);
        let mut tokens = Vec::with_capacity(words.size_hint().0);
        let ascii = doc.is_ascii();
        let (mut counted, mut characters) = (0, 0);
        for (at, word) in words {
            characters += if ascii { at - counted } else { doc[counted..at].chars().count() };
            counted = at;
            tokens.push(Token {
                ordinal: tokens.len() as u32 + 1,
                token: word.to_string(),
                begins_at: characters as u32 + 1,
            });
        }
        tokens
    }

    fn ngrams(doc: String, n: u32) -> Result<Vec<Ngram>, String> {
        if n == 0 {
            return Err("an n-gram has at least one word, n is 0".to_string());
        }
        let normal = Self::normalize(doc);
        let all: Vec<&str> = words(&normal).collect();
        let ngrams = all.windows(n as usize).enumerate();
        Ok(ngrams.map(|(i, run)| Ngram { ordinal: i as u32 + 1, ngram: run.join(" ") }).collect())
    }
}
