package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.catalogue.Transaction;
import io.calcitewasm.adapter.exec.Cancellation.Reason;
import io.calcitewasm.adapter.session.Failures;
import io.calcitewasm.adapter.session.Session;
import io.calcitewasm.adapter.session.SessionRequest;
import io.calcitewasm.adapter.session.SessionTransactions;
import java.lang.reflect.Type;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Queryable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC connection over one {@link Session}. It is a {@link CalciteConnection} too, so that an
 * application can add schemas of its own to the root schema.
 */
final class WasmConnection extends LimitedConnection implements CalciteConnection {
  private final @Nullable Session session;
  private final Executions executions;
  private final TimeZone timeZone;

  WasmConnection(UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info)
      throws SQLException {
    super(driver, factory, url, info);
    SessionRequest wanted = ConnectionUrl.of(info);
    this.session = Session.open(wanted);
    this.timeZone = wanted.timeZone();
    this.executions = new Executions(session);
  }

  Session session() {
    if (session == null) {
      throw new IllegalStateException("the connection is being made");
    }
    return session;
  }

  Executions executions() {
    return executions;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return super.getMetaData();
  }

  /** The rows of what a statement executes; those of metadata come in their first frame. */
  Iterable<Object> rows(
      AvaticaStatement statement,
      @Nullable QueryState state,
      Meta.Signature signature,
      Meta.@Nullable Frame firstFrame) {
    return meta.createIterable(statement.handle, state, signature, List.of(), firstFrame);
  }

  @Override
  public CalciteConnectionConfig config() {
    return session == null ? new CalciteConnectionConfigImpl(info) : session.config();
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw new SQLException("the connection is closed", "08003");
    }
  }

  @Override
  public TimeZone getTimeZone() {
    return timeZone;
  }

  @Override
  public PreparedStatement prepareStatement(
      String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability)
      throws SQLException {
    checkOpen();
    Meta.StatementHandle statement = executions.prepare(meta.createStatement(handle), sql);
    return factory.newPreparedStatement(
        this,
        statement,
        statement.signature,
        resultSetType,
        resultSetConcurrency,
        resultSetHoldability);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    checkOpen();
    transactions(all -> all.setAutoCommit(autoCommit));
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return session().transactions().autoCommit();
  }

  @Override
  public void commit() throws SQLException {
    checkOpen();
    transactions(SessionTransactions::commit);
  }

  @Override
  public void rollback() throws SQLException {
    checkOpen();
    transactions(SessionTransactions::rollback);
  }

  private void transactions(Consumer<SessionTransactions> what) throws SQLException {
    try {
      what.accept(session().transactions());
    } catch (RuntimeException e) {
      throw Failures.of(e);
    }
  }

  private Transaction.Mark mark() throws SQLException {
    try {
      return session().transactions().mark();
    } catch (RuntimeException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    checkOpen();
    return TransactionPoint.numbered(mark());
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    checkOpen();
    return TransactionPoint.named(mark(), name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    checkOpen();
    Transaction.Mark mark = TransactionPoint.mark(savepoint);
    transactions(all -> all.undo(mark));
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    checkOpen();
    Transaction.Mark mark = TransactionPoint.mark(savepoint);
    transactions(all -> all.checkOpen(mark));
  }

  /** What a statement reads was committed when it began to read. */
  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_READ_COMMITTED;
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    if (level != TRANSACTION_READ_COMMITTED) {
      throw new SQLFeatureNotSupportedException(
          "transactions are READ COMMITTED here, not of level " + level, "0A000");
    }
  }

  @Override
  public String getSchema() throws SQLException {
    checkOpen();
    return session().defaultSchema();
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    checkOpen();
    try {
      session().setDefaultSchema(schema);
    } catch (RuntimeException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void close() throws SQLException {
    if (!isClosed()) {
      executions.cancelAll(Reason.CANCELLED);
      try {
        super.close();
      } finally {
        executions.closeAll();
        session().close();
      }
    }
  }

  @Override
  public SchemaPlus getRootSchema() {
    return session().database().namespace().openRoot();
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return session().typeFactory();
  }

  @Override
  public Properties getProperties() {
    return info;
  }

  @Override
  public CalcitePrepare.Context createPrepareContext() {
    return session().prepareContext();
  }

  @Override
  public <T> Queryable<T> createQuery(Expression expression, Class<T> rowType) {
    return session().queries().createQuery(expression, rowType);
  }

  @Override
  public <T> Queryable<T> createQuery(Expression expression, Type rowType) {
    return session().queries().createQuery(expression, rowType);
  }

  @Override
  public <T> T execute(Expression expression, Class<T> type) {
    return session().queries().execute(expression, type);
  }

  @Override
  public <T> T execute(Expression expression, Type type) {
    return session().queries().execute(expression, type);
  }

  @Override
  public <T> Enumerator<T> executeQuery(Queryable<T> queryable) {
    return session().queries().executeQuery(queryable);
  }
}
