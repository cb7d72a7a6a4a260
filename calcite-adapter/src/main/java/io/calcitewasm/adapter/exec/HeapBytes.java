package io.calcitewasm.adapter.exec;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** What values take of the Java heap, about. */
final class HeapBytes {
  private static final int OBJECT = 24;
  private static final int ARRAY = 16;
  private static final int REFERENCE = 8;
  private static final int TEXT = 48;
  private static final int DECIMAL = 80;

  private HeapBytes() {}

  /** A row, or a value in Calcite's internal representation, with all that is in it. */
  static long of(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Boolean _ -> 0;
      case Object[] row -> ARRAY + Arrays.stream(row).mapToLong(each -> REFERENCE + of(each)).sum();
      case String text -> TEXT + 2L * text.length();
      case ByteString bytes -> TEXT + bytes.length();
      case BigDecimal _ -> DECIMAL;
      case Collection<?> values ->
          TEXT + values.stream().mapToLong(each -> REFERENCE + of(each)).sum();
      default -> OBJECT;
    };
  }
}
