package io.calcitewasm.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call into a component trapped (CanonicalABI.md, {@code trap}). The instance is unusable from
 * then on.
 */
public final class TrapException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What brought the trap about. */
  public enum Kind {
    /** A core WebAssembly trap in guest code: unreachable, division by zero, out of bounds, … */
    GUEST,
    /** The guest's call stack was exhausted. */
    STACK,
    /** The guest broke the Canonical ABI: pointers, handles, encodings, re-entrance, … */
    CANONICAL_ABI,
    /** The call was interrupted from outside: time-out or cancellation. */
    INTERRUPTED,
    /** The instance was used after an earlier trap. */
    POISONED
  }

  private final Kind kind;
  private final transient List<String> frames;
  private final boolean memoryRefused;

  /**
   * Describes one trap.
   *
   * @param kind what brought it about
   * @param message one sentence for a person
   * @param frames guest frames, innermost first; empty when there are none
   * @param memoryRefused whether a {@code memory.grow} was refused during the same call
   * @param cause the engine's exception
   */
  public TrapException(
      Kind kind,
      String message,
      List<String> frames,
      boolean memoryRefused,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.frames = List.copyOf(frames);
    this.memoryRefused = memoryRefused;
  }

  /** What brought the trap about. */
  public Kind kind() {
    return kind;
  }

  /** Guest frames, innermost first. */
  public List<String> frames() {
    return frames;
  }

  /** Whether the guest was refused memory during the same call. */
  public boolean memoryRefused() {
    return memoryRefused;
  }
}
