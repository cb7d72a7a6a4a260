//! The aggregates over numbers.

use crate::bindings::exports::examples::stats::numbers::{
    self, CountNullsBorrow, Guest, GuestCountNulls, GuestHyperloglog, GuestLinearRegression, GuestMedian,
    GuestMovingAverage, GuestPercentile, HyperloglogBorrow, Line, LinearRegressionBorrow, MedianBorrow,
    MovingAverageBorrow, PercentileBorrow,
};
use crate::exact::ExactSum;
use crate::points::Points;
use crate::sample::Sample;
use crate::sketch::{mix, Sketch};
use crate::state::{Reader, Writer};
use crate::Stats;
use std::cell::{Cell, RefCell};

impl Guest for Stats {
    type Median = Median;
    type Percentile = Percentile;
    type MovingAverage = MovingAverage;
    type LinearRegression = LinearRegression;
    type Hyperloglog = Hyperloglog;
    type CountNulls = CountNulls;
}

fn saved(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut to = Writer::default();
    write(&mut to);
    to.finish()
}

#[derive(Default)]
pub struct Median(RefCell<Sample>);

impl GuestMedian for Median {
    fn new() -> Self {
        Self::default()
    }

    fn step(&self, x: f64) {
        self.0.borrow_mut().add(x);
    }

    fn inverse(&self, x: f64) {
        self.0.borrow_mut().remove(x);
    }

    fn merge(&self, other: MedianBorrow) {
        self.0.borrow_mut().merge(&other.get::<Self>().0.borrow());
    }

    fn value(&self) -> Option<f64> {
        self.0.borrow_mut().median()
    }

    fn save(&self) -> Vec<u8> {
        saved(|to| self.0.borrow().save(to))
    }

    fn restore(state: Vec<u8>) -> Result<numbers::Median, String> {
        let sample = Sample::restore(&mut Reader::new(&state))?;
        Ok(numbers::Median::new(Self(RefCell::new(sample))))
    }
}

pub struct Percentile {
    fraction: f64,
    sample: RefCell<Sample>,
}

impl GuestPercentile for Percentile {
    fn new(fraction: f64) -> Self {
        Self { fraction, sample: RefCell::default() }
    }

    fn step(&self, x: f64) {
        self.sample.borrow_mut().add(x);
    }

    fn inverse(&self, x: f64) {
        self.sample.borrow_mut().remove(x);
    }

    fn merge(&self, other: PercentileBorrow) {
        self.sample.borrow_mut().merge(&other.get::<Self>().sample.borrow());
    }

    fn value(&self) -> Result<Option<f64>, String> {
        if !(0.0..=1.0).contains(&self.fraction) {
            return Err(format!("the fraction {} is not from 0 to 1", self.fraction));
        }
        Ok(self.sample.borrow_mut().quantile(self.fraction))
    }

    fn save(&self) -> Vec<u8> {
        saved(|to| {
            to.number(self.fraction);
            self.sample.borrow().save(to);
        })
    }

    fn restore(state: Vec<u8>) -> Result<numbers::Percentile, String> {
        let mut from = Reader::new(&state);
        let fraction = from.number()?;
        let sample = RefCell::new(Sample::restore(&mut from)?);
        Ok(numbers::Percentile::new(Self { fraction, sample }))
    }
}

#[derive(Default)]
pub struct MovingAverage {
    count: Cell<u64>,
    sum: RefCell<ExactSum>,
}

impl GuestMovingAverage for MovingAverage {
    fn new() -> Self {
        Self::default()
    }

    fn step(&self, x: f64) {
        self.count.set(self.count.get() + 1);
        self.sum.borrow_mut().add(x);
    }

    fn inverse(&self, x: f64) {
        self.count.set(self.count.get() - 1);
        self.sum.borrow_mut().subtract(x);
    }

    fn merge(&self, other: MovingAverageBorrow) {
        let other = other.get::<Self>();
        self.count.set(self.count.get() + other.count.get());
        self.sum.borrow_mut().merge(&other.sum.borrow());
    }

    fn value(&self) -> Option<f64> {
        let count = self.count.get();
        (count > 0).then(|| self.sum.borrow().rounded() / count as f64)
    }

    fn save(&self) -> Vec<u8> {
        saved(|to| {
            to.integer(self.count.get());
            self.sum.borrow().save(to);
        })
    }

    fn restore(state: Vec<u8>) -> Result<numbers::MovingAverage, String> {
        let mut from = Reader::new(&state);
        let count = Cell::new(from.integer()?);
        let sum = RefCell::new(ExactSum::restore(&mut from)?);
        Ok(numbers::MovingAverage::new(Self { count, sum }))
    }
}

#[derive(Default)]
pub struct LinearRegression(RefCell<Points>);

impl GuestLinearRegression for LinearRegression {
    fn new() -> Self {
        Self::default()
    }

    fn step(&self, y: f64, x: f64) {
        self.0.borrow_mut().add(y, x);
    }

    fn inverse(&self, y: f64, x: f64) {
        self.0.borrow_mut().remove(y, x);
    }

    fn merge(&self, other: LinearRegressionBorrow) {
        let other = other.get::<Self>().0.borrow().clone();
        self.0.borrow_mut().merge(&other);
    }

    fn value(&self) -> Option<Line> {
        let fit = self.0.borrow().fit()?;
        Some(Line { slope: fit.slope, intercept: fit.intercept, r2: fit.r2 })
    }

    fn save(&self) -> Vec<u8> {
        saved(|to| self.0.borrow().save(to))
    }

    fn restore(state: Vec<u8>) -> Result<numbers::LinearRegression, String> {
        let mut from = Reader::new(&state);
        let points = Points::restore(&mut from)?;
        from.end()?;
        Ok(numbers::LinearRegression::new(Self(RefCell::new(points))))
    }
}

#[derive(Default)]
pub struct Hyperloglog(RefCell<Sketch>);

impl GuestHyperloglog for Hyperloglog {
    fn new() -> Self {
        Self::default()
    }

    fn step(&self, x: i64) {
        self.0.borrow_mut().add(mix(x as u64));
    }

    fn merge(&self, other: HyperloglogBorrow) {
        self.0.borrow_mut().merge(&other.get::<Self>().0.borrow());
    }

    fn value(&self) -> i64 {
        self.0.borrow().estimate()
    }

    fn save(&self) -> Vec<u8> {
        saved(|to| self.0.borrow().save(to))
    }

    fn restore(state: Vec<u8>) -> Result<numbers::Hyperloglog, String> {
        let sketch = Sketch::restore(&mut Reader::new(&state))?;
        Ok(numbers::Hyperloglog::new(Self(RefCell::new(sketch))))
    }
}

pub struct CountNulls(Cell<i64>);

impl GuestCountNulls for CountNulls {
    fn new() -> Self {
        Self(Cell::new(0))
    }

    fn step(&self, x: Option<f64>) {
        self.0.set(self.0.get() + i64::from(x.is_none()));
    }

    fn inverse(&self, x: Option<f64>) {
        self.0.set(self.0.get() - i64::from(x.is_none()));
    }

    fn merge(&self, other: CountNullsBorrow) {
        self.0.set(self.0.get() + other.get::<Self>().0.get());
    }

    fn value(&self) -> i64 {
        self.0.get()
    }
}
