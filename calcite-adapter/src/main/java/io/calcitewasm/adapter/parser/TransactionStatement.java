package io.calcitewasm.adapter.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code BEGIN} or {@code START TRANSACTION}, {@code COMMIT}, {@code ROLLBACK [TO SAVEPOINT name]},
 * {@code SAVEPOINT name} and {@code RELEASE SAVEPOINT name}.
 */
public final class TransactionStatement extends SqlCall {
  private static final SqlOperator OPERATOR = new SqlSpecialOperator("TRANSACTION", SqlKind.OTHER);

  /** What is done. */
  public enum Action {
    /** Begins a transaction. */
    BEGIN("START TRANSACTION"),
    /** Ends it and keeps what it did. */
    COMMIT("COMMIT"),
    /** Ends it and undoes what it did. */
    ROLLBACK("ROLLBACK"),
    /** Names a point. */
    SAVEPOINT("SAVEPOINT"),
    /** Undoes what was done since a point. */
    ROLLBACK_TO("ROLLBACK TO SAVEPOINT"),
    /** Forgets a point. */
    RELEASE("RELEASE SAVEPOINT");

    private final String words;

    Action(String words) {
      this.words = words;
    }
  }

  private final Action action;
  private final @Nullable SqlIdentifier savepoint;

  /** Called by the parser; those about a savepoint have its name. */
  public TransactionStatement(SqlParserPos pos, Action action, @Nullable SqlIdentifier savepoint) {
    super(pos);
    this.action = action;
    this.savepoint = savepoint;
  }

  /** What is done. */
  public Action action() {
    return action;
  }

  /** The savepoint's name; empty where there is none. */
  public String name() {
    return savepoint == null ? "" : savepoint.getSimple();
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return savepoint == null ? List.of() : List.of(savepoint);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(action.words);
    if (savepoint != null) {
      savepoint.unparse(writer, 0, 0);
    }
  }
}
