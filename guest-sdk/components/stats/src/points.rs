//! The moments of a cloud of points.

use crate::state::{Reader, Writer};

/// Means and sums of squared deviations, kept up with every point (Welford; Chan, Golub and LeVeque
/// for two clouds at once).
#[derive(Clone, Default)]
pub struct Points {
    count: f64,
    mean_x: f64,
    mean_y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

pub struct Fit {
    pub slope: f64,
    pub intercept: f64,
    pub r2: f64,
}

impl Points {
    pub fn add(&mut self, y: f64, x: f64) {
        self.count += 1.0;
        let (dx, dy) = (x - self.mean_x, y - self.mean_y);
        self.mean_x += dx / self.count;
        self.mean_y += dy / self.count;
        self.xx += dx * (x - self.mean_x);
        self.yy += dy * (y - self.mean_y);
        self.xy += dx * (y - self.mean_y);
    }

    pub fn remove(&mut self, y: f64, x: f64) {
        if self.count <= 1.0 {
            *self = Self::default();
            return;
        }
        self.count -= 1.0;
        let (dx, dy) = (x - self.mean_x, y - self.mean_y);
        self.mean_x -= dx / self.count;
        self.mean_y -= dy / self.count;
        self.xx -= dx * (x - self.mean_x);
        self.yy -= dy * (y - self.mean_y);
        self.xy -= dx * (y - self.mean_y);
    }

    pub fn merge(&mut self, other: &Self) {
        let count = self.count + other.count;
        if count == 0.0 {
            return;
        }
        let (dx, dy) = (other.mean_x - self.mean_x, other.mean_y - self.mean_y);
        let weight = self.count * other.count / count;
        self.xx += other.xx + dx * dx * weight;
        self.yy += other.yy + dy * dy * weight;
        self.xy += other.xy + dx * dy * weight;
        self.mean_x += dx * other.count / count;
        self.mean_y += dy * other.count / count;
        self.count = count;
    }

    pub fn fit(&self) -> Option<Fit> {
        if self.count < 2.0 || self.xx <= 0.0 {
            return None;
        }
        let slope = self.xy / self.xx;
        let r2 = if self.yy <= 0.0 { 1.0 } else { self.xy * self.xy / (self.xx * self.yy) };
        Some(Fit { slope, intercept: self.mean_y - slope * self.mean_x, r2 })
    }

    pub fn save(&self, to: &mut Writer) {
        for x in [self.count, self.mean_x, self.mean_y, self.xx, self.yy, self.xy] {
            to.number(x);
        }
    }

    pub fn restore(from: &mut Reader) -> Result<Self, String> {
        let mut next = || from.number();
        Ok(Self { count: next()?, mean_x: next()?, mean_y: next()?, xx: next()?, yy: next()?, xy: next()? })
    }
}
