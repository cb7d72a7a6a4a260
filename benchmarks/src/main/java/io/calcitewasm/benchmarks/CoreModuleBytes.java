package io.calcitewasm.benchmarks;

import io.calcitewasm.guest.Guests;
import java.util.Arrays;

/** Finds the core module in a component that has one. */
final class CoreModuleBytes {
  private static final int PREAMBLE = 8;
  private static final int CORE_MODULE = 1;

  private CoreModuleBytes() {}

  /** The first core module of a guest, a section of its component. */
  static byte[] of(String guest) {
    byte[] component = Guests.bytes(guest);
    int at = PREAMBLE;
    while (at < component.length) {
      int id = component[at++];
      int size = 0;
      int shift = 0;
      byte next;
      do {
        next = component[at++];
        size |= (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      if (id == CORE_MODULE) {
        return Arrays.copyOfRange(component, at, at + size);
      }
      at += size;
    }
    throw new IllegalStateException(guest + " has no core module");
  }
}
