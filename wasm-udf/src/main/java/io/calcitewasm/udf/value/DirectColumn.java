package io.calcitewasm.udf.value;

import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.ScalarKind;
import io.calcitewasm.udf.signature.ContractType;
import io.calcitewasm.udf.signature.SqlType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts, bytes or decimals, or of options of them, whose values become SQL values
 * without component values in between. What it gives is what a {@link ResultConverter} gives.
 */
public final class DirectColumn {
  /** What {@link #read} answers for a value of which the converter has to say what is wrong. */
  public static final Object OTHERWISE = new Object();

  private static final List<ScalarKind> DECIMAL =
      List.of(ScalarKind.S64, ScalarKind.U64, ScalarKind.U8);

  /** Reads a value that is there. */
  private interface Present {
    Object read(ByteBuffer columns, int row) throws MisfitException;
  }

  private final int presence;
  private final Present present;

  private DirectColumn(int presence, Present present) {
    this.presence = presence;
    this.present = present;
  }

  /**
   * The column read directly.
   *
   * @param type the SQL type of its values
   * @param mostBytes what a value may take, as {@link SizeLimit} counts
   * @return nothing if its values are others
   */
  public static Optional<DirectColumn> of(Column column, SqlType type, long mostBytes) {
    return column instanceof Column.Nullable(int address, Column value)
        ? present(value, type, mostBytes).map(present -> new DirectColumn(address, present))
        : present(column, type, mostBytes).map(present -> new DirectColumn(-1, present));
  }

  private static Optional<Present> present(Column column, SqlType type, long mostBytes) {
    return switch (column) {
      case Column.Bytes bytes -> Optional.of(contents(bytes, mostBytes));
      case Column.Struct struct
          when mostBytes >= SizeLimit.WORD
              && type.equals(ContractType.DECIMAL.sqlType())
              && kinds(struct).equals(DECIMAL) ->
          Optional.of(decimals(struct));
      default -> Optional.empty();
    };
  }

  private static List<ScalarKind> kinds(Column.Struct struct) {
    return struct.fields().stream()
        .filter(Column.Scalar.class::isInstance)
        .map(field -> ((Column.Scalar) field).kind())
        .toList();
  }

  private static Present contents(Column.Bytes bytes, long mostBytes) {
    int lengths = bytes.address() + Integer.BYTES;
    boolean text = bytes.text();
    return (columns, row) -> {
      if (columns.getInt(lengths + row * Long.BYTES) > mostBytes) {
        return OTHERWISE;
      }
      return text
          ? ColumnValues.text(columns, bytes, row)
          : ColumnValues.bytes(columns, bytes, row);
    };
  }

  private static Present decimals(Column.Struct struct) {
    int hi = address(struct, 0);
    int lo = address(struct, 1);
    int scale = address(struct, 2);
    return (columns, row) ->
        Decimals.toSql(
            columns.getLong(hi + row * Long.BYTES),
            columns.getLong(lo + row * Long.BYTES),
            columns.getInt(scale + row * Integer.BYTES));
  }

  private static int address(Column.Struct struct, int field) {
    return ((Column.Scalar) struct.fields().get(field)).address();
  }

  /**
   * The value of a row.
   *
   * @return null for a {@code none}; {@link #OTHERWISE} for what is no value of its type, or takes
   *     too much
   */
  public @Nullable Object read(ByteBuffer columns, int row) {
    if (presence >= 0 && columns.get(presence + row) == 0) {
      return null;
    }
    try {
      return present.read(columns, row);
    } catch (AbiFault | MisfitException e) {
      return OTHERWISE;
    }
  }
}
