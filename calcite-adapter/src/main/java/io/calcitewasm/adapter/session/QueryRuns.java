package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.StatementKeyValues;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.exec.CallStatistics;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.exec.StatementContext;
import io.calcitewasm.adapter.sql.SystemSchema;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** Runs the planned queries of a session, each in one of its transactions. */
final class QueryRuns {
  private final Session session;
  private final FailureAudit audit;
  private final TimeZone timeZone;

  QueryRuns(Session session, FailureAudit audit, TimeZone timeZone) {
    this.session = session;
    this.audit = audit;
    this.timeZone = timeZone;
  }

  /** What a statement is executed with. */
  StatementContext context(
      SchemaPlus root,
      Instant now,
      Snapshot snapshot,
      CallSession calls,
      Cancellation cancellation,
      Map<String, ? extends @Nullable Object> parameters,
      @Nullable CallStatistics statistics) {
    return new StatementContext(
        new StatementContext.Environment(
            root,
            session.typeFactory(),
            session.queries(),
            timeZone,
            session.user(),
            now.toEpochMilli()),
        snapshot,
        calls,
        cancellation,
        parameters,
        statistics);
  }

  /** A query within a definition, which decides about the transaction. */
  Running within(
      Prepared.Query query,
      TransactionScope scope,
      Cancellation cancellation,
      @Nullable CallStatistics statistics) {
    return run(query, scope.within(), Map.of(), cancellation, () -> {}, statistics);
  }

  /**
   * Begins an execution, or does a change to rows.
   *
   * @param onEnd what to do when it ends, however it ends
   * @param statistics what is to be told of its calls
   */
  Running run(
      Prepared.Query query,
      TransactionScope scope,
      Map<String, ? extends @Nullable Object> parameters,
      Cancellation cancellation,
      Runnable onEnd,
      @Nullable CallStatistics statistics) {
    Instant now = Instant.now();
    StatementKeyValues entries = scope.keyValues();
    CallSession calls = session.openCalls(now, entries);
    cancellation.onFire(calls::cancel);
    Execution execution;
    try {
      execution = new Execution(calls, entries, scope, audit, onEnd);
    } catch (RuntimeException e) {
      calls.close();
      onEnd.run();
      throw e;
    }
    if (statistics != null) {
      calls.measure(statistics.meter());
    }
    try {
      StatementContext context =
          context(
              root(query, scope),
              now,
              query.snapshot(),
              calls,
              cancellation,
              variables(query.signature().internalParameters, parameters),
              statistics);
      return new Running(
          query.signature().enumerable(context).enumerator(),
          cancellation,
          scope.isSingle() ? null : session.transactions().watch(),
          execution::succeed,
          execution::fail,
          execution::end);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      execution.fail(e);
      execution.end();
      throw e;
    }
  }

  /** What changes rows of the user's tables does so on the transaction's connection. */
  private SchemaPlus root(Prepared.Query query, TransactionScope scope) {
    if (query.changes().equalsIgnoreCase(Store.USER_SCHEMA)) {
      return scope.connected().rootSchema();
    }
    if (!query.changes().isEmpty() && !scope.isSingle()) {
      throw new SqlError(
          "0A000",
          "rows of schema "
              + query.changes()
              + " are changed by their own database, which takes no part in the transaction: end it"
              + " first");
    }
    return scope.namespace().rootSchema();
  }

  private Map<String, @Nullable Object> variables(
      Map<String, Object> internal, Map<String, ? extends @Nullable Object> bound) {
    Map<String, @Nullable Object> all = new HashMap<>(internal);
    all.putAll(bound);
    session.bucket().ifPresent(folder -> all.put(SystemSchema.BUCKET, folder));
    return all;
  }
}
