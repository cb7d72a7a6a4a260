package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A version of a module that is tried beside the active one. Of a share of the calls, arguments and
 * outcome are put in line, and a thread of its own calls both versions with them and compares. Of
 * functions that keep their state for the statement, these are all calls of a share of the
 * statements. Statements neither wait for it nor see it: where the line is full, calls are passed
 * over. For any number of threads.
 */
public final class Canary implements CallListener, AutoCloseable {
  /** Calls in line; so many arguments and results are held at most. */
  private static final int LINE = 256;

  /** Statements that are followed at the same time; each takes an instance of either version. */
  private static final int MOST_TRAILS = 4;

  /**
   * Both versions for calls that have an instance of their own, or for those of statements that are
   * followed, which keep one.
   */
  private record Pair(ModuleRuntime active, ModuleRuntime tried) {}

  private final Pair single;
  private final Pair followed;
  private final double fraction;
  private final Map<SqlFunction, CanaryRecord> records = new IdentityHashMap<>();
  private final Map<SqlFunction, String> notCompared;
  private final BlockingQueue<Runnable> line = new ArrayBlockingQueue<>(LINE);
  private final Set<CanaryTrail> trails = ConcurrentHashMap.newKeySet();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong statements = new AtomicLong();
  private @Nullable Thread thread;
  private volatile boolean closed;

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares samples.
  private record Sample(@Nullable Object[] arguments, Outcome outcome, StatementContext at) {}

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
    this.followed = new Pair(active.apart(), tried.apart());
    this.notCompared = new LinkedHashMap<>(notCompared);
    this.fraction = fraction;
    for (SqlFunction function : active.callable()) {
      records.put(function, new CanaryRecord(function, twins.get(function)));
    }
  }

  /** Whether the next call is one that is compared: evenly spread, one of so many. */
  @Override
  public boolean wants() {
    return isDue(calls);
  }

  private boolean isDue(AtomicLong counter) {
    long count = counter.incrementAndGet();
    return Math.floor(count * fraction) > Math.floor((count - 1) * fraction);
  }

  @Override
  public void hear(
      SqlFunction function, @Nullable Object[] arguments, Outcome outcome, StatementContext at) {
    CanaryRecord record = records.get(function);
    if (record != null && isComparable(record)) {
      offer(record, () -> compare(record, new Sample(arguments, outcome, at)));
    }
  }

  @Override
  public void lose() {}

  private boolean isComparable(CanaryRecord record) {
    if (!closed && record.twin() == null) {
      record.missing();
    }
    return !closed && record.twin() != null;
  }

  private boolean offer(CanaryRecord record, Runnable comparison) {
    boolean hasRoom = line.offer(comparison);
    if (hasRoom) {
      begin();
    } else {
      record.skipped();
    }
    return hasRoom;
  }

  /**
   * A statement begins to call functions that keep their state for it.
   *
   * @param late whether it has called some before
   * @return what hears of its calls
   */
  CanaryTrail trail(StatementContext statement, boolean late) {
    int most = Math.min(MOST_TRAILS, single.active.limits().instances());
    boolean wanted = !late && !closed && trails.size() < most && isDue(statements);
    CanaryTrail trail = new CanaryTrail(this, statement, wanted);
    if (wanted) {
      trails.add(trail);
    }
    return trail;
  }

  /**
   * Puts a call of a statement that is followed in line.
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
    return record != null
        && isComparable(record)
        && offer(
            record,
            () -> {
              try {
                compare(trail, record, new Sample(arguments, outcome, at));
              } finally {
                trail.passed();
              }
            });
  }

  /** Has the thread look whether statements that were followed have ended. */
  void look() {
    boolean _ = line.offer(() -> {}); // Where there is no room, it will look behind what is there.
    begin();
  }

  private synchronized void begin() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name("calcite-wasm-canary").start(this::work);
    }
  }

  private void work() {
    while (!closed) {
      try {
        line.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        // Nothing that happens here is anybody's error; the next call may fare better.
        if (closed) {
          return;
        }
      }
      for (CanaryTrail trail : trails) {
        if (trail.isOver() && trails.remove(trail)) {
          trail.session().close();
        }
      }
    }
  }

  private void compare(CanaryRecord record, Sample sample) {
    try (CallSession ofActive = session(sample);
        CallSession ofTried = session(sample)) {
      boolean _ = compare(single, ofActive, ofTried, record, sample);
    }
  }

  private static CallSession session(Sample sample) {
    return new CallSession(new StatementContext(sample.at.timestamp()));
  }

  /**
   * Where the active version does not come to the same state again, the others would tell nothing.
   */
  private void compare(CanaryTrail trail, CanaryRecord record, Sample sample) {
    if (trail.isFaithful()
        && !compare(followed, trail.session(), trail.session(), record, sample)) {
      trail.doubt();
    }
  }

  /** Whether the active version answers as it has before. */
  private boolean compare(
      Pair pair, CallSession ofActive, CallSession ofTried, CanaryRecord record, Sample sample) {
    SqlFunction twin = Objects.requireNonNull(record.twin());
    long start = System.nanoTime();
    Outcome again = call(pair.active, record.function(), ofActive, sample);
    long between = System.nanoTime();
    Outcome other = call(pair.tried, twin, ofTried, sample);
    long end = System.nanoTime();
    if (!closed) {
      record.compared(
          sample.arguments, sample.outcome, again, other, between - start, end - between);
    }
    return CanaryRecord.same(sample.outcome, again);
  }

  private static Outcome call(
      ModuleRuntime module, SqlFunction function, CallSession session, Sample sample) {
    try {
      return new Outcome(
          session.answer(module, module.bound(function), sample.arguments.clone(), -1), null);
    } catch (SqlError e) {
      return new Outcome(null, e);
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

  /** Ends the trial, and the tried version with it; a comparison under way ends unheard. */
  @Override
  public synchronized void close() {
    closed = true;
    line.clear();
    if (thread != null) {
      thread.interrupt();
    }
    trails.forEach(trail -> trail.session().close());
    trails.clear();
    for (Pair pair : List.of(single, followed)) {
      pair.active.retire();
      pair.tried.retire();
    }
  }
}
