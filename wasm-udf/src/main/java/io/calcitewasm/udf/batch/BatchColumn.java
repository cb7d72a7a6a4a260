package io.calcitewasm.udf.batch;

import io.calcitewasm.udf.signature.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SQL values of one parameter or result, one per row of a batch. Values are as {@link
 * io.calcitewasm.udf.value.ArgumentConverter} and {@link io.calcitewasm.udf.value.ResultConverter}
 * tell. Before a row is set, {@link #clear} makes room. Not for several threads.
 */
public abstract sealed class BatchColumn
    permits BooleanColumn, LongColumn, DoubleColumn, ObjectColumn, HandleColumn {
  private boolean[] nulls = new boolean[0];
  private boolean anyNull;

  BatchColumn() {}

  /** A column for values of a type. */
  public static BatchColumn of(SqlType type) {
    if (!(type instanceof SqlType.Scalar scalar)) {
      return new ObjectColumn();
    }
    return switch (scalar.kind()) {
      case BOOLEAN -> new BooleanColumn();
      case TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIME -> new LongColumn();
      case TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_SECOND -> new LongColumn();
      case REAL -> new DoubleColumn(true);
      case DOUBLE -> new DoubleColumn(false);
      case DECIMAL, CHAR, VARCHAR, VARBINARY, UUID -> new ObjectColumn();
    };
  }

  /** Forgets all values and makes room for so many rows, none of them NULL. */
  public final void clear(int rows) {
    if (nulls.length < rows) {
      nulls = new boolean[rows];
      resize(rows);
    } else {
      forget(nulls.length);
      if (anyNull) {
        Arrays.fill(nulls, false);
      }
    }
    anyNull = false;
  }

  /** Makes a row NULL. */
  public final void setNull(int row) {
    nulls[row] = true;
    anyNull = true;
  }

  /** Whether a row is NULL. */
  public final boolean isNull(int row) {
    return anyNull && nulls[row];
  }

  /** Whether any row is NULL. */
  final boolean anyNull() {
    return anyNull;
  }

  /** Makes room; values may be lost. */
  abstract void resize(int rows);

  /**
   * What contents of variable size take, roughly, in bytes: texts, binary strings, arrays, rows.
   *
   * @param from the first row
   * @param to behind the last row
   */
  public long contentBytes(int from, int to) {
    return 0;
  }

  /** Lets go of the contents of the rows before one. */
  public void forget(int before) {}

  /** The value of a row, null for NULL. */
  public abstract @Nullable Object value(int row);

  /**
   * Sets a row that is not set yet.
   *
   * @param value the value, null for NULL
   * @throws ClassCastException if it is not of the column's kind
   */
  public abstract void setValue(int row, @Nullable Object value);
}
