package io.calcitewasm.jdbc.process;

import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Two versions of a module: {@code add} adds in one and subtracts in the other. */
record Versions(Path adding, Path subtracting) {
  private static final byte[] ADD = {0x20, 0, 0x20, 1, 0x7c, 0x0b};

  static Versions in(Path folder) throws IOException {
    byte[] bytes = Guests.bytes("fixtures/arithmetic");
    Path adding = Files.write(folder.resolve("adding.wasm"), bytes);
    int place = 0;
    while (!Arrays.equals(bytes, place, place + ADD.length, ADD, 0, ADD.length)) {
      place++;
    }
    bytes[place + 4] = 0x7d;
    return new Versions(adding, Files.write(folder.resolve("subtracting.wasm"), bytes));
  }

  static String replace(Path with) {
    return "CREATE OR REPLACE MODULE m FROM '" + with + "'";
  }
}
