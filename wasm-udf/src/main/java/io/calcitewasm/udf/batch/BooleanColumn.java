package io.calcitewasm.udf.batch;

import org.jspecify.annotations.Nullable;

/** Truth values. */
public final class BooleanColumn extends BatchColumn {
  private boolean[] values = new boolean[0];

  @Override
  void resize(int rows) {
    values = new boolean[rows];
  }

  boolean[] values() {
    return values;
  }

  /** The value of a row that is not NULL. */
  public boolean get(int row) {
    return values[row];
  }

  /** Sets a row. */
  public void set(int row, boolean value) {
    values[row] = value;
  }

  /** Sets a row; null is NULL. */
  public void set(int row, @Nullable Boolean value) {
    if (value == null) {
      setNull(row);
    } else {
      values[row] = value;
    }
  }

  /** The value of a row. */
  public @Nullable Boolean getBoolean(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  public @Nullable Object value(int row) {
    return getBoolean(row);
  }

  @Override
  public void setValue(int row, @Nullable Object value) {
    set(row, (Boolean) value);
  }
}
