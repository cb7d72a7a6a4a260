package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate at one place of a statement, whose rows are divided over threads, each with an
 * instance of its own. Rows of the first groups go to all of them, if accumulators can be saved,
 * restored and merged; each further group stays with one. So one large group is divided, and many
 * small ones are not merged. Not for several threads itself.
 */
public final class DividedCalls {
  /** Groups whose rows are divided. */
  private static final int MOST_DIVIDED = 256;

  private final Lanes lanes;
  private final List<AggregateCalls> parts;
  private final List<DividedGroup> divided = new ArrayList<>();
  private final boolean divisible;
  private long begun;
  private int turn;

  private DividedCalls(Lanes lanes, List<AggregateCalls> parts) {
    this.lanes = lanes;
    this.parts = parts;
    this.divisible = isDivisible(parts.getFirst().resources());
  }

  /**
   * An aggregate that has no rows yet.
   *
   * @param session the statement's calls
   * @param threads how many threads, at least 2
   * @param calls makes the same aggregate for calls of one of them
   */
  public static DividedCalls of(
      CallSession session, int threads, Function<CallSession, AggregateCalls> calls) {
    Lanes lanes = Lanes.of(session, threads);
    List<AggregateCalls> parts =
        IntStream.range(0, threads)
            .mapToObj(lanes::get)
            .map(lane -> lane.make(() -> calls.apply(lane.session())))
            .toList();
    DividedCalls divided = new DividedCalls(lanes, parts);
    for (int i = 0; i < threads; i++) {
      parts.get(i).in(lanes.get(i), divided);
    }
    return divided;
  }

  private static boolean isDivisible(Resources resources) {
    return resources.isSavable() && resources.isMergeable();
  }

  /** What it takes and answers. */
  public AggregateTerms terms() {
    return parts.getFirst().terms();
  }

  /**
   * A group without rows.
   *
   * @param defaults what the constructor is given if no row comes, one for each of its parameters,
   *     null where that is not known
   * @throws io.calcitewasm.udf.SqlError 53200 if the heap has no room for another group
   */
  public RowGroup begin(@Nullable Object[] defaults) {
    begun++;
    if (divisible && begun <= MOST_DIVIDED) {
      DividedGroup group = new DividedGroup(this, parts, defaults);
      divided.add(group);
      return group;
    }
    return parts.get((int) (begun % parts.size())).begin(defaults);
  }

  /** The part that rows of divided groups go to at present. */
  int turn() {
    return turn;
  }

  /** A batch of rows was handed over. */
  void batch() {
    lanes.batch();
    if (lanes.isOpen()) {
      turn = (turn + 1) % parts.size();
    }
  }

  /** The group gets no more rows and is not asked again. */
  void end(DividedGroup group) {
    divided.remove(group);
  }

  /** Finds out the value of an accumulator, and of others with it. */
  void read(Accumulator wanted) {
    if (wanted.read) {
      return;
    }
    parts.forEach(AggregateCalls::handOver);
    gather();
    while (!wanted.read) {
      parts.forEach(AggregateCalls::readAhead);
      lanes.await();
    }
  }

  /** Has what is in all parts of divided groups merged in the first of them. */
  private void gather() {
    for (int i = 1; i < parts.size(); i++) {
      int part = i;
      lanes.get(i).run(() -> divided.forEach(group -> group.save(part)));
    }
    lanes.await();
    lanes.get(0).run(() -> divided.forEach(DividedGroup::merge));
    lanes.await();
  }
}
