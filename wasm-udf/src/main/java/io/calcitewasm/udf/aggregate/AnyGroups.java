package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.batch.BatchColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Groups by any columns: open addressing, with the hash codes of groups kept. */
final class AnyGroups extends GroupTable {
  private static final int FIRST_SLOTS = 1 << 11;

  private final List<BatchColumn> columns;
  private final Pile<Named> groups = new Pile<>();

  /** The number of a group plus 1; 0 where there is none. */
  private int[] slots = new int[FIRST_SLOTS];

  /** A group's values, and their hash code. */
  private record Named(int hash, @Nullable Object[] values) {}

  AnyGroups(List<BatchColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public void find(int rows, int[] found) {
    @Nullable Object[] values = new Object[columns.size()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = columns.get(i).value(row);
      }
      found[row] = find(values);
    }
  }

  private int find(@Nullable Object[] values) {
    int hash = mixed(Arrays.hashCode(values));
    int at = hash & slots.length - 1;
    while (slots[at] != 0) {
      Named group = groups.get(slots[at] - 1);
      if (group.hash == hash && equal(group.values, values)) {
        return slots[at] - 1;
      }
      at = at + 1 & slots.length - 1;
    }
    groups.add(new Named(hash, values.clone()));
    slots[at] = groups.size();
    if (2L * groups.size() > slots.length) {
      grow();
    }
    return groups.size() - 1;
  }

  private static int mixed(int hash) {
    int mixed = hash * 0x9E37_79B9;
    return mixed ^ mixed >>> 16;
  }

  private static boolean equal(@Nullable Object[] one, @Nullable Object[] other) {
    for (int i = 0; i < one.length; i++) {
      if (!Objects.equals(one[i], other[i])) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int group = 0; group < groups.size(); group++) {
      int at = groups.get(group).hash & slots.length - 1;
      while (slots[at] != 0) {
        at = at + 1 & slots.length - 1;
      }
      slots[at] = group + 1;
    }
  }

  @Override
  public int size() {
    return groups.size();
  }

  @Override
  @Nullable Object[] names(int group) {
    return groups.get(group).values;
  }

  @Override
  public void read(int first, int count, List<BatchColumn> into) {
    for (int column = 0; column < into.size(); column++) {
      into.get(column).clear(count);
      for (int i = 0; i < count; i++) {
        into.get(column).setValue(i, names(first + i)[column]);
      }
    }
  }
}
