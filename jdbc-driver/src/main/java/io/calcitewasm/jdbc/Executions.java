package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.session.Prepared;
import io.calcitewasm.adapter.session.Running;
import io.calcitewasm.adapter.session.Session;
import io.calcitewasm.adapter.session.SqlFailure;
import io.calcitewasm.adapter.sql.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** What the statements of a connection have prepared and are executing, by their handles. */
final class Executions {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("calcite-wasm query timeout").factory());

  private final Session session;
  private final Map<Integer, Execution> byStatement = new ConcurrentHashMap<>();

  Executions(Session session) {
    this.session = session;
  }

  /** What the application has said that a statement returns, by the method it has called. */
  enum Expected {
    /** {@code execute}. */
    ANYTHING,
    /** {@code executeQuery}. */
    ROWS,
    /** {@code executeUpdate}. */
    COUNT;

    /**
     * Refuses a statement of the other kind, before anything of it is executed.
     *
     * @throws SQLException 07005 for a statement that returns no rows, 07003 for one that does
     */
    void check(Meta.Signature signature) throws SQLException {
      boolean rows = !signature.columns.isEmpty() && !signature.statementType.canUpdate();
      if (this == ROWS && !rows) {
        throw new SQLException(
            "the statement returns no rows and was not executed; use executeUpdate or execute",
            "07005");
      }
      if (this == COUNT && rows) {
        throw new SQLException(
            "the statement returns rows and was not executed; use executeQuery or execute",
            "07003");
      }
    }
  }

  /** A statement's prepared form and its latest execution. */
  private static final class Execution {
    private volatile @Nullable Prepared prepared;
    private volatile @Nullable Cancellation cancellation;
    private @Nullable Running running;
    private List<Object> rows = List.of();

    void finish() {
      Running latest = running;
      running = null;
      if (latest != null) {
        latest.close();
      }
    }

    Prepared prepared() throws SQLException {
      Prepared known = prepared;
      if (known == null) {
        throw new SQLException("the statement was not prepared", "26000");
      }
      return known;
    }
  }

  private Execution of(Meta.StatementHandle handle) {
    return byStatement.computeIfAbsent(handle.id, id -> new Execution());
  }

  /** Prepares SQL for a statement; the handle returned carries the signature. */
  Meta.StatementHandle prepare(Meta.StatementHandle handle, String sql) throws SqlFailure {
    return prepare(handle, sql, -1, begin(of(handle)));
  }

  private Meta.StatementHandle prepare(
      Meta.StatementHandle handle, String sql, long maxRows, Cancellation cancellation)
      throws SqlFailure {
    Prepared prepared = session.prepare(sql, maxRows, cancellation);
    of(handle).prepared = prepared;
    return new Meta.StatementHandle(handle.connectionId, handle.id, prepared.signature());
  }

  /**
   * Prepares and executes SQL.
   *
   * @param timeoutSeconds 0 for none
   * @return what it did; rows are taken by {@link #rows}
   */
  Outcome execute(
      Meta.StatementHandle handle, String sql, long maxRows, int timeoutSeconds, Expected expected)
      throws SQLException {
    Cancellation cancellation = begin(of(handle));
    return timed(
        timeoutSeconds,
        cancellation,
        stopTimer -> {
          Meta.StatementHandle prepared = prepare(handle, sql, maxRows, cancellation);
          expected.check(prepared.signature);
          return execute(prepared, List.of(), cancellation, stopTimer);
        });
  }

  /** What takes a while; it stops its timer if it ends well. */
  private interface Work {
    Outcome run(Runnable stopTimer) throws SQLException;
  }

  private static Outcome timed(int timeoutSeconds, Cancellation cancellation, Work work)
      throws SQLException {
    Runnable stopTimer = startTimer(timeoutSeconds, cancellation);
    try {
      return work.run(stopTimer);
    } catch (SQLException | RuntimeException | Error e) {
      stopTimer.run();
      throw e;
    }
  }

  /** From here on the statement can be cancelled, its preparation included. */
  private static Cancellation begin(Execution execution) {
    Cancellation cancellation = new Cancellation();
    execution.cancellation = cancellation;
    return cancellation;
  }

  /** The signature of what was executed, and the number of rows changed, −1 for a query. */
  record Outcome(Meta.Signature signature, long updateCount) {
    boolean hasRows() {
      return updateCount < 0;
    }
  }

  /** Executes what a statement has prepared. */
  Outcome execute(
      Meta.StatementHandle handle, List<@Nullable TypedValue> parameters, int timeoutSeconds)
      throws SQLException {
    Cancellation cancellation = begin(of(handle));
    return timed(
        timeoutSeconds,
        cancellation,
        stopTimer -> execute(handle, parameters, cancellation, stopTimer));
  }

  private Outcome execute(
      Meta.StatementHandle handle,
      List<@Nullable TypedValue> parameters,
      Cancellation cancellation,
      Runnable stopTimer)
      throws SQLException {
    Execution execution = of(handle);
    execution.finish();
    return switch (execution.prepared()) {
      case Prepared.Definition definition -> define(execution, definition, cancellation, stopTimer);
      case Prepared.Query query -> query(execution, query, parameters, cancellation, stopTimer);
    };
  }

  private Outcome define(
      Execution execution,
      Prepared.Definition definition,
      Cancellation cancellation,
      Runnable stopTimer)
      throws SqlFailure {
    try {
      return switch (session.execute(definition, cancellation)) {
        case Answer.Done ignored -> new Outcome(definition.signature(), 0);
        case Answer.Count count -> new Outcome(definition.signature(), count.rows());
        case Answer.Table table -> {
          execution.rows = new ArrayList<>(table.rows());
          yield new Outcome(definition.signature(), -1);
        }
      };
    } finally {
      stopTimer.run();
    }
  }

  /** Has a timer cancel an execution; what is returned stops it. */
  private static Runnable startTimer(int timeoutSeconds, Cancellation cancellation) {
    if (timeoutSeconds == 0) {
      return () -> {};
    }
    Future<?> timer =
        TIMER.schedule(
            () -> cancellation.fire(Cancellation.Reason.TIMED_OUT),
            timeoutSeconds,
            TimeUnit.SECONDS);
    return () -> timer.cancel(false);
  }

  private Outcome query(
      Execution execution,
      Prepared.Query query,
      List<@Nullable TypedValue> parameters,
      Cancellation cancellation,
      Runnable stopTimer)
      throws SQLException {
    Prepared.Query current = session.current(query);
    execution.prepared = current;
    Map<String, @Nullable Object> bound = bind(current, parameters);
    Running running = session.execute(current, bound, cancellation, stopTimer);
    execution.running = running;
    Meta.Signature signature = current.signature();
    if (!signature.statementType.canUpdate()) {
      return new Outcome(signature, -1);
    }
    try {
      return new Outcome(signature, running.next() instanceof Number count ? count.longValue() : 0);
    } finally {
      execution.finish();
    }
  }

  private static Map<String, @Nullable Object> bind(
      Prepared.Query query, List<@Nullable TypedValue> parameters) throws SQLException {
    Map<String, @Nullable Object> bound = new HashMap<>();
    int count = query.signature().parameters.size();
    for (int i = 0; i < count; i++) {
      TypedValue value = i < parameters.size() ? parameters.get(i) : null;
      if (value == null) {
        throw new SQLException("parameter " + (i + 1) + " of " + count + " has no value", "07002");
      }
      bound.put(
          "?" + i,
          ParameterValues.convert(i + 1, query.signature().parameters.get(i), value.toLocal()));
    }
    return bound;
  }

  /** The rows of a statement's latest execution; closing their iterator ends it. */
  Iterable<Object> rows(Meta.StatementHandle handle) {
    Execution execution = of(handle);
    Running running = execution.running;
    return running == null ? execution.rows : () -> running;
  }

  /** Stops what a statement is executing, if it is. */
  void cancel(Meta.StatementHandle handle, Cancellation.Reason reason) {
    Execution execution = byStatement.get(handle.id);
    Cancellation cancellation = execution == null ? null : execution.cancellation;
    if (cancellation != null) {
      cancellation.fire(reason);
    }
  }

  /** Stops what all statements are executing. */
  void cancelAll(Cancellation.Reason reason) {
    for (Execution execution : byStatement.values()) {
      Cancellation cancellation = execution.cancellation;
      if (cancellation != null) {
        cancellation.fire(reason);
      }
    }
  }

  /** Ends a statement. */
  void close(Meta.StatementHandle handle) {
    Execution execution = byStatement.remove(handle.id);
    if (execution != null) {
      execution.finish();
    }
  }

  /** Ends all statements. */
  void closeAll() {
    byStatement.values().forEach(Execution::finish);
    byStatement.clear();
  }
}
