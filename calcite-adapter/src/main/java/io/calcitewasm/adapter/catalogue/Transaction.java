package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
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

  private final CommittedCatalogue committed;
  private final TransactionConnection connection;
  private final List<ModuleVersion> introduced = new ArrayList<>();
  private final List<Runnable> onEnd = new ArrayList<>();
  private List<Runnable> onCommit = new ArrayList<>();
  private final CatalogueDraft draft;
  private long marks;

  /** A transaction that has done nothing. */
  public Transaction(CommittedCatalogue committed) {
    this.committed = committed;
    this.connection = new TransactionConnection(committed.store().dataSource());
    this.draft = new CatalogueDraft(committed, this);
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    return connection.inTransaction(work);
  }

  /**
   * Agrees silently where nobody else has rolled it back.
   *
   * @throws SqlError 40001 after a deadlock, 25P03 after it {@linkplain #expire expired}
   */
  public void checkAlive() {
    connection.checkAlive();
  }

  /** Whether it has written something, or is about to: what it reads comes from its connection. */
  public boolean isConnected() {
    return connection.isTaken();
  }

  /**
   * Connections for those who change rows; all of them are the transaction's one.
   *
   * @throws SqlError when the database does not answer
   */
  public DataSource source() {
    return connection.source();
  }

  /** What it sees of the catalogue. */
  Picture picture() {
    return draft.seen();
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
    draft.lock();
  }

  /**
   * Changes the catalogue: its rows, and what this transaction sees.
   *
   * @param rows what to write
   * @param picture what is seen then, of what is seen now and a new generation
   */
  void change(Consumer<CatalogueChanges> rows, BiFunction<Picture, Long, Picture> picture) {
    draft.change(rows, picture);
  }

  /** Has a version let go of at the end, unless it is committed then. */
  void introduce(ModuleVersion version) {
    introduced.add(version);
  }

  /** The versions of a module that this transaction has introduced. */
  List<ModuleVersion> introduced(String module) {
    return introduced.stream().filter(v -> v.name().equalsIgnoreCase(module)).toList();
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
    private final CatalogueDraft.State draft;
    private final List<Runnable> onCommit;
    private final long number;

    private final Transaction of;

    private Mark(Transaction of, @Nullable Savepoint savepoint) {
      this.of = of;
      this.savepoint = savepoint;
      this.draft = of.draft.state();
      this.onCommit = List.copyOf(of.onCommit);
      this.number = of.marks;
    }
  }

  /** Whether a point is one of this transaction, and it is open. */
  public boolean holds(Mark mark) {
    return mark.of == this && !connection.isEnded();
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
    return new Mark(this, connection.savepoint(statement));
  }

  /** Undoes a statement that has failed, unless others were begun since. */
  public void undoStatement(Mark mark) {
    if (mark.number == marks) {
      undo(mark);
    }
  }

  /** Goes back: what was done since is undone. */
  public void undo(Mark mark) {
    if (!connection.undo(mark.savepoint)) {
      return;
    }
    onCommit = new ArrayList<>(mark.onCommit);
    draft.backTo(mark.draft);
  }

  /**
   * Commits: everybody sees what it has done, and a database in a file has it on disk.
   *
   * @throws SqlError 40001 when it was rolled back before, else with the store's SQLSTATE; then all
   *     of it is undone
   */
  public void commit() {
    boolean done = false;
    try {
      connection.commit();
      done = true;
    } finally {
      if (!done) {
        rollback();
      }
    }
    try {
      draft.publish();
      onCommit.forEach(Transaction::run);
    } finally {
      end();
    }
  }

  /** Undoes all of it; nothing is left. */
  public void rollback() {
    if (!connection.isEnded()) {
      connection.rollback();
      end();
    }
  }

  /**
   * Rolls it back because nobody has used it for too long, which everything that is done in it from
   * now on answers until its user has ended it.
   *
   * @param time how long, for people
   */
  public void expire(String time) {
    if (!connection.isEnded()) {
      rollback();
      connection.lose(
          "25P03", "the transaction was rolled back because nothing was done in it for " + time);
    }
  }

  private void end() {
    connection.end();
    draft.end();
    introduced.forEach(committed.judge().registry()::discard);
    onEnd.forEach(Transaction::run);
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
    connection.use();
  }

  /** Ends a {@link #use}. */
  public void unuse() {
    connection.unuse();
  }
}
