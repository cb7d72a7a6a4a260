package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.batch.BatchColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one group of all rows, which is there without rows, too. */
final class OneGroup extends GroupTable {
  @Override
  public void find(int rows, int[] groups) {
    Arrays.fill(groups, 0, rows, 0);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  @Nullable Object[] names(int group) {
    return Group.UNNAMED;
  }

  @Override
  public void read(int first, int count, List<BatchColumn> into) {}
}
