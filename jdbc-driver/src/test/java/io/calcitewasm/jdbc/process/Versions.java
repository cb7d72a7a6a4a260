package io.calcitewasm.jdbc.process;

import io.calcitewasm.guest.Arithmetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of two versions of a module: {@code add} adds in one and subtracts in the other. */
record Versions(Path adding, Path subtracting) {
  static Versions in(Path folder) throws IOException {
    return new Versions(
        Files.write(folder.resolve("adding.wasm"), Arithmetic.adding()),
        Files.write(folder.resolve("subtracting.wasm"), Arithmetic.subtracting()));
  }

  static String replace(Path with) {
    return "CREATE OR REPLACE MODULE m FROM '" + with + "'";
  }
}
