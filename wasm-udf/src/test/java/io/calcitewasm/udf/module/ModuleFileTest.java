package io.calcitewasm.udf.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.udf.SqlError;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModuleFileTest {
  @TempDir Path folder;

  @Test
  void pathsAndFileUrisAreRead() throws Exception {
    Path file = Files.write(folder.resolve("a b.wasm"), new byte[] {1, 2});
    assertThat(ModuleFile.read(file.toString())).containsExactly(1, 2);
    assertThat(ModuleFile.read(file.toUri().toString())).containsExactly(1, 2);
  }

  @Test
  void aMissingFileIsNamedWithWhereItWasLookedFor() {
    assertError("58P01", "no-such.wasm")
        .isEqualTo("there is no file 'no-such.wasm' in " + Path.of("").toAbsolutePath());
  }

  @Test
  void aFolderIsNoFile() {
    assertError("58030", folder.toString()).contains("is a directory");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDeviceIsNotRead() {
    assertError("58030", "/dev/zero").contains("is a pipe or a device");
  }

  @Test
  void aFileThatIsTooLargeIsNotReadWhole() throws Exception {
    Path file = folder.resolve("large.wasm");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    assertError("WM001", file.toString()).contains("is larger than 64 MB");
  }

  @Test
  void otherUrisAreRefused() {
    assertError("0A000", "https://example.org/x.wasm").contains("only paths and file: URIs");
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertError("22023", "a\u0000b").isEqualTo("'a\\u0000b' is neither a path nor a file: URI");
    assertError("22023", "file:relative.wasm").contains("neither a path");
  }

  private static AbstractStringAssert<?> assertError(String sqlState, String source) {
    SqlError error = catchThrowableOfType(SqlError.class, () -> ModuleFile.read(source));
    assertThat(error).isNotNull();
    assertThat(error.sqlState()).isEqualTo(sqlState);
    return assertThat(error.getMessage());
  }
}
