package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accumulators that wait to be given the rows of others, by {@code merge}. */
final class WaitingMerges {
  private record Merge(Accumulator into, Accumulator part) {}

  private final Resources resources;
  private final List<Merge> waiting = new ArrayList<>();
  private final AccumulatorRows rows;
  private final HandleColumn parts;
  private final AccumulatorRows.Calls calls;

  /** None yet; the aggregate has {@code merge}. */
  WaitingMerges(Resources resources) {
    this.resources = resources;
    this.rows = new AccumulatorRows(resources);
    this.parts = resources.handles();
    SqlFunction merge = resources.methods().merge().orElseThrow();
    this.calls = rows.calls(merge, List.of(parts), BatchColumn.of(merge.result()));
  }

  /** Adds one; returns whether no further has room. */
  boolean add(Accumulator into, Accumulator part) {
    waiting.add(new Merge(into, part));
    return waiting.size() == WaitingRows.MOST;
  }

  /**
   * Merges what waits, in the order in which it came. A part without rows is passed over.
   *
   * @throws SqlError what one failed with, its group named; those behind it are lost
   */
  void flush() {
    List<Merge> all = List.copyOf(waiting);
    waiting.clear();
    int most = resources.atOnce();
    for (int from = 0; from < all.size(); from += most) {
      List<Merge> some = all.subList(from, Math.min(from + most, all.size()));
      run(some);
      resources.used(some.size());
    }
  }

  private void run(List<Merge> some) {
    for (Merge merge : some) {
      try {
        resources.gather(merge.part());
      } catch (SqlError e) {
        throw Group.error(e, merge.into());
      }
    }
    @Nullable Accumulator[] into = new Accumulator[some.size()];
    parts.clear(into.length);
    for (int row = 0; row < into.length; row++) {
      Accumulator part = some.get(row).part();
      if (part.hasResource()) {
        parts.set(row, part.number());
        into[row] = some.get(row).into();
      } else {
        parts.setNull(row);
      }
    }
    rows.run(into, into.length, calls);
  }
}
