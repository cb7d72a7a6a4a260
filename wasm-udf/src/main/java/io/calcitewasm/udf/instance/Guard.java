package io.calcitewasm.udf.instance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who has an instance, and whether its call may go on: one word that changes by compare-and-set, so
 * that a call costs two of them and nothing else. The word counts turns, so that who wants to stop
 * one call cannot hit the next.
 *
 * <p>The thread that has a turn ends it; anybody may {@linkplain #stop stop} it. A stopped turn
 * ends with {@link #abandon()}, and the instance with it.
 */
final class Guard {
  /** Why a call was stopped. */
  enum Stop {
    /** It ran over its time. */
    TIME,
    /** The instance was not ready in time. */
    START,
    /** Its statement was cancelled. */
    CANCEL
  }

  /** When an interrupt that did not help is repeated. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int CODE_BITS = 3;
  private static final long CODE_MASK = (1 << CODE_BITS) - 1;
  private static final int IDLE = 0;
  private static final int KEPT = 1;
  private static final int BUSY = 2;
  private static final int OUT_OF_TIME = 3;
  private static final int CANCELLED = 4;
  private static final int GONE = 5;
  private static final int LATE = 6;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /** Guards lie side by side in memory: a cache line around the word keeps their threads apart. */
  private static final int LINE = 8;

  private final Runnable interrupt;

  /** The turn's number and, in the lowest bits, the state, between a line of nothing each. */
  private final long[] words = new long[2 * LINE + 1];

  private volatile @Nullable Thread striker;

  /** What the watchdog saw last, and since when; its thread's alone. */
  private long seen = -1;

  private long seenAt;

  /**
   * A guard with a turn under way.
   *
   * @param interrupt stops the guest code that is running; it may be run several times, from any
   *     thread, until the turn has ended and a moment after
   */
  Guard(Runnable interrupt) {
    this.interrupt = interrupt;
    // A new instance is busy: it is made.
    WORD.setVolatile(words, LINE, (long) BUSY);
  }

  private long word() {
    return (long) WORD.getVolatile(words, LINE);
  }

  private static int code(long word) {
    return (int) (word & CODE_MASK);
  }

  private static long next(long word, int code) {
    return ((word >>> CODE_BITS) + 1) << CODE_BITS | code;
  }

  private static long same(long word, int code) {
    return word & ~CODE_MASK | code;
  }

  private boolean change(long from, long to) {
    return WORD.compareAndSet(words, LINE, from, to);
  }

  /** Begins a turn with an idle instance; false if it is not idle. */
  boolean begin() {
    long now = word();
    return code(now) == IDLE && change(now, next(now, BUSY));
  }

  /** Begins a turn with a kept instance; false if it is not kept. */
  boolean resume() {
    long now = word();
    return code(now) == KEPT && change(now, next(now, BUSY));
  }

  /** Goes from this turn to another at once; false if this one was stopped. */
  boolean renew() {
    long now = word();
    return code(now) == BUSY && change(now, next(now, BUSY));
  }

  /** Ends a turn, for anybody to begin the next; false if it was stopped. */
  boolean end() {
    long now = word();
    return code(now) == BUSY && change(now, same(now, IDLE));
  }

  /** Ends a turn, for its keeper to begin the next; false if it was stopped. */
  boolean keep() {
    long now = word();
    return code(now) == BUSY && change(now, same(now, KEPT));
  }

  /** Takes an idle instance away for ever; false if it is not idle. */
  boolean retireIdle() {
    long now = word();
    return code(now) == IDLE && change(now, same(now, GONE));
  }

  /** Takes a kept instance away for ever; false if it is not kept. */
  boolean retireKept() {
    long now = word();
    return code(now) == KEPT && change(now, same(now, GONE));
  }

  /** Ends a turn, and the instance: from now on nobody stops it. */
  void abandon() {
    WORD.setVolatile(words, LINE, same(word(), GONE));
    LockSupport.unpark(striker);
  }

  /** The turn under way, for {@link #stop}; 0 when there is none or it was stopped. */
  long turn() {
    long now = word();
    return code(now) == BUSY ? now : 0;
  }

  /** Whether a call is running, stopped or not. */
  boolean isBusy() {
    return switch (code(word())) {
      case BUSY, OUT_OF_TIME, LATE, CANCELLED -> true;
      default -> false;
    };
  }

  boolean isIdle() {
    return code(word()) == IDLE;
  }

  boolean isGone() {
    return code(word()) == GONE;
  }

  /** Why the call was stopped, null if nobody did. */
  @Nullable Stop stopped() {
    return switch (code(word())) {
      case OUT_OF_TIME -> Stop.TIME;
      case LATE -> Stop.START;
      case CANCELLED -> Stop.CANCEL;
      default -> null;
    };
  }

  /**
   * Stops a turn, once; the first reason counts. Returns at once.
   *
   * @param turn what {@link #turn()} told
   * @return whether this stopped it
   */
  boolean stop(long turn, Stop why) {
    if (code(turn) != BUSY || !change(turn, same(turn, code(why)))) {
      return false;
    }
    striker = Thread.ofPlatform().daemon().name("calcite-wasm-interrupt").start(this::strike);
    return true;
  }

  private static int code(Stop why) {
    return switch (why) {
      case TIME -> OUT_OF_TIME;
      case START -> LATE;
      case CANCEL -> CANCELLED;
    };
  }

  /**
   * Interrupts again and again until the turn has ended: an interrupt can get lost where the engine
   * is between two pieces of guest code.
   */
  private void strike() {
    while (stopped() != null) {
      interrupt.run();
      LockSupport.parkNanos(this, AGAIN_NANOS);
    }
  }

  /** There is something to interrupt that was not there before. */
  void strikeNow() {
    LockSupport.unpark(striker);
  }

  /**
   * Looks at the instance, from the watchdog's thread alone, and stops a turn over its time. A turn
   * is as old as the first look that saw it.
   *
   * @param now the time in nanoseconds
   * @param limit how long a turn may take, in nanoseconds
   * @param why what a turn that takes longer is stopped for
   * @return whether there is a turn, or there was one since the last look
   */
  boolean watch(long now, long limit, Stop why) {
    long current = word();
    if (current != seen) {
      seen = current;
      seenAt = now;
      return code(current) != GONE;
    }
    if (code(current) == BUSY && now - seenAt > limit) {
      stop(current, why);
    }
    return isBusy();
  }

  /** How long the instance is idle, in nanoseconds, as far as the watchdog has seen. */
  long idleNanos(long now) {
    long current = word();
    return code(current) == IDLE && current == seen ? now - seenAt : 0;
  }
}
