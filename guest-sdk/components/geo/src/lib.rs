mod bindings;
mod degrees;
mod geohash;
mod polygon;
mod sphere;

use bindings::calcite::extension::types::Error;
use bindings::exports::examples::geo::places::{Area, CompassPoint, Guest, Hemispheres, Point};

#[global_allocator]
static ARENA: calcite_guest::Arena = calcite_guest::Arena;

struct Geo;

impl Guest for Geo {
    fn haversine(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
        sphere::distance(Point { lat: lat1, lon: lon1 }, Point { lat: lat2, lon: lon2 })
    }

    fn distance(a: Point, b: Point) -> f64 {
        sphere::distance(a, b)
    }

    fn path_length(points: Vec<Point>) -> f64 {
        points.windows(2).map(|leg| sphere::distance(leg[0], leg[1])).sum()
    }

    fn bearing(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
        sphere::bearing(Point { lat: lat1, lon: lon1 }, Point { lat: lat2, lon: lon2 })
    }

    fn compass(bearing: f64) -> Option<CompassPoint> {
        sphere::compass(bearing)
    }

    fn destination(start: Point, bearing: f64, km: f64) -> Point {
        sphere::destination(start, bearing, km)
    }

    fn midpoint(a: Point, b: Point) -> Point {
        sphere::midpoint(a, b)
    }

    fn within_box(lat: f64, lon: f64, south: f64, west: f64, north: f64, east: f64) -> bool {
        let between = if west <= east { lon >= west && lon <= east } else { lon >= west || lon <= east };
        lat >= south && lat <= north && between
    }

    fn within_polygon(p: Point, corners: Vec<Point>) -> bool {
        polygon::contains(&corners, p)
    }

    fn hemispheres_of(p: Point) -> Hemispheres {
        let sides = [
            (p.lat > 0.0, Hemispheres::NORTHERN),
            (p.lat < 0.0, Hemispheres::SOUTHERN),
            (p.lon > 0.0, Hemispheres::EASTERN),
            (p.lon < 0.0, Hemispheres::WESTERN),
        ];
        sides.into_iter().filter(|(is, _)| *is).fold(Hemispheres { bits: 0 }, |all, (_, side)| all | side)
    }

    fn geohash_encode(lat: f64, lon: f64, precision: u8) -> Result<String, String> {
        geohash::encode(Point { lat, lon }, precision)
    }

    fn geohash_decode(hash: String) -> Result<Point, String> {
        geohash::area(&hash).map(geohash::middle)
    }

    fn geohash_area(hash: String) -> Result<Area, String> {
        geohash::area(&hash)
    }

    fn geohash_neighbors(hash: String) -> Result<Vec<String>, String> {
        geohash::neighbors(&hash)
    }

    fn parse_point(s: String) -> Result<Point, Error> {
        degrees::parse_point(&s)
    }

    fn format_point(p: Point) -> Result<String, Error> {
        degrees::format_point(p)
    }
}

bindings::export!(Geo with_types_in bindings);
