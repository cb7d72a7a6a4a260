//! What a guest in Rust needs beside its own code.
//!
//! `abi` is for the bindings that `bindgen.mjs` writes. [`Arena`] is an allocator for guests that
//! keep nothing from one call to the next:
//!
//! ```
//! #[global_allocator]
//! static ARENA: calcite_guest::Arena = calcite_guest::Arena;
//! ```
//!
//! [`files`] reads what is packed with the component.

pub mod abi;
mod arena;
pub mod files;
mod resource;

pub use arena::Arena;
