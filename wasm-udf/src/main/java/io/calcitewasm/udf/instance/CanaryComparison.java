package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.Canary.Outcome;
import io.calcitewasm.udf.instance.Canary.Pair;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Does again, in both versions of a module, what statements have done, and notes what has come of
 * it. For the canary's thread.
 */
final class CanaryComparison {
  private final Pair single;
  private final BooleanSupplier closed;
  private final ReplaySession replays = new ReplaySession();

  private record Timed(Outcome outcome, long nanos) {}

  /**
   * Comparisons of two versions.
   *
   * @param single for what is done in instances of its own
   * @param closed whether nobody wants to know any more
   */
  CanaryComparison(Pair single, BooleanSupplier closed) {
    this.single = single;
    this.closed = closed;
  }

  /** There is nothing to be done now. */
  void rest() {
    replays.close();
  }

  /** A call whose outcome is known, in instances of its own. */
  void known(CanaryRecord record, Replay replay, Outcome known, StatementContext at) {
    Timed again = alone(single.active(), record.function(), replay, at.timestamp());
    Timed tried = alone(single.tried(), twin(record), replay, at.timestamp());
    note(record, replay, known, again, tried);
  }

  /** What is known only when it has been done: once more, where the versions differ. */
  void unknown(CanaryRecord record, Replay replay, Instant timestamp) {
    CallSession session = replays.of(timestamp);
    Timed active = run(single.active(), record.function(), replay, session);
    Timed tried = run(single.tried(), twin(record), replay, session);
    Timed again =
        CanaryRecord.same(active.outcome, tried.outcome)
            ? active
            : run(single.active(), record.function(), replay, session);
    note(record, replay, active.outcome, again, tried);
  }

  /**
   * A call of a statement or connection that is followed. Where the active version does not come to
   * the same state again, the calls behind it would tell nothing.
   */
  void followed(
      CanaryTrail trail, CanaryRecord record, Replay replay, Outcome known, StatementContext at) {
    if (!trail.isFaithful()) {
      return;
    }
    CallSession session = trail.session(at);
    Timed again = run(trail.pair().active(), record.function(), replay, session);
    Timed tried = run(trail.pair().tried(), twin(record), replay, session);
    note(record, replay, known, again, tried);
    if (!CanaryRecord.same(known, again.outcome)) {
      trail.doubt();
    }
  }

  private void note(CanaryRecord record, Replay replay, Outcome known, Timed again, Timed tried) {
    if (!closed.getAsBoolean()) {
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
}
