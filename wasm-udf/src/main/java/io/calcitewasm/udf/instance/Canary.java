package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.ValueSize;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A version of a module that is tried beside the active one. Of a share of the calls, arguments and
 * outcome are put in line, and a thread of its own calls both versions with them and compares. Of
 * functions that keep their state for a statement or a connection, these are all calls of a share
 * of the statements or connections; of aggregates and others that do more than answer a call, a
 * {@link Replay} of a share of what they do. Statements neither wait for it nor see it: where the
 * line is full, calls are passed over. For any number of threads.
 */
public final class Canary implements CallListener, AutoCloseable {
  /** Statements, and connections, that are followed at a time; each takes an instance of either. */
  private static final int MOST_TRAILS = 4;

  /** Both versions, with instances that nobody else uses. */
  record Pair(ModuleRuntime active, ModuleRuntime tried) {}

  /** For what is done in instances of its own. */
  private final Pair single;

  /** For the calls of statements that are followed. */
  private final Pair ofStatement;

  /** For those of connections. */
  private final Pair ofConnection;

  private final Map<SqlFunction, CanaryRecord> records = new IdentityHashMap<>();
  private final Map<SqlFunction, String> notCompared;
  private final ReplaySession replays = new ReplaySession();
  private final Set<CanaryTrail> trails = ConcurrentHashMap.newKeySet();
  private final CanaryLine line = new CanaryLine(this::rest);
  private final Share statements;
  private final Share connections;

  /**
   * What a call has come to.
   *
   * @param value the SQL value; null for NULL and for an error
   * @param error the error, null without
   */
  record Outcome(@Nullable Object value, @Nullable SqlError error) {}

  private record Timed(Outcome outcome, long nanos) {}

  /**
   * A canary.
   *
   * @param active the version whose calls are watched
   * @param tried the version that is tried; it ends with this
   * @param twins the function of the tried version for each function of the active one that has one
   *     with equal parameters and result
   * @param notCompared the functions that are not compared, and why
   * @param fraction the share of the calls, above 0 and at most 1
   */
  public Canary(
      ModuleRuntime active,
      ModuleRuntime tried,
      Map<SqlFunction, SqlFunction> twins,
      Map<SqlFunction, String> notCompared,
      double fraction) {
    // Instances of its own, so that no statement waits for one that compares.
    this.single = new Pair(active.apart(), tried);
    this.ofStatement = new Pair(active.apart(), tried.apart());
    this.ofConnection = new Pair(active.apart(), tried.apart());
    this.notCompared = new LinkedHashMap<>(notCompared);
    this.statements = new Share(fraction);
    this.connections = new Share(fraction);
    twins.forEach((one, other) -> records.put(one, new CanaryRecord(one, other, fraction)));
    notCompared.keySet().forEach(one -> records.put(one, new CanaryRecord(one, null, fraction)));
  }

  @Override
  public boolean wants(SqlFunction function) {
    CanaryRecord record = records.get(function);
    return record != null && record.share().takes() && isComparable(record);
  }

  private boolean isComparable(CanaryRecord record) {
    if (!line.isClosed() && record.twin() == null) {
      record.missing();
    }
    return !line.isClosed() && record.twin() != null;
  }

  @Override
  public void hear(
      SqlFunction function, @Nullable Object[] arguments, Outcome outcome, StatementContext at) {
    CanaryRecord record = Objects.requireNonNull(records.get(function));
    CallReplay replay = new CallReplay(function, arguments);
    boolean _ =
        offer(
            record,
            replay.bytes() + ValueSize.of(outcome.value()),
            () -> compare(record, replay, outcome, at));
  }

  @Override
  public void lose() {}

  /** What hears of a function that does more than answer calls; null if nobody does. */
  @Nullable Trial trial(SqlFunction function, StatementContext at) {
    CanaryRecord record = records.get(function);
    return record == null ? null : new Trial(this, record, at.timestamp());
  }

  /** Whether something more would find room in the line now. */
  boolean hasRoom() {
    return line.hasRoom();
  }

  /** Puts in line what is to be done again, in instances of its own. */
  void again(CanaryRecord record, Replay replay, Instant timestamp) {
    boolean _ = offer(record, replay.bytes(), () -> compare(record, replay, timestamp));
  }

  private boolean offer(CanaryRecord record, long bytes, Runnable comparison) {
    boolean hasRoom = line.offer(bytes, comparison);
    if (!hasRoom) {
      record.skipped();
    }
    return hasRoom;
  }

  /**
   * A statement or a connection begins to call functions that keep their state for it.
   *
   * @param whole whether it is a connection
   * @param late whether it has called some before
   * @return what hears of its calls
   */
  CanaryTrail trail(boolean whole, boolean late) {
    Pair pair = whole ? ofConnection : ofStatement;
    int most = Math.min(MOST_TRAILS, pair.active.limits().instances());
    boolean wanted =
        !late
            && !line.isClosed()
            && trails.stream().filter(t -> t.pair() == pair && !t.isOver()).count() < most
            && (whole ? connections : statements).takes();
    CanaryTrail trail = new CanaryTrail(this, pair, wanted);
    if (wanted) {
      trails.add(trail);
    }
    return trail;
  }

  /**
   * Puts a call that is followed in line.
   *
   * @return whether it is in line; if not, nothing can be said about those behind it
   */
  boolean follow(
      CanaryTrail trail,
      SqlFunction function,
      @Nullable Object[] arguments,
      Outcome outcome,
      StatementContext at) {
    CanaryRecord record = records.get(function);
    CallReplay replay = new CallReplay(function, arguments);
    return record != null
        && isComparable(record)
        && offer(
            record,
            replay.bytes() + ValueSize.of(outcome.value()),
            () -> {
              try {
                compare(trail, record, replay, outcome, at);
              } finally {
                trail.passed();
              }
            });
  }

  /** Has the thread look whether what was followed has ended. */
  void look() {
    line.look();
  }

  private void rest() {
    if (line.isEmpty()) {
      replays.close();
    }
    for (CanaryTrail trail : trails) {
      if (trail.isOver() && trails.remove(trail)) {
        trail.end();
      }
    }
  }

  /** A call whose outcome is known, in instances of its own. */
  private void compare(CanaryRecord record, Replay replay, Outcome known, StatementContext at) {
    Timed again = alone(single.active, record.function(), replay, at.timestamp());
    Timed tried = alone(single.tried, twin(record), replay, at.timestamp());
    note(record, replay, known, again, tried);
  }

  /** What is known only when it has been done: once more, where the versions differ. */
  private void compare(CanaryRecord record, Replay replay, Instant timestamp) {
    CallSession session = replays.of(timestamp);
    Timed active = run(single.active, record.function(), replay, session);
    Timed tried = run(single.tried, twin(record), replay, session);
    Timed again =
        CanaryRecord.same(active.outcome, tried.outcome)
            ? active
            : run(single.active, record.function(), replay, session);
    note(record, replay, active.outcome, again, tried);
  }

  /**
   * Where the active version does not come to the same state again, the others would tell nothing.
   */
  private void compare(
      CanaryTrail trail, CanaryRecord record, Replay replay, Outcome known, StatementContext at) {
    if (!trail.isFaithful()) {
      return;
    }
    CallSession session = trail.session(at);
    Timed again = run(trail.pair().active, record.function(), replay, session);
    Timed tried = run(trail.pair().tried, twin(record), replay, session);
    note(record, replay, known, again, tried);
    if (!CanaryRecord.same(known, again.outcome)) {
      trail.doubt();
    }
  }

  private void note(CanaryRecord record, Replay replay, Outcome known, Timed again, Timed tried) {
    if (!line.isClosed()) {
      record.took(again.nanos, tried.nanos);
      if (CanaryRecord.same(known, tried.outcome)) {
        record.equal();
      } else if (!CanaryRecord.same(known, again.outcome)) {
        record.unstable();
      } else {
        record.different(replay, known, tried.outcome);
      }
    }
  }

  private static SqlFunction twin(CanaryRecord record) {
    return Objects.requireNonNull(record.twin());
  }

  private static Timed alone(
      ModuleRuntime version, SqlFunction function, Replay replay, Instant timestamp) {
    try (CallSession session = new CallSession(new StatementContext(timestamp))) {
      return run(version, function, replay, session);
    }
  }

  private static Timed run(
      ModuleRuntime version, SqlFunction function, Replay replay, CallSession session) {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      outcome = new Outcome(replay.in(session, () -> version, function), null);
    } catch (SqlError e) {
      outcome = new Outcome(null, e);
    }
    return new Timed(outcome, System.nanoTime() - start);
  }

  /** The functions that are not compared, and why. */
  public Map<SqlFunction, String> notCompared() {
    return Collections.unmodifiableMap(notCompared);
  }

  /** What was found so far, for each function that was called. */
  public List<CanaryRecord.Report> reports() {
    return records.values().stream()
        .map(CanaryRecord::report)
        .filter(report -> report.calls() + report.skipped() + report.missing() > 0)
        .sorted((a, b) -> a.function().longName().compareTo(b.function().longName()))
        .toList();
  }

  boolean isClosed() {
    return line.isClosed();
  }

  /** Ends the trial, and the tried version with it; a comparison under way ends unheard. */
  @Override
  public synchronized void close() {
    line.close();
    replays.close();
    trails.forEach(CanaryTrail::end);
    trails.clear();
    for (Pair pair : List.of(single, ofStatement, ofConnection)) {
      pair.active.retire();
      pair.tried.retire();
    }
  }
}
