package io.calcitewasm.udf.batch;

import org.jspecify.annotations.Nullable;

/** Binary floating-point numbers. */
public final class DoubleColumn extends BatchColumn {
  private final boolean single;
  private double[] values = new double[0];

  /**
   * A column.
   *
   * @param single whether the values are REAL, not DOUBLE
   */
  public DoubleColumn(boolean single) {
    this.single = single;
  }

  @Override
  void resize(int rows) {
    values = new double[rows];
  }

  double[] values() {
    return values;
  }

  /** The value of a row that is not NULL. */
  public double get(int row) {
    return values[row];
  }

  /** Sets a row. */
  public void set(int row, double value) {
    values[row] = value;
  }

  /** Sets a row; null is NULL. */
  public void set(int row, @Nullable Number value) {
    if (value == null) {
      setNull(row);
    } else {
      values[row] = value.doubleValue();
    }
  }

  /** The value of a row as a REAL. */
  public @Nullable Float getFloat(int row) {
    return isNull(row) ? null : (float) values[row];
  }

  /** The value of a row as a DOUBLE. */
  public @Nullable Double getDouble(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  public @Nullable Object value(int row) {
    if (single) {
      return getFloat(row);
    }
    return getDouble(row);
  }

  @Override
  public void setValue(int row, @Nullable Object value) {
    set(row, (Number) value);
  }
}
