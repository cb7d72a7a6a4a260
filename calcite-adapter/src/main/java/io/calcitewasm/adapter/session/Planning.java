package io.calcitewasm.adapter.session;

import com.google.common.base.Suppliers;
import io.calcitewasm.adapter.access.StatementRights;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.plan.PrepareContext;
import io.calcitewasm.adapter.plan.WasmPrepare;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;

/** Plans queries of a session with what one of its transactions sees. */
final class Planning {
  /** How long calls of constants may take together while a statement is prepared. */
  private static final long FOLDING_MILLIS = 1_000;

  private final Session session;
  private final Namespace namespace;

  Planning(Session session, Namespace namespace) {
    this.session = session;
    this.namespace = namespace;
  }

  /** What Calcite asks while it prepares one statement. */
  CalcitePrepare.Context context() {
    return new PrepareContext(
        CalciteSchema.from(namespace.rootSchema()),
        List.of(session.defaultSchema()),
        session.typeFactory(),
        session.config());
  }

  /** Plans and compiles a query, with the modules as they are now. */
  Prepared.Query plan(String sql, long maxRows, Cancellation cancellation) {
    return plan(sql, maxRows, cancellation, prepare -> {}, prepare -> {});
  }

  /** Plans a query that was written from a parse tree, and shows who has planned it. */
  Prepared.Query planWritten(String sql, Consumer<WasmPrepare> planned) {
    return plan(sql, -1, new Cancellation(), WasmPrepare::withoutPlaces, planned);
  }

  private Prepared.Query plan(
      String sql,
      long maxRows,
      Cancellation cancellation,
      Consumer<WasmPrepare> begun,
      Consumer<WasmPrepare> planned) {
    long generation = namespace.generation();
    long layout = namespace.layout();
    Snapshot snapshot = namespace.modules().snapshot();
    AtomicBoolean folded = new AtomicBoolean();
    CalcitePrepare.Context context = context();
    Instant now = Instant.now();
    StatementRights rights = session.rights();
    CalcitePrepare.Dummy.push(context);
    try (CallSession constants = session.openCalls(now)) {
      cancellation.onFire(constants::cancel);
      Supplier<DataContext> folding =
          Suppliers.memoize(
              () -> {
                folded.set(true);
                return constants(now, snapshot, constants);
              });
      WasmPrepare prepare =
          new WasmPrepare(
              snapshot,
              SqlLanguage.config(),
              session.batches(),
              session.parallelism(),
              folding::get,
              rights);
      begun.accept(prepare);
      CalcitePrepare.CalciteSignature<Object> signature =
          prepare.prepareSql(
              context,
              CalcitePrepare.Query.of(SqlLanguage.withoutSemicolon(sql)),
              Object[].class,
              maxRows);
      planned.accept(prepare);
      return new Prepared.Query(
          sql,
          signature,
          snapshot,
          maxRows,
          generation,
          layout,
          folded.get(),
          rights,
          signature.statementType.canUpdate()
              ? ChangedSchema.of(sql, session.defaultSchema())
              : "");
    } finally {
      CalcitePrepare.Dummy.pop(context);
    }
  }

  /**
   * What takes long is left to execution. The timer's own thread stops it: the threads of the
   * common pool may be those that the guests run in.
   */
  private DataContext constants(Instant now, Snapshot snapshot, CallSession calls) {
    CompletableFuture.delayedExecutor(FOLDING_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
        .execute(calls::cancel);
    return session
        .runs()
        .context(namespace.rootSchema(), now, snapshot, calls, new Cancellation(), Map.of(), null);
  }

  /** Validates a query that stands in a definition. The tree is changed. */
  void check(SqlNode query) {
    CalcitePrepare.Context context = context();
    CalcitePrepare.Dummy.push(context);
    try {
      RelDataType _ =
          new WasmPrepare(namespace.modules().snapshot(), SqlLanguage.config(), session.rights())
              .rowType(context, query);
    } finally {
      CalcitePrepare.Dummy.pop(context);
    }
  }
}
