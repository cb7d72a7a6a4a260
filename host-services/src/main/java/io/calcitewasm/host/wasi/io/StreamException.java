package io.calcitewasm.host.wasi.io;

import io.calcitewasm.component.model.VariantValue;
import org.jspecify.annotations.Nullable;

/** A stream operation ended with a {@code stream-error}. */
public final class StreamException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LAST_OPERATION_FAILED = 0;
  private static final int CLOSED = 1;

  private final transient @Nullable IoError error;

  private StreamException(String message, @Nullable IoError error) {
    super(message, null, false, false);
    this.error = error;
  }

  /** The stream has ended or takes no more. */
  public static StreamException closed() {
    return new StreamException("the stream is closed", null);
  }

  /** The operation failed; the stream is closed from now on. */
  public static StreamException failed(IoError error) {
    return new StreamException(error.debugString(), error);
  }

  /** The value of {@code stream-error}. */
  public VariantValue value() {
    return error == null
        ? new VariantValue(CLOSED, null)
        : new VariantValue(LAST_OPERATION_FAILED, error);
  }
}
