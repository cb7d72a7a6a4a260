//! SQL values as bytes: equal values are equal bytes.

use crate::bindings::calcite::extension::types::{
    Date, Decimal, Error, IntervalMicros, IntervalMonths, Json, SqlValue, Time, Timestamp, TimestampTz, Uuid,
};
use crate::error;
use std::cmp::Ordering;

pub fn encode(value: &SqlValue) -> Vec<u8> {
    let (tag, payload) = match value {
        SqlValue::Null => (0, vec![]),
        SqlValue::Boolean(x) => (1, vec![u8::from(*x)]),
        SqlValue::Int32(x) => (2, x.to_le_bytes().to_vec()),
        SqlValue::Int64(x) => (3, x.to_le_bytes().to_vec()),
        // 0.0 and -0.0 are the same number, all NaN the same none
        SqlValue::Float64(x) if x.is_nan() => (4, f64::NAN.to_le_bytes().to_vec()),
        SqlValue::Float64(x) => (4, (x + 0.0).to_le_bytes().to_vec()),
        SqlValue::Decimal(x) => (5, decimal(x)),
        SqlValue::Text(x) => (6, x.clone().into_bytes()),
        SqlValue::Blob(x) => (7, x.clone()),
        SqlValue::Date(x) => (8, x.days.to_le_bytes().to_vec()),
        SqlValue::Time(x) => (9, x.nanos.to_le_bytes().to_vec()),
        SqlValue::Timestamp(x) => (10, x.micros.to_le_bytes().to_vec()),
        SqlValue::TimestampTz(x) => (11, x.micros.to_le_bytes().to_vec()),
        SqlValue::IntervalMonths(x) => (12, x.months.to_le_bytes().to_vec()),
        SqlValue::IntervalMicros(x) => (13, x.micros.to_le_bytes().to_vec()),
        SqlValue::Uuid(x) => (14, [x.hi.to_be_bytes(), x.lo.to_be_bytes()].concat()),
        SqlValue::Json(x) => (15, x.text.clone().into_bytes()),
    };
    [vec![tag], payload].concat()
}

fn unscaled(x: &Decimal) -> i128 {
    (i128::from(x.hi) << 64) | i128::from(x.lo)
}

/// Without zeros at the end: 1.50 is 1.5.
fn decimal(x: &Decimal) -> Vec<u8> {
    let (mut digits, mut scale) = (unscaled(x), x.scale);
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    [vec![scale], digits.to_le_bytes().to_vec()].concat()
}

pub fn decode(bytes: &[u8]) -> Result<SqlValue, Error> {
    let (tag, payload) = bytes.split_first().ok_or_else(|| error("a saved value has no type"))?;
    Ok(match tag {
        0 => SqlValue::Null,
        1 => SqlValue::Boolean(array::<1>(payload)?[0] != 0),
        2 => SqlValue::Int32(i32::from_le_bytes(array(payload)?)),
        3 => SqlValue::Int64(i64::from_le_bytes(array(payload)?)),
        4 => SqlValue::Float64(f64::from_le_bytes(array(payload)?)),
        5 => {
            let (scale, digits) = payload.split_first().ok_or_else(|| error("a saved decimal is cut"))?;
            let digits = i128::from_le_bytes(array(digits)?);
            SqlValue::Decimal(Decimal { hi: (digits >> 64) as i64, lo: digits as u64, scale: *scale })
        }
        6 => SqlValue::Text(text(payload)?),
        7 => SqlValue::Blob(payload.to_vec()),
        8 => SqlValue::Date(Date { days: i32::from_le_bytes(array(payload)?) }),
        9 => SqlValue::Time(Time { nanos: i64::from_le_bytes(array(payload)?) }),
        10 => SqlValue::Timestamp(Timestamp { micros: i64::from_le_bytes(array(payload)?) }),
        11 => SqlValue::TimestampTz(TimestampTz { micros: i64::from_le_bytes(array(payload)?) }),
        12 => SqlValue::IntervalMonths(IntervalMonths { months: i32::from_le_bytes(array(payload)?) }),
        13 => SqlValue::IntervalMicros(IntervalMicros { micros: i64::from_le_bytes(array(payload)?) }),
        14 => {
            let both = u128::from_be_bytes(array(payload)?);
            SqlValue::Uuid(Uuid { hi: (both >> 64) as u64, lo: both as u64 })
        }
        15 => SqlValue::Json(Json { text: text(payload)? }),
        _ => return Err(error("a saved value has no known type")),
    })
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Error> {
    bytes.try_into().map_err(|_| error("a saved value is cut"))
}

fn text(bytes: &[u8]) -> Result<String, Error> {
    String::from_utf8(bytes.to_vec()).map_err(|_| error("a saved text is no text"))
}

/// Whether one of two values of a type comes before the other.
pub fn less(a: &SqlValue, b: &SqlValue) -> bool {
    let order = match (a, b) {
        (SqlValue::Boolean(a), SqlValue::Boolean(b)) => a.cmp(b),
        (SqlValue::Int32(a), SqlValue::Int32(b)) => a.cmp(b),
        (SqlValue::Int64(a), SqlValue::Int64(b)) => a.cmp(b),
        (SqlValue::Float64(a), SqlValue::Float64(b)) => a.total_cmp(b),
        (SqlValue::Decimal(a), SqlValue::Decimal(b)) => decimals(a, b),
        (SqlValue::Date(a), SqlValue::Date(b)) => a.days.cmp(&b.days),
        (SqlValue::Time(a), SqlValue::Time(b)) => a.nanos.cmp(&b.nanos),
        (SqlValue::Timestamp(a), SqlValue::Timestamp(b)) => a.micros.cmp(&b.micros),
        (SqlValue::TimestampTz(a), SqlValue::TimestampTz(b)) => a.micros.cmp(&b.micros),
        (SqlValue::IntervalMonths(a), SqlValue::IntervalMonths(b)) => a.months.cmp(&b.months),
        (SqlValue::IntervalMicros(a), SqlValue::IntervalMicros(b)) => a.micros.cmp(&b.micros),
        _ => encode(a).cmp(&encode(b)),
    };
    order == Ordering::Less
}

/// Whole parts first, then fractions as digits of one length: nothing overflows.
fn decimals(a: &Decimal, b: &Decimal) -> Ordering {
    let parts = |x: &Decimal| {
        let unit = 10_i128.pow(x.scale.min(38).into());
        let digits = unscaled(x);
        let fraction = digits.rem_euclid(unit);
        (digits.div_euclid(unit), fraction * 10_i128.pow((38 - x.scale.min(38)).into()))
    };
    parts(a).cmp(&parts(b))
}

/// A number and some bytes, to be read again.
pub fn write(to: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    to.extend(number.to_le_bytes());
    to.extend((bytes.len() as u32).to_le_bytes());
    to.extend(bytes);
}

pub fn read<'a>(from: &mut &'a [u8]) -> Result<(u64, &'a [u8]), Error> {
    let cut = || error("a saved state is cut");
    let (number, rest) = from.split_first_chunk::<8>().ok_or_else(cut)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
    let (bytes, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(cut)?;
    *from = rest;
    Ok((u64::from_le_bytes(*number), bytes))
}
