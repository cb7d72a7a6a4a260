package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.MisfitException;
import org.jspecify.annotations.Nullable;

/**
 * Where a call stands, for messages: every failure names module, version, function and row.
 *
 * @param module name and version of the module
 * @param function what was called; null while the module is loaded
 * @param row the row's number within the statement, from 1; −1 where there is none
 */
record CallSite(String module, @Nullable SqlFunction function, long row) {

  /** {@code module text 0.1.0, function text.slugify, row 17: problem}. */
  SqlError error(String sqlState, String problem, @Nullable Throwable cause) {
    String rowNumber = row < 0 ? "" : ", row " + row;
    String called = function == null ? "" : ", function " + function.shortName();
    return new SqlError(
        sqlState,
        "module " + module + called + rowNumber + ": " + problem,
        cause,
        function == null ? module.split(" ", 2)[0] : function.module());
  }

  /** The error of a result that does not fit its SQL type. */
  SqlError misfit(MisfitException e) {
    return error(e.sqlState(), "result" + (e.isNested() ? ", " : ": ") + e.getMessage(), null);
  }
}
