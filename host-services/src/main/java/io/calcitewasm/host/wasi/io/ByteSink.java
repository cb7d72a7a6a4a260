package io.calcitewasm.host.wasi.io;

/** The resource {@code output-stream}: it takes bytes at once, or no more. */
@FunctionalInterface
public interface ByteSink {
  /** Bytes that a write may always carry. */
  int PERMIT = 64 * 1024;

  /** A stream that takes everything and keeps nothing. */
  ByteSink NOWHERE = _ -> {};

  /**
   * Takes bytes, at most {@link #PERMIT}.
   *
   * @throws StreamException the stream is closed or the writing failed
   */
  void write(byte[] bytes) throws StreamException;
}
