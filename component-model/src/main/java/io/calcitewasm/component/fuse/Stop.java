package io.calcitewasm.component.fuse;

/** Why a row loop has come back to the host. The order is known to the loop. */
public enum Stop {
  /** All rows are done. */
  DONE,
  /**
   * The rows before the returned one are done; the instance cannot be reset and has to be replaced.
   */
  RENEW,
  /** The row was called, and the host has to lift its result and to end the call. */
  LIFT,
  /** {@code realloc} returned memory that the instance does not have. */
  BAD_REALLOC
}
