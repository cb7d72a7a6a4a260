package io.calcitewasm.adapter.function;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.signature.SqlType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** The types of a call's arguments, for guests that decide by them what they answer. */
final class ArgumentTypes {
  private ArgumentTypes() {}

  /**
   * The types, in order; null where nothing is known but NULL.
   *
   * @throws SqlError 0A000 for arguments that have names
   */
  static List<@Nullable SqlType> of(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    List<@Nullable SqlType> types = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT
          || operand.getKind() == SqlKind.DEFAULT) {
        throw new SqlError("0A000", "functions of any arguments take them by position");
      }
      types.add(SqlTypes.ofCalcite(validator.deriveType(scope, operand)));
    }
    return types;
  }

  /** Asks an instance that lives for the question only. */
  static SqlType resolved(Function<CallSession, SqlType> question) {
    try (CallSession calls = new CallSession(new StatementContext(Instant.now()))) {
      return question.apply(calls);
    }
  }
}
