package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Instant;
import org.apache.calcite.DataContext;

/**
 * A function of a module in one execution.
 *
 * @param root the execution's data context
 * @param calls the execution's calls
 * @param module the version that the execution sees
 * @param function the function
 */
record FunctionBinding(
    DataContext root, CallSession calls, ModuleVersion module, SqlFunction function) {

  /**
   * Finds a function in the modules of an execution.
   *
   * @throws SqlError 42883 if it is not there any more
   */
  static FunctionBinding of(DataContext root, FunctionKey key) {
    Snapshot snapshot;
    CallSession calls;
    if (root instanceof StatementContext context) {
      snapshot = context.snapshot();
      calls = context.calls();
    } else {
      ModuleAccess access = ModuleAccess.find(root, key.module());
      snapshot = access.snapshot();
      calls = access.calls(root, timestamp(root));
    }
    ModuleVersion module =
        snapshot
            .module(key.module())
            .orElseThrow(
                () -> new SqlError("42883", "module " + key.module() + " is not installed"));
    SqlFunction function =
        module.functions().stream()
            .filter(key::matches)
            .findFirst()
            .orElseThrow(
                () ->
                    new SqlError(
                        "42883",
                        "function "
                            + key
                            + " is gone: the module was replaced; prepare the"
                            + " statement again"));
    return new FunctionBinding(root, calls, module, function);
  }

  private static Instant timestamp(DataContext root) {
    Long millis = DataContext.Variable.UTC_TIMESTAMP.get(root);
    return millis == null ? Instant.now() : Instant.ofEpochMilli(millis);
  }
}
