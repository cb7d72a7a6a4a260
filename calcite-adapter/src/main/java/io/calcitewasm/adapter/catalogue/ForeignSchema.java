package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.adapter.source.Names;
import io.calcitewasm.adapter.source.TableNames;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.sql.ddl.SqlCreateForeignSchema;
import org.apache.commons.dbcp2.BasicDataSource;
import org.jspecify.annotations.Nullable;

/**
 * A schema of another database. It connects when it is first used, and tries again each time until
 * it succeeds, so that a database that is down keeps nobody from opening his own.
 */
public final class ForeignSchema implements AutoCloseable {
  /** How long a foreign table may have other columns than we believe. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final ForeignSchemaDefinition definition;
  private final ForeignOptions options;
  private final Schema schema = new ForeignTables(this::connected);
  private @Nullable BasicDataSource source;
  private @Nullable JdbcTables tables;

  /** A schema by its definition; nothing is connected yet. */
  public ForeignSchema(ForeignSchemaDefinition definition) {
    this.definition = definition;
    this.options = ForeignOptions.of((SqlCreateForeignSchema) SqlLanguage.parse(definition.sql()));
  }

  /** The schema's definition. */
  public ForeignSchemaDefinition definition() {
    return definition;
  }

  /** The schema's tables for Calcite; connects when one of them is named. */
  public Schema tables() {
    return schema;
  }

  /**
   * Connects, if that has not been done.
   *
   * @throws SqlError 08001 when the database does not answer, 3F000 when it has no such schema
   */
  public void check() {
    connected();
  }

  private synchronized JdbcTables connected() {
    if (tables == null) {
      tables = connect();
    }
    return tables;
  }

  private JdbcTables connect() {
    if (options.url().startsWith("jdbc:hsqldb:")) {
      // HSQLDB would take over the process's logging.
      System.setProperty("hsqldb.reconfig_logging", "false");
    }
    Driver driver;
    try {
      driver = DriverManager.getDriver(options.url());
    } catch (SQLException e) {
      throw unavailable(
          "no JDBC driver on the class path takes '" + withoutSecrets(options.url()) + "'", e);
    }
    BasicDataSource pool = new BasicDataSource();
    pool.setDriver(driver);
    pool.setUrl(options.url());
    pool.setUsername(options.user());
    pool.setPassword(options.password());
    // A join reads several tables at a time: a bound would let statements wait for each other.
    pool.setMaxTotal(-1);
    try {
      JdbcTables connected =
          JdbcTables.connect(
              definition.name(),
              pool,
              options.catalog(),
              schemaName(pool),
              REMEMBERED,
              TableNames.OWN);
      source = pool;
      return connected;
    } catch (SQLException e) {
      close(pool);
      throw unavailable(String.valueOf(innermost(e).getMessage()), e);
    } catch (RuntimeException e) {
      close(pool);
      throw e;
    }
  }

  private SqlError unavailable(String why, SQLException e) {
    return new SqlError(
        "08001", "foreign schema " + definition.name() + " cannot connect: " + why, e);
  }

  /** Drivers take credentials behind the address, too. */
  private static String withoutSecrets(String url) {
    return url.replaceFirst("[;?].*", "…");
  }

  /** The wanted schema as the database writes it. */
  private @Nullable String schemaName(BasicDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      String wanted = options.schema();
      if (wanted == null) {
        return connection.getSchema();
      }
      Set<String> schemas = new TreeSet<>();
      try (ResultSet row = connection.getMetaData().getSchemas()) {
        while (row.next()) {
          schemas.add(row.getString("TABLE_SCHEM"));
        }
      }
      String match = Names.match(schemas, wanted);
      if (match == null) {
        throw new SqlError(
            "3F000",
            "the database of foreign schema "
                + definition.name()
                + " has no schema '"
                + wanted
                + "'; it has "
                + String.join(", ", schemas));
      }
      return match;
    }
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause instanceof SQLException ? innermost(cause) : thrown;
  }

  private static void close(BasicDataSource pool) {
    try {
      pool.close();
    } catch (SQLException e) {
      // The pool is given up; what it could not close, the database closes.
    }
  }

  /** Lets go of idle connections; those in use close when their statements end. */
  @Override
  public synchronized void close() {
    if (source != null) {
      close(source);
      source = null;
      tables = null;
    }
  }
}
