package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.adapter.source.PinnedSource;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of the store that a transaction works on. It is taken when something is first
 * written, and kept after the end for rows that are still being read by it. Where the transaction
 * was rolled back by somebody else, everything says so until its user has ended it.
 */
final class TransactionConnection {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionConnection.class);
  private static final String STATEMENT = "calcite_wasm_statement";
  private static final String END_IT = "; end it with ROLLBACK and try again";

  private final DataSource store;
  private @Nullable Connection connection;
  private @Nullable PinnedSource source;
  private @Nullable Loss loss;
  private int users;
  private boolean ended;

  /** Why a transaction is lost that its user has not ended. */
  private record Loss(String sqlState, String sentence) {
    private static final Loss DEADLOCK =
        new Loss(
            "40001", "the transaction was rolled back because of another one that it waited for");

    SqlError error() {
      return new SqlError(sqlState, sentence + END_IT);
    }
  }

  TransactionConnection(DataSource store) {
    this.store = store;
  }

  <T> T inTransaction(Transactional.Work<T> work) {
    try {
      return work.on(connected());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private Connection connected() throws SQLException {
    checkAlive();
    if (ended) {
      throw new SqlError("25P01", "the transaction has ended");
    }
    Connection known = connection;
    if (known == null) {
      known = store.getConnection();
      connection = known;
      try (Statement statement = known.createStatement()) {
        statement.execute("SET LOCK_TIMEOUT " + CommittedCatalogue.PATIENCE.toMillis());
      }
      known.setAutoCommit(false);
      source = new PinnedSource(known);
    }
    return known;
  }

  /** The failure of something that was done on the connection. */
  private SqlError failure(SQLException e) {
    if (e.getErrorCode() == ErrorCode.DEADLOCK_1) {
      loss = Loss.DEADLOCK; // The store has rolled all of it back.
    }
    return JdbcFailure.of(e);
  }

  boolean isTaken() {
    return connection != null;
  }

  boolean isEnded() {
    return ended;
  }

  /** Connections for those who change rows; all of them are this one. */
  DataSource source() {
    return inTransaction(_ -> Objects.requireNonNull(source));
  }

  /**
   * Agrees silently where nobody else has rolled the transaction back.
   *
   * @throws SqlError 40001 or 25P03 with the reason
   */
  void checkAlive() {
    Loss known = loss;
    if (known != null) {
      throw known.error();
    }
  }

  /**
   * Takes note that somebody else has rolled it back.
   *
   * @param sqlState what everything is answered with from now on
   * @param sentence why
   */
  void lose(String sqlState, String sentence) {
    loss = new Loss(sqlState, sentence);
  }

  /**
   * A point to go back to.
   *
   * @param statement whether it takes the place of the last one that was a statement's
   * @return null where nothing has been written
   */
  @Nullable Savepoint savepoint(boolean statement) {
    Connection own = connection;
    if (own == null) {
      return null;
    }
    checkAlive();
    try {
      return statement ? own.setSavepoint(STATEMENT) : own.setSavepoint();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Undoes what was written since a point, or all of it.
   *
   * @return whether there was something to undo, and it is undone
   */
  boolean undo(@Nullable Savepoint point) {
    Connection own = connection;
    if (own == null || ended || loss != null) {
      return false;
    }
    try {
      if (point == null) {
        own.rollback();
      } else {
        own.rollback(point);
      }
      return true;
    } catch (SQLException e) {
      loss = Loss.DEADLOCK;
      LOG.debug("a statement could not be undone; its transaction is lost", e);
      return false;
    }
  }

  /** Commits what was written; {@link #end} is still to follow. */
  void commit() {
    checkAlive();
    try {
      if (connection != null) {
        connection.commit();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Undoes what was written; {@link #end} is still to follow. */
  void rollback() {
    try {
      if (connection != null) {
        connection.rollback();
      }
    } catch (SQLException e) {
      LOG.debug("the store has rolled back by itself", e);
    }
  }

  /** Nothing is written any more. */
  void end() {
    ended = true;
    disconnect();
  }

  /** Keeps the connection open for rows that are being read, even after the end. */
  void use() {
    users++;
  }

  /** Ends a {@link #use}. */
  void unuse() {
    users--;
    disconnect();
  }

  private void disconnect() {
    Connection own = connection;
    if (ended && users <= 0 && own != null) {
      connection = null;
      try (own) {
        own.rollback();
      } catch (SQLException e) {
        LOG.debug("the connection of a transaction", e);
      }
    }
  }
}
