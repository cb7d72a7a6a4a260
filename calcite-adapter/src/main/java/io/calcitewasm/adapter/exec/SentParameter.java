package io.calcitewasm.adapter.exec;

import java.util.function.Function;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * How a parameter of a statement is named where it is sent to a database: by an index that tells
 * its type, too, so that the value can go as drivers take it.
 */
public final class SentParameter {
  /** The least of these indices; those of {@code JdbcCorrelationDataContext} are above all. */
  private static final int FIRST = 1_000_000_000;

  /** More than a statement has parameters. */
  private static final int PARAMETERS = 1_000_000;

  private static final SqlTypeName[] TYPES = SqlTypeName.values();

  private SentParameter() {}

  /** The index of a parameter when it is sent. */
  public static int index(int parameter, SqlTypeName type) {
    return FIRST + type.ordinal() * PARAMETERS + parameter;
  }

  /**
   * The value of what generated code asks for.
   *
   * @param name of any variable
   * @param parameters values of Calcite's runtime by the names {@code ?0}, …
   * @return null if it is NULL, or no parameter that is sent
   */
  static @Nullable Object value(
      String name, Function<String, ? extends @Nullable Object> parameters) {
    if (!name.startsWith("?")) {
      return null;
    }
    int index = Integer.parseInt(name, 1, name.length(), 10) - FIRST;
    if (index < 0) {
      return null;
    }
    Object value = parameters.apply("?" + index % PARAMETERS);
    return value == null ? null : JdbcValues.toJdbc(value, TYPES[index / PARAMETERS]);
  }
}
