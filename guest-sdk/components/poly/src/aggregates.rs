//! Aggregates of values of any type.

use crate::bindings::calcite::extension::types::{Error, Json, SqlType, SqlValue};
use crate::bindings::exports::calcite::extension::dynamic_aggregate::{
    Accumulator, AccumulatorBorrow, Guest, GuestAccumulator,
};
use crate::{common, error, json, values, Poly};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is aggregated at a call site.
#[derive(Clone, Copy)]
enum Kind {
    Mode,
    FirstAny,
    JsonObject,
}

#[derive(Clone)]
struct Site {
    kind: Kind,
    result: SqlType,
}

thread_local! {
    /// The handle of a call site is its number here.
    static SITES: RefCell<Vec<Site>> = const { RefCell::new(Vec::new()) };
}

impl Guest for Poly {
    type Accumulator = State;

    fn resolve(name: String, args: Vec<SqlType>) -> Result<(u32, SqlType), Error> {
        let kind = match name.as_str() {
            "mode" if args.len() == 1 => Kind::Mode,
            "mode" => return Err(error(&format!("mode takes one argument, not {}", args.len()))),
            "first-any" => Kind::FirstAny,
            "json-object-agg" if args.len() == 2 => {
                json::check_names(&args)?;
                Kind::JsonObject
            }
            "json-object-agg" => {
                return Err(error(&format!("json_object_agg takes a name and a value, not {} arguments", args.len())))
            }
            _ => return Err(error(&format!("there is no aggregate {name}"))),
        };
        let result = match kind {
            Kind::JsonObject => SqlType::Json,
            _ => common::type_of_all(&args)?,
        };
        let handle = SITES.with_borrow_mut(|sites| {
            sites.push(Site { kind, result: result.clone() });
            sites.len() as u32 - 1
        });
        Ok((handle, result))
    }
}

/// The values of a group, none of them NULL: each with how often it came; or the first one alone; or
/// the members of a JSON object.
pub struct State {
    site: Option<Site>,
    counts: RefCell<BTreeMap<Vec<u8>, u64>>,
    first: RefCell<Option<SqlValue>>,
}

impl State {
    fn of(handle: u32) -> Self {
        let site = SITES.with_borrow(|sites| sites.get(handle as usize).cloned());
        Self { site, counts: RefCell::default(), first: RefCell::default() }
    }

    fn site(&self) -> Result<&Site, Error> {
        self.site.as_ref().ok_or_else(|| error("there is no such call site"))
    }

    /// Puts members of a JSON object behind those that there are.
    fn append(&self, members: &str) {
        let mut known = self.first.borrow_mut();
        match &mut *known {
            Some(SqlValue::Json(json)) => {
                json.text.push(',');
                json.text.push_str(members);
            }
            _ => *known = Some(SqlValue::Json(Json { text: members.to_string() })),
        }
    }

    fn add(&self, key: Vec<u8>, times: u64) {
        *self.counts.borrow_mut().entry(key).or_default() += times;
    }
}

impl GuestAccumulator for State {
    fn new(handle: u32) -> Self {
        Self::of(handle)
    }

    fn step(&self, args: Vec<SqlValue>) -> Result<(), Error> {
        if matches!(self.site()?.kind, Kind::JsonObject) {
            self.append(&json::members(&args)?);
            return Ok(());
        }
        let Some(value) = args.into_iter().find(|value| *value != SqlValue::Null) else {
            return Ok(());
        };
        let site = self.site()?;
        let value = common::widen(value, &site.result)?;
        match site.kind {
            Kind::Mode => self.add(values::encode(&value), 1),
            Kind::FirstAny => {
                self.first.borrow_mut().get_or_insert(value);
            }
            Kind::JsonObject => {}
        }
        Ok(())
    }

    fn inverse(&self, args: Vec<SqlValue>) -> Result<(), Error> {
        let site = self.site()?;
        if !matches!(site.kind, Kind::Mode) {
            return Err(error("a value cannot be taken back"));
        }
        for value in args.into_iter().filter(|value| *value != SqlValue::Null) {
            let key = values::encode(&value);
            let mut counts = self.counts.borrow_mut();
            match counts.get_mut(&key) {
                Some(1) => drop(counts.remove(&key)),
                Some(count) => *count -= 1,
                None => return Err(error("a value is taken back that was not given")),
            }
        }
        Ok(())
    }

    fn merge(&self, other: AccumulatorBorrow) -> Result<(), Error> {
        let other = other.get::<Self>();
        for (key, times) in other.counts.borrow().iter() {
            self.add(key.clone(), *times);
        }
        match &*other.first.borrow() {
            Some(SqlValue::Json(members)) if matches!(self.site()?.kind, Kind::JsonObject) => self.append(&members.text),
            Some(value) => {
                self.first.borrow_mut().get_or_insert(value.clone());
            }
            None => {}
        }
        Ok(())
    }

    /// Of values that came equally often the least: by number, time or text.
    fn value(&self) -> Result<SqlValue, Error> {
        let site = self.site()?;
        match (site.kind, &*self.first.borrow()) {
            (Kind::FirstAny, first) => return Ok(first.clone().unwrap_or(SqlValue::Null)),
            (Kind::JsonObject, Some(SqlValue::Json(members))) => {
                return Ok(SqlValue::Json(Json { text: format!("{{{}}}", members.text) }))
            }
            (Kind::JsonObject, _) => return Ok(SqlValue::Json(Json { text: "{}".to_string() })),
            (Kind::Mode, _) => {}
        }
        let mut most: Option<(SqlValue, u64)> = None;
        for (key, &times) in self.counts.borrow().iter() {
            let better = match &most {
                None => true,
                Some((_, known)) if times != *known => times > *known,
                Some((value, _)) => values::less(&values::decode(key)?, value),
            };
            if better {
                most = Some((values::decode(key)?, times));
            }
        }
        Ok(most.map_or(SqlValue::Null, |(value, _)| value))
    }

    fn save(&self) -> Vec<u8> {
        let mut state = Vec::new();
        if let Some(first) = &*self.first.borrow() {
            values::write(&mut state, 0, &values::encode(first));
        }
        for (key, times) in self.counts.borrow().iter() {
            values::write(&mut state, *times, key);
        }
        state
    }

    fn restore(handle: u32, state: Vec<u8>) -> Result<Accumulator, Error> {
        let restored = Self::of(handle);
        let mut rest = state.as_slice();
        while !rest.is_empty() {
            let (times, key) = values::read(&mut rest)?;
            if times == 0 {
                restored.first.replace(Some(values::decode(key)?));
            } else {
                restored.add(key.to_vec(), times);
            }
        }
        Ok(Accumulator::new(restored))
    }
}
