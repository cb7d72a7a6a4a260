package io.calcitewasm.host.context;

import io.calcitewasm.host.provision.KeyValues;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The SQL statement that guests run in: the moment its clocks show and what its modules may still
 * log. All instances that work for the statement share it; it may be used from several threads.
 */
public final class StatementContext {
  /** What a statement remembers of what guests were told. */
  private static final int MOST_TOLD = 1_000;

  private final Instant timestamp;
  private final KeyValues keyValues;
  private final Set<Told> told = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, LogBudget> budgets = new ConcurrentHashMap<>();

  private record Told(String sqlState, String message) {}

  /**
   * A statement that has just begun, without a database.
   *
   * @param timestamp the statement's timestamp, as CURRENT_TIMESTAMP tells it
   */
  public StatementContext(Instant timestamp) {
    this(timestamp, KeyValues.NOWHERE);
  }

  /**
   * A statement that has just begun.
   *
   * @param timestamp the statement's timestamp, as CURRENT_TIMESTAMP tells it
   * @param keyValues the key-value stores of modules as it sees them
   */
  public StatementContext(Instant timestamp, KeyValues keyValues) {
    this.timestamp = timestamp;
    this.keyValues = keyValues;
  }

  /** The key-value stores of modules. */
  public KeyValues keyValues() {
    return keyValues;
  }

  /** Takes note of an error that a guest is told, so that it may fail with it. */
  public void tell(String sqlState, String message) {
    if (told.size() < MOST_TOLD) {
      told.add(new Told(sqlState, message));
    }
  }

  /** Whether a guest has been told this error. */
  public boolean hasTold(String sqlState, String message) {
    return told.contains(new Told(sqlState, message));
  }

  /** The statement's timestamp. */
  public Instant timestamp() {
    return timestamp;
  }

  LogBudget logBudget(String module) {
    return budgets.computeIfAbsent(module, _ -> new LogBudget());
  }
}
