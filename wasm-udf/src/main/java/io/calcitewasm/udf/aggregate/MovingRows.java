package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What accumulators of window frames are given and asked: rows that enter, rows that leave, and
 * values in between, which wait and go to the guest together, in their order.
 */
final class MovingRows {
  private final AggregateCalls calls;
  private final Resources resources;
  private final GroupConstants constants;
  private final WaitingMoves waiting;

  /** Accumulators of frames that are not moved any more. */
  private final List<Accumulator> left = new ArrayList<>();

  MovingRows(
      CallSession session,
      Callee callee,
      AggregateCalls calls,
      Resources resources,
      GroupConstants constants) {
    this.calls = calls;
    this.resources = resources;
    this.constants = constants;
    this.waiting = new WaitingMoves(session, callee, resources);
  }

  /** An accumulator that moves over the rows of a window; to be {@link #leave left}. */
  Accumulator begin(@Nullable Object[] defaults) {
    resources.makeRoom();
    return new Accumulator(calls, defaults, true);
  }

  /** Whether rows can be taken back. */
  boolean isInvertible() {
    return resources.methods().inverse().isPresent();
  }

  /** Gives a row to an accumulator; returns whether that changes it. */
  boolean enter(Accumulator accumulator, @Nullable Object[] arguments) {
    constants.take(accumulator, arguments);
    if (waiting.skips(arguments, constants.count())) {
      return false;
    }
    if (waiting.step(accumulator, arguments, constants.count())) {
      flush();
    }
    return true;
  }

  /** Takes back the row that was given first of those that remain; whether that changes it. */
  boolean takeBack(Accumulator accumulator, @Nullable Object[] arguments) {
    if (waiting.skips(arguments, constants.count())) {
      return false;
    }
    if (waiting.inverse(accumulator, arguments, constants.count())) {
      flush();
    }
    return true;
  }

  /** The value of an accumulator, of its present rows. */
  FrameValue ask(Accumulator accumulator) {
    FrameValue value = new FrameValue(calls);
    if (waiting.value(accumulator, value)) {
      flush();
    }
    return value;
  }

  /** Does what waits. */
  void flush() {
    if (!waiting.isEmpty()) {
      int rows = waiting.flush();
      left.forEach(resources::release);
      left.clear();
      resources.used(rows);
    }
  }

  /** An accumulator is not moved any more. */
  void leave(Accumulator accumulator) {
    if (waiting.isEmpty()) {
      resources.release(accumulator);
    } else {
      left.add(accumulator);
    }
  }
}
