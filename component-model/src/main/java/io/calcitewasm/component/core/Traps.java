package io.calcitewasm.component.core;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.TrapException.Kind;
import io.calcitewasm.component.binary.core.RecursionCap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** Translates what GraalWasm throws; the only place that does. */
final class Traps {
  /** As many frames as a person reads; a stack overflow has thousands. */
  private static final int MAX_FRAMES = 32;

  /** Frames of the engine between host and guest, and of what the host added to a guest. */
  private static boolean isNotTheGuests(String frame) {
    return frame.startsWith("wasm-function-interop:")
        || frame.equals("wasm-function:execute")
        || frame.startsWith("calcite-wasm:");
  }

  private Traps() {}

  /** The exception to throw instead: a trap, or what host code threw, as it was. */
  static RuntimeException translate(PolyglotException e) {
    if (e.isHostException()) {
      return fromHost(e);
    }
    if (isInterrupt(e)) {
      return interrupted(e);
    }
    String message = String.valueOf(e.getMessage());
    if (e.isResourceExhausted()
        || message.contains("stack exhausted")
        || message.contains("StackOverflowError")
        || tookTooMuch(e)) {
      return new TrapException(Kind.STACK, "call stack exhausted", frames(e), false, e);
    }
    if (e.isInternalError()) {
      message = "engine failure: " + message;
    }
    return new TrapException(Kind.GUEST, message, frames(e), false, e);
  }

  /** Whether the guest trapped where {@link RecursionCap} ends recursion. */
  private static boolean tookTooMuch(PolyglotException e) {
    Iterator<PolyglotException.StackFrame> frames = e.getPolyglotStackTrace().iterator();
    return frames.hasNext() && frames.next().getRootName().startsWith(RecursionCap.EXHAUSTED);
  }

  /** Whether an interrupt struck. */
  static boolean isInterrupt(PolyglotException e) {
    return e.isInterrupted() || e.isCancelled();
  }

  /** Whether an interrupt struck in a place where the engine does not wrap its own exception. */
  static boolean isBareInterrupt(RuntimeException e) {
    return e.getClass().getName().endsWith("$InterruptExecution");
  }

  /** Whether the engine's context is better not used again. */
  static boolean mayHaveHurtTheEngine(TrapException e) {
    return switch (e.kind()) {
      case STACK, INTERRUPTED -> true;
      case GUEST -> e.getCause() instanceof PolyglotException p && p.isInternalError();
      case CANONICAL_ABI, POISONED -> false;
    };
  }

  static TrapException stack(@Nullable Throwable cause) {
    return new TrapException(Kind.STACK, "call stack exhausted", List.of(), false, cause);
  }

  static TrapException interrupted(@Nullable Throwable cause) {
    return new TrapException(Kind.INTERRUPTED, "interrupted", List.of(), false, cause);
  }

  private static RuntimeException fromHost(PolyglotException e) {
    Throwable thrown = e.asHostException();
    if (thrown instanceof HostThrow carrier) {
      thrown = carrier.thrown();
    }
    return switch (thrown) {
      case TrapException trap when trap.frames().isEmpty() ->
          new TrapException(
              trap.kind(),
              String.valueOf(trap.getMessage()),
              frames(e),
              trap.memoryRefused(),
              trap);
      case RuntimeException interrupt when isBareInterrupt(interrupt) -> interrupted(interrupt);
      case RuntimeException unchecked -> unchecked;
      case StackOverflowError overflow -> stack(overflow);
      case Error error -> throw error;
      default -> new IllegalStateException(thrown);
    };
  }

  private static List<String> frames(PolyglotException e) {
    List<String> frames = new ArrayList<>();
    for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
      String name = frame.getRootName();
      if (frame.isGuestFrame() && !isNotTheGuests(name)) {
        frames.add(name);
        if (frames.size() == MAX_FRAMES) {
          break;
        }
      }
    }
    return frames;
  }
}
