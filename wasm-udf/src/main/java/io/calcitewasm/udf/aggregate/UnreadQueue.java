package io.calcitewasm.udf.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accumulators whose value is not known, in the order in which they came. */
final class UnreadQueue {
  private @Nullable Accumulator first;
  private @Nullable Accumulator last;

  /** Puts an accumulator behind the others, unless it waits already; its value is forgotten. */
  void add(Accumulator accumulator) {
    accumulator.read = false;
    accumulator.failure = null;
    if (accumulator.queued) {
      return;
    }
    accumulator.queued = true;
    if (last == null) {
      first = accumulator;
    } else {
      last.next = accumulator;
    }
    last = accumulator;
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Takes the first accumulators out. */
  List<Accumulator> take(int most) {
    List<Accumulator> taken = new ArrayList<>();
    Accumulator next = first;
    while (next != null && taken.size() < most) {
      taken.add(next);
      Accumulator behind = next.next;
      next.next = null;
      next = behind;
    }
    first = next;
    last = next == null ? null : last;
    return taken;
  }
}
