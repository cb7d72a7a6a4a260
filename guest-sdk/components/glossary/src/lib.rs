mod bindings;

use bindings::calcite::extension::{kv, types::Error};
use bindings::exports::examples::glossary::terms::Guest;
use bindings::wasi::cli::environment::get_environment;
use calcite_guest::files;

/// The keys of definitions begin so.
const PREFIX: &str = "term/";

/// How many keys are asked for at once.
const PAGE: u32 = 100;

#[global_allocator]
static ARENA: calcite_guest::Arena = calcite_guest::Arena;

struct Glossary;

impl Guest for Glossary {
    fn define(term: String, meaning: String) -> Result<(), Error> {
        kv::set(&key(&term)?, meaning.as_bytes())
    }

    fn meaning(term: String) -> Result<Option<String>, Error> {
        let defined = kv::get(&key(&term)?)?.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(defined.or_else(|| known(term.trim())))
    }

    fn forget(term: String) -> Result<bool, Error> {
        let key = key(&term)?;
        let there = kv::get(&key)?.is_some();
        if there {
            kv::delete(&key)?;
        }
        Ok(there)
    }

    fn defined(beginning: String) -> Result<Vec<String>, Error> {
        let prefix = format!("{PREFIX}{beginning}");
        let mut keys: Vec<String> = Vec::new();
        loop {
            let page = kv::list_keys(&prefix, keys.last().map(String::as_str), PAGE)?;
            let last = page.len() < PAGE as usize;
            keys.extend(page);
            if last {
                break;
            }
        }
        Ok(keys.iter().map(|key| key[PREFIX.len()..].to_string()).collect())
    }

    fn language() -> String {
        let named = get_environment().into_iter().find(|(name, _)| name == "GLOSSARY_LANGUAGE");
        named.map_or_else(|| "en".into(), |(_, language)| language)
    }
}

/// The key of a term's definition.
fn key(term: &str) -> Result<String, Error> {
    let term = term.trim();
    if term.is_empty() {
        return Err(Error { sqlstate: "22023".into(), message: "a term is not empty".into() });
    }
    Ok(format!("{PREFIX}{term}"))
}

/// What the component itself knows of a term: a line of a file that is packed with it.
fn known(term: &str) -> Option<String> {
    let lines = files::read(&format!("/terms/{}.tsv", Glossary::language())).ok()?;
    let lines = String::from_utf8(lines).ok()?;
    lines.lines().filter_map(|line| line.split_once('\t'))
        .find(|(name, _)| *name == term)
        .map(|(_, meaning)| meaning.to_string())
}

bindings::export!(Glossary with_types_in bindings);
