package io.calcitewasm.component.core;

/** The engine refuses a core module; the message is the engine's. */
public final class CoreModuleException extends Exception {
  private static final long serialVersionUID = 1;

  /** Describes the refusal. */
  public CoreModuleException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
