package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.Trial;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows of a share of an aggregate's groups for a canary, until their values have been
 * asked for or the statement ends. Not for several threads.
 */
final class GroupTrials implements AutoCloseable {
  /** Groups that are collected at the same time. */
  private static final int MOST_GROUPS = 1000;

  /** What their rows may take, roughly, in bytes. */
  private static final long MOST_BYTES = 32L << 20;

  private final Trial trial;
  private final SqlFunction guest;
  private final AggregateTerms terms;
  private final Map<Accumulator, GroupReplay> groups = new IdentityHashMap<>();
  private long bytes;

  private GroupTrials(Trial trial, SqlFunction guest, AggregateTerms terms) {
    this.trial = trial;
    this.guest = guest;
    this.terms = terms;
  }

  /** What trials are known by: an aggregate at a place of the statement. */
  private record Of(AggregateCalls calls) {}

  /**
   * Those of an aggregate; they end with the statement.
   *
   * @param guest what its guest sees
   * @return null where its module has no canary
   */
  static @Nullable GroupTrials of(
      CallSession session,
      Callee callee,
      AggregateCalls calls,
      SqlFunction guest,
      AggregateTerms terms) {
    Trial trial = session.trial(callee, terms.function());
    return trial == null
        ? null
        : session.shared(
            new Of(calls), GroupTrials.class, () -> new GroupTrials(trial, guest, terms));
  }

  /** A group begins. */
  void begin(Accumulator group, @Nullable Object[] defaults) {
    if (trial.wants()) {
      if (groups.size() < MOST_GROUPS && bytes < MOST_BYTES) {
        groups.put(group, new GroupReplay(guest, terms, defaults));
      } else {
        trial.skip();
      }
    }
  }

  /** Whether no group is collected. */
  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** A row is given to a group. */
  void row(Accumulator group, @Nullable Object[] arguments) {
    GroupReplay replay = groups.get(group);
    if (replay != null) {
      bytes -= replay.bytes();
      replay.add(arguments);
      bytes += replay.bytes();
      if (replay.isFull()) {
        end(group);
      } else if (bytes > MOST_BYTES) {
        groups.remove(group);
        bytes -= replay.bytes();
        trial.skip();
      }
    }
  }

  /** A group gets no more rows. */
  void end(Accumulator group) {
    GroupReplay replay = groups.remove(group);
    if (replay != null) {
      bytes -= replay.bytes();
      if (!replay.isEmpty()) {
        trial.again(replay);
      }
    }
  }

  /** The value of a frame is asked for, which counts as a group. */
  void frame(List<@Nullable Object[]> rows, @Nullable Object[] defaults) {
    GroupReplay replay = new GroupReplay(guest, terms, defaults);
    for (@Nullable Object[] row : rows) {
      if (!replay.isFull()) {
        replay.add(row);
      }
    }
    trial.again(replay);
  }

  /** Whether the next frame is to be told. */
  boolean wantsFrame() {
    return trial.wants();
  }

  /** The statement ends, whatever has become of it: what it has given to groups is compared. */
  @Override
  public void close() {
    List.copyOf(groups.keySet()).forEach(this::end);
  }
}
