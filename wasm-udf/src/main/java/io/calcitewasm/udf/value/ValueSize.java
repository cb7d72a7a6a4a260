package io.calcitewasm.udf.value;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What SQL values take in the heap, roughly. */
public final class ValueSize {
  private static final long SMALL = 24;

  private ValueSize() {}

  /**
   * What a value takes.
   *
   * @param value as {@link ResultConverter} tells, null for NULL
   * @return bytes, with those of its parts
   */
  public static long of(@Nullable Object value) {
    return switch (value) {
      case String text -> SMALL + 2L * text.length();
      case byte[] bytes -> SMALL + bytes.length;
      case RecordList records -> SMALL + records.bytes();
      case Object[] parts -> ofAll(Arrays.asList(parts));
      case List<?> parts -> ofAll(parts);
      case null, default -> SMALL;
    };
  }

  private static long ofAll(List<?> parts) {
    long bytes = SMALL;
    for (Object part : parts) {
      bytes += of(part);
    }
    return bytes;
  }
}
