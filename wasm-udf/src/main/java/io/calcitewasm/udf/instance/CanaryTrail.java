package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one statement to functions that keep their state for it, on their way to a canary:
 * from the first on and in their order, so that both versions come to the state that the
 * statement's own instance has. Where one of them is lost, those that follow are too.
 */
final class CanaryTrail implements CallListener, AutoCloseable {
  private final Canary canary;
  private final CallSession session;
  private final boolean followed;
  private final AtomicInteger inLine = new AtomicInteger();
  private volatile boolean lost;
  private volatile boolean ended;

  /** Of the canary's thread. */
  private boolean faithful = true;

  /**
   * The trail of a statement.
   *
   * @param followed whether there is to be one; else nothing of the statement is heard
   */
  CanaryTrail(Canary canary, StatementContext statement, boolean followed) {
    this.canary = canary;
    this.session = new CallSession(new StatementContext(statement.timestamp()));
    this.followed = followed;
    this.lost = !followed;
  }

  /** Where the calls are made again. */
  CallSession session() {
    return session;
  }

  @Override
  public boolean wants() {
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

  /** Whether the active version has come to the state that the statement's instance had, so far. */
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

  /** The statement ends; what is in line is still compared. */
  @Override
  public void close() {
    ended = true;
    if (followed) {
      canary.look();
    }
  }
}
