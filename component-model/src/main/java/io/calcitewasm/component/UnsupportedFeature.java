package io.calcitewasm.component;

/**
 * Parts of WebAssembly and of the component model that this runtime does not have. A file that uses
 * one is refused by its name, however valid it is.
 */
public enum UnsupportedFeature {
  /** Functions, built-ins, streams and futures of the component model's asynchronous part. */
  ASYNC("asynchronous functions"),
  /** Threads, shared memories and tables, and atomic instructions. */
  THREADS("threads"),
  /** Error contexts. */
  ERROR_CONTEXT("error contexts"),
  /** Values that components import, export, define or are started with. */
  VALUES("values and component start functions"),
  /** {@code list<T, N>}. */
  FIXED_LENGTH_LISTS("lists of fixed length"),
  /** {@code map<K, V>}. */
  MAPS("maps"),
  /** Names with more than one namespace or package. */
  NESTED_NAMES("nested namespaces and packages"),
  /** Names that say where a component is found: by URL, hash or registry. */
  DEPENDENCY_NAMES("names that locate a dependency"),
  /** Resources represented by i64. */
  RESOURCES_OF_I64("resources represented by i64"),
  /** Memories and tables addressed by 64 bits. */
  MEMORY64("64-bit memories and tables"),
  /** Memories whose pages are not 64 KiB. */
  CUSTOM_PAGE_SIZES("custom page sizes"),
  /** Structs, arrays and the type hierarchy of the garbage collection proposal. */
  GARBAGE_COLLECTION("garbage collection"),
  /** References with a type of their own. */
  TYPED_REFERENCES("typed references"),
  /** {@code return_call} and its kin. */
  TAIL_CALLS("tail calls"),
  /** Tags, {@code throw} and {@code try}. */
  EXCEPTIONS("exceptions"),
  /** Continuations. */
  STACK_SWITCHING("stack switching"),
  /** Vector instructions whose results depend on the machine. */
  RELAXED_SIMD("relaxed vector instructions"),
  /** 128-bit integer arithmetic. */
  WIDE_ARITHMETIC("wide arithmetic"),
  /** Constant expressions that read a global which the same module defines. */
  OWN_GLOBALS_IN_CONSTANTS("own globals in constant expressions"),
  /** Import sections that do not repeat module names. */
  COMPACT_IMPORTS("compact import sections");

  private final String words;

  UnsupportedFeature(String words) {
    this.words = words;
  }

  /** The feature as messages name it, in the plural. */
  public String words() {
    return words;
  }
}
