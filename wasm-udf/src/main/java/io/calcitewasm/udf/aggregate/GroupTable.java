package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.LongColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers groups of rows from 0 on, in the order in which they come, by the values of the columns
 * that rows are grouped by. Values are the same that are {@code equal} as objects; NULL is one of
 * them. Not for several threads.
 */
public abstract sealed class GroupTable permits OneGroup, LongGroups, AnyGroups {

  GroupTable() {}

  /**
   * A table without groups; with one, if there are no columns to group by.
   *
   * @param keys the columns of the rows that {@link #find} looks at
   */
  public static GroupTable of(List<BatchColumn> keys) {
    if (keys.isEmpty()) {
      return new OneGroup();
    }
    return keys.size() == 1 && keys.getFirst() instanceof LongColumn longs
        ? new LongGroups(longs)
        : new AnyGroups(keys);
  }

  /**
   * Finds the groups of the first rows of the columns; new ones are added.
   *
   * @param rows how many rows
   * @param groups takes the number of each row's group
   */
  public abstract void find(int rows, int[] groups);

  /** How many groups there are. */
  public abstract int size();

  /** The values of a group, for messages. */
  abstract @Nullable Object[] names(int group);

  /**
   * Writes the values of groups.
   *
   * @param first the first group
   * @param count how many
   * @param into a column for each value, of the same kinds as those that rows have
   */
  public abstract void read(int first, int count, List<BatchColumn> into);
}
