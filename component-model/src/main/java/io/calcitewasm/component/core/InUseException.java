package io.calcitewasm.component.core;

/** A store is closed, or another thread is inside; nothing has been run. */
public final class InUseException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  InUseException(String message) {
    super(message);
  }
}
