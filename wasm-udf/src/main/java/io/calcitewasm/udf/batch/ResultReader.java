package io.calcitewasm.udf.batch;

import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.ScalarKind;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.value.DirectColumn;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.RecordFields;
import io.calcitewasm.udf.value.RecordList;
import io.calcitewasm.udf.value.SizeLimit;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves results from the columns of a row driver into a batch. What has the driver's own form comes
 * over as it is; everything else is converted.
 */
public final class ResultReader {
  /** From so many rows on a copy of the columns costs less than the pieces do. */
  private static final int WORTH_COPYING = 64;

  /** Component value → SQL value, see {@link io.calcitewasm.udf.value.ResultConverter}. */
  @FunctionalInterface
  public interface Conversion {
    /** Converts one value. */
    @Nullable Object convert(Object value) throws MisfitException;
  }

  private final Column column;
  private final BatchColumn results;
  private final boolean plain;
  private final Conversion conversion;
  private final @Nullable RecordFields records;
  private final @Nullable DirectColumn direct;
  private final long mostBytes;
  private @Nullable Exception problem;

  /**
   * A reader.
   *
   * @param column where the result stands in the driver's columns
   * @param results where the SQL values go
   * @param mostBytes limit of one result, see {@link SizeLimit}
   * @param type the SQL type of the results
   * @param records for lists that are read in place
   * @param conversion for what has another form
   */
  public ResultReader(
      Column column,
      BatchColumn results,
      long mostBytes,
      SqlType type,
      Optional<RecordFields> records,
      Conversion conversion) {
    this.column = column;
    this.results = results;
    this.plain = mostBytes >= SizeLimit.WORD;
    this.mostBytes = mostBytes;
    this.records = records.orElse(null);
    this.direct = DirectColumn.of(column, type, mostBytes).orElse(null);
    this.conversion = conversion;
  }

  /**
   * Reads results of driver rows.
   *
   * @param columns the driver's columns
   * @param first the first driver row
   * @param end behind the last driver row
   * @param to the row of the batch that driver row 0 is
   * @param selection which rows of the batch were called; others become NULL
   * @return the first driver row that could not be read; {@code end} if all were
   */
  public int read(ByteBuffer columns, int first, int end, int to, RowSelection selection) {
    int read = end;
    if (!plain || !readPlain(columns, column, first, end, to)) {
      read = converted(columns, first, end, to, selection);
    }
    if (!selection.isAll()) {
      for (int row = first; row < read; row++) {
        if (!selection.calls(to + row)) {
          results.setNull(to + row);
        }
      }
    }
    return read;
  }

  /** Reads values of the driver's own form; false if there are others. */
  private boolean readPlain(ByteBuffer columns, Column from, int first, int end, int to) {
    if (from instanceof Column.Nullable(int address, Column value)) {
      if (value instanceof Column.Nullable || !readPlain(columns, value, first, end, to)) {
        return false;
      }
      for (int row = first; row < end; row++) {
        if (columns.get(address + row) == 0) {
          results.setNull(to + row);
        }
      }
      return true;
    }
    if (results instanceof LongColumn longs && isInteger(from)) {
      integers(columns, (Column.Scalar) from, longs, first, end, to);
      return true;
    }
    if (results instanceof DoubleColumn doubles && isF64(from)) {
      int at = ((Column.Scalar) from).address() + first * Double.BYTES;
      columns
          .slice(at, (end - first) * Double.BYTES)
          .order(columns.order())
          .asDoubleBuffer()
          .get(doubles.values(), to + first, end - first);
      return true;
    }
    if (results instanceof BooleanColumn booleans && isBool(from)) {
      boolean[] values = booleans.values();
      int address = ((Column.Scalar) from).address();
      for (int row = first; row < end; row++) {
        values[to + row] = columns.getInt(address + row * Integer.BYTES) != 0;
      }
      return true;
    }
    return false;
  }

  /**
   * Why a row could not be read: a {@link MisfitException}, or an {@link AbiFault} for what is no
   * value of its type; null if all could.
   */
  public @Nullable Exception problem() {
    return problem;
  }

  private static boolean isInteger(Column column) {
    return column instanceof Column.Scalar scalar
        && switch (scalar.kind()) {
          case S8, U8, S16, U16, S32, U32, S64 -> true;
          case U64, BOOL, F32, F64, CHAR, ENUM, FLAGS, REPRESENTATION, HANDLE -> false;
        };
  }

  private static boolean isF64(Column column) {
    return column instanceof Column.Scalar scalar && scalar.kind() == ScalarKind.F64;
  }

  private static boolean isBool(Column column) {
    return column instanceof Column.Scalar scalar && scalar.kind() == ScalarKind.BOOL;
  }

  private static void integers(
      ByteBuffer columns, Column.Scalar scalar, LongColumn longs, int first, int end, int to) {
    int width = scalar.kind().width();
    int at = scalar.address() + first * width;
    long[] values = longs.values();
    if (width == Long.BYTES) {
      columns
          .slice(at, (end - first) * Long.BYTES)
          .order(columns.order())
          .asLongBuffer()
          .get(values, to + first, end - first);
      return;
    }
    boolean unsigned = scalar.kind() == ScalarKind.U32;
    for (int row = first; row < end; row++, at += Integer.BYTES) {
      int value = columns.getInt(at);
      values[to + row] = unsigned ? Integer.toUnsignedLong(value) : value;
    }
  }

  private int converted(ByteBuffer memory, int first, int end, int to, RowSelection selection) {
    ByteBuffer columns =
        column.holdsBytes() && end - first >= WORTH_COPYING ? copy(memory) : memory;
    for (int row = first; row < end; row++) {
      if (!selection.calls(to + row)) {
        continue;
      }
      Object value = inPlace(columns, row);
      if (value != DirectColumn.OTHERWISE) {
        results.setValue(to + row, value);
        continue;
      }
      try {
        Object lifted = ColumnValues.read(columns, column, row);
        results.setValue(to + row, conversion.convert(lifted));
      } catch (AbiFault | MisfitException e) {
        problem = e;
        return row;
      }
    }
    return end;
  }

  /** An SQL value made of the bytes; {@link DirectColumn#OTHERWISE} if it has to be lifted. */
  private @Nullable Object inPlace(ByteBuffer columns, int row) {
    if (direct != null) {
      return direct.read(columns, row);
    }
    if (records != null && columns.hasArray() && column instanceof Column.Image image) {
      RecordList list = records.read(columns.array(), image.address(columns, row), mostBytes);
      return list == null ? DirectColumn.OTHERWISE : list;
    }
    return DirectColumn.OTHERWISE;
  }

  /** Columns and contents within the Java heap, where small pieces are quicker to take out. */
  private static ByteBuffer copy(ByteBuffer memory) {
    byte[] bytes = new byte[RowShape.heapTop(memory)];
    memory.get(0, bytes);
    return ByteBuffer.wrap(bytes).order(memory.order());
  }
}
