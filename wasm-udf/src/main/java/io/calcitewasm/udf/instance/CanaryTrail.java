package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one statement, or of one connection, to functions that keep their state for it, on
 * their way to a canary: from the first on and in their order, so that both versions come to the
 * state that the statement's or the connection's own instance has. Where one of them is lost, those
 * that follow are too.
 */
final class CanaryTrail implements CallListener, AutoCloseable {
  private final Canary canary;
  private final Canary.Pair pair;
  private final KeptInstances kept = new KeptInstances();
  private final boolean followed;
  private final AtomicInteger inLine = new AtomicInteger();
  private volatile boolean lost;
  private volatile boolean ended;

  /** Where calls of the statement that is being made again are made. */
  private volatile @Nullable CallSession session;

  /** That statement. Of the canary's thread. */
  private @Nullable StatementContext statement;

  /** Of the canary's thread. */
  private boolean faithful = true;

  /**
   * A trail.
   *
   * @param pair both versions
   * @param followed whether there is to be one; else nothing is heard
   */
  CanaryTrail(Canary canary, Canary.Pair pair, boolean followed) {
    this.canary = canary;
    this.pair = pair;
    this.followed = followed;
    this.lost = !followed;
  }

  /** Both versions, in whose instances the calls are made again. */
  Canary.Pair pair() {
    return pair;
  }

  /** Where calls of a statement are made again, in instances that are the trail's. */
  CallSession session(StatementContext at) {
    CallSession known = session;
    if (known == null || statement != at) {
      if (known != null) {
        known.close();
      }
      known = new CallSession(new StatementContext(at.timestamp()), kept);
      session = known;
      statement = at;
    }
    return known;
  }

  @Override
  public boolean wants(SqlFunction function) {
    return !lost;
  }

  @Override
  public void hear(
      SqlFunction function,
      @Nullable Object[] arguments,
      Canary.Outcome outcome,
      StatementContext at) {
    if (!lost) {
      inLine.incrementAndGet();
      if (!canary.follow(this, function, arguments, outcome, at)) {
        inLine.decrementAndGet();
        lost = true;
      }
    }
  }

  @Override
  public void lose() {
    lost = true;
  }

  /** Whether the active version has come to the state that is followed, so far. */
  boolean isFaithful() {
    return faithful;
  }

  /** It has not. */
  void doubt() {
    faithful = false;
    lost = true;
  }

  /** A call of it has been compared, or passed over. */
  void passed() {
    inLine.decrementAndGet();
  }

  /** Whether nothing more will come of it. */
  boolean isOver() {
    return ended && inLine.get() == 0;
  }

  /** Lets go of its instances; nothing more is made again. */
  void end() {
    CallSession last = session;
    if (last != null) {
      last.close();
    }
    kept.close();
  }

  /** The statement or the connection ends; what is in line is still compared. */
  @Override
  public void close() {
    ended = true;
    if (followed) {
      canary.look();
    }
  }
}
