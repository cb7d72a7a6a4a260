package io.calcitewasm.jdbc.cli.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are held back until it is known whether they are wanted: in memory up to a size,
 * beyond it in a temporary file, which closing deletes.
 */
final class SpillBuffer extends OutputStream {
  private final int memory;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream tail;

  /**
   * An empty buffer.
   *
   * @param memory bytes held in memory
   */
  SpillBuffer(int memory) {
    this.memory = memory;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (tail == null && head.size() + length > memory) {
      file = Files.createTempFile("calcite-wasm-", ".json");
      tail = Files.newOutputStream(file);
    }
    (tail == null ? head : tail).write(bytes, offset, length);
  }

  /** Copies all bytes in their order. */
  void copyTo(OutputStream out) throws IOException {
    head.writeTo(out);
    if (tail != null && file != null) {
      tail.flush();
      try (InputStream in = Files.newInputStream(file)) {
        in.transferTo(out);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (tail != null && file != null) {
      tail.close();
      Files.deleteIfExists(file);
    }
  }
}
