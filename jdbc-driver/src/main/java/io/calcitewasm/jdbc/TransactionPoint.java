package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.catalogue.Transaction;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A savepoint of JDBC over a point of a session's transaction. */
final class TransactionPoint implements Savepoint {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Transaction.Mark mark;
  private final int number = NUMBERS.incrementAndGet();
  private final @Nullable String name;

  private TransactionPoint(Transaction.Mark mark, @Nullable String name) {
    this.mark = mark;
    this.name = name;
  }

  static TransactionPoint numbered(Transaction.Mark mark) {
    return new TransactionPoint(mark, null);
  }

  static TransactionPoint named(Transaction.Mark mark, String name) {
    return new TransactionPoint(mark, name);
  }

  /**
   * The point of a savepoint.
   *
   * @throws SQLException 3B001 for one of another driver
   */
  static Transaction.Mark mark(Savepoint savepoint) throws SQLException {
    if (savepoint instanceof TransactionPoint point) {
      return point.mark;
    }
    throw new SQLException("the savepoint is not one of this connection", "3B001");
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw new SQLException("savepoint " + name + " has a name", "3B002");
    }
    return number;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw new SQLException("savepoint " + number + " has no name", "3B002");
    }
    return name;
  }
}
