package io.calcitewasm.udf.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Batches of rows of one aggregate that a {@link Lane} gives to the guest, while others are filled.
 */
final class HandedRows {
  /** Batches that may have yet to be done. */
  private static final int MOST = 2;

  private final Lane lane;
  private final DividedCalls whole;
  private final Consumer<Accumulator> release;
  private final BlockingQueue<WaitingSteps> empty = new LinkedBlockingQueue<>();

  /** Accumulators that nobody needs, of which the lane has not heard. */
  private List<Accumulator> ended = new ArrayList<>();

  /**
   * None yet.
   *
   * @param whole the aggregate that is divided over lanes
   * @param rows makes room for a batch
   * @param release gives up the resource of an accumulator, in the lane
   */
  HandedRows(
      Lane lane, DividedCalls whole, Supplier<WaitingSteps> rows, Consumer<Accumulator> release) {
    this.lane = lane;
    this.whole = whole;
    this.release = release;
    for (int i = 0; i < MOST; i++) {
      empty.add(rows.get());
    }
  }

  /** The aggregate that is divided over lanes. */
  DividedCalls whole() {
    return whole;
  }

  /** Nobody needs an accumulator's resource any more. */
  void end(Accumulator accumulator) {
    ended.add(accumulator);
  }

  /** Does a task behind the batches that were handed over. */
  void run(Runnable task) {
    lane.run(task);
  }

  /**
   * Hands a batch over.
   *
   * @param give gives its rows to the guest, in the lane
   * @return an empty one instead
   * @throws RuntimeException what an earlier batch has failed with
   */
  WaitingSteps exchange(WaitingSteps full, Consumer<WaitingSteps> give) {
    List<Accumulator> gone = ended;
    if (full.isEmpty() && gone.isEmpty()) {
      return full;
    }
    ended = new ArrayList<>();
    lane.run(
        () -> {
          gone.forEach(release);
          give.accept(full);
        },
        () -> empty.add(full));
    WaitingSteps next = taken();
    lane.check();
    whole.batch();
    return next;
  }

  private WaitingSteps taken() {
    boolean interrupted = false;
    while (true) {
      try {
        WaitingSteps next = empty.take();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return next;
      } catch (InterruptedException e) {
        // A cancelled statement stops its calls itself.
        interrupted = true;
      }
    }
  }
}
