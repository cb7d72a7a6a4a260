package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.LongColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Groups by one column of integers: open addressing, a value beside the number of its group, so
 * that a row looks at one place in memory.
 */
final class LongGroups extends GroupTable {
  private static final int FIRST_SLOTS = 1 << 11;
  private static final int CHUNK = 1024;
  private static final int NONE = -1;

  private final LongColumn column;

  /** Whose values collide is not to be known beforehand. */
  private final long seed = ThreadLocalRandom.current().nextLong();

  /** For each slot a value, and the number of its group plus 1; 0 where there is none. */
  private long[] slots = new long[2 * FIRST_SLOTS];

  /** Values by the numbers of their groups. */
  private final List<long[]> values = new ArrayList<>();

  private int size;
  private int nullGroup = NONE;

  LongGroups(LongColumn column) {
    this.column = column;
  }

  @Override
  public void find(int rows, int[] groups) {
    for (int row = 0; row < rows; row++) {
      if (column.isNull(row)) {
        nullGroup = nullGroup == NONE ? add(0) : nullGroup;
        groups[row] = nullGroup;
      } else {
        groups[row] = find(column.get(row));
      }
    }
  }

  private int find(long value) {
    int at = slot(value);
    while (slots[at + 1] != 0) {
      if (slots[at] == value) {
        return (int) slots[at + 1] - 1;
      }
      at = at + 2 & slots.length - 1;
    }
    int group = add(value);
    slots[at] = value;
    slots[at + 1] = group + 1L;
    if (4L * size > slots.length) {
      grow();
    }
    return group;
  }

  /** Where a value stands if nothing else does there. */
  private int slot(long value) {
    long mixed = (value ^ seed) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
    return (int) (mixed >>> 32) << 1 & slots.length - 1;
  }

  private int add(long value) {
    if (size % CHUNK == 0) {
      values.add(new long[CHUNK]);
    }
    values.getLast()[size % CHUNK] = value;
    return size++;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        int at = slot(old[i]);
        while (slots[at + 1] != 0) {
          at = at + 2 & slots.length - 1;
        }
        slots[at] = old[i];
        slots[at + 1] = old[i + 1];
      }
    }
  }

  @Override
  public int size() {
    return size;
  }

  private long value(int group) {
    return values.get(group / CHUNK)[group % CHUNK];
  }

  @Override
  @Nullable Object[] names(int group) {
    return new @Nullable Object[] {group == nullGroup ? null : value(group)};
  }

  @Override
  public void read(int first, int count, List<BatchColumn> into) {
    LongColumn longs = (LongColumn) into.getFirst();
    longs.clear(count);
    for (int i = 0; i < count; i++) {
      if (first + i == nullGroup) {
        longs.setNull(i);
      } else {
        longs.set(i, value(first + i));
      }
    }
  }
}
