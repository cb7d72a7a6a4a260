//! Polygons in the plane of latitude and longitude.

use crate::bindings::exports::examples::geo::places::Point;

/// Whether a ray from `p` to the east leaves the polygon an odd number of times.
pub fn contains(corners: &[Point], p: Point) -> bool {
    let Some(mut from) = corners.last() else {
        return false;
    };
    let mut inside = false;
    for to in corners {
        if (from.lat > p.lat) != (to.lat > p.lat) {
            let crossing = from.lon + (p.lat - from.lat) / (to.lat - from.lat) * (to.lon - from.lon);
            inside ^= p.lon < crossing;
        }
        from = to;
    }
    inside
}
