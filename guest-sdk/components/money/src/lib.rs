mod amount;
mod bindings;
mod currency;
mod division;
mod parse;
mod wide;

use amount::{Amount, INVALID_PARAMETER};
use bindings::calcite::extension::types::{Decimal, Error};
use bindings::exports::examples::money::amounts::{Currency, Guest};

#[global_allocator]
static ARENA: calcite_guest::Arena = calcite_guest::Arena;

struct Money;

impl Guest for Money {
    fn parse_money(s: String) -> Result<Decimal, Error> {
        parse::amount(&s).map(Decimal::from)
    }

    fn currency_of(s: String) -> Option<Currency> {
        currency::mentioned(&s)
    }

    fn format_money(amount: Decimal, currency: String) -> Result<String, Error> {
        currency::named(&currency)?.format(amount.into())
    }

    fn minor_units(of: Currency) -> u8 {
        currency::details(of).decimals
    }

    fn convert(amount: Decimal, rate: Decimal, scale: u8) -> Result<Decimal, Error> {
        Amount::from(amount).times(rate.into(), scale).map(Decimal::from)
    }

    fn round_half_even(amount: Decimal, scale: u8) -> Result<Decimal, Error> {
        Amount::from(amount).rounded(scale).map(Decimal::from)
    }

    fn add_tax(net: Decimal, percent: Decimal) -> Result<Decimal, Error> {
        let net = Amount::from(net);
        net.times(one_and(percent)?, net.scale).map(Decimal::from)
    }

    fn without_tax(gross: Decimal, percent: Decimal) -> Result<Decimal, Error> {
        let factor = one_and(percent)?;
        if factor.unscaled <= 0 {
            return Err(amount::error(INVALID_PARAMETER, "a tax of -100 per cent or less leaves nothing to divide".into()));
        }
        Amount::from(gross).divided_by(factor).map(Decimal::from)
    }

    fn split_evenly(amount: Decimal, parts: u32) -> Result<Vec<Decimal>, Error> {
        division::evenly(amount.into(), parts).map(decimals)
    }

    fn allocate(amount: Decimal, weights: Vec<u32>) -> Result<Vec<Decimal>, Error> {
        division::by_weights(amount.into(), &weights).map(decimals)
    }
}

/// 1 + percent / 100.
fn one_and(percent: Decimal) -> Result<Amount, Error> {
    let percent = Amount::from(percent);
    let hundred = Amount { unscaled: 100, scale: 0 }.rounded(percent.scale)?;
    let unscaled = hundred.unscaled.checked_add(percent.unscaled).ok_or_else(amount::too_large)?;
    Ok(Amount { unscaled, scale: percent.scale + 2 })
}

fn decimals(amounts: Vec<Amount>) -> Vec<Decimal> {
    amounts.into_iter().map(Decimal::from).collect()
}

bindings::export!(Money with_types_in bindings);
