package io.calcitewasm.component.binary;

/** Sorts of definitions, each with an index space of its own (Explainer.md, "Index Spaces"). */
public enum Sort {
  /** Core functions. */
  CORE_FUNC("core function"),
  /** Core tables. */
  CORE_TABLE("core table"),
  /** Core memories. */
  CORE_MEMORY("core memory"),
  /** Core globals. */
  CORE_GLOBAL("core global"),
  /** Core exception tags. */
  CORE_TAG("core tag"),
  /** Core types. */
  CORE_TYPE("core type"),
  /** Core modules. */
  CORE_MODULE("core module"),
  /** Core module instances. */
  CORE_INSTANCE("core instance"),
  /** Component functions. */
  FUNC("function"),
  /** Types. */
  TYPE("type"),
  /** Components. */
  COMPONENT("component"),
  /** Component instances. */
  INSTANCE("instance");

  private final String words;

  Sort(String words) {
    this.words = words;
  }

  /** What error messages call one definition of this sort. */
  public String words() {
    return words;
  }

  /** Whether this is a sort of core WebAssembly. */
  public boolean isCore() {
    return compareTo(CORE_INSTANCE) <= 0;
  }
}
