package io.calcitewasm.jdbc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.MetaImpl;
import org.jspecify.annotations.Nullable;

/** Rows of one of the result sets that {@link java.sql.DatabaseMetaData} describes. */
final class MetadataRows {
  private final List<ColumnMetaData> columns = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  /** Adds a column. */
  MetadataRows column(String name, Class<?> type) {
    columns.add(MetaImpl.columnMetaData(name, columns.size(), type, true));
    return this;
  }

  /** Adds columns of one type. */
  MetadataRows columns(Class<?> type, String... names) {
    for (String name : names) {
      column(name, type);
    }
    return this;
  }

  /** Adds a row with a value for every column. */
  void row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values, " + columns.size() + " columns");
    }
    rows.add(values);
  }

  /** Orders the rows by columns that hold strings or numbers; NULL first. */
  MetadataRows orderedBy(int... ordinals) {
    Comparator<@Nullable Object[]> order = (a, b) -> 0;
    for (int ordinal : ordinals) {
      order = order.thenComparing((a, b) -> compare(a[ordinal], b[ordinal]));
    }
    rows.sort(order);
    return this;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return ((Comparable) a).compareTo(b);
  }

  /** The same columns without rows. */
  MetadataRows none() {
    rows.clear();
    return this;
  }

  List<ColumnMetaData> columns() {
    return columns;
  }

  List<Object> rows() {
    return new ArrayList<>(rows);
  }
}
