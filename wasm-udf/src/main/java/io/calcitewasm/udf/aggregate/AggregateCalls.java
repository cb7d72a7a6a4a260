package io.calcitewasm.udf.aggregate;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.ModuleResources;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate at one place of a statement. Rows of all groups wait in one batch and go to the
 * guest together, in the order in which they came, so that a crossing is paid once for many rows;
 * values are asked for together, too. All accumulators of a module live in one instance, which the
 * statement keeps. Not for several threads.
 */
public final class AggregateCalls {
  /** How many resources that nobody uses may lie about. */
  private static final int MOST_FINISHED = 64;

  private final CallSession session;
  private final Callee callee;
  private final SqlFunction function;
  private final SqlForm.Aggregate form;
  private final AggregateTerms terms;
  private final AggregateMethods methods;
  private final ModuleResources resources;
  private final Spill spill;
  private final GroupLimit limit;
  private final Residents residents;
  private final Makers makers;

  /** Rows that wait for {@code step}. */
  private WaitingSteps steps;

  /** How rows get to the guest if they are divided over threads; null if they are not. */
  private @Nullable HandedRows handed;

  /** What frames wait for; null if there are none. */
  private @Nullable WaitingMoves moves;

  /** Parts of groups that are to be merged; null if there were none. */
  private @Nullable WaitingMerges merges;

  /** Accumulators of frames that are not moved any more. */
  private final List<Accumulator> left = new ArrayList<>();

  private final UnreadQueue unread = new UnreadQueue();

  /** The numbers of the guest's resources. */
  private final ResourceNumbers numbers = new ResourceNumbers();

  private final HandleColumn asked = new HandleColumn(numbers);
  private final BatchColumn answers;
  private final CallBatch values;

  /** Resources whose value was read, and which nobody needs when others come. */
  private final NumberPile finished = new NumberPile();

  private @Nullable Object @Nullable [] lastConstants;
  private @Nullable Object instance;

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
    if (!(function.form() instanceof SqlForm.Aggregate aggregate)) {
      throw new IllegalArgumentException(function.longName() + " is no aggregate");
    }
    this.session = session;
    this.callee = callee;
    this.function = function;
    this.form = aggregate;
    this.terms = terms;
    this.methods = aggregate.methods();
    this.resources = session.resources(callee);
    this.residents = new Residents(session, callee, methods, numbers);
    this.makers = new Makers(session, callee, methods.constructor(), numbers);
    this.steps = new WaitingSteps(session, callee, methods.step(), numbers);
    this.answers = BatchColumn.of(aggregate.result());
    this.values = answers(asked, answers);
    this.spill = session.shared(new Spilled(callee), Spill.class, () -> new Spill(session, callee));
    spill.add(this);
    this.limit = session.whole().shared(GroupLimit.class, GroupLimit.class, GroupLimit::new);
  }

  /** Has all calls made in a lane from now on. */
  void in(Lane lane, DividedCalls whole) {
    handed =
        new HandedRows(
            lane,
            whole,
            () -> new WaitingSteps(session, callee, methods.step(), numbers),
            this::release);
  }

  /** What the aggregates of a module share. */
  private record Spilled(Callee callee) {}

  /** Whether accumulators can be saved and restored. */
  boolean isSavable() {
    return methods.save().isPresent() && methods.restore().isPresent();
  }

  /** Whether accumulators can be given the rows of others. */
  boolean isMergeable() {
    return methods.merge().isPresent();
  }

  /** How many accumulators have a resource. */
  int residents() {
    return residents.count();
  }

  /** Saves all accumulators that have a resource. */
  void saveAll(Spill to) {
    residents.saveAll(to);
  }

  /** The instance is another one, without any of the resources. */
  void renewed() {
    finished.clear();
    instance = null;
  }

  /** The aggregate. */
  public SqlFunction function() {
    return function;
  }

  /** What it takes and answers. */
  public AggregateTerms terms() {
    return terms;
  }

  AggregateMethods methods() {
    return methods;
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
    unread.add(accumulator);
    return accumulator;
  }

  /** A group without rows, for whose value nobody waits. */
  private Accumulator beginUnasked(@Nullable Object[] defaults) {
    limit.begin(function);
    if (handed == null) {
      makeRoom();
    }
    return beginPart(defaults);
  }

  /** An accumulator whose value nobody asks for: it is to be {@link #saved}. */
  Accumulator beginPart(@Nullable Object[] defaults) {
    return new Accumulator(this, defaults.length == 0 ? Group.UNNAMED : defaults, false);
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

  /** A group of a table, without rows; for whose value nobody waits. */
  Accumulator begin(@Nullable Object[] defaults, GroupTable groups, int group) {
    Accumulator accumulator = beginUnasked(defaults);
    accumulator.isOf(groups, group);
    return accumulator;
  }

  /** A column for accumulators. */
  HandleColumn handles() {
    return new HandleColumn(numbers);
  }

  /** The calls of {@code step}. */
  CallBatch steps(HandleColumn accumulators, List<BatchColumn> arguments) {
    List<BatchColumn> columns = new ArrayList<>(List.of(accumulators));
    columns.addAll(arguments);
    SqlFunction step = methods.step();
    return session.batch(callee, step, columns, BatchColumn.of(step.result())).unnumbered();
  }

  /** The calls of {@code value}. */
  CallBatch answers(HandleColumn accumulators, BatchColumn values) {
    return session.batch(callee, methods.value(), List.of(accumulators), values).unnumbered();
  }

  /** Rows were given to the guest. */
  void stepped(int rows) {
    spill.after(this, rows);
  }

  /** Whether some accumulators are not in the guest's memory. */
  boolean hasSaved() {
    return spill.hasSaved();
  }

  private void makeRoom() {
    if (finished.count() >= MOST_FINISHED) {
      List<ResourceHandle> handles = new ArrayList<>();
      finished.forEach(number -> handles.add(numbers.handle(number)));
      finished.clear();
      if (isAlive()) {
        resources.drop(methods.value(), handles);
      }
    }
  }

  /** Its value will be asked for. */
  void queue(Accumulator accumulator) {
    unread.add(accumulator);
  }

  /** Whether rows can be taken back. */
  boolean isInvertible() {
    return methods.inverse().isPresent();
  }

  void step(Accumulator accumulator, @Nullable Object[] arguments) {
    int constants = form.constantCount();
    if (constants > 0) {
      constants(accumulator, arguments, constants);
    }
    if (!steps.skips(arguments, constants)) {
      changed(accumulator);
      if (steps.add(accumulator, arguments, constants)) {
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
                makeRoom();
                give(rows);
              });
    }
  }

  /** Has the next values found out in the lane, if there are any. */
  void readAhead() {
    if (handed != null && !unread.isEmpty()) {
      handed.run(this::readSome);
    }
  }

  /** A row of a group is given to another accumulator of it. */
  void expect(Accumulator accumulator, @Nullable Object[] arguments) {
    if (form.constantCount() > 0) {
      constants(accumulator, arguments, form.constantCount());
    }
    changed(accumulator);
  }

  /** The state of an accumulator that is not used afterwards; null if it has no rows. */
  byte @Nullable [] saved(Accumulator accumulator) {
    gather(accumulator);
    if (!accumulator.hasResource()) {
      return null;
    }
    byte[] state = residents.save(accumulator.number());
    release(accumulator);
    return state;
  }

  /** Merges a state that another instance has saved with an accumulator. */
  void absorb(Accumulator into, byte[] state) {
    make(into);
    makeAlive();
    if (into.hasResource()) {
      merge(into, restored(into, state));
      spill.after(this, 1);
    }
  }

  /** Gives an accumulator the rows of another one of this aggregate, which stays as it is. */
  void merge(Accumulator into, Accumulator part) {
    @Nullable Object @Nullable [] constants = part.constants;
    if (constants != null) {
      constants(into, constants, constants.length);
    }
    changed(into);
    WaitingMerges waiting = merges;
    if (waiting == null) {
      waiting = new WaitingMerges(session, callee, methods.merge().orElseThrow(), numbers);
      merges = waiting;
    }
    if (waiting.add(into, part)) {
      flush();
    }
  }

  /** An accumulator that moves over the rows of a window; to be {@link #leave left}. */
  Accumulator beginMoving(@Nullable Object[] defaults) {
    makeRoom();
    return new Accumulator(this, defaults, true);
  }

  private WaitingMoves moves() {
    WaitingMoves waiting = moves;
    if (waiting == null) {
      waiting = new WaitingMoves(session, callee, methods, numbers);
      moves = waiting;
    }
    return waiting;
  }

  /** Gives a row to an accumulator that moves; returns whether that changes it. */
  boolean enter(Accumulator accumulator, @Nullable Object[] arguments) {
    int constants = form.constantCount();
    if (constants > 0) {
      constants(accumulator, arguments, constants);
    }
    WaitingMoves waiting = moves();
    if (waiting.skips(arguments, constants)) {
      return false;
    }
    if (waiting.step(accumulator, arguments, constants)) {
      move();
    }
    return true;
  }

  /** Takes back the row that was given first of those that remain; whether that changes it. */
  boolean takeBack(Accumulator accumulator, @Nullable Object[] arguments) {
    WaitingMoves waiting = moves();
    if (waiting.skips(arguments, form.constantCount())) {
      return false;
    }
    if (waiting.inverse(accumulator, arguments, form.constantCount())) {
      move();
    }
    return true;
  }

  /** The value of an accumulator that moves, of its present rows. */
  FrameValue ask(Accumulator accumulator) {
    FrameValue value = new FrameValue(this);
    if (moves().value(accumulator, value)) {
      move();
    }
    return value;
  }

  /** Does what the frames wait for. */
  void move() {
    WaitingMoves waiting = moves;
    if (waiting != null && !waiting.isEmpty()) {
      int rows = waiting.flush(this::make, this::make, this::checkAlive);
      left.forEach(this::release);
      left.clear();
      spill.after(this, rows);
    }
  }

  /** An accumulator is not moved any more. */
  void leave(Accumulator accumulator) {
    if (moves == null || moves.isEmpty()) {
      release(accumulator);
    } else {
      left.add(accumulator);
    }
  }

  void changed(Accumulator accumulator) {
    if (accumulator.read) {
      unread.add(accumulator);
    }
  }

  /** All rows of a group give the constructor the same arguments. */
  void constants(Accumulator accumulator, @Nullable Object[] arguments, int constants) {
    @Nullable Object @Nullable [] known = accumulator.constants;
    if (known == null) {
      @Nullable Object[] first = Arrays.copyOf(arguments, constants);
      if (lastConstants == null || !Arrays.deepEquals(lastConstants, first)) {
        lastConstants = first;
      }
      accumulator.constants = lastConstants;
      return;
    }
    for (int i = 0; i < constants; i++) {
      if (!Objects.deepEquals(known[i], arguments[i])) {
        throw Group.error(
            new SqlError(
                "22023",
                "aggregate "
                    + function.shortName()
                    + ": "
                    + form.constants().get(i).name()
                    + " must be the same in all rows of a "
                    + Group.word(accumulator)),
            accumulator);
      }
    }
  }

  /** Gives the waiting rows to the guest, then has parts merged that wait. */
  private void flush() {
    give(steps);
    WaitingMerges waiting = merges;
    if (waiting != null && !waiting.isEmpty()) {
      waiting.flush(
          atOnce(), this::gather, this::make, this::makeAlive, rows -> spill.after(this, rows));
    }
  }

  private void give(WaitingSteps rows) {
    if (!rows.isEmpty()) {
      spill.after(this, rows.flush(this::make, this::make, this::checkAlive));
    }
  }

  /** How many accumulators may have resources for a moment only. */
  private int atOnce() {
    return spill.hasSaved() ? MOST_FINISHED : WaitingRows.MOST;
  }

  /** Makes the resources of accumulators that have none, if they are not passed over. */
  void make(Accumulator accumulator) {
    if (accumulator.hasResource() || accumulator.making) {
      return;
    }
    Spill.Place saved = accumulator.saved;
    if (saved != null && (accumulator.moving || !isMergeable())) {
      try {
        accumulator.take(restored(accumulator, spill.read(saved)));
      } catch (SqlError e) {
        throw Group.error(e, accumulator);
      }
      accumulator.saved = null;
      residents.add(accumulator);
    } else if (!isNullConstant(accumulator)) {
      makers.add(accumulator, terms.opening(constants(accumulator)));
      if (makers.isFull()) {
        make();
      }
    }
  }

  /** The number of a resource that is made of what was saved. */
  private int restored(Accumulator accumulator, byte[] state) {
    int number =
        residents.restore(
            terms.restoring(methods.restore().orElseThrow(), constants(accumulator), state));
    instance = resources.instance();
    return number;
  }

  /** Merges what was saved of an accumulator with what it has. */
  private void gather(Accumulator accumulator) {
    Spill.Place saved = accumulator.saved;
    if (saved == null) {
      return;
    }
    boolean had = accumulator.hasResource();
    int last = accumulator.number();
    accumulator.giveUp();
    for (Spill.Place place : saved.all()) {
      merge(accumulator, restored(accumulator, spill.read(place)));
    }
    if (had) {
      merge(accumulator, last);
    } else {
      residents.add(accumulator);
    }
    accumulator.saved = null;
  }

  /** Merges the resource of an accumulator with another one; takes that if it has none. */
  private void merge(Accumulator accumulator, int part) {
    if (accumulator.hasResource()) {
      residents.merge(accumulator.number(), part);
      finished.add(part);
    } else {
      accumulator.take(part);
    }
  }

  void make() {
    if (!makers.isEmpty()) {
      checkAlive();
      makers.run(residents::add);
      instance = resources.instance();
    }
  }

  private void makeAlive() {
    make();
    checkAlive();
  }

  private boolean isAlive() {
    return instance != null && instance == resources.instance();
  }

  void checkAlive() {
    if (instance != null && !isAlive()) {
      throw new SqlError(
          "38W01",
          "aggregate "
              + function.shortName()
              + ": its accumulators are gone with an instance that failed earlier in this"
              + " statement");
    }
  }

  /** What the constructor's arguments are in SQL. */
  private @Nullable Object[] constants(Accumulator accumulator) {
    @Nullable Object @Nullable [] constants = accumulator.constants;
    return constants == null ? accumulator.defaults : constants;
  }

  /** A strict constructor that is given NULL makes nothing: the group's value is NULL. */
  private boolean isNullConstant(Accumulator accumulator) {
    @Nullable Object[] constants = constants(accumulator);
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] == null && !form.constants().get(i).nullable()) {
        return true;
      }
    }
    return false;
  }

  @Nullable Object value(Accumulator accumulator, @Nullable Object[] group) {
    if (handed != null) {
      handed.whole().read(accumulator);
    } else {
      flush();
    }
    while (!accumulator.read) {
      if (unread.isEmpty()) {
        throw new IllegalStateException("a group's value was lost with an earlier error");
      }
      readSome();
    }
    SqlError failure = accumulator.failure;
    if (failure != null) {
      throw Group.error(failure, accumulator, group);
    }
    return accumulator.value;
  }

  /** Asks for the values of the next accumulators in the queue. */
  private void readSome() {
    List<Accumulator> next = unread.take(atOnce());
    int rows = next.size();
    for (Accumulator accumulator : next) {
      try {
        gather(accumulator);
      } catch (SqlError e) {
        if (instance != null && !isAlive()) {
          fail(next, e);
          return;
        }
        accumulator.failure = e;
        continue;
      }
      make(accumulator);
    }
    make();
    asked.clear(WaitingRows.MOST);
    for (int row = 0; row < rows; row++) {
      if (next.get(row).hasResource()) {
        asked.set(row, next.get(row).number());
      } else {
        asked.setNull(row);
      }
    }
    int done = 0;
    while (done < rows) {
      checkAlive();
      SqlError error = values.run(done, rows, null);
      int from = done;
      done = values.done();
      for (int row = from; row < done; row++) {
        read(next.get(row), answers.value(row), next.get(row).failure);
      }
      if (error != null) {
        read(next.get(done), null, error);
        done++;
        if (!isAlive()) {
          fail(next.subList(done, rows), error);
          return;
        }
      }
    }
    if (spill.hasSaved()) {
      // More rows may come for those that were asked early.
      spill.after(this, rows);
    }
  }

  /** These and all that wait behind them are gone. */
  private void fail(List<Accumulator> gone, SqlError error) {
    gone.forEach(a -> read(a, null, error));
    unread.take(Integer.MAX_VALUE).forEach(a -> read(a, null, error));
  }

  private static void read(
      Accumulator accumulator, @Nullable Object value, @Nullable SqlError failure) {
    accumulator.value = value;
    accumulator.failure = failure;
    accumulator.read = true;
    accumulator.queued = false;
  }

  /** Takes note that the value of a group will not be asked for again. */
  public void finish(Accumulator accumulator) {
    if (accumulator.finished) {
      return;
    }
    accumulator.finished = true;
    limit.end();
    if (handed == null) {
      release(accumulator);
    } else {
      handed.end(accumulator);
    }
  }

  private void release(Accumulator accumulator) {
    if (accumulator.hasResource()) {
      accumulator.giveUp();
      finished.add(accumulator.number());
    }
    if (spill.hasSaved()) {
      makeRoom();
    }
  }
}
