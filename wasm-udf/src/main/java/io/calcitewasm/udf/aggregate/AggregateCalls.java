package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.HeapShare;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate at one place of a statement. Rows of all groups wait in one batch and go to the
 * guest together, in the order in which they came, so that a crossing is paid once for many rows;
 * values are asked for together, too. All accumulators of a module live in one instance, which the
 * statement keeps. Not for several threads.
 */
public final class AggregateCalls {
  private final SqlFunction function;
  private final AggregateTerms terms;
  private final GroupConstants constants;
  private final Resources resources;
  private final AskedValues asked;
  private final MovingRows moving;
  private final GroupLimit limit;

  /** Rows that wait for {@code step}. */
  private WaitingSteps steps;

  /** How rows get to the guest if they are divided over threads; null if they are not. */
  private @Nullable HandedRows handed;

  /** Parts of groups that are to be merged; null if there were none. */
  private @Nullable WaitingMerges merges;

  /** Whom a canary wants to hear of; null without a canary. */
  private final @Nullable GroupTrials trials;

  /**
   * An aggregate that has no rows yet.
   *
   * @param session the statement's calls
   * @param callee the version that the function is of
   * @param function one of its aggregates, the object itself
   */
  public AggregateCalls(CallSession session, Callee callee, SqlFunction function) {
    this(session, callee, function, AggregateTerms.typed(function));
  }

  /**
   * An aggregate whose types in SQL are not those of its methods.
   *
   * @param function what its guest sees, the object itself
   * @param terms what SQL sees
   */
  public AggregateCalls(
      CallSession session, Callee callee, SqlFunction function, AggregateTerms terms) {
    if (!(function.form() instanceof SqlForm.Aggregate form)) {
      throw new IllegalArgumentException(function.longName() + " is no aggregate");
    }
    this.function = function;
    this.terms = terms;
    this.constants = new GroupConstants(function, form);
    this.resources = new Resources(session, callee, function, form.methods(), terms, constants);
    this.steps = new WaitingSteps(resources);
    this.asked = new AskedValues(resources, form.result());
    this.moving = new MovingRows(session, callee, this, resources, constants);
    this.trials = GroupTrials.of(session, callee, this, function, terms);
    this.limit =
        session
            .whole()
            .shared(
                GroupLimit.class, GroupLimit.class, () -> new GroupLimit(HeapShare.of(session)));
  }

  /** Has all calls made in a lane from now on. */
  void in(Lane lane, DividedCalls whole) {
    handed = new HandedRows(lane, whole, () -> new WaitingSteps(resources), resources::release);
  }

  /** Whom a canary wants to hear of; null without a canary. */
  @Nullable GroupTrials trials() {
    return trials;
  }

  /** The aggregate. */
  public SqlFunction function() {
    return function;
  }

  /** What it takes and answers. */
  public AggregateTerms terms() {
    return terms;
  }

  /** What constructors are given. */
  GroupConstants constants() {
    return constants;
  }

  /** What accumulators have in the guest. */
  Resources resources() {
    return resources;
  }

  /** Values that are asked for. */
  AskedValues asked() {
    return asked;
  }

  /** What accumulators of frames are given and asked. */
  MovingRows moving() {
    return moving;
  }

  /**
   * A group without rows.
   *
   * @param defaults what the constructor is given if no row comes, one for each of its parameters,
   *     null where that is not known
   * @throws SqlError 53200 if the heap has no room for another group
   */
  public Accumulator begin(@Nullable Object[] defaults) {
    Accumulator accumulator = beginUnasked(defaults);
    asked.add(accumulator);
    return accumulator;
  }

  /** A group without rows, for whose value nobody waits. */
  private Accumulator beginUnasked(@Nullable Object[] defaults) {
    limit.begin(function);
    if (handed == null) {
      resources.makeRoom();
    }
    Accumulator accumulator = beginPart(defaults);
    if (trials != null) {
      trials.begin(accumulator, accumulator.defaults);
    }
    return accumulator;
  }

  /** An accumulator whose value nobody asks for: its state is to be saved. */
  Accumulator beginPart(@Nullable Object[] defaults) {
    return new Accumulator(this, defaults.length == 0 ? Group.UNNAMED : defaults, false);
  }

  /** A group of a table, without rows; for whose value nobody waits. */
  Accumulator begin(@Nullable Object[] defaults, GroupTable groups, int group) {
    Accumulator accumulator = beginUnasked(defaults);
    accumulator.isOf(groups, group);
    return accumulator;
  }

  /**
   * The aggregate over batches of rows whose groups are known.
   *
   * @param groups the groups
   * @param arguments SQL values of all parameters, those of the constructor first
   * @param values takes the groups' values
   * @param defaults what the constructor is given if no row comes
   */
  public GroupSteps over(
      GroupTable groups,
      List<BatchColumn> arguments,
      BatchColumn values,
      @Nullable Object[] defaults) {
    return new GroupSteps(this, groups, arguments, values, defaults);
  }

  /**
   * Takes note of what other aggregates accumulate of the same groups.
   *
   * @param bytes of the Java heap that they need in addition; negative if they need less
   * @throws SqlError 53200 if the heap has no room for it
   */
  public void takeHeap(long bytes) {
    limit.take(function, bytes);
  }

  /**
   * Looks whether there is room on the heap.
   *
   * @throws SqlError 53200 if there is none
   */
  public void checkHeap() {
    limit.look(function);
  }

  /** Gives a row to a group. */
  void step(Accumulator accumulator, @Nullable Object[] arguments) {
    constants.take(accumulator, arguments);
    if (!steps.skips(arguments, constants.count())) {
      if (trials != null) {
        trials.row(accumulator, arguments);
      }
      asked.changed(accumulator);
      if (steps.add(accumulator, arguments, constants.count())) {
        handOver();
      }
    }
  }

  /** Has the waiting rows given to the guest, by another thread if there is one. */
  void handOver() {
    if (handed == null) {
      flush();
    } else {
      steps =
          handed.exchange(
              steps,
              rows -> {
                resources.makeRoom();
                give(rows);
              });
    }
  }

  /** Has the next values found out in the lane, if there are any. */
  void readAhead() {
    if (handed != null && !asked.isEmpty()) {
      handed.run(asked::readSome);
    }
  }

  /** A row of a group is given to another accumulator of it. */
  void expect(Accumulator accumulator, @Nullable Object[] arguments) {
    constants.take(accumulator, arguments);
    asked.changed(accumulator);
  }

  /** Gives an accumulator the rows of another one of this aggregate, which stays as it is. */
  void merge(Accumulator into, Accumulator part) {
    @Nullable Object @Nullable [] known = part.constants;
    if (known != null) {
      constants.take(into, known);
    }
    asked.changed(into);
    WaitingMerges waiting = merges;
    if (waiting == null) {
      waiting = new WaitingMerges(resources);
      merges = waiting;
    }
    if (waiting.add(into, part)) {
      flush();
    }
  }

  /** Gives the waiting rows to the guest, then has parts merged that wait. */
  private void flush() {
    give(steps);
    if (merges != null) {
      merges.flush();
    }
  }

  private void give(WaitingSteps rows) {
    if (!rows.isEmpty()) {
      resources.used(rows.flush());
    }
  }

  /** The value of a group's rows so far, null for NULL. */
  @Nullable Object value(Accumulator accumulator, @Nullable Object[] group) {
    if (handed != null) {
      handed.whole().read(accumulator);
    } else {
      flush();
    }
    asked.read(accumulator);
    SqlError failure = accumulator.failure;
    if (failure != null) {
      throw Group.error(failure, accumulator, group);
    }
    return accumulator.value;
  }

  /** Takes note that the value of a group will not be asked for again. */
  public void finish(Accumulator accumulator) {
    if (accumulator.finished) {
      return;
    }
    accumulator.finished = true;
    if (trials != null) {
      trials.end(accumulator);
    }
    limit.end();
    if (handed == null) {
      resources.release(accumulator);
    } else {
      handed.end(accumulator);
    }
  }
}
