//! Currencies: codes, signs, decimals.

use crate::amount::{error, Amount, INVALID_PARAMETER};
use crate::bindings::calcite::extension::types::Error;
use crate::bindings::exports::examples::money::amounts::Currency;

pub struct Details {
    pub currency: Currency,
    pub code: &'static str,
    /// Before the number; the code and a blank where it is empty.
    pub sign: &'static str,
    pub decimals: u8,
}

const fn details_of(currency: Currency, code: &'static str, sign: &'static str, decimals: u8) -> Details {
    Details { currency, code, sign, decimals }
}

/// In the order of the enum.
pub static CURRENCIES: [Details; 20] = [
    details_of(Currency::Aud, "AUD", "A$", 2),
    details_of(Currency::Brl, "BRL", "R$", 2),
    details_of(Currency::Cad, "CAD", "C$", 2),
    details_of(Currency::Chf, "CHF", "", 2),
    details_of(Currency::Cny, "CNY", "CN¥", 2),
    details_of(Currency::Czk, "CZK", "", 2),
    details_of(Currency::Dkk, "DKK", "", 2),
    details_of(Currency::Eur, "EUR", "€", 2),
    details_of(Currency::Gbp, "GBP", "£", 2),
    details_of(Currency::Inr, "INR", "₹", 2),
    details_of(Currency::Jpy, "JPY", "¥", 0),
    details_of(Currency::Krw, "KRW", "₩", 0),
    details_of(Currency::Kwd, "KWD", "", 3),
    details_of(Currency::Mxn, "MXN", "MX$", 2),
    details_of(Currency::Nok, "NOK", "", 2),
    details_of(Currency::Pln, "PLN", "zł", 2),
    details_of(Currency::Sek, "SEK", "", 2),
    details_of(Currency::Try, "TRY", "₺", 2),
    details_of(Currency::Usd, "USD", "$", 2),
    details_of(Currency::Zar, "ZAR", "", 2),
];

pub fn details(currency: Currency) -> &'static Details {
    &CURRENCIES[currency as usize]
}

pub fn named(code: &str) -> Result<&'static Details, Error> {
    CURRENCIES.iter().find(|c| c.code.eq_ignore_ascii_case(code.trim())).ok_or_else(|| {
        let known: Vec<&str> = CURRENCIES.iter().map(|c| c.code).collect();
        error(INVALID_PARAMETER, format!("'{code}' is no currency known here: {}", known.join(", ")))
    })
}

/// The currency whose code or sign `text` contains: the longest sign, so that 'A$5' is no 'usd'.
pub fn mentioned(text: &str) -> Option<Currency> {
    let letters = |word: &str| CURRENCIES.iter().find(|c| c.code.eq_ignore_ascii_case(word)).map(|c| c.currency);
    let by_code = text.split(|c: char| !c.is_ascii_alphabetic()).find_map(letters);
    by_code.or_else(|| {
        CURRENCIES
            .iter()
            .filter(|c| !c.sign.is_empty() && text.contains(c.sign))
            .max_by_key(|c| c.sign.len())
            .map(|c| c.currency)
    })
}

impl Details {
    pub fn format(&self, amount: Amount) -> Result<String, Error> {
        let amount = amount.rounded(self.decimals)?;
        let digits = format!("{:0>1$}", amount.unscaled.unsigned_abs(), self.decimals as usize + 1);
        let (whole, decimals) = digits.split_at(digits.len() - self.decimals as usize);
        let mut out = String::from(if amount.unscaled < 0 { "-" } else { "" });
        if self.sign.is_empty() {
            out.push_str(self.code);
            out.push('\u{a0}');
        } else {
            out.push_str(self.sign);
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            out.push('.');
            out.push_str(decimals);
        }
        Ok(out)
    }
}
