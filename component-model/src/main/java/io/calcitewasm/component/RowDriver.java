package io.calcitewasm.component;

import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.component.link.ExportedFunction;
import io.calcitewasm.component.link.Faults;
import io.calcitewasm.component.link.RowLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function for all rows of a batch inside WebAssembly, from columns into columns, or for
 * each row the one of several that it {@linkplain RowShape#choose chooses}. After each row it
 * resets an instance that can be reset. The caller fills the columns of {@link #shape()} in {@link
 * #columns()}, clears the heap, runs, and reads; where the loop stops before the end, {@link
 * #stop()} tells what is to be done.
 */
public final class RowDriver {
  private final Instance instance;
  private final List<ExportedFunction> functions;
  private final RowLoop loop;
  private final CoreMemory memory;

  RowDriver(Instance instance, List<ExportedFunction> functions, RowLoop loop) {
    this.instance = instance;
    this.functions = List.copyOf(functions);
    this.loop = loop;
    this.memory = loop.columns();
  }

  /** Where the columns lie; of the first function if there are several. */
  public RowShape shape() {
    return shape(0);
  }

  /** Where the columns of a function lie, numbered from 0. */
  public RowShape shape(int function) {
    return loop.shape(function);
  }

  /**
   * The columns' memory, little-endian. Ask anew after each {@link #run}: the heap may have grown.
   */
  public ByteBuffer columns() {
    return memory
        .direct()
        .orElseThrow(() -> new IllegalStateException("the columns are not in a direct buffer"));
  }

  /**
   * Calls the function for rows of the columns, in order.
   *
   * @param first the first row, from 0
   * @param end behind the last row, at most {@link RowShape#CAPACITY}
   * @return the row at which the loop stopped; {@code end} when all are done
   * @throws TrapException if a call traps; {@link RowShape#row} tells at which row
   */
  public int run(int first, int end) {
    try {
      return instance.run(functions.getFirst().name(), () -> loop.run(first, end));
    } catch (TrapException e) {
      if (e.kind() != TrapException.Kind.INTERRUPTED) {
        // Finds the columns where they are now; an interrupted engine is not asked any more.
        memory.size();
      }
      throw e;
    }
  }

  /** Why the last {@link #run} came back. */
  public Stop stop() {
    return RowShape.stop(columns());
  }

  /**
   * Takes handles out of the component's table that rows have answered with.
   *
   * @param indices the handles' indices, as they stand in the result's column
   * @param each is given the handle of a resource, which owns it, and its place among the indices
   * @throws TrapException if there is no such handle
   */
  public void takeHandles(int[] indices, ObjIntConsumer<ResourceHandle> each) {
    instance.<@Nullable Object>run(
        functions.getFirst().name(),
        () -> {
          for (int i = 0; i < indices.length; i++) {
            each.accept((ResourceHandle) Objects.requireNonNull(loop.liftHandle(indices[i])), i);
          }
          return null;
        });
  }

  /**
   * What {@link ComponentFunction#call} would throw for the result of a row that could not be read
   * out of its column.
   */
  public RuntimeException failure(int row, AbiFault fault) {
    return Faults.inGuestFunction(called(row), fault.under("result"));
  }

  /**
   * Lifts the result of the row at which the loop stopped with {@link Stop#LIFT}, and ends its
   * call; one that can be reset is to be reset before the next row.
   *
   * @return the value as {@link ComponentFunction#call} would return it
   * @throws TrapException if the result breaks the canonical ABI
   */
  public @Nullable Object liftRow() {
    ByteBuffer columns = columns();
    long coreResult = RowShape.coreResult(columns);
    return instance.<@Nullable Object>run(
        called(RowShape.row(columns)), () -> loop.liftRow(coreResult));
  }

  /** The name of the function that a row calls. */
  private String called(int row) {
    return functions.get(RowShape.chosen(columns(), row)).name();
  }
}
