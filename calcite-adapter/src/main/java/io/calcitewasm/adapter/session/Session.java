package io.calcitewasm.adapter.session;

import com.google.common.base.Suppliers;
import io.calcitewasm.adapter.access.StatementRights;
import io.calcitewasm.adapter.catalogue.Buckets;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.adapter.exec.CallStatistics;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.exec.Queries;
import io.calcitewasm.adapter.exec.StatementContext;
import io.calcitewasm.adapter.function.WasmTypeFactory;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.plan.PrepareContext;
import io.calcitewasm.adapter.plan.WasmPrepare;
import io.calcitewasm.adapter.sql.Answer;
import io.calcitewasm.adapter.sql.QuerySource;
import io.calcitewasm.adapter.sql.SystemSchema;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.KeptInstances;
import io.calcitewasm.udf.module.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a {@link Database}: who is connected, where unqualified names are looked up,
 * and the preparation and execution of statements. A session is used by one thread at a time;
 * {@link Cancellation} may be fired from any.
 */
public final class Session implements AutoCloseable {
  /** How long calls of constants may take together while a statement is prepared. */
  private static final long FOLDING_MILLIS = 1_000;

  private final Databases.Lease lease;
  private final Database database;
  private final String user;
  private final TimeZone timeZone;
  private final JavaTypeFactory typeFactory = new WasmTypeFactory();
  private final CalciteConnectionConfig config = SessionConfig.calcite();
  private final Queries queries = new Queries();
  private final KeptInstances instances = new KeptInstances();
  private final boolean batches;
  private final Optional<Path> bucket;
  private final FailureAudit audit;
  private String defaultSchema;

  private Session(SessionRequest request, Databases.Lease lease) {
    this.lease = lease;
    this.database = lease.database();
    this.user = request.user();
    this.audit = new FailureAudit(database.authority(), database.registry(), user);
    this.timeZone = request.timeZone();
    this.batches = request.batches();
    this.bucket = request.bucket().map(folder -> Buckets.folder(folder.toString()));
    this.defaultSchema = Store.USER_SCHEMA;
  }

  /**
   * Opens a session, and its database if it is not open yet.
   *
   * @throws SqlFailure 08001 when the database cannot be opened, 3F000 for an unknown schema
   */
  public static Session open(SessionRequest request) throws SqlFailure {
    try {
      Session session =
          new Session(request, Databases.acquire(request.location(), request.policy()));
      try {
        request.schema().ifPresent(session::setDefaultSchema);
        return session;
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw Failures.of(e);
    }
  }

  /** The database. */
  public Database database() {
    return database;
  }

  /** The principal's name. */
  public String user() {
    return user;
  }

  /** The session's Calcite settings. */
  public CalciteConnectionConfig config() {
    return config;
  }

  /** The session's types. */
  public JavaTypeFactory typeFactory() {
    return typeFactory;
  }

  /** The schema of unqualified names. */
  public String defaultSchema() {
    return defaultSchema;
  }

  /**
   * Sets the schema of unqualified names.
   *
   * @throws SqlError 3F000 when there is no such schema
   */
  public void setDefaultSchema(String schema) {
    for (String name : database.namespace().rootSchema().subSchemas().getNames(LikePattern.any())) {
      if (name.equalsIgnoreCase(schema)) {
        defaultSchema = name;
        return;
      }
    }
    throw new SqlError("3F000", "there is no schema " + schema);
  }

  /** The query provider of tables that other adapters bring. */
  public QueryProvider queries() {
    return queries;
  }

  /** What Calcite asks while it prepares one statement of this session. */
  public CalcitePrepare.Context prepareContext() {
    return new PrepareContext(
        CalciteSchema.from(database.namespace().rootSchema()),
        List.of(defaultSchema),
        typeFactory,
        config);
  }

  /**
   * Prepares a statement: parses it and, if it is a query or changes rows, plans and compiles it
   * with the modules as they are now.
   *
   * @param sql one statement
   * @param maxRows most rows to deliver, −1 for all
   */
  public Prepared prepare(String sql, long maxRows) throws SqlFailure {
    try {
      SqlNode node = SqlLanguage.parse(sql);
      return database.definitions().handles(node)
          ? new Prepared.Definition(
              sql, node, Signatures.ofDefinition(sql, database.definitions().columns(node)))
          : plan(sql, maxRows);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  private Prepared.Query plan(String sql, long maxRows) {
    return plan(sql, maxRows, prepare -> {});
  }

  /** Plans a query and shows who has planned it. */
  private Prepared.Query plan(String sql, long maxRows, Consumer<WasmPrepare> planned) {
    long generation = database.namespace().generation();
    long layout = database.namespace().layout();
    Snapshot snapshot = database.registry().snapshot();
    AtomicBoolean folded = new AtomicBoolean();
    CalcitePrepare.Context context = prepareContext();
    Instant now = Instant.now();
    StatementRights rights = rights();
    CalcitePrepare.Dummy.push(context);
    try (CallSession constants = database.registry().openSession(now, instances)) {
      Supplier<DataContext> folding =
          Suppliers.memoize(
              () -> {
                folded.set(true);
                return constants(now, snapshot, constants);
              });
      WasmPrepare prepare =
          new WasmPrepare(snapshot, SqlLanguage.config(), batches, folding::get, rights);
      CalcitePrepare.CalciteSignature<Object> signature =
          prepare.prepareSql(
              context,
              CalcitePrepare.Query.of(SqlLanguage.withoutSemicolon(sql)),
              Object[].class,
              maxRows);
      planned.accept(prepare);
      return new Prepared.Query(
          sql, signature, snapshot, maxRows, generation, layout, folded.get(), rights);
    } finally {
      CalcitePrepare.Dummy.pop(context);
    }
  }

  /** What a statement failed with, for the user; what the policy or a limit did is on record. */
  private SqlFailure failed(Throwable thrown) {
    audit.see(thrown);
    return Failures.of(thrown);
  }

  /** The rights of the next statement. */
  private StatementRights rights() {
    return new StatementRights(database.authority(), this::viewOwner, user);
  }

  private Optional<String> viewOwner(String name) {
    View view = database.namespace().view(name);
    return view == null || view.definition().owner().isEmpty()
        ? Optional.empty()
        : Optional.of(view.definition().owner());
  }

  /** Preparation cannot be cancelled, so that what takes long is left to execution. */
  private DataContext constants(Instant now, Snapshot snapshot, CallSession calls) {
    CompletableFuture.delayedExecutor(FOLDING_MILLIS, TimeUnit.MILLISECONDS).execute(calls::cancel);
    return context(now, snapshot, calls, new Cancellation(), Map.of(), null);
  }

  private StatementContext context(
      Instant now,
      Snapshot snapshot,
      CallSession calls,
      Cancellation cancellation,
      Map<String, ? extends @Nullable Object> parameters,
      @Nullable CallStatistics statistics) {
    return new StatementContext(
        new StatementContext.Environment(
            database.namespace().rootSchema(),
            typeFactory,
            queries,
            timeZone,
            user,
            now.toEpochMilli()),
        snapshot,
        calls,
        cancellation,
        parameters,
        statistics);
  }

  /**
   * A query that can be executed now: the one given, or the same prepared again if the catalogue
   * has changed since. Where nothing but contents of modules has changed, whose functions have the
   * types that they had, the plan is kept and calls the new ones.
   */
  public Prepared.Query current(Prepared.Query query) throws SqlFailure {
    long generation = database.namespace().generation();
    long layout = database.namespace().layout();
    Snapshot modules = database.registry().snapshot();
    try {
      if (query.snapshot().generation() == modules.generation()
          && query.generation() == generation) {
        query.rights().checkAgain();
        return query;
      }
      if (query.layout() == layout
          && !query.folded()
          && modules.isInterchangeable(query.snapshot())) {
        query.rights().checkAgain();
        return query.with(modules, generation);
      }
      return plan(query.sql(), query.maxRows());
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  /**
   * Starts a query, or executes a change to rows, whose only row is the count.
   *
   * @param query a query prepared in this session and {@linkplain #current current}
   * @param parameters values of {@code ?} in Calcite's internal representation, by {@code ?0}, …
   * @param cancellation stops it
   * @param onEnd what to do when the execution ends, however it ends
   * @return its rows; the caller closes them
   */
  public Running execute(
      Prepared.Query query,
      Map<String, ? extends @Nullable Object> parameters,
      Cancellation cancellation,
      Runnable onEnd)
      throws SqlFailure {
    try {
      return run(query, parameters, cancellation, onEnd, null);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  private Running run(
      Prepared.Query query,
      Map<String, ? extends @Nullable Object> parameters,
      Cancellation cancellation,
      Runnable onEnd,
      @Nullable CallStatistics statistics) {
    Instant now = Instant.now();
    CallSession calls = database.registry().openSession(now, instances);
    cancellation.onFire(calls::cancel);
    Runnable end =
        () -> {
          calls.close();
          onEnd.run();
        };
    if (statistics != null) {
      calls.measure(statistics.meter());
    }
    try {
      StatementContext context =
          context(
              now,
              query.snapshot(),
              calls,
              cancellation,
              variables(query.signature().internalParameters, parameters),
              statistics);
      return new Running(
          query.signature().enumerable(context).enumerator(), cancellation, audit::see, end);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      end.run();
      throw e;
    }
  }

  private Map<String, @Nullable Object> variables(
      Map<String, Object> internal, Map<String, ? extends @Nullable Object> bound) {
    Map<String, @Nullable Object> all = new HashMap<>(internal);
    all.putAll(bound);
    bucket.ifPresent(folder -> all.put(SystemSchema.BUCKET, folder));
    return all;
  }

  /**
   * Executes a statement about the catalogue.
   *
   * @param cancellation stops a query in it
   */
  public Answer execute(Prepared.Definition definition, Cancellation cancellation)
      throws SqlFailure {
    try {
      return database.definitions().execute(definition.node(), new SessionQueries(cancellation));
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  /** Queries within definitions, run as this session. */
  private final class SessionQueries implements QuerySource {
    private final Cancellation cancellation;

    private SessionQueries(Cancellation cancellation) {
      this.cancellation = cancellation;
    }

    @Override
    public String defaultSchema() {
      return defaultSchema;
    }

    @Override
    public String user() {
      return user;
    }

    @Override
    public Optional<Path> bucket() {
      return bucket;
    }

    @Override
    public void check(SqlNode query) {
      CalcitePrepare.Context context = prepareContext();
      CalcitePrepare.Dummy.push(context);
      try {
        RelDataType _ =
            new WasmPrepare(database.registry().snapshot(), SqlLanguage.config(), rights())
                .rowType(context, query);
      } finally {
        CalcitePrepare.Dummy.pop(context);
      }
    }

    @Override
    public Query plan(String sql) {
      AtomicReference<WasmPrepare> preparation = new AtomicReference<>();
      Prepared.Query planned = Session.this.plan(sql, -1, preparation::set);
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
          return Session.this.run(planned, Map.of(), cancellation, () -> {}, null);
        }

        @Override
        public Rows run(CallStatistics statistics) {
          return Session.this.run(planned, Map.of(), cancellation, () -> {}, statistics);
        }
      };
    }
  }

  @Override
  public void close() {
    instances.close();
    lease.release().run();
  }
}
