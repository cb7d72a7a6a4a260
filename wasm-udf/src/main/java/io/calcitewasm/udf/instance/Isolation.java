package io.calcitewasm.udf.instance;

/** How long the state of a module's instance lives (docs/sql.md, "Isolation"). */
public enum Isolation {
  /** Every call sees the instance as it was after instantiation and {@code on-load}. */
  CALL,
  /** State lasts for one statement on one connection; its calls are made one after the other. */
  STATEMENT,
  /** State lasts for the connection; its calls are made one after the other. */
  SESSION
}
