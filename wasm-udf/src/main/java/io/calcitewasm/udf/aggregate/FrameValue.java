package io.calcitewasm.udf.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * The value of a window frame, which is found out together with those of other frames. Not for
 * several threads.
 */
public final class FrameValue {
  private final AggregateCalls calls;
  private @Nullable Object value;
  private boolean known;

  FrameValue(AggregateCalls calls) {
    this.calls = calls;
  }

  void set(@Nullable Object found) {
    value = found;
    known = true;
  }

  /** The aggregate. */
  public AggregateCalls calls() {
    return calls;
  }

  /**
   * The value, null for NULL. What waits is done first.
   *
   * @throws io.calcitewasm.udf.SqlError whatever has gone wrong with any frame
   */
  public @Nullable Object get() {
    if (!known) {
      calls.moving().flush();
      if (!known) {
        throw new IllegalStateException("a frame's value was lost with an earlier error");
      }
    }
    return value;
  }
}
