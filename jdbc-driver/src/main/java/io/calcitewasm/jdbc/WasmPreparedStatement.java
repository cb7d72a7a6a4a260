package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.exec.Cancellation.Reason;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A prepared statement. It is prepared again when the catalogue has changed since. */
final class WasmPreparedStatement extends AvaticaPreparedStatement {
  WasmPreparedStatement(
      WasmConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability)
      throws SQLException {
    super(connection, handle, signature, resultSetType, resultSetConcurrency, resultSetHoldability);
  }

  /** A parameter, counted from 1. */
  @Override
  protected AvaticaParameter getParameter(int param) throws SQLException {
    int count = getParameterCount();
    if (param < 1 || param > count) {
      throw new SQLException(
          "there is no parameter "
              + param
              + "; the statement has "
              + (count == 0 ? "none" : count == 1 ? "one" : "parameters 1 to " + count),
          "07009");
    }
    return super.getParameter(param);
  }

  @Override
  public boolean execute() throws SQLException {
    return Border.cross(() -> super.execute());
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    return Border.cross(
        () -> {
          checkOpen();
          Executions.Expected.ROWS.check(getSignature());
          return super.executeQuery();
        });
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return Border.cross(
        () -> {
          checkOpen();
          Executions.Expected.COUNT.check(getSignature());
          return super.executeLargeUpdate();
        });
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return Border.cross(
        () -> {
          checkOpen();
          Executions.Expected.COUNT.check(getSignature());
          return super.executeLargeBatch();
        },
        WasmMeta::failureOfBatch);
  }

  @Override
  protected void checkOpen() throws SQLException {
    WasmStatement.checkOpen(this);
  }

  /** Without the monitor of the statement, which its execution may hold. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void cancel() throws SQLException {
    checkOpen();
    ((WasmConnection) connection).executions().cancel(handle, Reason.CANCELLED);
  }

  @Override
  public void setNString(int parameterIndex, @Nullable String value) throws SQLException {
    setString(parameterIndex, value);
  }

  @Override
  public void setCharacterStream(int parameterIndex, @Nullable Reader reader, int length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, length));
  }

  @Override
  public void setCharacterStream(int parameterIndex, @Nullable Reader reader, long length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, length));
  }

  @Override
  public void setNCharacterStream(int parameterIndex, @Nullable Reader reader, long length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, length));
  }

  @Override
  public void setClob(int parameterIndex, @Nullable Reader reader, long length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, length));
  }

  @Override
  public void setNClob(int parameterIndex, @Nullable Reader reader, long length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, length));
  }

  @Override
  public void setCharacterStream(int parameterIndex, @Nullable Reader reader) throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setNCharacterStream(int parameterIndex, @Nullable Reader reader) throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setClob(int parameterIndex, @Nullable Reader reader) throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setNClob(int parameterIndex, @Nullable Reader reader) throws SQLException {
    setString(parameterIndex, ParameterStreams.text(reader, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setClob(int parameterIndex, @Nullable Clob clob) throws SQLException {
    setString(parameterIndex, ParameterStreams.text(clob));
  }

  @Override
  public void setNClob(int parameterIndex, @Nullable NClob clob) throws SQLException {
    setString(parameterIndex, ParameterStreams.text(clob));
  }

  @Override
  public void setAsciiStream(int parameterIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.ascii(stream, length));
  }

  @Override
  public void setAsciiStream(int parameterIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    setString(parameterIndex, ParameterStreams.ascii(stream, length));
  }

  @Override
  public void setAsciiStream(int parameterIndex, @Nullable InputStream stream) throws SQLException {
    setString(parameterIndex, ParameterStreams.ascii(stream, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setBinaryStream(int parameterIndex, @Nullable InputStream stream, int length)
      throws SQLException {
    setBytes(parameterIndex, ParameterStreams.bytes(stream, length));
  }

  @Override
  public void setBinaryStream(int parameterIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    setBytes(parameterIndex, ParameterStreams.bytes(stream, length));
  }

  @Override
  public void setBlob(int parameterIndex, @Nullable InputStream stream, long length)
      throws SQLException {
    setBytes(parameterIndex, ParameterStreams.bytes(stream, length));
  }

  @Override
  public void setBinaryStream(int parameterIndex, @Nullable InputStream stream)
      throws SQLException {
    setBytes(parameterIndex, ParameterStreams.bytes(stream, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setBlob(int parameterIndex, @Nullable InputStream stream) throws SQLException {
    setBytes(parameterIndex, ParameterStreams.bytes(stream, ParameterStreams.TO_THE_END));
  }

  @Override
  public void setBlob(int parameterIndex, @Nullable Blob blob) throws SQLException {
    setBytes(parameterIndex, ParameterStreams.bytes(blob));
  }

  @Override
  public void setURL(int parameterIndex, @Nullable URL url) throws SQLException {
    setString(parameterIndex, url == null ? null : url.toString());
  }

  @Override
  public void setNull(int parameterIndex, int sqlType, @Nullable String typeName)
      throws SQLException {
    setNull(parameterIndex, sqlType);
  }

  @Override
  public void setObject(
      int parameterIndex, @Nullable Object value, int targetSqlType, int scaleOrLength)
      throws SQLException {
    setObject(parameterIndex, value);
  }

  @Override
  public void setObject(int parameterIndex, @Nullable Object value, int targetSqlType)
      throws SQLException {
    setObject(parameterIndex, value);
  }

  @Override
  public void setArray(int parameterIndex, @Nullable Array array) throws SQLException {
    setObject(parameterIndex, array);
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw unsupported("changed to another statement");
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw unsupported("changed to another statement");
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw unsupported("changed to another statement");
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw unsupported("changed to another statement");
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    throw new SQLException("generated keys are not returned", "0A000");
  }

  @Override
  public void setRef(int parameterIndex, @Nullable Ref value) throws SQLException {
    throw unsupported("given a reference as a parameter");
  }

  @Override
  public void setRowId(int parameterIndex, @Nullable RowId value) throws SQLException {
    throw unsupported("given a row id as a parameter");
  }

  @Override
  public void setSQLXML(int parameterIndex, @Nullable SQLXML value) throws SQLException {
    throw unsupported("given XML as a parameter");
  }

  private static SQLException unsupported(String what) {
    return new SQLFeatureNotSupportedException("a prepared statement cannot be " + what, "0A000");
  }
}
