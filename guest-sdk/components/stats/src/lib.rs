mod bindings;
mod exact;
mod numbers;
mod points;
mod sample;
mod sketch;
mod state;
mod texts;

struct Stats;

bindings::export!(Stats with_types_in bindings);
