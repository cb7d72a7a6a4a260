//! Geohashes: each character halves the cell five times, by longitude and latitude in turn.

use crate::bindings::exports::examples::geo::places::{Area, Point};
use crate::sphere;

const ALPHABET: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";
const LONGEST: usize = 12;
const EARTH: Area = Area { south: -90.0, west: -180.0, north: 90.0, east: 180.0 };

pub fn encode(p: Point, precision: u8) -> Result<String, String> {
    if !(1..=LONGEST as u8).contains(&precision) {
        return Err(format!("a geohash has 1 to {LONGEST} characters, not {precision}"));
    }
    if !(-90.0..=90.0).contains(&p.lat) {
        return Err(format!("latitude {} is not within -90 and 90", p.lat));
    }
    if !(-180.0..=180.0).contains(&p.lon) {
        return Err(format!("longitude {} is not within -180 and 180", p.lon));
    }
    let mut cell = EARTH;
    let mut by_longitude = true;
    let mut hash = String::with_capacity(precision as usize);
    for _ in 0..precision {
        let mut digit = 0;
        for _ in 0..5 {
            let upper = if by_longitude {
                p.lon >= (cell.west + cell.east) / 2.0
            } else {
                p.lat >= (cell.south + cell.north) / 2.0
            };
            digit = digit << 1 | usize::from(upper);
            halve(&mut cell, by_longitude, upper);
            by_longitude = !by_longitude;
        }
        hash.push(ALPHABET[digit] as char);
    }
    Ok(hash)
}

pub fn area(hash: &str) -> Result<Area, String> {
    let length = hash.chars().count();
    if !(1..=LONGEST).contains(&length) {
        return Err(format!("a geohash has 1 to {LONGEST} characters, '{hash}' has {length}"));
    }
    let mut cell = EARTH;
    let mut by_longitude = true;
    for c in hash.chars() {
        let lower = c.to_ascii_lowercase();
        let Some(digit) = ALPHABET.iter().position(|a| *a as char == lower) else {
            return Err(format!("'{c}' in '{hash}' is no character of a geohash (0-9, b-z without i, l, o)"));
        };
        for bit in (0..5).rev() {
            halve(&mut cell, by_longitude, digit >> bit & 1 == 1);
            by_longitude = !by_longitude;
        }
    }
    Ok(cell)
}

fn halve(cell: &mut Area, by_longitude: bool, upper: bool) {
    let (low, high) =
        if by_longitude { (&mut cell.west, &mut cell.east) } else { (&mut cell.south, &mut cell.north) };
    let middle = (*low + *high) / 2.0;
    *(if upper { low } else { high }) = middle;
}

pub fn middle(cell: Area) -> Point {
    Point { lat: (cell.south + cell.north) / 2.0, lon: (cell.west + cell.east) / 2.0 }
}

pub fn neighbors(hash: &str) -> Result<Vec<String>, String> {
    const AROUND: [(f64, f64); 8] = [
        (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (-1.0, 1.0), (-1.0, 0.0), (-1.0, -1.0), (0.0, -1.0), (1.0, -1.0),
    ];
    let cell = area(hash)?;
    let (height, width) = (cell.north - cell.south, cell.east - cell.west);
    let centre = middle(cell);
    AROUND
        .into_iter()
        .map(|(up, right)| Point {
            lat: centre.lat + up * height,
            lon: sphere::longitude(centre.lon + right * width),
        })
        .filter(|p| p.lat.abs() < 90.0)
        .map(|p| encode(p, hash.len() as u8))
        .collect()
}
