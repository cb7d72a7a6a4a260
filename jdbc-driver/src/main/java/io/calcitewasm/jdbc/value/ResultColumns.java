package io.calcitewasm.jdbc.value;

import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The accessors of a result's columns. A column that does not exist has an accessor too: its
 * getters say so with 07009, where Avatica's own exception would have no SQLSTATE.
 */
public final class ResultColumns extends AbstractList<Cursor.Accessor> {
  /** Where an accessor takes the raw value of its column in the current row. */
  @FunctionalInterface
  interface RawColumn {
    /** The value, null for NULL. */
    @Nullable Object get() throws SQLException;
  }

  /** Asked before each access: whether there is a current row. */
  @FunctionalInterface
  public interface Position {
    /**
     * Does nothing on a row.
     *
     * @throws SQLException 24000 before the first row and behind the last
     */
    void check() throws SQLException;
  }

  private final List<Cursor.Accessor> accessors = new ArrayList<>();
  private final ResultContext context;

  /**
   * The accessors of columns.
   *
   * @param raw accessors of the same columns that return Calcite's raw values
   */
  public ResultColumns(
      List<ColumnMetaData> columns,
      List<Cursor.Accessor> raw,
      Position position,
      ResultContext context) {
    this.context = context;
    for (int i = 0; i < columns.size(); i++) {
      Cursor.Accessor accessor = raw.get(i);
      accessors.add(
          new ColumnAccessor(
              ValueType.of(columns.get(i)),
              () -> {
                position.check();
                return accessor.getObject();
              },
              context));
    }
  }

  /** Columns whose accessors return Calcite's raw values. */
  public static List<ColumnMetaData> raw(List<ColumnMetaData> columns) {
    ColumnMetaData.AvaticaType object =
        ColumnMetaData.scalar(java.sql.Types.JAVA_OBJECT, "ANY", ColumnMetaData.Rep.OBJECT);
    return columns.stream()
        .map(
            c ->
                org.apache.calcite.avatica.MetaImpl.columnMetaData(
                    c.label == null ? "" : c.label, c.ordinal, object, true))
        .toList();
  }

  @Override
  public Cursor.Accessor get(int index) {
    if (index >= 0 && index < accessors.size()) {
      return accessors.get(index);
    }
    return new ColumnAccessor(
        new ValueType.Scalar(ValueType.Kind.OTHER, "ANY", java.sql.Types.OTHER, ValueType.UNKNOWN),
        () -> {
          throw ResultMetaData.noColumn(index + 1, accessors.size());
        },
        context);
  }

  @Override
  public int size() {
    return accessors.size();
  }
}
