package io.calcitewasm.host.context;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The SQL statement that guests run in: the moment its clocks show and what its modules may still
 * log. All instances that work for the statement share it; it may be used from several threads.
 */
public final class StatementContext {
  private final Instant timestamp;
  private final ConcurrentMap<String, LogBudget> budgets = new ConcurrentHashMap<>();

  /**
   * A statement that has just begun.
   *
   * @param timestamp the statement's timestamp, as CURRENT_TIMESTAMP tells it
   */
  public StatementContext(Instant timestamp) {
    this.timestamp = timestamp;
  }

  /** The statement's timestamp. */
  public Instant timestamp() {
    return timestamp;
  }

  LogBudget logBudget(String module) {
    return budgets.computeIfAbsent(module, _ -> new LogBudget());
  }
}
