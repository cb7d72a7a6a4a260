package io.calcitewasm.adapter.source;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DelegatingConnection;

/**
 * A data source whose result sets give objects in Calcite's representation, where drivers give
 * their own: see {@link CalciteRows}.
 */
final class JdbcBorder implements DataSource {
  private final DataSource source;

  JdbcBorder(DataSource source) {
    this.source = source;
  }

  /** The data source as its driver made it. */
  DataSource source() {
    return source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return new BorderConnection(source.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return new BorderConnection(source.getConnection(user, password));
  }

  private static final class BorderConnection extends DelegatingConnection<Connection> {
    BorderConnection(Connection connection) {
      super(connection);
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
      return TableTypes.inWordsOfJdbc(getDelegateInternal().getMetaData());
    }

    @Override
    public Statement createStatement() throws SQLException {
      return border(Statement.class, getDelegateInternal().createStatement());
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
      return border(PreparedStatement.class, getDelegateInternal().prepareStatement(sql));
    }
  }

  /**
   * A statement whose result sets are converted. It is a proxy because the delegating statements of
   * the pool close what they delegate to when they are garbage, and a result set may outlive every
   * other reference to its statement.
   */
  private static <S extends Statement> S border(Class<S> type, S statement) {
    return type.cast(
        Proxy.newProxyInstance(
            JdbcBorder.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(statement, arguments);
                return result instanceof ResultSet rows ? CalciteRows.of(rows) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(JdbcBorder.class.getPackageName());
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || source.isWrapperFor(type);
  }
}
