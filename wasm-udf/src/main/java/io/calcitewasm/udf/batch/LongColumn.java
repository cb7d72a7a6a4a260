package io.calcitewasm.udf.batch;

import org.jspecify.annotations.Nullable;

/** Integers of any width, dates, times and intervals. */
public final class LongColumn extends BatchColumn {
  private long[] values = new long[0];

  @Override
  void resize(int rows) {
    values = new long[rows];
  }

  long[] values() {
    return values;
  }

  /** The value of a row that is not NULL. */
  public long get(int row) {
    return values[row];
  }

  /** Sets a row. */
  public void set(int row, long value) {
    values[row] = value;
  }

  /** Sets a row; null is NULL. */
  public void set(int row, @Nullable Number value) {
    if (value == null) {
      setNull(row);
    } else {
      values[row] = value.longValue();
    }
  }

  /** The value of a row as a TINYINT. */
  public @Nullable Byte getByte(int row) {
    return isNull(row) ? null : (byte) values[row];
  }

  /** The value of a row as a SMALLINT. */
  public @Nullable Short getShort(int row) {
    return isNull(row) ? null : (short) values[row];
  }

  /** The value of a row as an INTEGER, or what SQL carries as one. */
  public @Nullable Integer getInteger(int row) {
    return isNull(row) ? null : (int) values[row];
  }

  /** The value of a row as a BIGINT, or what SQL carries as one. */
  public @Nullable Long getLong(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  public @Nullable Object value(int row) {
    return getLong(row);
  }

  @Override
  public void setValue(int row, @Nullable Object value) {
    set(row, (Number) value);
  }
}
