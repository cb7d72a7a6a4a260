//! Amounts as people write them.

use crate::amount::{error, too_large, Amount, INVALID_CHARACTER_VALUE, MOST_DIGITS};
use crate::bindings::calcite::extension::types::Error;
use crate::currency::CURRENCIES;

pub fn amount(text: &str) -> Result<Amount, Error> {
    let refuse = |why: String| error(INVALID_CHARACTER_VALUE, format!("'{text}' is no amount of money: {why}"));
    let (negative, bare) = peeled(text);
    match bare.chars().find(|c| !c.is_ascii_digit() && !is_mark(*c)) {
        _ if !bare.contains(|c: char| c.is_ascii_digit()) => return Err(refuse("it has no digits".into())),
        Some(c) => return Err(refuse(format!("'{c}' has no place there"))),
        None => {}
    }
    let (digits, scale) = number(bare).map_err(refuse)?;
    let significant = digits.trim_start_matches('0');
    if significant.len() > MOST_DIGITS as usize || scale > MOST_DIGITS as usize {
        return Err(too_large());
    }
    let size: i128 = significant.bytes().fold(0, |n, d| n * 10 + i128::from(d - b'0'));
    Ok(Amount { unscaled: if negative { -size } else { size }, scale: scale as u8 })
}

/// Whether the amount is negative, and its number without one sign or pair of parentheses and without
/// one currency, in whatever order they stand around it.
fn peeled(text: &str) -> (bool, &str) {
    let mut rest = text.trim();
    let mut negative = None;
    let mut with_currency = true;
    loop {
        if negative.is_none() {
            if let Some((sign, inner)) = without_sign(rest) {
                negative = Some(sign);
                rest = inner.trim();
                continue;
            }
        }
        match without_currency(rest) {
            Some(inner) if with_currency => {
                with_currency = false;
                rest = inner.trim();
            }
            _ => return (negative == Some(true), rest),
        }
    }
}

/// Whether the sign says negative, and what stands beside it.
fn without_sign(text: &str) -> Option<(bool, &str)> {
    if let Some(inner) = text.strip_prefix('(') {
        return inner.strip_suffix(')').map(|inner| (true, inner));
    }
    if let Some(inner) = text.strip_prefix('+') {
        return Some((false, inner));
    }
    text.strip_prefix(['-', '−']).or_else(|| text.strip_suffix(['-', '−'])).map(|inner| (true, inner))
}

/// What stands before or behind the longest code or sign of a currency at an end of the text.
fn without_currency(text: &str) -> Option<&str> {
    let names = CURRENCIES.iter().flat_map(|c| [c.code, c.sign]).filter(|name| !name.is_empty());
    names.filter_map(|n| strip_front(text, n).or_else(|| strip_back(text, n))).min_by_key(|rest| rest.len())
}

fn strip_front<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let head = text.get(..name.len())?;
    head.eq_ignore_ascii_case(name).then(|| &text[name.len()..])
}

fn strip_back<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(name.len())?;
    text.get(at..)?.eq_ignore_ascii_case(name).then(|| &text[..at])
}

/// Between groups of digits, or before the decimals.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’') || c.is_whitespace()
}

/// All digits, and how many of them stand behind the decimal mark.
fn number(text: &str) -> Result<(String, usize), String> {
    let decimal_at = decimal_mark(text);
    let (whole, decimals) = match decimal_at {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    if let Some(c) = decimals.chars().find(|c| !c.is_ascii_digit()) {
        return Err(format!("'{c}' stands behind the decimal mark"));
    }
    let mut groups = whole.split(is_mark);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let marks: Vec<char> = whole.chars().filter(|c| is_mark(*c)).collect();
    if marks.iter().any(|mark| *mark != marks[0]) {
        return Err("its groups of digits are parted by different marks".into());
    }
    if !rest.is_empty() && (!(1..=3).contains(&first.len()) || rest.iter().any(|group| group.len() != 3)) {
        return Err("its groups have not three digits".into());
    }
    Ok((first.to_string() + &rest.concat() + decimals, decimals.len()))
}

/// Byte offset of the mark that parts the decimals: the last dot or comma, if it occurs once and is
/// not a comma before exactly three digits with nothing else to tell what it means.
fn decimal_mark(text: &str) -> Option<usize> {
    let at = text.rfind(['.', ','])?;
    let mark = &text[at..=at];
    let other = text[..at].contains(is_mark);
    if text.matches(mark).count() > 1 {
        return None;
    }
    let whole = &text[..at];
    let grouping = mark == "," && !other && text.len() - at == 4 && (1..=3).contains(&whole.len()) && whole != "0";
    (!grouping).then_some(at)
}
