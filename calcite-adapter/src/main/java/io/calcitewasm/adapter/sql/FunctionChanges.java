package io.calcitewasm.adapter.sql;

import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How functions of a module's new version differ from those of the old one, where calls that worked
 * may not work any more. What is only added is no such change.
 */
final class FunctionChanges {
  private FunctionChanges() {}

  /** One sentence for each function that is gone or has changed. */
  static List<String> between(ModuleVersion before, ModuleVersion after) {
    List<String> changes = new ArrayList<>();
    for (SqlFunction function : before.functions()) {
      if (function.noSqlForm().isPresent()) {
        continue;
      }
      Optional<SqlFunction> successor =
          after.functions().stream()
              .filter(f -> f.noSqlForm().isEmpty() && takes(f, function))
              .findFirst();
      String name = name(function);
      if (successor.isEmpty()) {
        changes.add(name + signature(function) + " is gone");
      } else if (!successor.get().result().equals(function.result())) {
        changes.add(
            name
                + parameters(function)
                + " returns "
                + successor.get().result().toSql()
                + " instead of "
                + function.result().toSql());
      } else if (successor.get().resultNullable() && !function.resultNullable()) {
        changes.add(name + parameters(function) + " may return NULL");
      }
    }
    return changes;
  }

  private static boolean takes(SqlFunction successor, SqlFunction function) {
    return successor.name().equals(function.name())
        && successor.schemaName().equals(function.schemaName())
        && types(successor).equals(types(function));
  }

  private static List<String> types(SqlFunction function) {
    return function.parameters().stream().map(p -> p.type().toSql()).toList();
  }

  private static String name(SqlFunction function) {
    return function.shortName();
  }

  private static String parameters(SqlFunction function) {
    return types(function).stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private static String signature(SqlFunction function) {
    return parameters(function) + " -> " + function.result().toSql();
  }
}
