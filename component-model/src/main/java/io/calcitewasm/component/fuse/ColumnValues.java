package io.calcitewasm.component.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.abi.AbiTrap;
import io.calcitewasm.component.abi.StringAbi;
import io.calcitewasm.component.abi.ValueImage;
import io.calcitewasm.component.abi.ValueMisfit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into columns and reads them, as {@link io.calcitewasm.component.model.ValType} says
 * what they look like in Java. For rows one at a time; who has many values of one type writes them
 * at their addresses.
 */
public final class ColumnValues {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long QUESTION_MARKS = LOW_BITS * '?';

  private ColumnValues() {}

  /**
   * Writes a value.
   *
   * @return false if the heap has no room for its content; nothing else is lost then
   * @throws IllegalArgumentException if it is no value of the column's type
   */
  public static boolean write(ByteBuffer columns, Column column, int row, Object value) {
    return write(columns, column, row, value, columns.capacity());
  }

  /**
   * Writes a value.
   *
   * @param heapEnd how far the heap may be filled, byte address
   * @return false if the heap has no room for its content; nothing else is lost then
   * @throws IllegalArgumentException if it is no value of the column's type
   */
  public static boolean write(
      ByteBuffer columns, Column column, int row, Object value, int heapEnd) {
    try {
      return switch (column) {
        case Column.Scalar scalar -> {
          writeScalar(columns, scalar, row, value);
          yield true;
        }
        case Column.Bytes bytes ->
            writeBytes(
                columns,
                bytes,
                row,
                bytes.text() ? encoded((String) value) : (byte[]) value,
                heapEnd);
        case Column.Image image -> writeImage(columns, image, row, value, heapEnd);
        case Column.Struct struct -> {
          Object[] fields = (Object[]) value;
          boolean fits = fields.length == struct.fields().size();
          for (int i = 0; fits && i < fields.length; i++) {
            fits = write(columns, struct.fields().get(i), row, fields[i], heapEnd);
          }
          yield fits;
        }
        case Column.Nullable nullable -> {
          Optional<?> option = (Optional<?>) value;
          columns.put(nullable.address() + row, (byte) (option.isPresent() ? 1 : 0));
          if (option.isEmpty()) {
            clear(columns, nullable.value(), row);
            yield true;
          }
          yield write(columns, nullable.value(), row, option.get(), heapEnd);
        }
      };
    } catch (ValueMisfit e) {
      throw new IllegalArgumentException(e.sentence(), e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          value.getClass().getName() + " is no value of " + column, e);
    }
  }

  private static byte[] encoded(String text) {
    byte[] content = text.getBytes(UTF_8);
    if (hasQuestionMark(content, content.length) && hasHalfPair(text)) {
      throw new IllegalArgumentException("the text has half a surrogate pair");
    }
    return content;
  }

  /**
   * Whether there is a question mark among bytes. Java makes one of half a surrogate pair: where
   * there is none, no text had any.
   */
  public static boolean hasQuestionMark(byte[] content, int length) {
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      // A byte of zeros, and only that, borrows from the bit above it.
      long others = (long) LONG.get(content, at) ^ QUESTION_MARKS;
      if ((others - LOW_BITS & ~others & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < length; at++) {
      if (content[at] == '?') {
        return true;
      }
    }
    return false;
  }

  private static void writeScalar(ByteBuffer columns, Column.Scalar scalar, int row, Object value) {
    int at = scalar.address() + row * scalar.kind().width();
    switch (scalar.kind()) {
      case BOOL -> columns.putInt(at, (Boolean) value ? 1 : 0);
      case U32 -> columns.putInt(at, (int) (long) (Long) value);
      case S64, U64 -> columns.putLong(at, (Long) value);
      case F32 -> columns.putFloat(at, (Float) value);
      case F64 -> columns.putDouble(at, (Double) value);
      default -> columns.putInt(at, (Integer) value);
    }
  }

  /**
   * Whether a text has half a surrogate pair, which no string of a component can have
   * (CanonicalABI.md, {@code store_string}).
   */
  public static boolean hasHalfPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        i++;
        if (i == text.length() || !Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean writeBytes(
      ByteBuffer columns, Column.Bytes column, int row, byte[] content, int heapEnd) {
    int top = RowShape.heapTop(columns);
    if (content.length > heapEnd - top) {
      return false;
    }
    columns.put(top, content);
    int at = column.address() + row * 8;
    columns.putInt(at, top);
    columns.putInt(at + 4, content.length);
    RowShape.heapTop(columns, top + content.length);
    return true;
  }

  private static boolean writeImage(
      ByteBuffer columns, Column.Image column, int row, Object value, int heapEnd) {
    Optional<ValueImage.Written> written =
        column.image().write(columns, RowShape.heapTop(columns), heapEnd, value);
    if (written.isEmpty()) {
      return false;
    }
    columns.putInt(column.address() + row * 4, written.get().address());
    RowShape.heapTop(columns, written.get().free());
    return true;
  }

  /** Writes zeros, as they stand where there is no value. */
  public static void clear(ByteBuffer columns, Column column, int row) {
    switch (column) {
      case Column.Scalar scalar -> {
        int at = scalar.address() + row * scalar.kind().width();
        if (scalar.kind().width() == 8) {
          columns.putLong(at, 0);
        } else {
          columns.putInt(at, 0);
        }
      }
      case Column.Bytes bytes -> columns.putLong(bytes.address() + row * 8, 0);
      case Column.Image image -> columns.putInt(image.address() + row * 4, 0);
      case Column.Nullable nullable -> {
        columns.put(nullable.address() + row, (byte) 0);
        clear(columns, nullable.value(), row);
      }
      case Column.Struct struct -> struct.fields().forEach(f -> clear(columns, f, row));
    }
  }

  /**
   * Reads a value.
   *
   * @throws AbiFault if it is no value of its type, or takes too much memory
   */
  public static Object read(ByteBuffer columns, Column column, int row) {
    return switch (column) {
      case Column.Scalar scalar -> readScalar(columns, scalar, row);
      case Column.Bytes bytes ->
          bytes.text() ? text(columns, bytes, row) : bytes(columns, bytes, row);
      case Column.Image image -> image.image().read(columns, image.address(columns, row));
      case Column.Nullable nullable ->
          columns.get(nullable.address() + row) == 0
              ? Optional.empty()
              : Optional.of(read(columns, nullable.value(), row, ".some"));
      case Column.Struct struct -> {
        @Nullable Object[] fields = new Object[struct.fields().size()];
        for (int i = 0; i < fields.length; i++) {
          fields[i] = read(columns, struct.fields().get(i), row, struct.steps().get(i));
        }
        yield fields;
      }
    };
  }

  private static Object read(ByteBuffer columns, Column part, int row, String step) {
    try {
      return read(columns, part, row);
    } catch (AbiFault e) {
      throw e.under(step);
    }
  }

  private static Object readScalar(ByteBuffer columns, Column.Scalar scalar, int row) {
    int at = scalar.address() + row * scalar.kind().width();
    return switch (scalar.kind()) {
      case BOOL -> columns.getInt(at) != 0;
      case U32 -> columns.getInt(at) & 0xffff_ffffL;
      case S64, U64 -> columns.getLong(at);
      case F32 -> columns.getFloat(at);
      case F64 -> columns.getDouble(at);
      default -> columns.getInt(at);
    };
  }

  /** The content of a list. */
  public static byte[] bytes(ByteBuffer columns, Column.Bytes column, int row) {
    int at = column.address() + row * 8;
    byte[] content = new byte[columns.getInt(at + 4)];
    columns.get(columns.getInt(at), content);
    return content;
  }

  /**
   * A string.
   *
   * @throws AbiTrap if it is not UTF-8
   */
  public static String text(ByteBuffer columns, Column.Bytes column, int row) {
    int at = column.address() + row * 8;
    int start = columns.getInt(at);
    int length = columns.getInt(at + 4);
    if (columns.hasArray()) {
      return StringAbi.decoded(columns.array(), columns.arrayOffset() + start, length, UTF_8);
    }
    byte[] content = new byte[length];
    columns.get(start, content);
    return StringAbi.decoded(content, 0, length, UTF_8);
  }
}
