package io.calcitewasm.udf.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts, decimals, arrays, rows and everything else that is an object in Java. */
public final class ObjectColumn extends BatchColumn {
  private @Nullable Object[] values = new Object[0];

  @Override
  void resize(int rows) {
    values = new Object[rows];
  }

  /** Sets a row; null is NULL. */
  public void set(int row, @Nullable Object value) {
    values[row] = value;
    if (value == null) {
      setNull(row);
    }
  }

  @Override
  public void forget(int before) {
    Arrays.fill(values, 0, before, null);
  }

  @Override
  public long contentBytes(int from, int to) {
    long bytes = 0;
    for (int row = from; row < to; row++) {
      Object value = values[row];
      if (value instanceof String text) {
        bytes += text.length();
      } else if (value instanceof byte[] content) {
        bytes += content.length;
      }
    }
    return bytes;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  public void setValue(int row, @Nullable Object value) {
    set(row, value);
  }
}
