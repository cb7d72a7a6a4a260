mod aggregates;
mod bindings;
mod common;
mod json;
mod moment;
mod values;

use bindings::calcite::extension::types::{Error, SqlType, SqlValue};
use bindings::exports::calcite::extension::dynamic_scalar::Guest;
use std::cell::RefCell;

/// What is done at a call site.
#[derive(Clone)]
enum Plan {
    Coalesce(SqlType),
    JsonObject,
    JsonArray,
    /// The result, known from the types alone.
    Text(String),
}

thread_local! {
    /// The handle of a call site is its number here.
    static PLANS: RefCell<Vec<Plan>> = const { RefCell::new(Vec::new()) };
}

struct Poly;

impl Guest for Poly {
    fn resolve(name: String, args: Vec<SqlType>) -> Result<(u32, SqlType), Error> {
        let (plan, result) = plan(&name, &args)?;
        let handle = PLANS.with_borrow_mut(|plans| {
            plans.push(plan);
            plans.len() as u32 - 1
        });
        Ok((handle, result))
    }

    fn call(handle: u32, args: Vec<SqlValue>) -> Result<SqlValue, Error> {
        let plan = PLANS.with_borrow(|plans| plans.get(handle as usize).cloned());
        match plan.ok_or_else(|| error(&format!("there is no call site {handle}")))? {
            Plan::Coalesce(result) => {
                let value = args.into_iter().find(|value| *value != SqlValue::Null);
                value.map_or(Ok(SqlValue::Null), |value| common::widen(value, &result))
            }
            Plan::JsonObject => json::object(&args),
            Plan::JsonArray => Ok(json::array(&args)),
            Plan::Text(text) => Ok(SqlValue::Text(text)),
        }
    }
}

fn plan(name: &str, args: &[SqlType]) -> Result<(Plan, SqlType), Error> {
    match name {
        "coalesce-any" => {
            let result = common::type_of_all(args)?;
            Ok((Plan::Coalesce(result.clone()), result))
        }
        "json-object" => {
            json::check_names(args)?;
            Ok((Plan::JsonObject, SqlType::Json))
        }
        "json-array" => Ok((Plan::JsonArray, SqlType::Json)),
        "type-names" => {
            let names: Vec<String> = args.iter().map(common::name).collect();
            Ok((Plan::Text(names.join(", ")), SqlType::Varchar(None)))
        }
        _ => Err(error(&format!("there is no function {name}"))),
    }
}

/// An invalid parameter value.
fn error(message: &str) -> Error {
    Error { sqlstate: "22023".to_string(), message: message.to_string() }
}

bindings::export!(Poly with_types_in bindings);
