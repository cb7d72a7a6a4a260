package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.access.StatementRights;
import io.calcitewasm.adapter.catalogue.Buckets;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.exec.Queries;
import io.calcitewasm.adapter.function.WasmTypeFactory;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.parser.TransactionStatement;
import io.calcitewasm.adapter.sql.Answer;
import io.calcitewasm.adapter.sql.Definitions;
import io.calcitewasm.host.provision.KeyValues;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.KeptInstances;
import io.calcitewasm.udf.module.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a {@link Database}: who is connected, where unqualified names are looked up,
 * and the preparation and execution of statements. A session is used by one thread at a time;
 * {@link Cancellation} may be fired from any.
 */
public final class Session implements AutoCloseable {
  private final Databases.Lease lease;
  private final Database database;
  private final String user;
  private final JavaTypeFactory typeFactory = new WasmTypeFactory();
  private final CalciteConnectionConfig config = SessionConfig.calcite();
  private final Queries queries = new Queries();
  private final KeptInstances instances = new KeptInstances();
  private final boolean batches;
  private final int parallelism;
  private final Optional<Path> bucket;
  private final FailureAudit audit;
  private final SessionTransactions transactions;
  private final QueryRuns runs;
  private final DefinitionRuns definitions;
  private String defaultSchema;

  private Session(SessionRequest request, IdleTimeout timeout, Databases.Lease lease) {
    this.lease = lease;
    this.database = lease.database();
    this.user = request.user();
    this.audit = new FailureAudit(database.authority(), database.registry(), user);
    this.transactions = new SessionTransactions(database, new IdleWatch(timeout, audit::expired));
    this.batches = request.batches();
    this.parallelism = request.parallelism();
    this.runs = new QueryRuns(this, audit, request.timeZone());
    this.definitions = new DefinitionRuns(this, transactions);
    this.bucket = request.bucket().map(folder -> Buckets.folder(folder.toString()));
    this.defaultSchema = Store.USER_SCHEMA;
  }

  /**
   * Opens a session, and its database if it is not open yet.
   *
   * @throws SqlFailure 08001 when the database cannot be opened, or not on the terms asked for;
   *     3F000 for an unknown schema
   */
  public static Session open(SessionRequest request) throws SqlFailure {
    try {
      IdleTimeout timeout = IdleTimeout.of(request.idleTimeout(), request.location());
      Session session =
          new Session(request, timeout, Databases.acquire(request.location(), request.policy()));
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
    for (String name : namespace().rootSchema().subSchemas().getNames(LikePattern.any())) {
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

  /** What the session's statements see now: what is committed, and what its transaction changes. */
  public Namespace namespace() {
    return transactions.forPreparation().namespace();
  }

  /** What Calcite asks while it prepares one statement of this session. */
  public CalcitePrepare.Context prepareContext() {
    return planning(transactions.forPreparation()).context();
  }

  /** How queries are planned that run in a transaction. */
  Planning planning(TransactionScope scope) {
    return new Planning(this, scope.namespace());
  }

  boolean batches() {
    return batches;
  }

  /** Over how many threads rows of aggregates are divided. */
  int parallelism() {
    return parallelism;
  }

  QueryRuns runs() {
    return runs;
  }

  Optional<Path> bucket() {
    return bucket;
  }

  /**
   * Prepares a statement: parses it and, if it is a query or changes rows, plans and compiles it
   * with the modules as they are now.
   *
   * @param sql one statement
   * @param maxRows most rows to deliver, −1 for all
   */
  public Prepared prepare(String sql, long maxRows) throws SqlFailure {
    return prepare(sql, maxRows, new Cancellation());
  }

  /**
   * The same for a statement that may be cancelled meanwhile: calls of constants are stopped then,
   * and left to its execution.
   */
  public Prepared prepare(String sql, long maxRows, Cancellation cancellation) throws SqlFailure {
    try (var _ = transactions.watch().busy()) {
      SqlNode node = SqlLanguage.parse(sql);
      return node instanceof TransactionStatement || Definitions.handles(node)
          ? new Prepared.Definition(
              sql, node, Signatures.ofDefinition(sql, Definitions.columns(node)))
          : planning(transactions.forPreparation()).plan(sql, maxRows, cancellation);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  /** What a statement failed with, for the user; what the policy or a limit did is on record. */
  private SqlFailure failed(Throwable thrown) {
    audit.see(thrown);
    return Failures.of(thrown);
  }

  /** The rights of the next statement. */
  StatementRights rights() {
    return new StatementRights(
        () -> transactions.forPreparation().authority(), this::viewOwner, user);
  }

  private Optional<String> viewOwner(String name) {
    View view = namespace().view(name);
    return view == null || view.definition().owner().isEmpty()
        ? Optional.empty()
        : Optional.of(view.definition().owner());
  }

  /** Begins the calls of a statement that changes nothing. */
  CallSession openCalls(Instant now) {
    return database.registry().openSession(now, instances);
  }

  /**
   * Begins the calls of a statement.
   *
   * @param entries what it sees of the entries that modules keep
   */
  CallSession openCalls(Instant now, KeyValues entries) {
    return database.registry().openSession(now, instances, entries);
  }

  /**
   * A query that can be executed now: the one given, or the same prepared again if the catalogue
   * has changed since. Where nothing but contents of modules has changed, whose functions have the
   * types that they had, the plan is kept and calls the new ones.
   */
  public Prepared.Query current(Prepared.Query query) throws SqlFailure {
    try (var _ = transactions.watch().busy()) {
      Namespace seen = namespace();
      long generation = seen.generation();
      long layout = seen.layout();
      Snapshot modules = seen.modules().snapshot();
      if (query.snapshot() == modules && query.generation() == generation) {
        query.rights().checkAgain();
        return query;
      }
      if (query.layout() == layout
          && !query.folded()
          && modules.isInterchangeable(query.snapshot())) {
        query.rights().checkAgain();
        return query.with(modules, generation);
      }
      return planning(transactions.forPreparation())
          .plan(query.sql(), query.maxRows(), new Cancellation());
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
    try (var _ = transactions.watch().busy()) {
      return runs.run(query, transactions.forStatement(), parameters, cancellation, onEnd, null);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw failed(e);
    }
  }

  /**
   * Executes a statement about the catalogue or about transactions. It has happened as a whole or,
   * with an error, not at all.
   *
   * @param cancellation stops a query in it
   */
  public Answer execute(Prepared.Definition definition, Cancellation cancellation)
      throws SqlFailure {
    try (var _ = transactions.watch().busy()) {
      return definitions.run(definition, cancellation);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      audit.see(e, definition.node());
      throw failed(e);
    }
  }

  /** When the session's transactions begin and end. */
  public SessionTransactions transactions() {
    return transactions;
  }

  /** Closes the session; a transaction that is open is rolled back. */
  @Override
  public void close() {
    try {
      transactions.close();
    } finally {
      instances.close();
      lease.release().run();
    }
  }
}
