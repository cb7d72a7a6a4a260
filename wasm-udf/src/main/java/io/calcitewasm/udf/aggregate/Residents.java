package io.calcitewasm.udf.aggregate;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.ObjectColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.AggregateMethods;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The accumulators of an aggregate that have a resource in the guest. */
final class Residents {
  private static final int FEW = 4096;
  private static final int NO_NUMBER = -1;

  private final CallSession session;
  private final Callee callee;
  private final AggregateMethods methods;
  private final ResourceNumbers resources;

  /** Those, and some that have none any more. */
  private final Pile<Accumulator> accumulators = new Pile<>();

  private int many = FEW;

  Residents(
      CallSession session, Callee callee, AggregateMethods methods, ResourceNumbers resources) {
    this.resources = resources;
    this.session = session;
    this.callee = callee;
    this.methods = methods;
  }

  /** Takes note of an accumulator that has a resource now. */
  void add(Accumulator accumulator) {
    if (methods.save().isEmpty()) {
      return;
    }
    if (accumulators.size() >= many) {
      forget();
      many = Math.max(FEW, 2 * accumulators.size());
    }
    accumulators.add(accumulator);
  }

  private void forget() {
    accumulators.removeIf(accumulator -> !accumulator.hasResource());
  }

  int count() {
    forget();
    return accumulators.size();
  }

  /** Saves all of them; their resources are not used afterwards. */
  void saveAll(Spill to) {
    forget();
    HandleColumn handles = new HandleColumn(resources);
    ObjectColumn states = new ObjectColumn();
    List<BatchColumn> arguments = List.of(handles);
    CallBatch batch =
        session.batch(callee, methods.save().orElseThrow(), arguments, states).unnumbered();
    for (int from = 0; from < accumulators.size(); from += WaitingRows.MOST) {
      int rows = Math.min(WaitingRows.MOST, accumulators.size() - from);
      handles.clear(rows);
      for (int row = 0; row < rows; row++) {
        handles.set(row, accumulators.get(from + row).number());
      }
      int done = 0;
      while (done < rows) {
        SqlError error = batch.run(done, rows, null);
        for (int row = done; row < batch.done(); row++) {
          Accumulator accumulator = accumulators.get(from + row);
          accumulator.saved =
              to.write(
                  (byte[]) Objects.requireNonNull(states.value(row), "a saved state"),
                  accumulator.saved);
          accumulator.giveUp();
        }
        done = batch.done();
        if (error != null) {
          throw Group.error(error, accumulators.get(from + done));
        }
      }
    }
    accumulators.clear();
    many = FEW;
  }

  /**
   * Makes a resource from a saved state.
   *
   * @param arguments what {@code restore} is given
   * @return its number
   */
  int restore(@Nullable Object[] arguments) {
    return resources.number(
        (ResourceHandle)
            Objects.requireNonNull(
                session.call(callee, methods.restore().orElseThrow(), arguments, NO_NUMBER),
                "what restore answers"));
  }

  /** The state of an accumulator. */
  byte[] save(int number) {
    Object[] handle = {resources.handle(number)};
    return (byte[])
        Objects.requireNonNull(
            session.call(callee, methods.save().orElseThrow(), handle, NO_NUMBER), "a saved state");
  }

  /** Gives an accumulator the rows of another one. */
  void merge(int into, int other) {
    Object[] both = {resources.handle(into), resources.handle(other)};
    Object _ = session.call(callee, methods.merge().orElseThrow(), both, NO_NUMBER);
  }
}
