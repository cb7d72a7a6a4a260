package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.StatementKeyValues;
import io.calcitewasm.adapter.catalogue.Transaction;
import org.jspecify.annotations.Nullable;

/** A transaction of a session, with what its statements see and who says what they may. */
final class TransactionScope {
  private final Database database;
  private final Transaction transaction;
  private final boolean single;
  private @Nullable Namespace namespace;
  private @Nullable Authority authority;

  /**
   * A transaction that has done nothing.
   *
   * @param single whether it is that of one statement
   */
  TransactionScope(Database database, boolean single) {
    this.database = database;
    this.transaction = new Transaction(database.catalogue());
    this.single = single;
  }

  private TransactionScope(TransactionScope of) {
    this.database = of.database;
    this.transaction = of.transaction;
    this.single = false;
    this.namespace = of.changing();
  }

  Transaction transaction() {
    return transaction;
  }

  /** Whether it ends with its only statement. */
  boolean isSingle() {
    return single;
  }

  /** What a statement sees that changes nothing: what all see, before something was written. */
  Namespace namespace() {
    return transaction.isConnected() ? changing() : database.namespace();
  }

  /** What a statement sees and changes. */
  Namespace changing() {
    if (namespace == null) {
      namespace = database.namespace().in(transaction);
    }
    return namespace;
  }

  /** The same for a statement that writes rows: it reads by the transaction's connection too. */
  Namespace connected() {
    var _ = transaction.source();
    return changing();
  }

  /** The same transaction for a query that is a part of a statement, which decides about it. */
  TransactionScope within() {
    return new TransactionScope(this);
  }

  /** Who may do what, as it is seen by a statement that changes nothing. */
  Authority authority() {
    return transaction.isConnected() ? granting() : database.authority();
  }

  /** Who may do what, for statements that grant and are put on record. */
  Authority granting() {
    if (authority == null) {
      authority = database.authority().in(transaction);
    }
    return authority;
  }

  /** What a statement that begins sees of the entries that modules keep. */
  StatementKeyValues keyValues() {
    return new StatementKeyValues(
        () -> transaction.isConnected() ? transaction : database.namespace().rows());
  }

  /** Commits what was done if it was all. */
  void succeeded() {
    if (single) {
      transaction.commit();
    }
  }

  /** Undoes what the statement that began at a mark has done. */
  void failed(Transaction.Mark mark) {
    if (single) {
      transaction.rollback();
    } else {
      transaction.undoStatement(mark);
    }
  }
}
