package io.calcitewasm.component.core;

/**
 * Carries what host code threw through the engine, which would take some exceptions of the JDK for
 * messages of its own protocol.
 */
final class HostThrow extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Throwable thrown;

  HostThrow(Throwable thrown) {
    // The engine keeps the guest's frames among the suppressed exceptions.
    super(null, thrown, true, false);
    this.thrown = thrown;
  }

  Throwable thrown() {
    return thrown;
  }
}
