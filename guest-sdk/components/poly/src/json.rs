//! SQL values as JSON.

use crate::bindings::calcite::extension::types::{Error, Json, SqlType, SqlValue};
use crate::{common, error, moment};
use std::fmt::Write;

pub fn check_names(args: &[SqlType]) -> Result<(), Error> {
    if args.len() % 2 != 0 {
        return Err(error(&format!("names and values come in pairs, these are {} arguments", args.len())));
    }
    for (i, t) in args.iter().enumerate().step_by(2) {
        if !matches!(t, SqlType::Varchar(_)) {
            return Err(error(&format!("argument {} is a name and has to be a text, not {}", i + 1, common::name(t))));
        }
    }
    Ok(())
}

pub fn object(args: &[SqlValue]) -> Result<SqlValue, Error> {
    Ok(SqlValue::Json(Json { text: format!("{{{}}}", members(args)?) }))
}

/// Names and values in turn, as they stand between the braces of an object.
pub fn members(args: &[SqlValue]) -> Result<String, Error> {
    let mut out = String::new();
    for pair in args.chunks(2) {
        let SqlValue::Text(name) = &pair[0] else {
            return Err(Error { sqlstate: "22004".to_string(), message: "a name is NULL".to_string() });
        };
        if !out.is_empty() {
            out.push(',');
        }
        quote(&mut out, name);
        out.push(':');
        push(&mut out, &pair[1]);
    }
    Ok(out)
}

pub fn array(args: &[SqlValue]) -> SqlValue {
    let mut out = String::from("[");
    for (i, value) in args.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        push(&mut out, value);
    }
    out.push(']');
    SqlValue::Json(Json { text: out })
}

fn push(out: &mut String, value: &SqlValue) {
    match value {
        SqlValue::Null => out.push_str("null"),
        SqlValue::Boolean(x) => out.push_str(if *x { "true" } else { "false" }),
        SqlValue::Int32(x) => out.push_str(&x.to_string()),
        SqlValue::Int64(x) => out.push_str(&x.to_string()),
        // JSON has no number for NaN and the infinities
        SqlValue::Float64(x) if !x.is_finite() => out.push_str("null"),
        SqlValue::Float64(x) => {
            let _ = write!(out, "{x:?}");
        }
        SqlValue::Decimal(x) => out.push_str(&common::decimal_text(x)),
        SqlValue::Text(x) => quote(out, x),
        SqlValue::Blob(x) => quote(out, &x.iter().map(|b| format!("{b:02x}")).collect::<String>()),
        SqlValue::Date(x) => quote(out, &moment::date(x.days.into())),
        SqlValue::Time(x) => quote(out, &moment::time(x.nanos)),
        SqlValue::Timestamp(x) => quote(out, &moment::timestamp(x.micros)),
        SqlValue::TimestampTz(x) => quote(out, &(moment::timestamp(x.micros) + "Z")),
        SqlValue::IntervalMonths(x) => quote(out, &format!("P{}M", x.months)),
        SqlValue::IntervalMicros(x) => quote(out, &moment::seconds(x.micros)),
        SqlValue::Uuid(x) => {
            let hex = format!("{:016x}{:016x}", x.hi, x.lo);
            let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
            quote(out, &parts.join("-"));
        }
        SqlValue::Json(x) => out.push_str(&x.text),
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
