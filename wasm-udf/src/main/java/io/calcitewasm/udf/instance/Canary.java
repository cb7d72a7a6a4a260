package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A version of a module that is tried beside the active one. Of a share of the calls, arguments and
 * outcome are put in line, and a thread of its own calls both versions with them and compares.
 * Statements neither wait for it nor see it: where the line is full, the call is passed over. For
 * any number of threads.
 */
public final class Canary implements AutoCloseable {
  /** Calls in line; so many arguments and results are held at most. */
  private static final int LINE = 256;

  private final ModuleRuntime active;
  private final ModuleRuntime tried;
  private final double fraction;
  private final Map<SqlFunction, CanaryRecord> records = new IdentityHashMap<>();
  private final BlockingQueue<Sample> line = new ArrayBlockingQueue<>(LINE);
  private final AtomicLong seen = new AtomicLong();
  private @Nullable Thread thread;
  private volatile boolean closed;

  private record Sample(
      CanaryRecord record, @Nullable Object[] arguments, Outcome outcome, StatementContext at) {}

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
   * @param fraction the share of the calls, above 0 and at most 1
   */
  public Canary(
      ModuleRuntime active,
      ModuleRuntime tried,
      Map<SqlFunction, SqlFunction> twins,
      double fraction) {
    // Instances of its own, so that no statement waits for one that compares.
    this.active = active.apart();
    this.tried = tried;
    this.fraction = fraction;
    for (SqlFunction function : active.callable()) {
      records.put(function, new CanaryRecord(function, twins.get(function)));
    }
  }

  /** Whether the next call is one that is compared: evenly spread, one of so many. */
  boolean wants() {
    long count = seen.incrementAndGet();
    return Math.floor(count * fraction) > Math.floor((count - 1) * fraction);
  }

  /**
   * Puts a call of the active version in line; returns at once.
   *
   * @param function the active version's function
   * @param arguments its SQL values; the array must not be changed any more
   * @param outcome what has come of it
   * @param at the call's statement
   */
  void compare(
      SqlFunction function, @Nullable Object[] arguments, Outcome outcome, StatementContext at) {
    CanaryRecord record = records.get(function);
    if (record == null || closed) {
      return;
    }
    if (record.twin() == null) {
      record.missing();
    } else if (line.offer(new Sample(record, arguments, outcome, at))) {
      begin();
    } else {
      record.skipped();
    }
  }

  private synchronized void begin() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name("calcite-wasm-canary").start(this::work);
    }
  }

  private void work() {
    while (!closed) {
      try {
        run(line.take());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        // Nothing that happens here is anybody's error; the next call may fare better.
        if (closed) {
          return;
        }
      }
    }
  }

  private void run(Sample sample) {
    SqlFunction twin = sample.record.twin();
    if (twin == null) {
      return;
    }
    long start = System.nanoTime();
    Outcome again = call(active, sample.record.function(), sample);
    long between = System.nanoTime();
    Outcome other = call(tried, twin, sample);
    long end = System.nanoTime();
    if (!closed) {
      sample.record.compared(
          sample.arguments, sample.outcome, again, other, between - start, end - between);
    }
  }

  private static Outcome call(ModuleRuntime module, SqlFunction function, Sample sample) {
    try (CallSession session = new CallSession(new StatementContext(sample.at.timestamp()))) {
      return new Outcome(
          session.answer(module, module.bound(function), sample.arguments.clone(), -1), null);
    } catch (SqlError e) {
      return new Outcome(null, e);
    }
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
    active.retire();
    tried.retire();
  }
}
