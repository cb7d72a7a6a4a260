package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls in which a canary does again what one statement has done, so that one instance of either
 * version serves for many groups of it, as the statement's own does. For one thread; closed by any.
 */
final class ReplaySession implements AutoCloseable {
  /** What is done in one instance, at most. */
  private static final int MOST = 64;

  private volatile @Nullable CallSession session;
  private @Nullable Instant timestamp;
  private int done;

  /** Where something of a statement is done again. */
  CallSession of(Instant statement) {
    CallSession known = session;
    if (known == null || !statement.equals(timestamp) || done >= MOST) {
      close();
      known = new CallSession(new StatementContext(statement));
      session = known;
      timestamp = statement;
      done = 0;
    }
    done++;
    return known;
  }

  /** Lets go of the instances. */
  @Override
  public void close() {
    CallSession last = session;
    session = null;
    if (last != null) {
      last.close();
    }
  }
}
