package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.exec.OrderedText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Values in the orders of collations, for generated code. */
public final class CollationValues {
  /** Ends a key; a zero of the key itself is followed by something else. */
  private static final int END = 0;

  private static final int ZERO_OF_KEY = 0xff;

  private CollationValues() {}

  /**
   * A key and its text as one value, whose order byte by byte is that of the keys and, among equal
   * keys, that of the texts' UTF-16 code units.
   *
   * @param key a {@link ByteString}, null for NULL
   * @param text a String, null for NULL
   */
  public static @Nullable ByteString keyWithText(@Nullable Object key, @Nullable Object text) {
    if (key == null || text == null) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte b : ((ByteString) key).getBytes()) {
      out.write(b);
      if (b == 0) {
        out.write(ZERO_OF_KEY);
      }
    }
    out.write(0);
    out.write(END);
    out.writeBytes(((String) text).getBytes(StandardCharsets.UTF_16BE));
    return new ByteString(out.toByteArray());
  }

  /** The text in what {@link #keyWithText} has made. */
  public static @Nullable String textOfKey(@Nullable Object keyWithText) {
    if (keyWithText == null) {
      return null;
    }
    byte[] bytes = ((ByteString) keyWithText).getBytes();
    int end = 0;
    while (bytes[end] != 0 || bytes[end + 1] != END) {
      end += bytes[end] == 0 ? 2 : 1;
    }
    return new String(Arrays.copyOfRange(bytes, end + 2, bytes.length), StandardCharsets.UTF_16BE);
  }

  /** The text in an {@link OrderedText}. */
  public static @Nullable String textOfOrdered(@Nullable Object ordered) {
    return ordered == null ? null : ((OrderedText) ordered).text();
  }
}
