package io.calcitewasm.udf.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accumulator over the rows of a window frame, which moves from row to row of a partition. Where
 * the aggregate can take rows back, only those are given and taken that enter and leave the frame;
 * otherwise a frame that loses rows is accumulated anew.
 *
 * <p>For each output row the caller says {@link #restart} if the frame is told from its start, then
 * {@link #enters} for each row in it, in order, {@link #add} where that is asked for, and {@link
 * #value} at last.
 */
public final class Frame {
  /** Rows behind the frame that are let go together. */
  private static final int MOST_BEHIND = 1024;

  private final AggregateCalls calls;
  private final @Nullable Object[] defaults;

  /** Arguments of the partition's rows from {@link #first} on; null where they are not known. */
  private final List<@Nullable Object @Nullable []> rows = new ArrayList<>();

  private int first;

  /** The frame that is being told. */
  private Span wanted = new Span();

  /** The rows in the accumulator. */
  private Span held = new Span();

  private @Nullable Accumulator accumulator;

  /** Values of the columns by which the partition is told from others; none if nobody says. */
  private @Nullable Object[] partition = Group.UNNAMED;

  /** The value of the rows in the accumulator, if it was asked for. */
  private @Nullable FrameValue last;

  /** A frame without rows. */
  public Frame(AggregateCalls calls, @Nullable Object[] defaults) {
    this.calls = calls;
    this.defaults = defaults;
  }

  /** The aggregate. */
  public AggregateCalls calls() {
    return calls;
  }

  /** Positions in a partition: a range, or a list where rows are excluded. */
  private static final class Span {
    private int from;
    private int to;
    private @Nullable List<Integer> scattered;

    void clear() {
      from = 0;
      to = 0;
      scattered = null;
    }

    void add(int position) {
      if (scattered != null) {
        scattered.add(position);
      } else if (from == to) {
        from = position;
        to = position + 1;
      } else if (position == to) {
        to++;
      } else {
        scattered = new ArrayList<>();
        for (int i = from; i < to; i++) {
          scattered.add(i);
        }
        scattered.add(position);
      }
    }

    void set(Span other) {
      from = other.from;
      to = other.to;
      scattered = other.scattered;
    }
  }

  /**
   * The frame of an output row is told from its start.
   *
   * @param row the output row's position in its partition; 0 begins a partition
   */
  public void restart(int row) {
    wanted.clear();
    if (row == 0) {
      partition = Group.UNNAMED;
      rows.clear();
      give();
    }
  }

  private void give() {
    if (accumulator != null) {
      calls.moving().leave(accumulator);
      accumulator = null;
    }
    last = null;
    held.clear();
  }

  /**
   * A row is in the frame.
   *
   * @param position in the partition
   * @return whether its arguments are to be {@linkplain #add added}
   */
  public boolean enters(int position) {
    wanted.add(position);
    if (rows.isEmpty()) {
      first = position;
    } else if (position < first) {
      // Where rows are excluded, a frame may begin before the one of the row before.
      rows.addAll(0, Collections.nCopies(first - position, null));
      first = position;
    }
    int index = position - first;
    return index >= rows.size() || rows.get(index) == null;
  }

  /**
   * The rows are of a partition, for messages.
   *
   * @param columns values of the columns by which rows are divided
   */
  public void in(@Nullable Object[] columns) {
    partition = columns;
  }

  /** The arguments of a row: SQL values of all parameters. */
  public void add(int position, @Nullable Object[] arguments) {
    int index = position - first;
    while (rows.size() <= index) {
      rows.add(null);
    }
    rows.set(index, arguments);
  }

  /**
   * The frame is a range of rows; instead of {@link #enters} for each of them.
   *
   * @param from the first position in the partition; negative if there are no rows
   * @param to the last one
   */
  public void span(int from, int to) {
    wanted.clear();
    if (from < 0) {
      return;
    }
    wanted.from = from;
    wanted.to = to + 1;
    if (from < first || from > first + rows.size()) {
      rows.clear();
    }
    if (rows.isEmpty()) {
      first = from;
    }
  }

  /** The first position whose arguments are to be {@linkplain #add added}, and all behind it. */
  public int known() {
    return first + rows.size();
  }

  /**
   * The value of the frame.
   *
   * @throws io.calcitewasm.udf.SqlError whatever has gone wrong with this frame or one before
   */
  public FrameValue value() {
    Accumulator current = accumulator;
    if (current == null || !move(current)) {
      give();
      current = calls.moving().begin(defaults);
      current.name(partition);
      accumulator = current;
      if (wanted.scattered != null) {
        for (int position : wanted.scattered) {
          step(current, position, position + 1);
        }
      } else {
        step(current, wanted.from, wanted.to);
      }
    }
    held.set(wanted);
    forget();
    FrameValue value = last;
    if (value == null) {
      hear();
      value = calls.moving().ask(current);
      last = value;
    }
    return value;
  }

  /** A canary may want the rows of the frame. */
  private void hear() {
    GroupTrials trials = calls.trials();
    if (trials != null && trials.wantsFrame()) {
      List<@Nullable Object[]> all = new ArrayList<>();
      if (held.scattered != null) {
        held.scattered.forEach(position -> all.add(arguments(position)));
      } else {
        int to = Math.min(held.to, held.from + GroupReplay.MOST_ROWS);
        for (int position = held.from; position < to; position++) {
          all.add(arguments(position));
        }
      }
      trials.frame(all, defaults);
    }
  }

  /** Moves the accumulator to the wanted rows; false if it is better to begin anew. */
  private boolean move(Accumulator current) {
    if (wanted.scattered != null || held.scattered != null) {
      return false;
    }
    int leaving = wanted.from - held.from;
    if (held.from == held.to
        || leaving < 0
        || wanted.to < held.to
        || wanted.from > held.to
        || (leaving > 0 && (!calls.moving().isInvertible() || leaving > wanted.to - wanted.from))) {
      return false;
    }
    for (int position = held.from; position < wanted.from; position++) {
      if (calls.moving().takeBack(current, arguments(position))) {
        last = null;
      }
    }
    step(current, held.to, wanted.to);
    return true;
  }

  private void step(Accumulator current, int from, int to) {
    for (int position = from; position < to; position++) {
      if (calls.moving().enter(current, arguments(position))) {
        last = null;
      }
    }
  }

  private @Nullable Object[] arguments(int position) {
    @Nullable Object @Nullable [] arguments = rows.get(position - first);
    if (arguments == null) {
      throw new IllegalStateException("row " + position + " of the partition was not told");
    }
    return arguments;
  }

  /** Frames move forward only: what lies before this one is not needed again. */
  private void forget() {
    int behind = held.from - first;
    if (held.scattered == null && held.to > held.from && behind > MOST_BEHIND) {
      rows.subList(0, behind).clear();
      first = held.from;
    }
  }
}
