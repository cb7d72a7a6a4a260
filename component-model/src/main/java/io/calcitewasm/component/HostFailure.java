package io.calcitewasm.component;

import org.jspecify.annotations.Nullable;

/**
 * A host function failed in a way that is the host's fault: it threw a checked exception, or
 * returned a value that is none of its type.
 */
public final class HostFailure extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** Describes the failure; the message names the function. */
  public HostFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
