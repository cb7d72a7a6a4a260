package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import org.jspecify.annotations.Nullable;

/** Who hears of calls and of what has come of them, on behalf of a module's canary. */
interface CallListener {
  /** Whether it wants to hear of the next call of a function. */
  boolean wants(SqlFunction function);

  /**
   * Hears of a call; returns at once.
   *
   * @param function the active version's function
   * @param arguments its SQL values; the array must not be changed any more
   * @param outcome what has come of it
   * @param at the call's statement
   */
  void hear(
      SqlFunction function,
      @Nullable Object[] arguments,
      Canary.Outcome outcome,
      StatementContext at);

  /** There was a call that tells nothing about the guest, since it was stopped or never made. */
  void lose();

  /** Hears of a call that has failed. */
  default void hear(
      SqlFunction function, @Nullable Object[] arguments, SqlError error, StatementContext at) {
    if (error.sqlState().equals("57014") || error.sqlState().startsWith("53")) {
      lose();
    } else {
      hear(function, arguments, new Canary.Outcome(null, error), at);
    }
  }
}
