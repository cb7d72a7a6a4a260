package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.exec.CallStatistics;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.plan.WasmPrepare;
import io.calcitewasm.adapter.sql.QuerySource;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;

/** Queries within definitions, run as the session and within the definition's transaction. */
final class SessionQueries implements QuerySource {
  private final Session session;
  private final TransactionScope scope;
  private final Cancellation cancellation;

  SessionQueries(Session session, TransactionScope scope, Cancellation cancellation) {
    this.session = session;
    this.scope = scope;
    this.cancellation = cancellation;
  }

  @Override
  public String defaultSchema() {
    return session.defaultSchema();
  }

  @Override
  public String user() {
    return session.user();
  }

  @Override
  public Optional<Path> bucket() {
    return session.bucket();
  }

  @Override
  public void check(SqlNode query) {
    session.planning(scope).check(query);
  }

  @Override
  public Query plan(String sql) {
    AtomicReference<WasmPrepare> preparation = new AtomicReference<>();
    Prepared.Query planned = session.planning(scope).planWritten(sql, preparation::set);
    return new Query() {
      @Override
      public RelDataType rowType() {
        return Objects.requireNonNull(planned.signature().rowType, "row type of a query");
      }

      @Override
      public String explanation() {
        return Objects.requireNonNull(preparation.get()).explanation();
      }

      @Override
      public Rows run() {
        return session.runs().within(planned, scope, cancellation, null);
      }

      @Override
      public Rows run(CallStatistics statistics) {
        return session.runs().within(planned, scope, cancellation, statistics);
      }
    };
  }
}
