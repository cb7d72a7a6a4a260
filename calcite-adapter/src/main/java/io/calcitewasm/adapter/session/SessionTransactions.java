package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.Transaction;
import io.calcitewasm.adapter.parser.TransactionStatement;
import io.calcitewasm.udf.SqlError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the transactions of a session begin and end. With autocommit, each statement is one, unless
 * {@code START TRANSACTION} has begun one of several; without, a transaction begins with the first
 * statement after the end of the last. What fails is undone alone, and the transaction goes on.
 */
public final class SessionTransactions {
  private final Database database;
  private final IdleWatch watch;
  private final Map<String, Transaction.Mark> savepoints = new LinkedHashMap<>();
  private boolean autoCommit = true;
  private @Nullable TransactionScope open;

  SessionTransactions(Database database, IdleWatch watch) {
    this.database = database;
    this.watch = watch;
  }

  /** What knows whether the session is doing something. */
  IdleWatch watch() {
    return watch;
  }

  /**
   * Where the next statement is executed: in the transaction that is open, or in its own.
   *
   * @throws SqlError as {@link Transaction#checkAlive}
   */
  TransactionScope forStatement() {
    TransactionScope known = alive();
    if (known != null) {
      return known;
    }
    return autoCommit ? single() : begun();
  }

  /** Where the next statement is prepared: as {@link #forStatement}, but nothing begins. */
  TransactionScope forPreparation() {
    TransactionScope known = alive();
    return known == null ? single() : known;
  }

  private @Nullable TransactionScope alive() {
    if (open != null) {
      open.transaction().checkAlive();
    }
    return open;
  }

  private TransactionScope single() {
    return new TransactionScope(database, true);
  }

  private TransactionScope begun() {
    TransactionScope begun = new TransactionScope(database, false);
    watch.begin(begun.transaction());
    open = begun;
    return begun;
  }

  /** Whether a transaction of several statements has begun. */
  boolean isOpen() {
    return open != null;
  }

  /** Whether every statement commits by itself; so it is in the beginning. */
  public boolean autoCommit() {
    return autoCommit;
  }

  /**
   * Sets whether every statement commits by itself. Where that changes, what is open is committed.
   *
   * @throws SqlError as {@link #commit}
   */
  public void setAutoCommit(boolean wanted) {
    if (wanted != autoCommit) {
      if (open != null) {
        commit();
      }
      autoCommit = wanted;
    }
  }

  /**
   * Commits.
   *
   * @throws SqlError 25P01 where every statement commits by itself; else as {@link
   *     Transaction#commit}
   */
  public void commit() {
    try (var _ = watch.busy()) {
      TransactionScope ending = end("COMMIT");
      if (ending != null) {
        ending.transaction().commit();
      }
    }
  }

  /**
   * Rolls back.
   *
   * @throws SqlError 25P01 where every statement commits by itself
   */
  public void rollback() {
    try (var _ = watch.busy()) {
      TransactionScope ending = end("ROLLBACK");
      if (ending != null) {
        ending.transaction().rollback();
      }
    }
  }

  private @Nullable TransactionScope end(String what) {
    TransactionScope ending = open;
    if (ending == null && autoCommit) {
      throw new SqlError(
          "25P01",
          what
              + ": there is no transaction: every statement commits by itself; START TRANSACTION or"
              + " setAutoCommit(false) begins one");
    }
    open = null;
    watch.end();
    savepoints.clear();
    return ending;
  }

  /** Rolls back what is open, if something is. */
  void close() {
    if (open != null) {
      rollback();
    }
  }

  /**
   * A point of the open transaction.
   *
   * @throws SqlError 25P01 where every statement commits by itself
   */
  public Transaction.Mark mark() {
    if (autoCommit && open == null) {
      throw new SqlError("25P01", "a savepoint needs a transaction of several statements");
    }
    try (var _ = watch.busy()) {
      return forStatement().transaction().mark();
    }
  }

  /**
   * Goes back to a point of the open transaction.
   *
   * @throws SqlError 3B001 for a point of one that has ended
   */
  public void undo(Transaction.Mark mark) {
    try (var _ = watch.busy()) {
      checkOpen(mark);
      forStatement().transaction().undo(mark);
    }
  }

  /**
   * Refuses a point of another transaction than the open one.
   *
   * @throws SqlError 3B001; as {@link Transaction#checkAlive} for one that was rolled back
   */
  public void checkOpen(Transaction.Mark mark) {
    TransactionScope known = alive();
    if (known == null || !known.transaction().holds(mark)) {
      throw new SqlError("3B001", "the savepoint is not one of the open transaction");
    }
  }

  /** Executes a statement about transactions. */
  void execute(TransactionStatement statement) {
    switch (statement.action()) {
      case BEGIN -> begin();
      case COMMIT -> commit();
      case ROLLBACK -> rollback();
      case SAVEPOINT -> {
        Transaction.Mark mark = mark();
        savepoints.remove(key(statement));
        savepoints.put(key(statement), mark);
      }
      case ROLLBACK_TO -> {
        undo(named(statement));
        forget(key(statement), false);
      }
      case RELEASE -> {
        Transaction.Mark _ = named(statement);
        forget(key(statement), true);
      }
    }
  }

  private void begin() {
    if (open != null) {
      throw new SqlError("25001", "a transaction has begun already; COMMIT or ROLLBACK ends it");
    }
    TransactionScope _ = begun();
  }

  private static String key(TransactionStatement statement) {
    return statement.name().toLowerCase(Locale.ROOT);
  }

  private Transaction.Mark named(TransactionStatement statement) {
    Transaction.Mark mark = savepoints.get(key(statement));
    if (mark == null) {
      throw new SqlError("3B001", "there is no savepoint " + statement.name());
    }
    return mark;
  }

  /** Later savepoints are gone with what was done after this one. */
  private void forget(String name, boolean itself) {
    boolean later = false;
    for (String known : List.copyOf(savepoints.keySet())) {
      if (later || (itself && known.equals(name))) {
        savepoints.remove(known);
      }
      later |= known.equals(name);
    }
  }
}
