package io.calcitewasm.adapter.sql;

import java.util.Arrays;

/** Components with other instructions in one place: versions that answer something else. */
final class Patched {
  private Patched() {}

  /** The content with other bytes in the one place where it has these. */
  static byte[] of(byte[] content, byte[] from, byte[] to) {
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
