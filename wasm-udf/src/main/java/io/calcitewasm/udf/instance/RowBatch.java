package io.calcitewasm.udf.instance;

import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.udf.instance.BoundFunction.ArgumentException;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.SizeLimit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one function's calls on their way through the columns of one instance's {@link
 * RowDriver}: filled, run, and read.
 */
final class RowBatch {
  private final BoundFunction bound;
  private final RowDriver driver;
  private final long resultBytes;
  private int end;
  private @Nullable ArgumentException misfit;

  RowBatch(BoundFunction bound, RowDriver driver, long resultBytes) {
    this.bound = bound;
    this.driver = driver;
    this.resultBytes = resultBytes;
  }

  /**
   * Writes arguments into columns, from column row 0 on, for as many rows as there is room for, and
   * no further than a row whose arguments do not fit their types.
   *
   * @param rows the arguments of each row
   * @param from the first of them
   * @param to behind the last of them
   * @return how many rows were written
   */
  int fill(@Nullable Object[][] rows, int from, int to) {
    ByteBuffer columns = driver.columns();
    RowShape shape = driver.shape();
    shape.prepare(columns, resultBytes);
    int most = Math.min(to - from, RowShape.CAPACITY);
    end = 0;
    while (end < most && fill(columns, shape, rows[from + end])) {
      end++;
    }
    return end;
  }

  private boolean fill(ByteBuffer columns, RowShape shape, @Nullable Object[] arguments) {
    boolean skip = bound.isNull(arguments);
    RowShape.skip(columns, end, skip);
    if (skip) {
      return true;
    }
    @Nullable Object[] lowered;
    try {
      lowered = bound.lower(arguments);
    } catch (ArgumentException e) {
      misfit = e;
      return false;
    }
    for (int i = 0; i < lowered.length; i++) {
      Object value = lowered[i];
      Column column = shape.parameters().get(i);
      if (value == null || !ColumnValues.write(columns, column, end, value)) {
        return false;
      }
    }
    return true;
  }

  /** What the row behind the last one written failed with; null if its arguments are right. */
  @Nullable ArgumentException misfit() {
    return misfit;
  }

  /** Calls the rows from {@code first} on; returns the row at which the calls stopped. */
  int run(int first) {
    return driver.run(first, end);
  }

  /** Why the calls stopped. */
  Stop stop() {
    return driver.stop();
  }

  /** The row that a trap struck. */
  int row() {
    return RowShape.row(driver.columns());
  }

  /**
   * The result of a row as an SQL value.
   *
   * @throws CharacterCodingException if it holds text that is not UTF-8, which a single call
   *     answers with a trap
   */
  @Nullable Object result(int row)
      throws MisfitException, RaisedException, CharacterCodingException {
    ByteBuffer columns = driver.columns();
    RowShape shape = driver.shape();
    if (RowShape.skipped(columns, row)) {
      return null;
    }
    Optional<Column> column = shape.result();
    Object value = column.isEmpty() ? null : ColumnValues.read(columns, column.get(), row);
    return bound.lift(
        shape.fallible() ? new ResultValue(true, value) : value, new SizeLimit(resultBytes));
  }

  /** The result of a row that the loop has left to the host. */
  @Nullable Object liftRow() throws MisfitException, RaisedException {
    return bound.lift(driver.liftRow(), new SizeLimit(resultBytes));
  }
}
