package io.calcitewasm.udf.instance;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be compared, and the thread that does it, one after the other. Who brings something
 * never waits: what finds no room is not taken. For any number of threads.
 */
final class CanaryLine implements AutoCloseable {
  /** How many may wait. */
  private static final int MOST = 256;

  /** How much of what waits may be held, roughly, in bytes. */
  private static final long MOST_BYTES = 64L << 20;

  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong held = new AtomicLong();
  private final Runnable between;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * Nothing waits.
   *
   * @param between what the thread does after each comparison
   */
  CanaryLine(Runnable between) {
    this.between = between;
  }

  /**
   * Takes a comparison.
   *
   * @param bytes what it holds, roughly
   * @return whether there was room
   */
  boolean offer(long bytes, Runnable comparison) {
    if (closed || held.addAndGet(bytes) > MOST_BYTES) {
      held.addAndGet(-bytes);
      return false;
    }
    boolean taken =
        waiting.offer(
            () -> {
              try {
                comparison.run();
              } finally {
                held.addAndGet(-bytes);
              }
            });
    if (!taken) {
      held.addAndGet(-bytes);
      return false;
    }
    begin();
    return true;
  }

  /** Whether something small would find room now. */
  boolean hasRoom() {
    return waiting.remainingCapacity() > 0 && held.get() < MOST_BYTES;
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Has the thread do what it does between comparisons. */
  void look() {
    boolean _ = waiting.offer(() -> {}); // Where there is no room, it will look behind what waits.
    begin();
  }

  private synchronized void begin() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name("calcite-wasm-canary").start(this::work);
    }
  }

  private void work() {
    while (!closed) {
      try {
        waiting.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        // Nothing that happens here is anybody's error; the next call may fare better.
        if (closed) {
          return;
        }
      }
      between.run();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Lets go of what waits; what is under way ends unheard. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
