package io.calcitewasm.component.core;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bulk access to a linear memory. Addresses must lie within {@link #size}; the caller has checked
 * that. After guest code has run, call {@code size()} before anything else: it makes growth visible
 * to the other methods.
 */
public interface CoreMemory {

  /** Bytes the memory has now. */
  long size();

  /** Reads {@code target.length} bytes. */
  void read(long address, byte[] target);

  /** Writes all of {@code source}. */
  void write(long address, byte[] source);

  /**
   * The memory as a little-endian buffer, if the engine keeps it outside the Java heap. It is void
   * after the memory has grown.
   */
  default Optional<ByteBuffer> direct() {
    return Optional.empty();
  }
}
