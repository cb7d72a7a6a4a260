package io.calcitewasm.host.wasi.io;

/** The resource {@code input-stream}: bytes that are there at once, or the end. */
@FunctionalInterface
public interface ByteSource {
  /** A stream at its end. */
  ByteSource EMPTY =
      _ -> {
        throw StreamException.closed();
      };

  /**
   * Reads.
   *
   * @param most how many bytes at most; 0 only asks whether the stream is open
   * @return at least one byte unless {@code most} is 0
   * @throws StreamException closed at the end of the stream, or the reading failed
   */
  byte[] read(int most) throws StreamException;

  /** The guest has dropped the stream. */
  default void drop() {}
}
