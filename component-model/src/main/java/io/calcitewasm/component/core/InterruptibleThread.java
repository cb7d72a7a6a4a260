package io.calcitewasm.component.core;

import java.util.function.Supplier;
import org.graalvm.polyglot.Context;

/**
 * Prepares threads so that an interrupt finds the guest code that they run.
 *
 * <p>The engine sets a thread-local variable when a thread enters a context for the first time, and
 * never again for that thread and context; where guest code asks whether it is to stop, the
 * variable tells. Threads of the common {@link java.util.concurrent.ForkJoinPool} lose their
 * thread-local variables whenever they finish a task. In a context that such a thread comes back
 * to, nothing stops the guest any more, neither an interrupt nor closing the context, compiled or
 * not: it asks, finds no variable, and goes on. (GraalWasm 25.0.2: {@code
 * HotSpotThreadLocalHandshake.ensureThreadInitialized} and {@code getCurrent}.) The variable is one
 * for all contexts, so that entering any new one sets it. This class does so for each thread once,
 * and keeps its own mark in the same place, where both are lost together.
 */
final class InterruptibleThread {
  private static final ThreadLocal<Boolean> PREPARED = new ThreadLocal<>();

  private InterruptibleThread() {}

  /**
   * Prepares the calling thread; to be asked each time before it enters a context to run guest
   * code.
   *
   * @param newContext makes a context of any kind
   */
  static void prepare(Supplier<Context> newContext) {
    if (PREPARED.get() == null) {
      try (Context unknown = newContext.get()) {
        unknown.enter();
        unknown.leave();
      }
      PREPARED.set(true);
    }
  }
}
