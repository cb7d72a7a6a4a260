//! Coordinates as people write them.

use crate::bindings::calcite::extension::types::Error;
use crate::bindings::exports::examples::geo::places::Point;

/// SQLSTATE of a text that is no value of the wanted type.
const INVALID_CHARACTER_VALUE: &str = "22018";
/// SQLSTATE of a number that is out of range.
const OUT_OF_RANGE: &str = "22003";

#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Latitude,
    Longitude,
}

impl Axis {
    fn name(self) -> &'static str {
        match self {
            Axis::Latitude => "latitude",
            Axis::Longitude => "longitude",
        }
    }

    fn limit(self) -> f64 {
        match self {
            Axis::Latitude => 90.0,
            Axis::Longitude => 180.0,
        }
    }

    fn letters(self) -> [char; 2] {
        match self {
            Axis::Latitude => ['N', 'S'],
            Axis::Longitude => ['E', 'W'],
        }
    }
}

pub fn parse_point(s: &str) -> Result<Point, Error> {
    let (lat, lon) = halves(s).ok_or_else(|| Error {
        sqlstate: INVALID_CHARACTER_VALUE.into(),
        message: format!(
            "'{s}' is no point: give latitude and longitude, as in '48.8584, 2.2945' or '48°51′30″N 2°17′40″E'"
        ),
    })?;
    Ok(Point { lat: coordinate(lat, Axis::Latitude)?, lon: coordinate(lon, Axis::Longitude)? })
}

/// Latitude and longitude, parted by a comma, after N or S, or else by the only white space.
fn halves(s: &str) -> Option<(&str, &str)> {
    let s = s.trim();
    let parted = s.split_once([',', ';']).or_else(|| {
        let at = s.find(['N', 'S', 'n', 's'])? + 1;
        Some((&s[..at], &s[at..]))
    });
    let (lat, lon) = parted.or_else(|| s.split_once(char::is_whitespace))?;
    let (lat, lon) = (lat.trim(), lon.trim());
    (!lat.is_empty() && !lon.is_empty()).then_some((lat, lon))
}

fn coordinate(text: &str, axis: Axis) -> Result<f64, Error> {
    let degrees = signed(text, axis).ok_or_else(|| Error {
        sqlstate: INVALID_CHARACTER_VALUE.into(),
        message: format!("'{text}' is no {}: degrees, or degrees, minutes and seconds", axis.name()),
    })?;
    if degrees.abs() > axis.limit() {
        return Err(out_of_range(degrees, axis));
    }
    Ok(degrees)
}

fn out_of_range(degrees: f64, axis: Axis) -> Error {
    Error {
        sqlstate: OUT_OF_RANGE.into(),
        message: format!("{} {degrees} is not within -{limit} and {limit}", axis.name(), limit = axis.limit()),
    }
}

/// Degrees with a sign or with a letter behind them.
fn signed(text: &str, axis: Axis) -> Option<f64> {
    let last = text.chars().next_back()?.to_ascii_uppercase();
    let [positive, negative] = axis.letters();
    if last == positive || last == negative {
        let degrees = sexagesimal(text[..text.len() - 1].trim_end())?;
        return Some(if last == negative { -degrees } else { degrees });
    }
    match text.strip_prefix(['-', '−']) {
        Some(rest) => sexagesimal(rest).map(|degrees| -degrees),
        None => sexagesimal(text.strip_prefix('+').unwrap_or(text)),
    }
}

/// `12.5`, `12°30′` or `12° 30' 15.5"`.
fn sexagesimal(text: &str) -> Option<f64> {
    let mut parts = text
        .split(['°', '′', '\'', '’', '″', '"', '”'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(number);
    let degrees = parts.next()??;
    let minutes = parts.next().unwrap_or(Some(0.0))?;
    let seconds = parts.next().unwrap_or(Some(0.0))?;
    let whole = parts.next().is_none() && minutes < 60.0 && seconds < 60.0;
    whole.then(|| degrees + minutes / 60.0 + seconds / 3600.0)
}

/// Digits and at most one point, nothing else that Rust would read as a number.
fn number(text: &str) -> Option<f64> {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.').then(|| text.parse().ok())?
}

pub fn format_point(p: Point) -> Result<String, Error> {
    let lat = format_coordinate(p.lat, Axis::Latitude)?;
    let lon = format_coordinate(p.lon, Axis::Longitude)?;
    Ok(format!("{lat} {lon}"))
}

fn format_coordinate(degrees: f64, axis: Axis) -> Result<String, Error> {
    if !(degrees.abs() <= axis.limit()) {
        return Err(out_of_range(degrees, axis));
    }
    let tenths = (degrees.abs() * 36_000.0).round() as u32;
    let letter = axis.letters()[usize::from(degrees < 0.0 && tenths > 0)];
    let (minutes, tenths) = (tenths / 600, tenths % 600);
    Ok(format!("{}°{:02}′{:02}.{}″{letter}", minutes / 60, minutes % 60, tenths / 10, tenths % 10))
}
