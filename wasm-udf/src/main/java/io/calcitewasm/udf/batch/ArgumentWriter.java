package io.calcitewasm.udf.batch;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.ScalarKind;
import io.calcitewasm.udf.value.ArgumentConverter;
import io.calcitewasm.udf.value.MisfitException;
import java.nio.ByteBuffer;

/**
 * Moves the arguments of one parameter from a batch into the columns of a row driver. What has the
 * driver's own form goes over as it is; everything else goes through the parameter's {@link
 * ArgumentConverter}.
 */
public final class ArgumentWriter {
  private final ArgumentConverter converter;
  private final Column column;
  private final BatchColumn values;
  private final TextWriter texts = new TextWriter();

  /**
   * A writer.
   *
   * @param converter of the parameter's type
   * @param column where the parameter stands in the driver's columns
   * @param values the arguments
   */
  public ArgumentWriter(ArgumentConverter converter, Column column, BatchColumn values) {
    this.converter = converter;
    this.column = column;
    this.values = values;
  }

  /** Whether contents of its values stand on the columns' heap. */
  public boolean usesHeap() {
    return column.holdsBytes();
  }

  /**
   * Writes rows into the driver's rows 0, 1, …
   *
   * @param columns the driver's columns
   * @param from the first row of the batch
   * @param count how many rows
   * @param selection which of them matter
   * @param heapEnd how far the heap may be filled, byte address
   * @return how many rows were written before one that does not fit
   */
  public int write(ByteBuffer columns, int from, int count, RowSelection selection, int heapEnd) {
    if (column instanceof Column.Scalar scalar) {
      if (values instanceof LongColumn longs && isInteger(scalar.kind())) {
        return integers(columns, scalar, longs, from, count, selection);
      }
      if (values instanceof DoubleColumn doubles && scalar.kind() == ScalarKind.F64) {
        columns
            .slice(scalar.address(), count * Double.BYTES)
            .order(columns.order())
            .asDoubleBuffer()
            .put(doubles.values(), from, count);
        return count;
      }
      if (values instanceof BooleanColumn booleans && scalar.kind() == ScalarKind.BOOL) {
        boolean[] bits = booleans.values();
        for (int i = 0; i < count; i++) {
          columns.putInt(scalar.address() + i * Integer.BYTES, bits[from + i] ? 1 : 0);
        }
        return count;
      }
      if (values instanceof HandleColumn handles && scalar.kind() == ScalarKind.REPRESENTATION) {
        columns
            .slice(scalar.address(), count * Integer.BYTES)
            .order(columns.order())
            .asIntBuffer()
            .put(handles.numbers(), from, count);
        return count;
      }
      if (values instanceof ObjectColumn objects && scalar.kind() == ScalarKind.REPRESENTATION) {
        for (int i = 0; i < count; i++) {
          if (objects.get(from + i) instanceof ResourceHandle handle) {
            columns.putInt(
                scalar.address() + i * Integer.BYTES, handle.representation(/* consume= */ false));
          }
        }
        return count;
      }
    }
    if (column instanceof Column.Bytes bytes
        && bytes.text()
        && values instanceof ObjectColumn objects) {
      return texts.write(columns, bytes, objects, from, count, selection, heapEnd);
    }
    return converted(columns, from, count, selection, heapEnd);
  }

  private static boolean isInteger(ScalarKind kind) {
    return switch (kind) {
      case S8, U8, S16, U16, S32, U32, S64, U64 -> true;
      case BOOL, F32, F64, CHAR, ENUM, FLAGS, REPRESENTATION, HANDLE -> false;
    };
  }

  private static int integers(
      ByteBuffer columns,
      Column.Scalar scalar,
      LongColumn longs,
      int from,
      int count,
      RowSelection selection) {
    if (scalar.kind() == ScalarKind.S64) {
      columns
          .slice(scalar.address(), count * Long.BYTES)
          .order(columns.order())
          .asLongBuffer()
          .put(longs.values(), from, count);
      return count;
    }
    long[] values = longs.values();
    long least = least(scalar.kind());
    long most = most(scalar.kind());
    boolean wide = scalar.kind().width() == Long.BYTES;
    int width = scalar.kind().width();
    for (int i = 0; i < count; i++) {
      long value = values[from + i];
      if ((value < least || value > most) && selection.calls(from + i)) {
        return i;
      }
      int at = scalar.address() + i * width;
      if (wide) {
        columns.putLong(at, value);
      } else {
        columns.putInt(at, (int) value);
      }
    }
    return count;
  }

  private static long least(ScalarKind kind) {
    return switch (kind) {
      case S8 -> Byte.MIN_VALUE;
      case S16 -> Short.MIN_VALUE;
      case S32 -> Integer.MIN_VALUE;
      default -> 0;
    };
  }

  private static long most(ScalarKind kind) {
    return switch (kind) {
      case S8 -> Byte.MAX_VALUE;
      case U8 -> 0xFF;
      case S16 -> Short.MAX_VALUE;
      case U16 -> 0xFFFF;
      case S32 -> Integer.MAX_VALUE;
      case U32 -> 0xFFFF_FFFFL;
      default -> Long.MAX_VALUE;
    };
  }

  private int converted(
      ByteBuffer columns, int from, int count, RowSelection selection, int heapEnd) {
    for (int i = 0; i < count; i++) {
      if (!selection.calls(from + i)) {
        ColumnValues.clear(columns, column, i);
        continue;
      }
      try {
        Object value = converter.convert(values.value(from + i));
        if (!ColumnValues.write(columns, column, i, value, heapEnd)) {
          return i;
        }
      } catch (MisfitException e) {
        return i;
      }
    }
    return count;
  }
}
