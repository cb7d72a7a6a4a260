package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The threads over which a statement's rows are divided. They begin when there are enough rows to
 * be worth it.
 */
final class Lanes implements AutoCloseable {
  /** Batches of rows that are done before threads begin. */
  private static final int FEW = 4;

  private final List<Lane> lanes;
  private int batches;
  private boolean open;

  private Lanes(List<Lane> lanes) {
    this.lanes = lanes;
  }

  /**
   * Those of a statement.
   *
   * @param session the statement's calls, which end the threads
   * @param count how many
   */
  static Lanes of(CallSession session, int count) {
    return session.shared(
        new Count(count),
        Lanes.class,
        () ->
            new Lanes(
                IntStream.range(0, count).mapToObj(i -> new Lane(session.beside())).toList()));
  }

  /** What they are known by. */
  private record Count(int lanes) {}

  Lane get(int lane) {
    return lanes.get(lane);
  }

  int count() {
    return lanes.size();
  }

  /** Whether threads have begun. */
  boolean isOpen() {
    return open;
  }

  /** Takes note of a batch of rows. */
  void batch() {
    batches++;
    if (!open && batches >= FEW) {
      open = true;
      lanes.forEach(Lane::open);
    }
  }

  void await() {
    lanes.forEach(Lane::await);
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
