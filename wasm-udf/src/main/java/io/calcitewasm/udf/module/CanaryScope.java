package io.calcitewasm.udf.module;

import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which functions of a module a canary can say something about, and why it cannot about others.
 *
 * @param twins the function of the tried version for each one of the active version that is
 *     compared
 * @param notCompared why not, for each other function that can be called
 */
record CanaryScope(Map<SqlFunction, SqlFunction> twins, Map<SqlFunction, String> notCompared) {

  static CanaryScope of(ModuleVersion active, ModuleVersion tried) {
    Map<SqlFunction, SqlFunction> twins = new IdentityHashMap<>();
    Map<SqlFunction, String> notCompared = new LinkedHashMap<>();
    for (SqlFunction function : active.functions()) {
      Optional<SqlFunction> twin =
          tried.functions().stream().filter(candidate -> isTwin(function, candidate)).findFirst();
      @Nullable String unfit = unfit(function, active.isolations().of(function));
      if (unfit != null) {
        notCompared.put(function, unfit);
      } else if (twin.isPresent()) {
        twins.put(function, twin.get());
      } else if (function.noSqlForm().isEmpty()) {
        notCompared.put(function, "the new version has no such function of these types");
      }
    }
    return new CanaryScope(twins, notCompared);
  }

  /** Why the calls of a function cannot be compared with those of whatever other version. */
  static Map<SqlFunction, String> unfit(ModuleVersion active) {
    Map<SqlFunction, String> unfit = new LinkedHashMap<>();
    for (SqlFunction function : active.functions()) {
      @Nullable String reason = unfit(function, active.isolations().of(function));
      if (reason != null) {
        unfit.put(function, reason);
      }
    }
    return unfit;
  }

  private static @Nullable String unfit(SqlFunction function, Isolation isolation) {
    return switch (function.form()) {
      case SqlForm.Aggregate _, SqlForm.DynamicAggregate _ ->
          "an aggregate's accumulators live between calls";
      case SqlForm.Cursor _ -> "a table function's cursor lives between calls";
      case SqlForm.Dynamic _ -> "a function of any arguments keeps what it has resolved";
      case SqlForm.Typed _ when isolation == Isolation.SESSION ->
          "its state lives as long as a connection (isolation SESSION)";
      case SqlForm.Typed _, SqlForm.None _ -> null;
    };
  }

  private static boolean isTwin(SqlFunction function, SqlFunction candidate) {
    return function.noSqlForm().isEmpty()
        && candidate.noSqlForm().isEmpty()
        && candidate.name().equals(function.name())
        && candidate.schemaName().equals(function.schemaName())
        && candidate.parameters().stream()
            .map(SqlParameter::type)
            .toList()
            .equals(function.parameters().stream().map(SqlParameter::type).toList())
        && candidate.result().equals(function.result());
  }
}
