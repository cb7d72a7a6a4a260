package io.calcitewasm.udf.instance;

import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.ArgumentWriter;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.ResultReader;
import io.calcitewasm.udf.batch.RowSelection;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.SizeLimit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One turn of one instance, in which its {@link RowDriver} calls a function for rows of a batch:
 * arguments into the driver's columns, the calls, results out of them.
 */
final class RowTurn {
  private final RowDriver driver;
  private final long resultBytes;
  private final BatchColumn results;
  private final List<ArgumentWriter> writers;

  /** Where handles stand that are answered; null if other things are. */
  private final Column.@Nullable Scalar handles;

  /** Reads what else is answered; null if nothing is. */
  private final @Nullable ResultReader reader;

  /** Asked for anew after calls, which may have let the heap grow. */
  private ByteBuffer columns;

  /** The driver's row behind those that could be read last. */
  private int unread;

  /**
   * A turn.
   *
   * @param bound the function
   * @param driver its driver in the instance whose turn it is
   * @param resultBytes limit of one result
   * @param arguments the batch, a column per parameter
   * @param results where results go
   */
  RowTurn(
      BoundFunction bound,
      RowDriver driver,
      long resultBytes,
      List<BatchColumn> arguments,
      BatchColumn results) {
    this(bound, bound, driver, driver.shape().result(), resultBytes, arguments, results);
  }

  /**
   * A turn in which each row chooses a function.
   *
   * @param taking the function that takes all arguments
   * @param answering the one whose results are those of the batch
   * @param driver their driver in the instance whose turn it is
   * @param result where {@code answering} answers; nothing if it does not
   * @param resultBytes limit of one result
   * @param arguments the batch, a column per parameter
   * @param results where results go
   */
  RowTurn(
      BoundFunction taking,
      BoundFunction answering,
      RowDriver driver,
      Optional<Column> result,
      long resultBytes,
      List<BatchColumn> arguments,
      BatchColumn results) {
    this.driver = driver;
    this.resultBytes = resultBytes;
    this.results = results;
    this.columns = driver.columns();
    RowShape shape = driver.shape();
    this.writers = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      writers.add(
          new ArgumentWriter(taking.converter(i), shape.parameters().get(i), arguments.get(i)));
    }
    this.handles =
        answering.function().result() instanceof SqlType.Handle
                && result.orElseThrow() instanceof Column.Scalar scalar
            ? scalar
            : null;
    this.reader =
        result.isEmpty() || handles != null
            ? null
            : new ResultReader(
                result.get(),
                results,
                resultBytes,
                answering.function().result(),
                answering.records(),
                value -> answering.liftValue(value, new SizeLimit(resultBytes)));
  }

  /**
   * Fills the driver's rows from 0 on.
   *
   * @param from the first row of the batch
   * @param to behind the last row
   * @param selection which of them are called
   * @return how many rows were filled before one that does not fit
   */
  int fill(int from, int to, RowSelection selection) {
    RowShape shape = driver.shape();
    shape.prepare(columns, resultBytes);
    int count = Math.min(to - from, RowShape.CAPACITY);
    if (selection.isAll()) {
      RowShape.skipNone(columns, count);
    } else {
      for (int row = 0; row < count; row++) {
        RowShape.skip(columns, row, !selection.calls(from + row));
      }
    }
    int sharers = 0;
    for (ArgumentWriter writer : writers) {
      sharers += writer.usesHeap() ? 1 : 0;
    }
    int share = sharers == 0 ? 0 : (columns.capacity() - shape.heap()) / sharers;
    int heapEnd = shape.heap();
    for (ArgumentWriter writer : writers) {
      heapEnd += writer.usesHeap() ? share : 0;
      count = writer.write(columns, from, count, selection, heapEnd);
    }
    return count;
  }

  /** Calls rows of the driver; returns the row at which the calls stopped. */
  int run(int first, int end) {
    RowShape.row(columns, first);
    int stopped = driver.run(first, end);
    columns = driver.columns();
    return stopped;
  }

  /** Why the calls stopped. */
  Stop stop() {
    return RowShape.stop(columns);
  }

  /** The driver's row that a trap struck. */
  int struck() {
    return RowShape.row(columns);
  }

  /**
   * Reads results of driver rows.
   *
   * @param first the first driver row
   * @param end behind the last one
   * @param to the row of the batch that driver row 0 is
   * @param selection which rows were called
   * @return the first row that was not read, since it has to be called alone
   */
  int read(int first, int end, int to, RowSelection selection) {
    if (reader != null) {
      unread = reader.read(columns, first, end, to, selection);
      return unread;
    }
    if (handles != null) {
      takeHandles(handles, first, end, to, selection);
      return end;
    }
    for (int row = first; row < end; row++) {
      results.setValue(to + row, selection.calls(to + row) ? Boolean.TRUE : null);
    }
    return end;
  }

  private void takeHandles(
      Column.Scalar answered, int first, int end, int to, RowSelection selection) {
    int[] rows = new int[end - first];
    int[] indices = new int[end - first];
    int count = 0;
    for (int row = first; row < end; row++) {
      if (selection.calls(to + row)) {
        rows[count] = to + row;
        indices[count] = columns.getInt(answered.address() + row * Integer.BYTES);
        count++;
      } else {
        results.setNull(to + row);
      }
    }
    driver.takeHandles(
        Arrays.copyOf(indices, count), (handle, place) -> results.setValue(rows[place], handle));
  }

  /** Says which function a filled row calls, where there are several. */
  void choose(int row, int function) {
    RowShape.choose(columns, row, function);
  }

  /**
   * What the row behind those that were read fails with, where its call has left its traces and so
   * cannot be made again alone.
   */
  RuntimeException unreadable(CallSite site, PooledInstance instance, ModuleRuntime module) {
    return switch (reader == null ? null : reader.problem()) {
      case MisfitException misfit -> site.misfit(misfit);
      case AbiFault fault -> CallFailures.of(driver.failure(unread, fault), instance, module, site);
      case null, default -> throw new IllegalStateException("all rows could be read");
    };
  }

  /**
   * The result of the row that the driver has left to the host.
   *
   * @param called the function that the row calls
   * @throws SqlError what the call fails with
   */
  @Nullable Object lift(
      BoundFunction called, CallSite site, PooledInstance instance, ModuleRuntime module) {
    try {
      return called.lift(driver.liftRow(), new SizeLimit(resultBytes));
    } catch (RaisedException e) {
      GuestError error = e.error().asTold(instance.statement());
      throw site.error(error.sqlState(), error.words(), null);
    } catch (MisfitException e) {
      throw site.misfit(e);
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site);
    }
  }
}
