package io.calcitewasm.udf.module;

import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
      if (twin.isPresent()) {
        twins.put(function, twin.get());
      } else if (function.noSqlForm().isEmpty()) {
        notCompared.put(function, "the new version has no such function of these types");
      }
    }
    return new CanaryScope(twins, notCompared);
  }

  private static boolean isTwin(SqlFunction function, SqlFunction candidate) {
    return function.noSqlForm().isEmpty()
        && candidate.noSqlForm().isEmpty()
        && candidate.kind() == function.kind()
        && candidate.name().equals(function.name())
        && candidate.schemaName().equals(function.schemaName())
        && candidate.parameters().stream()
            .map(SqlParameter::type)
            .toList()
            .equals(function.parameters().stream().map(SqlParameter::type).toList())
        && (function.kind().isDynamic() || candidate.result().equals(function.result()));
  }
}
