package io.calcitewasm.adapter.source;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DelegatingConnection;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.DelegatingStatement;
import org.jspecify.annotations.Nullable;

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
    public Statement createStatement() throws SQLException {
      return new BorderStatement(this, getDelegateInternal().createStatement());
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
      return new BorderPreparedStatement(this, getDelegateInternal().prepareStatement(sql));
    }
  }

  private static final class BorderStatement extends DelegatingStatement {
    BorderStatement(BorderConnection connection, Statement statement) {
      super(connection, statement);
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
      return CalciteRows.of(getDelegate().executeQuery(sql));
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
      ResultSet rows = getDelegate().getResultSet();
      return rows == null ? null : CalciteRows.of(rows);
    }
  }

  private static final class BorderPreparedStatement extends DelegatingPreparedStatement {
    BorderPreparedStatement(BorderConnection connection, PreparedStatement statement) {
      super(connection, statement);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
      return CalciteRows.of(((PreparedStatement) getDelegate()).executeQuery());
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
      ResultSet rows = getDelegate().getResultSet();
      return rows == null ? null : CalciteRows.of(rows);
    }
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
