package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Accumulators that wait to be given the rows of others, by {@code merge}. */
final class WaitingMerges {
  private record Merge(Accumulator into, Accumulator part) {}

  private final List<Merge> waiting = new ArrayList<>();
  private final HandleColumn handles;
  private final HandleColumn parts;
  private final CallBatch batch;

  /**
   * None yet.
   *
   * @param merge takes an accumulator and the one whose rows it is given
   */
  WaitingMerges(CallSession session, Callee callee, SqlFunction merge, ResourceNumbers resources) {
    handles = new HandleColumn(resources);
    parts = new HandleColumn(resources);
    batch =
        session
            .batch(callee, merge, List.of(handles, parts), BatchColumn.of(merge.result()))
            .unnumbered();
  }

  /** Adds one; returns whether no further has room. */
  boolean add(Accumulator into, Accumulator part) {
    waiting.add(new Merge(into, part));
    return waiting.size() == WaitingRows.MOST;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * Merges what waits, in the order in which it came. A part without rows is passed over.
   *
   * @param most how many are merged together
   * @param gather called for each part: it has a resource afterwards, if it has rows
   * @param need called for each accumulator that is given one
   * @param make called before their resources are used
   * @param merged told after each crossing how many were merged
   * @throws SqlError what one failed with, its group named; those behind it are lost
   */
  void flush(
      int most,
      Consumer<Accumulator> gather,
      Consumer<Accumulator> need,
      Runnable make,
      IntConsumer merged) {
    List<Merge> all = List.copyOf(waiting);
    waiting.clear();
    for (int from = 0; from < all.size(); from += most) {
      List<Merge> some = all.subList(from, Math.min(from + most, all.size()));
      for (Merge merge : some) {
        try {
          gather.accept(merge.part());
        } catch (SqlError e) {
          throw Group.error(e, merge.into());
        }
        if (merge.part().hasResource()) {
          need.accept(merge.into());
        }
      }
      make.run();
      run(some);
      merged.accept(some.size());
    }
  }

  private void run(List<Merge> some) {
    handles.clear(some.size());
    parts.clear(some.size());
    for (int row = 0; row < some.size(); row++) {
      set(handles, row, some.get(row).into());
      set(parts, row, some.get(row).part());
    }
    int done = 0;
    while (done < some.size()) {
      SqlError error = batch.run(done, some.size(), null);
      done = batch.done();
      if (error != null) {
        throw Group.error(error, some.get(done).into());
      }
    }
  }

  private static void set(HandleColumn column, int row, Accumulator accumulator) {
    if (accumulator.hasResource()) {
      column.set(row, accumulator.number());
    } else {
      column.setNull(row);
    }
  }
}
