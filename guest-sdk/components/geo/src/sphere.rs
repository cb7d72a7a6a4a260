//! Great circles on a sphere.

use crate::bindings::exports::examples::geo::places::{CompassPoint, Point};

/// Mean radius of the Earth (IUGG) in kilometres.
const RADIUS: f64 = 6371.0088;

pub fn distance(a: Point, b: Point) -> f64 {
    let (lat1, lat2) = (a.lat.to_radians(), b.lat.to_radians());
    let dlat = ((b.lat - a.lat).to_radians() / 2.0).sin();
    let dlon = ((b.lon - a.lon).to_radians() / 2.0).sin();
    let h = dlat * dlat + lat1.cos() * lat2.cos() * dlon * dlon;
    // rounding can carry `h` past 1 for antipodes; NaN stays NaN
    let h = if h > 1.0 { 1.0 } else { h };
    2.0 * RADIUS * h.sqrt().atan2((1.0 - h).sqrt())
}

pub fn bearing(a: Point, b: Point) -> f64 {
    let (lat1, lat2) = (a.lat.to_radians(), b.lat.to_radians());
    let dlon = (b.lon - a.lon).to_radians();
    let y = dlon.sin() * lat2.cos();
    let x = lat1.cos() * lat2.sin() - lat1.sin() * lat2.cos() * dlon.cos();
    turn(y.atan2(x).to_degrees())
}

/// The same direction from 0 up to but not including 360 degrees.
fn turn(degrees: f64) -> f64 {
    let turned = degrees.rem_euclid(360.0);
    // what is just below 0 rounds up to 360
    if turned >= 360.0 { 0.0 } else { turned }
}

pub fn compass(bearing: f64) -> Option<CompassPoint> {
    use CompassPoint::*;
    const POINTS: [CompassPoint; 16] =
        [N, Nne, Ne, Ene, E, Ese, Se, Sse, S, Ssw, Sw, Wsw, W, Wnw, Nw, Nnw];
    bearing.is_finite().then(|| POINTS[(turn(bearing) / 22.5).round() as usize % 16])
}

pub fn destination(start: Point, bearing: f64, km: f64) -> Point {
    let (lat, course, angle) = (start.lat.to_radians(), bearing.to_radians(), km / RADIUS);
    let end = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * course.cos()).clamp(-1.0, 1.0).asin();
    let east = course.sin() * angle.sin() * lat.cos();
    let dlon = east.atan2(angle.cos() - lat.sin() * end.sin());
    Point { lat: end.to_degrees(), lon: longitude(start.lon + dlon.to_degrees()) }
}

pub fn midpoint(a: Point, b: Point) -> Point {
    let (lat1, lat2) = (a.lat.to_radians(), b.lat.to_radians());
    let dlon = (b.lon - a.lon).to_radians();
    let (x, y) = (lat2.cos() * dlon.cos(), lat2.cos() * dlon.sin());
    let lat = (lat1.sin() + lat2.sin()).atan2((lat1.cos() + x).hypot(y));
    let lon = y.atan2(lat1.cos() + x);
    Point { lat: lat.to_degrees(), lon: longitude(a.lon + lon.to_degrees()) }
}

/// The same meridian from −180 up to but not including 180 degrees.
pub fn longitude(degrees: f64) -> f64 {
    if (-180.0..180.0).contains(&degrees) {
        return degrees;
    }
    turn(degrees + 180.0) - 180.0
}
