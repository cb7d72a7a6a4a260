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
  private final Set<CanaryTrail> trails = ConcurrentHashMap.newKeySet();
  private final CanaryLine line = new CanaryLine(this::rest);
  private final CanaryComparison comparison;
  private final Share statements;
  private final Share connections;

  /**
   * What a call has come to.
   *
   * @param value the SQL value; null for NULL and for an error
   * @param error the error, null without
   */
  record Outcome(@Nullable Object value, @Nullable SqlError error) {}

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
    this.comparison = new CanaryComparison(single, line::isClosed);
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
            () -> comparison.known(record, replay, outcome, at));
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
    boolean _ = offer(record, replay.bytes(), () -> comparison.unknown(record, replay, timestamp));
  }

  private boolean offer(CanaryRecord record, long bytes, Runnable task) {
    boolean hasRoom = line.offer(bytes, task);
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
                comparison.followed(trail, record, replay, outcome, at);
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
      comparison.rest();
    }
    for (CanaryTrail trail : trails) {
      if (trail.isOver() && trails.remove(trail)) {
        trail.end();
      }
    }
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
    comparison.rest();
    trails.forEach(CanaryTrail::end);
    trails.clear();
    for (Pair pair : List.of(single, ofStatement, ofConnection)) {
      pair.active.retire();
      pair.tried.retire();
    }
  }
}
