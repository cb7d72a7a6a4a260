package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code module.function} and {@code module.interface.function} in a snapshot, whatever
 * the letter case (docs/sql.md, "Names").
 */
public final class ModuleOperators implements SqlOperatorTable {
  private final Snapshot snapshot;
  private final CallRights rights;

  /**
   * The functions of the modules of a snapshot.
   *
   * @param rights who says which of them may be called
   */
  public ModuleOperators(Snapshot snapshot, CallRights rights) {
    this.snapshot = snapshot;
    this.rights = rights;
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> operators,
      SqlNameMatcher nameMatcher) {
    if (syntax != SqlSyntax.FUNCTION || name.names.size() < 2) {
      return;
    }
    snapshot
        .module(name.names.getFirst())
        .ifPresent(
            module -> {
              List<SqlFunction> functions = functions(module, name.names);
              if (!functions.isEmpty()) {
                check(name, functions.getFirst());
              }
              if (category != null && category.isTableFunction()) {
                List<SqlFunction> tables =
                    functions.stream().filter(f -> f.columns().isPresent()).toList();
                if (!tables.isEmpty()) {
                  operators.add(new ModuleTable(name, tables, module));
                }
              } else if (!functions.isEmpty()) {
                operators.add(operator(name, functions, module));
              }
            });
  }

  /** Aggregates stand apart: what a call is must be known before its operands' types are. */
  private static SqlOperator operator(
      SqlIdentifier name, List<SqlFunction> functions, ModuleVersion module) {
    List<SqlFunction> aggregates =
        functions.stream().filter(f -> f.kind() == SqlFunction.Kind.AGGREGATE).toList();
    if (!aggregates.isEmpty()) {
      return new ModuleAggregate(name, aggregates, module.runtime().engine().summary());
    }
    List<SqlFunction> dynamic =
        functions.stream().filter(f -> f.kind() == SqlFunction.Kind.DYNAMIC).toList();
    if (!dynamic.isEmpty()) {
      return new DynamicOperator(name, module, dynamic.getFirst());
    }
    List<SqlFunction> dynamicAggregates =
        functions.stream().filter(f -> f.kind() == SqlFunction.Kind.DYNAMIC_AGGREGATE).toList();
    if (!dynamicAggregates.isEmpty()) {
      return new DynamicAggregateOperator(name, module, dynamicAggregates.getFirst());
    }
    List<SqlFunction> scalars =
        functions.stream().filter(f -> f.kind() == SqlFunction.Kind.SCALAR).toList();
    if (scalars.isEmpty()) {
      throw ModuleOperator.at(
          name.getParserPosition(),
          new SqlError(
              "42809",
              "function "
                  + name
                  + " answers rows, not a value: call it in FROM as TABLE("
                  + name
                  + "(…))"));
    }
    // Planning takes longer than the making of an instance.
    module.runtime().warmUp();
    return new ModuleOperator(name, scalars, module);
  }

  /** Before anything else is made of the call: no constant of it is folded, no type asked for. */
  private void check(SqlIdentifier name, SqlFunction function) {
    try {
      rights.check(function.module(), function.name());
    } catch (SqlError e) {
      throw ModuleOperator.at(name.getParserPosition(), e);
    }
  }

  private static List<SqlFunction> functions(ModuleVersion module, List<String> names) {
    String function = names.getLast();
    return switch (names.size()) {
      case 2 ->
          module.functions().stream().filter(f -> f.name().equalsIgnoreCase(function)).toList();
      case 3 ->
          module.functions().stream()
              .filter(f -> f.name().equalsIgnoreCase(function))
              .filter(f -> f.schemaName().equalsIgnoreCase(names.get(1)))
              .toList();
      default -> List.of();
    };
  }

  /** The operator of one function, which nobody has called by a name. */
  public static SqlOperator operator(ModuleVersion module, SqlFunction function) {
    return new ModuleOperator(
        new SqlIdentifier(List.of(function.longName().split("\\.")), SqlParserPos.ZERO),
        List.of(function),
        module);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return List.of();
  }
}
