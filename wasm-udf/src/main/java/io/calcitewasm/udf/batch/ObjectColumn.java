package io.calcitewasm.udf.batch;

import io.calcitewasm.udf.value.RecordList;
import java.util.Arrays;
import java.util.List;
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

  /** The value of a row; null where there is none. */
  @Nullable Object get(int row) {
    return values[row];
  }

  @Override
  public void forget(int before) {
    Arrays.fill(values, 0, before, null);
  }

  @Override
  public long contentBytes(int from, int to) {
    long bytes = 0;
    for (int row = from; row < to; row++) {
      bytes += bytes(values[row]);
    }
    return bytes;
  }

  private static long bytes(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case byte[] content -> content.length;
      case RecordList records -> records.bytes();
      case List<?> elements -> {
        long bytes = wordsFor(elements.size());
        for (Object element : elements) {
          bytes += bytes(element);
        }
        yield bytes;
      }
      case Object[] fields -> {
        long bytes = wordsFor(fields.length);
        for (Object field : fields) {
          bytes += bytes(field);
        }
        yield bytes;
      }
      case null, default -> 0;
    };
  }

  /** A part of a composite takes a word at least. */
  private static long wordsFor(int parts) {
    return (long) Long.BYTES * parts;
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
