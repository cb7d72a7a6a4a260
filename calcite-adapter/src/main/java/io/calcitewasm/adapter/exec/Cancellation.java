package io.calcitewasm.adapter.exec;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The means to stop one execution of a statement, from any thread. It fires at most once; the
 * reason that came first is kept.
 */
public final class Cancellation {

  /** Why an execution is stopped. */
  public enum Reason {
    /** {@code Statement.cancel}, or the connection was closed. */
    CANCELLED("the statement was cancelled"),
    /** {@code Statement.setQueryTimeout} has passed. */
    TIMED_OUT("the statement ran longer than its query timeout");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** What the user is told. */
    public String sentence() {
      return sentence;
    }
  }

  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
  private final AtomicBoolean flag = new AtomicBoolean();
  private final AtomicReference<@Nullable Runnable> onFire = new AtomicReference<>();

  /** Stops the execution; does nothing when it was stopped before. */
  public void fire(Reason why) {
    if (reason.compareAndSet(null, why)) {
      flag.set(true);
      Runnable action = onFire.get();
      if (action != null) {
        action.run();
      }
    }
  }

  /** Why the execution was stopped, or null while it was not. */
  public @Nullable Reason reason() {
    return reason.get();
  }

  /** The flag that Calcite's own operators look at. */
  AtomicBoolean flag() {
    return flag;
  }

  /** Sets what happens when this fires; it happens at once when it fired already. */
  public void onFire(Runnable action) {
    onFire.set(action);
    if (reason.get() != null) {
      action.run();
    }
  }
}
