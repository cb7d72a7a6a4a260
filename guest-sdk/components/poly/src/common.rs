//! The type that several types have in common.

use crate::bindings::calcite::extension::types::{Decimal, Error, SqlType, SqlValue};
use crate::error;

/// Digits of the integer types.
fn digits(t: &SqlType) -> Option<u8> {
    match t {
        SqlType::Tinyint => Some(3),
        SqlType::Smallint => Some(5),
        SqlType::Integer => Some(10),
        SqlType::Bigint => Some(19),
        _ => None,
    }
}

/// The type that all have or widen to. NULL literals are of type `any` and fit everywhere.
pub fn type_of_all(types: &[SqlType]) -> Result<SqlType, Error> {
    let mut known = types.iter().enumerate().filter(|(_, t)| **t != SqlType::Any);
    let Some((_, first)) = known.next() else {
        return Err(error(if types.is_empty() {
            "at least one argument is needed"
        } else {
            "at least one argument needs a type"
        }));
    };
    known.try_fold(first.clone(), |common, (i, t)| {
        of_two(&common, t).ok_or_else(|| {
            error(&format!("argument {} is {}, those before it are {}", i + 1, name(t), name(&common)))
        })
    })
}

fn of_two(a: &SqlType, b: &SqlType) -> Option<SqlType> {
    if a == b {
        return Some(a.clone());
    }
    match (a, b) {
        (SqlType::Varchar(m), SqlType::Varchar(n)) => Some(SqlType::Varchar(m.zip(*n).map(|(m, n)| m.max(n)))),
        (SqlType::Varbinary(m), SqlType::Varbinary(n)) => {
            Some(SqlType::Varbinary(m.zip(*n).map(|(m, n)| m.max(n))))
        }
        _ => number(a, b),
    }
}

fn number(a: &SqlType, b: &SqlType) -> Option<SqlType> {
    let approximate = |t: &SqlType| matches!(t, SqlType::Real | SqlType::Double);
    let exact = |t: &SqlType| match t {
        SqlType::Decimal((precision, scale)) => Some((precision - scale, *scale)),
        _ => digits(t).map(|digits| (digits, 0)),
    };
    if approximate(a) || approximate(b) {
        let numbers = [a, b].iter().all(|t| approximate(t) || exact(t).is_some());
        return numbers.then_some(SqlType::Double);
    }
    let ((a_whole, a_scale), (b_whole, b_scale)) = (exact(a)?, exact(b)?);
    if let (Some(m), Some(n)) = (digits(a), digits(b)) {
        return Some(if m > n { a.clone() } else { b.clone() });
    }
    let scale = a_scale.max(b_scale);
    Some(SqlType::Decimal(((a_whole.max(b_whole) + scale).min(38), scale)))
}

/// A value as the type that `type_of_all` has found for it.
pub fn widen(value: SqlValue, to: &SqlType) -> Result<SqlValue, Error> {
    Ok(match (to, value) {
        (SqlType::Bigint, SqlValue::Int32(x)) => SqlValue::Int64(x.into()),
        (SqlType::Decimal(_), SqlValue::Int32(x)) => SqlValue::Decimal(whole(x.into())),
        (SqlType::Decimal(_), SqlValue::Int64(x)) => SqlValue::Decimal(whole(x)),
        (SqlType::Double, SqlValue::Int32(x)) => SqlValue::Float64(x.into()),
        (SqlType::Double, SqlValue::Int64(x)) => SqlValue::Float64(x as f64),
        (SqlType::Double, SqlValue::Decimal(x)) => {
            SqlValue::Float64(decimal_text(&x).parse().map_err(|_| error("a decimal is out of range"))?)
        }
        (_, value) => value,
    })
}

fn whole(x: i64) -> Decimal {
    Decimal { hi: x >> 63, lo: x as u64, scale: 0 }
}

pub fn decimal_text(x: &Decimal) -> String {
    let unscaled = (i128::from(x.hi) << 64) | i128::from(x.lo);
    let scale = usize::from(x.scale);
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if unscaled < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// As SQL writes the type.
pub fn name(t: &SqlType) -> String {
    let sized = |name: &str, length: &Option<u32>| match length {
        Some(length) => format!("{name}({length})"),
        None => name.to_string(),
    };
    match t {
        SqlType::Boolean => "BOOLEAN".to_string(),
        SqlType::Tinyint => "TINYINT".to_string(),
        SqlType::Smallint => "SMALLINT".to_string(),
        SqlType::Integer => "INTEGER".to_string(),
        SqlType::Bigint => "BIGINT".to_string(),
        SqlType::Real => "REAL".to_string(),
        SqlType::Double => "DOUBLE".to_string(),
        SqlType::Decimal((precision, scale)) => format!("DECIMAL({precision}, {scale})"),
        SqlType::Varchar(length) => sized("VARCHAR", length),
        SqlType::Varbinary(length) => sized("VARBINARY", length),
        SqlType::Date => "DATE".to_string(),
        SqlType::Time => "TIME".to_string(),
        SqlType::Timestamp => "TIMESTAMP".to_string(),
        SqlType::TimestampTz => "TIMESTAMP WITH LOCAL TIME ZONE".to_string(),
        SqlType::IntervalMonths => "INTERVAL YEAR TO MONTH".to_string(),
        SqlType::IntervalMicros => "INTERVAL DAY TO SECOND".to_string(),
        SqlType::Uuid => "UUID".to_string(),
        SqlType::Json => "JSON".to_string(),
        SqlType::Any => "ANY".to_string(),
    }
}
