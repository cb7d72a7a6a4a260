package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.session.Failures;
import io.calcitewasm.adapter.session.Session;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Avatica's way from JDBC calls to {@link Executions} and {@link MetadataQueries}. */
final class WasmMeta extends MetaImpl {
  private final WasmConnection wasmConnection;

  WasmMeta(WasmConnection connection) {
    super(connection);
    this.wasmConnection = connection;
    this.connProps.setAutoCommit(true).setReadOnly(false).setTransactionIsolation(0);
    this.connProps.setDirty(false);
  }

  private Executions executions() {
    return wasmConnection.executions();
  }

  private Executions.Expected expected(StatementHandle handle) {
    return wasmConnection.statementMap.get(handle.id) instanceof WasmStatement statement
        ? statement.expected()
        : Executions.Expected.ANYTHING;
  }

  private int timeoutSeconds(StatementHandle handle) throws SQLException {
    AvaticaStatement statement = wasmConnection.statementMap.get(handle.id);
    return statement == null ? 0 : statement.getQueryTimeout();
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connectionHandle, String sql, long maxRowCount) {
    try {
      return executions().prepare(createStatement(connectionHandle), sql);
    } catch (SQLException e) {
      throw new CarriedFailure(e);
    }
  }

  /** Takes a SQL exception through Avatica's interfaces that allow none. */
  private static final class CarriedFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CarriedFailure(SQLException cause) {
      super(cause);
    }
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback)
      throws NoSuchStatementException {
    return prepareAndExecute(handle, sql, maxRowCount, -1, callback);
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle handle,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback)
      throws NoSuchStatementException {
    try {
      synchronized (callback.getMonitor()) {
        callback.clear();
      }
      Executions.Outcome outcome =
          executions().execute(handle, sql, maxRowCount, timeoutSeconds(handle), expected(handle));
      synchronized (callback.getMonitor()) {
        callback.assign(outcome.signature(), null, outcome.updateCount());
      }
      callback.execute();
      return new ExecuteResult(List.of(result(handle, outcome)));
    } catch (SQLException e) {
      throw new CarriedFailure(e);
    }
  }

  private static MetaResultSet result(StatementHandle handle, Executions.Outcome outcome) {
    return outcome.hasRows()
        ? MetaResultSet.create(
            handle.connectionId, handle.id, false, outcome.signature(), Frame.EMPTY)
        : MetaResultSet.count(handle.connectionId, handle.id, outcome.updateCount());
  }

  @Override
  @Deprecated
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameterValues, long maxRowCount) {
    return execute(handle, parameterValues, -1);
  }

  @Override
  public ExecuteResult execute(
      StatementHandle handle, List<TypedValue> parameterValues, int maxRowsInFirstFrame) {
    try {
      return new ExecuteResult(
          List.of(
              result(
                  handle, executions().execute(handle, parameterValues, timeoutSeconds(handle)))));
    } catch (SQLException e) {
      throw new CarriedFailure(e);
    }
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(
      StatementHandle handle, List<String> sqlCommands) {
    List<Long> counts = new ArrayList<>();
    for (String sql : sqlCommands) {
      try {
        counts.add(
            executions()
                .execute(handle, sql, -1, timeoutSeconds(handle), Executions.Expected.COUNT)
                .updateCount());
      } catch (SQLException e) {
        throw new CarriedFailure(batchFailure(e, counts));
      }
    }
    return batchResult(counts);
  }

  @Override
  public ExecuteBatchResult executeBatch(
      StatementHandle handle, List<List<TypedValue>> parameterValues) {
    List<Long> counts = new ArrayList<>();
    for (List<TypedValue> parameters : parameterValues) {
      try {
        counts.add(executions().execute(handle, parameters, timeoutSeconds(handle)).updateCount());
      } catch (SQLException e) {
        throw new CarriedFailure(batchFailure(e, counts));
      }
    }
    return batchResult(counts);
  }

  private static SQLException batchFailure(SQLException cause, List<Long> counts) {
    SQLException failure = Failures.of(cause);
    return new BatchUpdateException(
        "statement " + (counts.size() + 1) + " of the batch: " + failure.getMessage(),
        failure.getSQLState(),
        0,
        counts.stream().mapToInt(Math::toIntExact).toArray(),
        failure);
  }

  /** A failure of a batch, with the counts of what it had done; any other as a statement's. */
  static SQLException failureOfBatch(Throwable thrown) {
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      if (link instanceof BatchUpdateException failure) {
        return failure;
      }
    }
    return Failures.of(thrown);
  }

  private static ExecuteBatchResult batchResult(List<Long> counts) {
    return new ExecuteBatchResult(counts.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public Iterable<Object> createIterable(
      StatementHandle handle,
      QueryState state,
      Signature signature,
      @Nullable List<TypedValue> parameterValues,
      @Nullable Frame firstFrame) {
    if (firstFrame != null && firstFrame != Frame.EMPTY) {
      return firstFrame.rows;
    }
    return executions().rows(handle);
  }

  @Override
  public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount) {
    throw new UnsupportedOperationException("rows are not fetched in frames here");
  }

  @Override
  public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
    throw new UnsupportedOperationException("results are not resumed here");
  }

  @Override
  public void closeStatement(StatementHandle handle) {
    executions().close(handle);
  }

  @Override
  public void commit(ConnectionHandle connectionHandle) {
    throw new UnsupportedOperationException("transactions");
  }

  @Override
  public void rollback(ConnectionHandle connectionHandle) {
    throw new UnsupportedOperationException("transactions");
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle connectionHandle) {
    return MetadataQueries.databaseProperties();
  }

  private MetaResultSet rows(MetadataRows rows) {
    return createResultSet(
        Map.of(), rows.columns(), CursorFactory.ARRAY, new Frame(0, true, rows.rows()));
  }

  /** Nothing is in a catalog that has a name. */
  private MetaResultSet inCatalog(@Nullable String catalog, MetadataRows rows) {
    return rows(SearchPattern.isNoCatalog(catalog) ? rows : rows.none());
  }

  private FunctionMetadata functionMetadata() {
    return new FunctionMetadata(session());
  }

  /** The session of a connection that is not closed. */
  private Session session() {
    try {
      wasmConnection.checkOpen();
      return wasmConnection.session();
    } catch (SQLException e) {
      throw new CarriedFailure(e);
    }
  }

  private MetadataQueries metadata() {
    return new MetadataQueries(session());
  }

  @Override
  public MetaResultSet getTables(
      ConnectionHandle connectionHandle,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat tableNamePattern,
      @Nullable List<String> typeList) {
    return inCatalog(catalog, metadata().tables(schemaPattern.s, tableNamePattern.s, typeList));
  }

  @Override
  public MetaResultSet getColumns(
      ConnectionHandle connectionHandle,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat tableNamePattern,
      Pat columnNamePattern) {
    return inCatalog(
        catalog, metadata().columns(schemaPattern.s, tableNamePattern.s, columnNamePattern.s));
  }

  @Override
  public MetaResultSet getSchemas(
      ConnectionHandle connectionHandle, @Nullable String catalog, Pat schemaPattern) {
    return inCatalog(catalog, metadata().schemas(schemaPattern.s));
  }

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle connectionHandle) {
    return rows(metadata().catalogs());
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle connectionHandle) {
    return rows(metadata().tableTypes());
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle connectionHandle) {
    return rows(metadata().typeInfo());
  }

  @Override
  public MetaResultSet getFunctions(
      ConnectionHandle connectionHandle,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat functionNamePattern) {
    return inCatalog(catalog, functionMetadata().functions(schemaPattern.s, functionNamePattern.s));
  }

  @Override
  public MetaResultSet getFunctionColumns(
      ConnectionHandle connectionHandle,
      @Nullable String catalog,
      Pat schemaPattern,
      Pat functionNamePattern,
      Pat columnNamePattern) {
    return inCatalog(
        catalog,
        functionMetadata()
            .functionColumns(schemaPattern.s, functionNamePattern.s, columnNamePattern.s));
  }
}
