package io.calcitewasm.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of {@code jdbc:calcite-wasm:}. URLs and their properties are told at {@link
 * ConnectionUrl}.
 */
public final class Driver extends UnregisteredDriver {
  /** What every URL of this driver begins with. */
  public static final String PREFIX = "jdbc:calcite-wasm:";

  static {
    try {
      DriverManager.registerDriver(new Driver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Made by {@link DriverManager}. */
  public Driver() {}

  @Override
  protected String getConnectStringPrefix() {
    return PREFIX;
  }

  @Override
  protected String getFactoryClassName(JdbcVersion jdbcVersion) {
    return WasmFactory.class.getName();
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return new DriverVersion(
        "calcite-wasm JDBC Driver", "0.1.0", "calcite-wasm", "0.1.0", true, 0, 1, 0, 1);
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    return factory.newConnection(
        this, factory, url, ConnectionUrl.properties(url.substring(PREFIX.length()), info));
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return ConnectionUrl.describe(info);
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new WasmMeta((WasmConnection) connection);
  }
}
