//! Values of whole columns.

use crate::bindings::calcite::extension::types::{
    Bytes, Column, Date, Decimal, Error, IntervalMicros, IntervalMonths, SqlType, SqlValue, Time, Timestamp,
    TimestampTz,
};
use crate::error;

/// The value of a row. Of columns that hold several types the declared one says which it is.
pub fn value(column: &Column, row: usize, t: &SqlType) -> Result<SqlValue, Error> {
    let short = || error("a column is shorter than its block");
    let present = |validity: &[u8]| validity.is_empty() || validity.get(row).is_some_and(|v| *v != 0);
    Ok(match column {
        Column::Constant(value) => value.clone(),
        Column::Dynamic(values) => values.get(row).ok_or_else(short)?.clone(),
        Column::Bools(c) if present(&c.validity) => {
            SqlValue::Boolean(*c.values.get(row).ok_or_else(short)? != 0)
        }
        Column::Int32s(c) if present(&c.validity) => {
            let x = *c.values.get(row).ok_or_else(short)?;
            match t {
                SqlType::Date => SqlValue::Date(Date { days: x }),
                SqlType::IntervalMonths => SqlValue::IntervalMonths(IntervalMonths { months: x }),
                _ => SqlValue::Int32(x),
            }
        }
        Column::Int64s(c) if present(&c.validity) => {
            let x = *c.values.get(row).ok_or_else(short)?;
            match t {
                SqlType::Time => SqlValue::Time(Time { nanos: x }),
                SqlType::Timestamp => SqlValue::Timestamp(Timestamp { micros: x }),
                SqlType::TimestampTz => SqlValue::TimestampTz(TimestampTz { micros: x }),
                SqlType::IntervalMicros => SqlValue::IntervalMicros(IntervalMicros { micros: x }),
                _ => SqlValue::Int64(x),
            }
        }
        Column::Float64s(c) if present(&c.validity) => SqlValue::Float64(*c.values.get(row).ok_or_else(short)?),
        Column::Decimals(c) if present(&c.validity) => {
            let limbs = c.limbs.get(2 * row..2 * row + 2).ok_or_else(short)?;
            SqlValue::Decimal(Decimal { hi: limbs[1] as i64, lo: limbs[0], scale: c.scale })
        }
        Column::Texts(c) if present(&c.validity) => {
            let text = String::from_utf8(slice(c, row).ok_or_else(short)?.to_vec());
            SqlValue::Text(text.map_err(|_| error("a text is no UTF-8"))?)
        }
        Column::Blobs(c) if present(&c.validity) => SqlValue::Blob(slice(c, row).ok_or_else(short)?.to_vec()),
        _ => SqlValue::Null,
    })
}

fn slice(column: &Bytes, row: usize) -> Option<&[u8]> {
    let (from, to) = (*column.offsets.get(row)?, *column.offsets.get(row + 1)?);
    column.data.get(from as usize..to as usize)
}
