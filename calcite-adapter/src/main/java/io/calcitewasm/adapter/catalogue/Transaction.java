package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.adapter.source.PinnedSource;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction of one session on the embedded database: rows of the user's tables and everything
 * that the catalogue keeps, committed together or not at all. It takes a connection of the store
 * when it first writes something. With its first change of the catalogue it gets the catalogue for
 * itself, and from then on sees its own picture of it, which nobody else sees before it is
 * committed. Used by one thread at a time.
 */
public final class Transaction implements Transactional {
  private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
  private static final String STATEMENT = "calcite_wasm_statement";

  private final CommittedCatalogue committed;
  private final List<ModuleVersion> introduced = new ArrayList<>();
  private final List<Runnable> onEnd = new ArrayList<>();
  private List<Runnable> onCommit = new ArrayList<>();
  private @Nullable Connection connection;
  private @Nullable PinnedSource source;
  private @Nullable Picture draft;
  private boolean counted;
  private long judgedAt;
  private long marks;
  private int users;
  private boolean lost;
  private boolean ended;

  /** A transaction that has done nothing. */
  public Transaction(CommittedCatalogue committed) {
    this.committed = committed;
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    try {
      return work.on(connected());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The failure of something that was done on the transaction's connection. */
  private SqlError failure(SQLException e) {
    if (e.getErrorCode() == ErrorCode.DEADLOCK_1) {
      lost = true; // The store has rolled all of it back.
    }
    return JdbcFailure.of(e);
  }

  private Connection connected() throws SQLException {
    if (ended) {
      throw new SqlError("25P01", "the transaction has ended");
    }
    checkAlive();
    Connection known = connection;
    if (known == null) {
      known = committed.store().dataSource().getConnection();
      connection = known;
      try (Statement statement = known.createStatement()) {
        statement.execute("SET LOCK_TIMEOUT " + CommittedCatalogue.PATIENCE.toMillis());
      }
      known.setAutoCommit(false);
      source = new PinnedSource(known);
    }
    return known;
  }

  private void checkAlive() {
    if (lost) {
      throw new SqlError(
          "40001",
          "the transaction was rolled back because of another one that it waited for; end it with"
              + " ROLLBACK and try again");
    }
  }

  /** Whether it has written something, or is about to: what it reads comes from its connection. */
  public boolean isConnected() {
    return connection != null;
  }

  /**
   * Connections for those who change rows; all of them are the transaction's one.
   *
   * @throws SqlError when the database does not answer
   */
  public DataSource source() {
    return inTransaction(ignored -> Objects.requireNonNull(source));
  }

  /** What it sees of the catalogue. */
  Picture picture() {
    Picture own = draft;
    return own == null ? committed.now() : own;
  }

  CommittedCatalogue committed() {
    return committed;
  }

  /**
   * Gets the catalogue for itself until its end, as it is committed now.
   *
   * @throws SqlError 40001 when another transaction has it for too long
   */
  void lock() {
    if (draft != null) {
      return;
    }
    checkAlive();
    committed.acquire();
    boolean locked = false;
    try {
      lockForAllProcesses();
      committed.catchUp();
      judgedAt = committed.judgements();
      draft = committed.now();
      locked = true;
    } finally {
      if (!locked) {
        committed.release();
      }
    }
  }

  /** The row is another one when the transaction that it was waited for has counted. */
  private void lockForAllProcesses() {
    try {
      while (query("SELECT N FROM CALCITE_WASM.GENERATION FOR UPDATE", row -> row.getLong(1))
          .isEmpty()) {
        checkAlive();
      }
    } catch (SqlError e) {
      if (e.getCause() instanceof SQLException cause
          && (cause.getErrorCode() == ErrorCode.LOCK_TIMEOUT_1
              || cause.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1)) {
        throw CommittedCatalogue.busy(e);
      }
      throw e;
    }
  }

  /**
   * Changes the catalogue: its rows, and what this transaction sees.
   *
   * @param rows what to write
   * @param picture what is seen then, of what is seen now and a new generation
   */
  void change(Consumer<CatalogueChanges> rows, BiFunction<Picture, Long, Picture> picture) {
    lock();
    CatalogueChanges changes = new CatalogueChanges(this);
    if (!counted) {
      changes.count();
      counted = true;
    }
    rows.accept(changes);
    draft = picture.apply(picture(), committed.stamp());
  }

  /** Has a version let go of at the end, unless it is committed then. */
  void introduce(ModuleVersion version) {
    introduced.add(version);
  }

  /** Has something done once the transaction is committed, and never if it is not. */
  public void onCommit(Runnable action) {
    onCommit.add(action);
  }

  /** Has something done when the transaction has ended, in whatever way. */
  public void onEnd(Runnable action) {
    onEnd.add(action);
  }

  /** A point to which a transaction can go back. */
  public static final class Mark {
    private final @Nullable Savepoint savepoint;
    private final @Nullable Picture draft;
    private final boolean counted;
    private final List<Runnable> onCommit;
    private final long number;

    private final Transaction of;

    private Mark(Transaction of, @Nullable Savepoint savepoint) {
      this.of = of;
      this.savepoint = savepoint;
      this.draft = of.draft;
      this.counted = of.counted;
      this.onCommit = List.copyOf(of.onCommit);
      this.number = of.marks;
    }
  }

  /** Whether a point is one of this transaction, and it is open. */
  public boolean holds(Mark mark) {
    return mark.of == this && !ended;
  }

  /** The beginning of a statement, to which {@link #undo} goes back when it has failed. */
  public Mark statement() {
    return mark(true);
  }

  /** A point between statements, to which {@link #undo} can go back at any time. */
  public Mark mark() {
    return mark(false);
  }

  private Mark mark(boolean statement) {
    marks++;
    Connection own = connection;
    if (own == null) {
      return new Mark(this, null);
    }
    checkAlive();
    try {
      return new Mark(this, statement ? own.setSavepoint(STATEMENT) : own.setSavepoint());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Undoes a statement that has failed, unless others were begun since. */
  public void undoStatement(Mark mark) {
    if (mark.number == marks) {
      undo(mark);
    }
  }

  /** Goes back: what was done since is undone. */
  public void undo(Mark mark) {
    Connection own = connection;
    if (own == null || ended || lost) {
      return;
    }
    try {
      if (mark.savepoint == null) {
        own.rollback();
      } else {
        own.rollback(mark.savepoint);
      }
    } catch (SQLException e) {
      lost = true;
      LOG.debug("a statement could not be undone; its transaction is lost", e);
      return;
    }
    onCommit = new ArrayList<>(mark.onCommit);
    counted = mark.counted;
    if (draft != null && mark.draft == null) {
      letGoOf(draft);
      committed.release();
    }
    draft = mark.draft;
  }

  /**
   * Commits: everybody sees what it has done, and a database in a file has it on disk.
   *
   * @throws SqlError 40001 when it was rolled back before, else with the store's SQLSTATE; then all
   *     of it is undone
   */
  public void commit() {
    Connection own = connection;
    boolean done = false;
    try {
      checkAlive();
      if (own != null) {
        own.commit();
      }
      done = true;
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      if (!done) {
        rollback();
      }
    }
    try {
      Picture picture = draft;
      if (picture != null && counted) {
        committed.publish(picture, judgedAt);
        committed.store().flush();
      }
      onCommit.forEach(Transaction::run);
    } finally {
      end();
    }
  }

  /** Undoes all of it; nothing is left. */
  public void rollback() {
    if (ended) {
      return;
    }
    try {
      if (connection != null) {
        connection.rollback();
      }
    } catch (SQLException e) {
      LOG.debug("the store has rolled back by itself", e);
    } finally {
      end();
    }
  }

  private void end() {
    ended = true;
    Picture own = draft;
    draft = null;
    if (own != null) {
      letGoOf(own);
      committed.release();
    }
    introduced.forEach(committed.judge().registry()::discard);
    disconnect();
    onEnd.forEach(Transaction::run);
  }

  private void letGoOf(Picture picture) {
    picture.foreignSchemas().values().stream()
        .filter(schema -> !committed.now().foreignSchemas().containsValue(schema))
        .forEach(CommittedCatalogue::close);
  }

  /** What follows the end fails nobody: the transaction has ended as it was told. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("after the end of a transaction: {}", e.getMessage());
    }
  }

  /** Keeps the connection open for rows that are being read, even after the end. */
  public void use() {
    users++;
  }

  /** Ends a {@link #use}. */
  public void unuse() {
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

  /** Whether it has ended. */
  public boolean isEnded() {
    return ended;
  }
}
