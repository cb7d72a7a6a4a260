package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.Symbolizable;

/** How long the state of a module's instance lives: docs/sql.md, "Isolation". */
public enum Isolation implements Symbolizable {
  /** Every call sees the instance as it was after instantiation. */
  CALL,
  /** State lasts for one statement on one connection. */
  STATEMENT,
  /** State lasts for the connection. */
  SESSION
}
