package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.Transaction;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.parser.ReloadPolicy;
import io.calcitewasm.adapter.parser.TransactionStatement;
import io.calcitewasm.adapter.sql.Answer;
import io.calcitewasm.adapter.sql.Definitions;
import io.calcitewasm.udf.SqlError;

/** Executes a session's statements about the catalogue and about transactions. */
final class DefinitionRuns {
  private final Session session;
  private final SessionTransactions transactions;

  DefinitionRuns(Session session, SessionTransactions transactions) {
    this.session = session;
    this.transactions = transactions;
  }

  /** Executes one, as a whole or not at all. */
  Answer run(Prepared.Definition definition, Cancellation cancellation) throws SqlFailure {
    if (definition.node() instanceof TransactionStatement statement) {
      transactions.execute(statement);
      return new Answer.Done();
    }
    if (definition.node() instanceof ReloadPolicy && transactions.isOpen()) {
      throw new SqlError(
          "25001",
          "RELOAD POLICY takes effect for everybody at once and cannot be rolled back: end the"
              + " transaction first");
    }
    TransactionScope scope = transactions.forStatement();
    Transaction.Mark mark = scope.transaction().statement();
    boolean done = false;
    try {
      Answer answer =
          new Definitions(scope.changing(), scope.granting())
              .execute(definition.node(), new SessionQueries(session, scope, cancellation));
      done = true;
      scope.succeeded();
      return answer;
    } finally {
      if (!done) {
        scope.failed(mark);
      }
    }
  }
}
