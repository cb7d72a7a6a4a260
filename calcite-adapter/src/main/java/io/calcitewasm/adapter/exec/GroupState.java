package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.batch.BatchColumn;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * What one of Calcite's own aggregates has accumulated, beside aggregates of modules: arrays with
 * an element for each group. Subclasses are generated of what Calcite itself makes the aggregate's
 * code of, so that values and errors are those of its own operator.
 */
public abstract class GroupState {
  private static final int FEWEST = 1024;

  /** About what an object takes that an array refers to, with the reference. */
  private static final int OBJECT_BYTES = 40;

  private @Nullable AggregateCalls heap;
  private int begun;
  private int room;
  private long bytes;
  private boolean hasObjects;

  /** A state without groups. */
  protected GroupState() {}

  /**
   * Makes the arrays longer, each by {@link #grown}.
   *
   * @param groups how many elements they have then
   */
  protected abstract void grow(int groups);

  /**
   * Begins groups: what is accumulated of no rows.
   *
   * @param from the first
   * @param to behind the last
   */
  protected abstract void begin(int from, int to);

  /**
   * Accumulates rows.
   *
   * @param inputs columns of the rows, those that aggregates need
   * @param found the number of each row's group
   * @param rows how many
   */
  protected abstract void add(BatchColumn[] inputs, int[] found, int rows);

  /**
   * The value of a group, null for NULL.
   *
   * @return in Calcite's internal representation
   */
  protected abstract @Nullable Object value(int group);

  /**
   * An array with more elements, of which the first are those of another one.
   *
   * @param type of the elements
   * @param elements the other one; null if there was none
   * @param groups how many it has
   * @throws io.calcitewasm.udf.SqlError 53200 if the heap has no room for it
   */
  protected final Object grown(Class<?> type, @Nullable Object elements, int groups) {
    int known = elements == null ? 0 : Array.getLength(elements);
    take((long) (groups - known) * bytes(type));
    Object all = Array.newInstance(type, groups);
    if (elements != null) {
      System.arraycopy(elements, 0, all, 0, known);
    }
    hasObjects |= !type.isPrimitive();
    return all;
  }

  private static int bytes(Class<?> type) {
    if (!type.isPrimitive()) {
      return OBJECT_BYTES;
    }
    return type == long.class || type == double.class
        ? Long.BYTES
        : type == int.class || type == float.class ? Integer.BYTES : Short.BYTES;
  }

  private void take(long more) {
    if (heap != null) {
      heap.takeHeap(more);
      bytes += more;
    }
  }

  /** Tells whom to ask for room on the heap. */
  final void askedOf(AggregateCalls limit) {
    heap = limit;
  }

  /**
   * Accumulates rows of groups that may be new.
   *
   * @param groups how many groups there are
   */
  final void add(int groups, BatchColumn[] inputs, int[] found, int rows) {
    begin(groups);
    add(inputs, found, rows);
    if (hasObjects && heap != null) {
      heap.checkHeap();
    }
  }

  private void begin(int groups) {
    if (groups > room) {
      int more = (int) Math.clamp(2L * room, Math.max(FEWEST, groups), Integer.MAX_VALUE - 8);
      grow(more);
      room = more;
    }
    begin(begun, groups);
    begun = groups;
  }

  /** Forgets all groups; the room for them stays. */
  final void forget() {
    begun = 0;
  }

  /** Lets go of the room on the heap. */
  final void close() {
    take(-bytes);
  }
}
