package io.calcitewasm.adapter.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Metadata whose tables are of the type TABLE where a database says BASE TABLE, as the standard's
 * information schema does: Calcite does not know that word, and logs so for each table.
 */
final class TableTypes {
  private static final String BASE_TABLE = "BASE TABLE";
  private static final String TABLE = "TABLE";

  private TableTypes() {}

  static DatabaseMetaData inWordsOfJdbc(DatabaseMetaData metadata) {
    return replacing(
        DatabaseMetaData.class,
        metadata,
        result ->
            result instanceof ResultSet rows
                ? replacing(ResultSet.class, rows, cell -> BASE_TABLE.equals(cell) ? TABLE : cell)
                : result);
  }

  private interface Replacement {
    @Nullable Object of(@Nullable Object result);
  }

  /** The same object, with what its methods return replaced. */
  private static <T> T replacing(Class<T> type, T original, Replacement replacement) {
    return type.cast(
        Proxy.newProxyInstance(
            TableTypes.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return replacement.of(method.invoke(original, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
