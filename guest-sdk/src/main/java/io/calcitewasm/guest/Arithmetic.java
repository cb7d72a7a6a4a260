package io.calcitewasm.adapter.sql;

import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Two versions of a module: {@code add} adds in one and subtracts in the other. */
final class Arithmetic {
  private static final byte[] ADD = {0x20, 0, 0x20, 1, 0x7c, 0x0b};
  private static final byte[] SUBTRACT = {0x20, 0, 0x20, 1, 0x7d, 0x0b};

  private Arithmetic() {}

  static byte[] adding() {
    return Guests.bytes("fixtures/arithmetic");
  }

  static byte[] subtracting() {
    return Patched.of(adding(), ADD, SUBTRACT);
  }

  /** The same functions and another content. */
  static byte[] adding(int mark) {
    byte[] bytes = Arrays.copyOf(adding(), adding().length + 8);
    byte[] section = {0, 6, 1, 'x', (byte) mark, (byte) (mark >> 8), 0, 0};
    System.arraycopy(section, 0, bytes, bytes.length - 8, 8);
    return bytes;
  }

  static Path in(Path folder, byte[] bytes) throws IOException {
    return Files.write(folder.resolve("arithmetic.wasm"), bytes);
  }
}
