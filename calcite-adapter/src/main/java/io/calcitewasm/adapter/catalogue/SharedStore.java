package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.BareDataSource;
import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.udf.SqlError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.h2.engine.SysProperties;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a database file that several processes use (H2's automatic mixed mode). The
 * process that serves the others may end at any time; who asks for a connection then waits until
 * another one serves, itself perhaps. One connection is held, so that the file stays open.
 */
final class SharedStore extends BareDataSource implements AutoCloseable {
  private static final String BIND_ADDRESS = "h2.bindAddress";

  /** A process that was killed holds its lock for some seconds. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(20);

  /** Who opens a file that another process has for itself is told soon. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 50;

  /** What the end of the process that serves is told as. */
  private static final Set<Integer> PASSING =
      Set.of(
          ErrorCode.DATABASE_ALREADY_OPEN_1,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN);

  private final Path path;
  private final JdbcDataSource h2;
  private @Nullable Connection held;
  private boolean closed;

  private SharedStore(Path path, JdbcDataSource h2) {
    super("a shared database has one user");
    this.path = path;
    this.h2 = h2;
  }

  /**
   * Has H2 serve databases to this machine alone, unless somebody has told it otherwise. H2 reads
   * that once, when it is loaded.
   */
  static void bindToThisMachine() {
    if (System.getProperty(BIND_ADDRESS) == null) {
      System.setProperty(BIND_ADDRESS, "127.0.0.1");
    }
  }

  /**
   * Connections of a data source.
   *
   * @param path the database's, without the store's ending
   * @throws SqlError 08001 if this process would serve the database to other machines
   */
  static SharedStore open(Path path, JdbcDataSource h2) {
    String address = SysProperties.BIND_ADDRESS;
    if (address == null || !isLoopback(address)) {
      throw new SqlError(
          "08001",
          "a shared database is served to this machine alone, and H2 was loaded with another"
              + " address: start Java with -D"
              + BIND_ADDRESS
              + "=127.0.0.1");
    }
    return new SharedStore(path, h2);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    long end = System.nanoTime() + (isHeld() ? TAKE_OVER : FIRST).toNanos();
    while (true) {
      try {
        Connection connection = h2.getConnection();
        hold();
        return connection;
      } catch (SQLException e) {
        if (!PASSING.contains(e.getErrorCode()) || System.nanoTime() > end) {
          throw e;
        }
        pause();
        // If the process that served was killed, this one may be the next.
        UncleanFile.recover(path);
      }
    }
  }

  private synchronized boolean isHeld() {
    return held != null;
  }

  private synchronized void hold() throws SQLException {
    if (!closed && (held == null || !held.isValid(1))) {
      held = h2.getConnection();
    }
  }

  private static void pause() throws SQLException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the database", "57014", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Connection last = held;
    held = null;
    if (last != null) {
      try {
        last.close();
      } catch (SQLException e) {
        throw JdbcFailure.of(e);
      }
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(h2)) {
      return type.cast(h2);
    }
    return super.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(h2);
  }
}
