package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An order of texts that a module brings: an interface that exports exactly {@code sort-key:
 * func(s: string) -> list<u8>}, {@code compare: func(a: string, b: string) -> s32}, or both
 * (docs/sql.md, "Aggregates", "Table functions", "Collations"). Its functions are functions of the
 * module like all others.
 *
 * @param module the module's name
 * @param name the name in SQL: the interface's
 * @param interfaceName the WIT extern name of the interface
 * @param sortKey what makes the key of a text; the keys' order byte by byte is the texts' order
 * @param compare what compares two texts: negative, 0 or positive
 */
public record Collation(
    String module,
    String name,
    String interfaceName,
    Optional<SqlFunction> sortKey,
    Optional<SqlFunction> compare) {
  private static final String SORT_KEY = "sort-key";
  private static final String COMPARE = "compare";

  /** The collations among the functions of a module, in their order. */
  public static List<Collation> among(List<SqlFunction> functions) {
    Map<String, List<SqlFunction>> interfaces = new LinkedHashMap<>();
    for (SqlFunction function : functions) {
      if (!function.interfaceName().isEmpty()) {
        interfaces
            .computeIfAbsent(function.interfaceName(), name -> new ArrayList<>())
            .add(function);
      }
    }
    List<Collation> collations = new ArrayList<>();
    interfaces.values().forEach(own -> of(own).ifPresent(collations::add));
    return List.copyOf(collations);
  }

  /** The collation that an interface of these functions is. */
  private static Optional<Collation> of(List<SqlFunction> functions) {
    Optional<SqlFunction> sortKey = Optional.empty();
    Optional<SqlFunction> compare = Optional.empty();
    for (SqlFunction function : functions) {
      if (function.witName().equals(SORT_KEY) && isSortKey(function)) {
        sortKey = Optional.of(function);
      } else if (function.witName().equals(COMPARE) && isComparison(function)) {
        compare = Optional.of(function);
      } else {
        return Optional.empty();
      }
    }
    SqlFunction any = functions.getFirst();
    return Optional.of(
        new Collation(any.module(), any.schemaName(), any.interfaceName(), sortKey, compare));
  }

  private static boolean isSortKey(SqlFunction function) {
    return takesTexts(function, 1)
        && function.type().result().isPresent()
        && function.type().result().get().structure() instanceof ValType.ListType list
        && list.isBytes();
  }

  private static boolean isComparison(SqlFunction function) {
    return takesTexts(function, 2)
        && function.type().result().isPresent()
        && function.type().result().get().structure() == PrimitiveType.S32;
  }

  private static boolean takesTexts(SqlFunction function, int count) {
    List<ValType.Field> parameters = function.type().parameters();
    return parameters.size() == count
        && parameters.stream().allMatch(p -> p.type().structure() == PrimitiveType.STRING);
  }

  /** {@code module.name}. */
  public String qualifiedName() {
    return module + "." + name;
  }
}
