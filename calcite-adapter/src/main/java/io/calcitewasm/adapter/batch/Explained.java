package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.AggregateParts;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlOperator;

/** How plans show calls. */
final class Explained {
  private Explained() {}

  /** {@code text.slugify($1) if IS NOT NULL($1)}. */
  static String call(GuardedCall call) {
    return call.guard() == null ? call.call().toString() : call.call() + " if " + call.guard();
  }

  /** {@code text CALL}: the modules that are called and how long their state lives. */
  static String isolation(List<GuardedCall> calls) {
    return functions(calls)
        .map(function -> function.function().module() + " " + isolation(function))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** What runs the calls. */
  static String engine(List<GuardedCall> calls) {
    return functions(calls)
        .map(function -> function.traits().engine())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * The same of aggregates, those that are not of modules left out: the instance in which they
   * accumulate is the statement's, whatever the module's isolation.
   */
  static RelWriter aggregates(RelWriter writer, Stream<? extends SqlOperator> aggregates) {
    List<SqlAggFunction> own =
        aggregates.map(SqlAggFunction.class::cast).filter(AggregateParts::isOfModule).toList();
    return writer
        .item(
            "isolation",
            own.stream()
                .map(aggregate -> AggregateParts.function(aggregate).module() + " STATEMENT")
                .distinct()
                .collect(Collectors.joining(", ")))
        .item(
            "engine",
            own.stream().map(AggregateParts::engine).distinct().collect(Collectors.joining(", ")));
  }

  private static Stream<ModuleFunction> functions(List<GuardedCall> calls) {
    return calls.stream().map(call -> Objects.requireNonNull(ModuleCalls.function(call.call())));
  }

  private static String isolation(ModuleFunction function) {
    return function.traits().isolation().name();
  }
}
