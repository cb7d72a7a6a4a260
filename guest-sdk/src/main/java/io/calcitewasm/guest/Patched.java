package io.calcitewasm.guest;

import java.util.Arrays;

/** Guests with other instructions in one place: versions that answer something else. */
public final class Patched {
  private Patched() {}

  /**
   * A content with other bytes in place of some.
   *
   * @param from bytes that stand in one place of the content
   * @param to as many bytes
   * @throws IllegalArgumentException if they stand in no place, or in several
   */
  public static byte[] of(byte[] content, byte[] from, byte[] to) {
    int place = find(content, from, 0);
    if (place < 0 || find(content, from, place + 1) >= 0) {
      throw new IllegalArgumentException("the bytes are not in one place of the component");
    }
    byte[] patched = content.clone();
    System.arraycopy(to, 0, patched, place, to.length);
    return patched;
  }

  private static int find(byte[] content, byte[] wanted, int from) {
    for (int place = from; place <= content.length - wanted.length; place++) {
      if (Arrays.equals(content, place, place + wanted.length, wanted, 0, wanted.length)) {
        return place;
      }
    }
    return -1;
  }
}
