package io.calcitewasm.udf.block;

import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.udf.block.BlockType.Arm;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column that a guest has answered as component values; nothing of it is believed. */
final class BlockReader {
  private static final int LARGEST_SCALE = 38;

  private final BlockType type;

  private BlockReader(BlockType type) {
    this.type = type;
  }

  /** The reader of a result; empty if its type has no column. */
  static Optional<BlockReader> of(ValType result) {
    return BlockType.of(result).map(BlockReader::new);
  }

  /**
   * The values.
   *
   * @param column the variant
   * @param rows how many there have to be
   * @return component values of the result's type, one for each row
   * @throws BlockFault if it is no column of so many such values
   */
  List<Object> values(VariantValue column, int rows) throws BlockFault {
    Arm arm = Arm.values()[column.caseIndex()];
    Object payload = Objects.requireNonNull(column.payload(), "payload");
    return switch (arm) {
      case CONSTANT -> {
        Object value = dynamic((VariantValue) payload, 0);
        List<Object> all = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
          all.add(value);
        }
        yield all;
      }
      case DYNAMIC -> {
        List<?> values = sized("values", (List<?>) payload, rows);
        List<Object> all = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
          all.add(dynamic((VariantValue) values.get(row), row));
        }
        yield all;
      }
      default -> {
        if (arm != type.arm()) {
          throw new BlockFault(
              "it is a column of " + arm.witName() + ", not of " + type.arm().witName());
        }
        yield plain((Object[]) payload, rows);
      }
    };
  }

  private List<Object> plain(Object[] fields, int rows) throws BlockFault {
    byte[] validity = (byte[]) fields[0];
    if (validity.length != 0 && validity.length != rows) {
      throw new BlockFault("it has " + validity.length + " bytes of validity");
    }
    List<?> texts = List.of();
    List<?> numbers = List.of();
    switch (type.arm()) {
      case TEXTS, BLOBS -> texts = slices((List<?>) fields[1], (byte[]) fields[2], rows);
      case DECIMALS -> {
        numbers = (List<?>) fields[2];
        if (numbers.size() != 2 * rows) {
          throw new BlockFault("it has " + numbers.size() + " limbs");
        }
        if ((Integer) fields[1] > LARGEST_SCALE) {
          throw new BlockFault("its scale is " + fields[1]);
        }
      }
      case BOOLS -> {
        if (((byte[]) fields[1]).length != rows) {
          throw new BlockFault("it has " + ((byte[]) fields[1]).length + " values");
        }
      }
      default -> numbers = sized("values", (List<?>) fields[1], rows);
    }
    List<Object> values = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boolean valid = validity.length == 0 || validity[row] != 0;
      Object value =
          !valid
              ? null
              : switch (type.arm()) {
                case BOOLS -> bool(((byte[]) fields[1])[row], row);
                case TEXTS -> text((ByteBuffer) texts.get(row), row);
                case BLOBS -> content((ByteBuffer) texts.get(row));
                case DECIMALS ->
                    new Object[] {numbers.get(2 * row + 1), numbers.get(2 * row), fields[1]};
                default -> inRange(numbers.get(row), row);
              };
      values.add(finished(value, row));
    }
    return values;
  }

  private static List<?> sized(String what, List<?> values, int rows) throws BlockFault {
    if (values.size() != rows) {
      throw new BlockFault("it has " + values.size() + " " + what);
    }
    return values;
  }

  private static List<ByteBuffer> slices(List<?> offsets, byte[] data, int rows) throws BlockFault {
    if (offsets.size() != rows + 1) {
      throw new BlockFault("it has " + offsets.size() + " offsets, one more than rows are needed");
    }
    List<ByteBuffer> slices = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      long from = (Long) offsets.get(row);
      long to = (Long) offsets.get(row + 1);
      if (from > to) {
        throw new BlockFault("its row " + (row + 1) + " goes from byte " + from + " to " + to);
      }
      if (to > data.length) {
        throw new BlockFault("its row " + (row + 1) + " goes to byte " + to + " of " + data.length);
      }
      slices.add(ByteBuffer.wrap(data, (int) from, (int) (to - from)).slice());
    }
    return slices;
  }

  private static Boolean bool(byte value, int row) throws BlockFault {
    if (value != 0 && value != 1) {
      throw new BlockFault("its row " + (row + 1) + " is the truth value " + value);
    }
    return value == 1;
  }

  private static String text(ByteBuffer content, int row) throws BlockFault {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw new BlockFault("its row " + (row + 1) + " is no UTF-8");
    }
  }

  private static byte[] content(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private Object inRange(Object value, int row) throws BlockFault {
    if (type.arm() != Arm.FLOAT64S) {
      long number = ((Number) value).longValue();
      if (number < type.least() || number > type.most()) {
        throw new BlockFault("its row " + (row + 1) + " is " + number + ", out of range");
      }
    }
    return value;
  }

  /** A value of the contract's {@code sql-value}. */
  private Object dynamic(VariantValue value, int row) throws BlockFault {
    if (value.caseIndex() == 0) {
      return finished(null, row);
    }
    Object payload = Objects.requireNonNull(value.payload(), "payload");
    Object inner = payload instanceof Object[] one && one.length == 1 ? one[0] : payload;
    boolean fits =
        switch (type.arm()) {
          case BOOLS -> inner instanceof Boolean;
          case INT32S, INT64S -> inner instanceof Integer || inner instanceof Long;
          case FLOAT64S -> inner instanceof Double;
          case DECIMALS -> inner instanceof Object[] parts && parts.length == 3;
          case TEXTS -> inner instanceof String;
          case BLOBS -> inner instanceof byte[];
          case CONSTANT, DYNAMIC -> false;
        };
    if (!fits) {
      throw new BlockFault("its row " + (row + 1) + " is none of " + type.arm().witName());
    }
    return switch (type.arm()) {
      case INT32S -> finished((int) whole(inner, row), row);
      case INT64S -> finished(whole(inner, row), row);
      default -> finished(inner, row);
    };
  }

  private long whole(Object value, int row) throws BlockFault {
    return ((Number) inRange(value, row)).longValue();
  }

  private Object finished(@Nullable Object value, int row) throws BlockFault {
    if (value == null && !type.nullable()) {
      throw new BlockFault("its row " + (row + 1) + " is NULL, which the function never answers");
    }
    Object whole = value == null || !type.wrapped() ? value : new Object[] {value};
    return type.nullable()
        ? Optional.ofNullable(whole)
        : Objects.requireNonNull(whole, "a value that is there");
  }
}
