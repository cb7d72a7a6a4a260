package io.calcitewasm.benchmarks;

import java.util.Locale;

/** What calls the function in a query. */
public enum Variant {
  /** A static Java function in a stock Calcite connection: the peer. */
  STATIC_JAVA,
  /** This project under isolation CALL. */
  CALL,
  /** This project under isolation STATEMENT. */
  STATEMENT,
  /** This project under isolation CALL without batches, one row at a time. */
  PER_ROW,
  /** This project with a fresh instance for each call. */
  FRESH_INSTANCE,
  /** GraalWasm with a fresh polyglot context for each call. */
  FRESH_CONTEXT,
  /**
   * Endive, the successor of Chicory, with its compiler, one row at a time; its instance is never
   * put back.
   */
  CHICORY;

  /** What results call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether what a guest remembers is gone with the call, so that the peer's answer is right. */
  boolean isIsolated() {
    return this != STATEMENT && this != CHICORY;
  }
}
