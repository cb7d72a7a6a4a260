package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.RowSelection;
import io.calcitewasm.udf.block.BlockFault;
import io.calcitewasm.udf.instance.BoundFunction.ArgumentException;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.SizeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one function for whole blocks at one place of a statement. What a block fails with is
 * found again row by row, so that errors name their row and rows before it have their results; only
 * an answer that is no column is an error of its own. Not for several threads.
 */
final class BlockTurn {
  /** Blocks that may fail before a guest is asked for rows only. */
  private static final int MOST_FAILURES = 3;

  private final CallSession session;
  private final ModuleRuntime module;
  private final BoundFunction bound;
  private final List<BatchColumn> arguments;
  private final BatchColumn results;
  private int failures;

  BlockTurn(
      CallSession session,
      ModuleRuntime module,
      BoundFunction bound,
      List<BatchColumn> arguments,
      BatchColumn results) {
    this.session = session;
    this.module = module;
    this.bound = bound;
    this.arguments = arguments;
    this.results = results;
  }

  /**
   * Calls rows of a filled batch together, if the guest has a form for that.
   *
   * @param from the first row
   * @param to behind the last row
   * @param selection which of them are called
   * @param site of the first row, for messages
   * @return behind the last row that has its result; the others are to be called one by one
   * @throws SqlError 38W02 if the guest answers what is no column
   */
  int run(int from, int to, RowSelection selection, CallSite site) {
    if (failures >= MOST_FAILURES || module.canary() != null) {
      return from;
    }
    BlockForm form = BlockForm.of(session, module, bound);
    if (form == null) {
      return from;
    }
    List<List<Object>> columns = new ArrayList<>();
    arguments.forEach(argument -> columns.add(new ArrayList<>(to - from)));
    int end = fill(columns, from, to, selection);
    int rows = columns.isEmpty() ? 0 : columns.getFirst().size();
    if (rows == 0) {
      return columns.isEmpty() ? from : store(List.of(), from, end, selection);
    }
    Optional<Object[]> block = form.shape().block(columns, rows);
    if (block.isEmpty()) {
      return from;
    }
    try {
      Object answer =
          session
              .single()
              .run(module, site, form.call(), new @Nullable Object[] {form.index(), block.get()});
      return store(
          form.shape().values(present(form.call().answer(answer)), rows), from, end, selection);
    } catch (BlockFault e) {
      throw site.error(
          "38W02",
          "the form for blocks has answered what is no column for "
              + rows
              + " rows: "
              + e.getMessage(),
          null);
    } catch (SqlError | RaisedException e) {
      failures++;
      return from;
    }
  }

  /** Arguments of called rows as component values, up to a row whose arguments have none. */
  private int fill(List<List<Object>> columns, int from, int to, RowSelection selection) {
    @Nullable Object[] values = new Object[arguments.size()];
    for (int row = from; row < to; row++) {
      if (selection.calls(row)) {
        for (int i = 0; i < values.length; i++) {
          values[i] = arguments.get(i).value(row);
        }
        try {
          @Nullable Object[] lowered = bound.lower(values);
          for (int i = 0; i < lowered.length; i++) {
            columns.get(i).add(present(lowered[i]));
          }
        } catch (ArgumentException e) {
          return row;
        }
      }
    }
    return to;
  }

  /** Results of called rows, NULL for the others, up to a row whose result SQL does not have. */
  private int store(List<Object> values, int from, int to, RowSelection selection) {
    int next = 0;
    for (int row = from; row < to; row++) {
      if (!selection.calls(row)) {
        results.setNull(row);
        continue;
      }
      try {
        results.setValue(
            row, bound.liftValue(values.get(next++), new SizeLimit(module.limits().resultBytes())));
      } catch (MisfitException e) {
        return row;
      }
    }
    return to;
  }

  private Object present(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException(bound.function().longName() + " has a value that is nothing");
    }
    return value;
  }
}
