package io.calcitewasm.benchmarks;

import java.util.Locale;

/** What calls the function in a query. */
public enum Variant {
  /** A static Java function in a stock Calcite connection: the peer. */
  STATIC_JAVA(50),
  /** This project under isolation CALL. */
  CALL(100),
  /** This project under isolation STATEMENT. */
  STATEMENT(100),
  /** This project under isolation CALL without batches, one row at a time. */
  PER_ROW(500),
  /** This project with a fresh instance for each call. */
  FRESH_INSTANCE(200_000),
  /** GraalWasm with a fresh polyglot context for each call. */
  FRESH_CONTEXT(400_000),
  /**
   * Endive, the successor of Chicory, with its compiler, one row at a time; its instance is never
   * put back.
   */
  CHICORY(300);

  private final int nanos;

  Variant(int nanos) {
    this.nanos = nanos;
  }

  /** What results call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a row may cost, in nanoseconds: from where the search for a number of rows begins. */
  int nanosAtFirst() {
    return nanos;
  }

  /** Whether what a guest remembers is gone with the call, so that the peer's answer is right. */
  boolean isIsolated() {
    return this != STATEMENT && this != CHICORY;
  }
}
