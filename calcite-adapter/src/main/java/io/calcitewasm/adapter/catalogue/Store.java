package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.catalogue.DatabaseLocation.DurableFile;
import io.calcitewasm.adapter.catalogue.DatabaseLocation.SharedFile;
import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.udf.SqlError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The embedded H2 database of one {@link DatabaseLocation}. It lives until it is closed, whether or
 * not somebody is connected. Identifiers in it keep their letter case and match in any.
 */
public final class Store implements Transactional, AutoCloseable {
  /** The schema of the user's tables. */
  public static final String USER_SCHEMA = "PUBLIC";

  private static final String SETTINGS =
      ";DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;TRACE_LEVEL_FILE=0";
  private static final String STAYS_OPEN = ";DB_CLOSE_DELAY=-1";

  static {
    SharedStore.bindToThisMachine();
  }

  private final DataSource dataSource;
  private final boolean durable;
  private final boolean shared;

  private Store(DataSource dataSource, DatabaseLocation location) {
    this.dataSource = dataSource;
    this.shared = location instanceof SharedFile;
    this.durable = shared || location instanceof DurableFile;
  }

  /**
   * Opens or creates the database.
   *
   * @throws SqlError 08001 when the file is in use by another process or is not a database
   */
  public static Store open(DatabaseLocation location) {
    switch (location) {
      case DurableFile(Path path) -> UncleanFile.recover(path);
      case SharedFile(Path path) -> UncleanFile.recover(path);
      default -> {}
    }
    DataSource dataSource =
        switch (location) {
          case DurableFile(Path path) -> h2("jdbc:h2:file:" + path + SETTINGS + STAYS_OPEN);
          case SharedFile(Path path) ->
              SharedStore.open(path, h2("jdbc:h2:file:" + path + SETTINGS + ";AUTO_SERVER=TRUE"));
          // Who shares a database in memory is decided by us, so its name in H2 is nobody's.
          default -> h2("jdbc:h2:mem:" + UUID.randomUUID() + SETTINGS + STAYS_OPEN);
        };
    try (Connection connection = dataSource.getConnection()) {
      return new Store(dataSource, location);
    } catch (SQLException e) {
      throw unavailable(location, e);
    }
  }

  private static JdbcDataSource h2(String url) {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setUser("sa");
    dataSource.setPassword("");
    dataSource.setURL(url);
    return dataSource;
  }

  private static SqlError unavailable(DatabaseLocation location, SQLException e) {
    String what =
        switch (location) {
          case DurableFile(Path path) -> "database file " + path;
          case SharedFile(Path path) -> "database file " + path;
          default -> "database";
        };
    return new SqlError(
        "08001",
        e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
            ? what
                + " is in use by another process; processes share a file that all of them open"
                + " with shared=true"
            : what + " cannot be opened: " + JdbcFailure.sentence(e),
        e);
  }

  /** Connections to the database, each for its own transactions. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** Whether other processes may change it. */
  public boolean isShared() {
    return shared;
  }

  /**
   * Does work in a transaction of its own: all of it happens, or nothing.
   *
   * @throws SqlError with the store's SQLSTATE
   */
  @Override
  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw JdbcFailure.of(e);
    }
  }

  /**
   * Executes one statement that defines something.
   *
   * @throws SqlError with the store's SQLSTATE
   */
  public void define(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw JdbcFailure.of(e);
    }
  }

  /** Has what was committed written to the file, so that it survives the end of this process. */
  void flush() {
    if (durable) {
      define("CHECKPOINT SYNC");
    }
  }

  /** Closes the database: a file is complete, memory is gone. Other processes keep a shared one. */
  @Override
  public void close() {
    if (dataSource instanceof SharedStore held) {
      held.close();
    } else {
      define("SHUTDOWN");
    }
  }
}
