package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.batch.BatchColumn;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns that a batch's arguments are in, by the function's parameters. */
record ArgumentColumns(List<BatchColumn> all) {
  ArgumentColumns {
    all = List.copyOf(all);
  }

  /** Those whose NULLs make a function's result NULL. */
  List<BatchColumn> strict(BoundFunction bound) {
    return IntStream.range(0, all.size())
        .filter(i -> !bound.function().parameters().get(i).nullable())
        .mapToObj(all::get)
        .toList();
  }

  /** The SQL values of a row for a function, which may take the first columns only. */
  @Nullable Object[] values(BoundFunction bound, int row) {
    @Nullable Object[] values = new Object[bound.function().parameters().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i).value(row);
    }
    return values;
  }
}
