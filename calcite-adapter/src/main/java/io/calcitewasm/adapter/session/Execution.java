package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.StatementKeyValues;
import io.calcitewasm.adapter.catalogue.Transaction;
import io.calcitewasm.udf.instance.CallSession;

/**
 * The end of one execution of a query: its calls, its part of a transaction, its timer. Whether it
 * has failed decides whether what it has written stays.
 */
final class Execution {
  private final CallSession calls;
  private final StatementKeyValues entries;
  private final TransactionScope scope;
  private final Transaction.Mark mark;
  private final FailureAudit audit;
  private final Runnable onEnd;
  private boolean failed;

  /** Begins; the transaction's connection stays open until the end. */
  Execution(
      CallSession calls,
      StatementKeyValues entries,
      TransactionScope scope,
      FailureAudit audit,
      Runnable onEnd) {
    this.calls = calls;
    this.entries = entries;
    this.scope = scope;
    this.audit = audit;
    this.onEnd = onEnd;
    this.mark = scope.transaction().statement();
    scope.transaction().use();
  }

  /**
   * It has done all that it is to do: what modules keep is written in its transaction.
   *
   * @throws io.calcitewasm.udf.SqlError as {@link StatementKeyValues#write}; it has failed then
   */
  void succeed() {
    try {
      entries.write(scope.transaction());
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  /** It has failed: with this, what it has written is undone at its end. */
  void fail(Throwable thrown) {
    failed = true;
    audit.see(thrown);
  }

  /** Ends it. */
  void end() {
    try {
      calls.close();
    } finally {
      try {
        finish();
      } finally {
        entries.forget();
        scope.transaction().unuse();
        onEnd.run();
      }
    }
  }

  private void finish() {
    if (failed) {
      scope.failed(mark);
    } else {
      scope.succeeded();
    }
  }
}
