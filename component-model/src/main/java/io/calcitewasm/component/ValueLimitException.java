package io.calcitewasm.component;

/**
 * A guest handed out a value that takes more bytes than {@link InstanceOptions#valueBytes()}
 * allows. The instance is unusable from then on.
 */
public final class ValueLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Describes the excess; the message names the function and the limit. */
  public ValueLimitException(String message) {
    super(message);
  }
}
