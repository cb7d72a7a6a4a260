package io.calcitewasm.udf.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import io.calcitewasm.component.abi.ElementLayout;
import io.calcitewasm.component.abi.ValueImage;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.signature.ContractType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of a list's records become SQL values out of the bytes of the canonical ABI, for
 * records of numbers, texts, truth values and options of them. What it gives is what a {@link
 * ResultConverter} gives of the lifted list. For any number of threads.
 */
public final class RecordFields {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  /**
   * A field.
   *
   * @param offset of its first byte in the record
   * @param payload from there to the value of an option; 0 for what is none
   */
  private record Field(int offset, int payload, PrimitiveType type) {
    boolean isFixed() {
      return payload == 0 && type != PrimitiveType.STRING;
    }
  }

  private final int size;
  private final Field[] fields;
  private final Field[] varying;
  private final long fixedBytes;

  private RecordFields(int size, List<Field> fields) {
    this.size = size;
    this.fields = fields.toArray(Field[]::new);
    this.varying = fields.stream().filter(field -> !field.isFixed()).toArray(Field[]::new);
    this.fixedBytes = (long) SizeLimit.WORD * (1 + this.fields.length - varying.length);
  }

  /** The fields of a list's elements; nothing if they are no such records. */
  public static Optional<RecordFields> of(ValType list) {
    return elements(list)
        .flatMap(
            types ->
                ValueImage.of(list)
                    .flatMap(ValueImage::records)
                    .flatMap(layout -> of(types, layout)));
  }

  private static Optional<List<ValType>> elements(ValType type) {
    if (!(type.structure() instanceof ValType.ListType list)
        || ContractType.of(list.element()).isPresent()) {
      return Optional.empty();
    }
    return switch (list.element().structure()) {
      case ValType.RecordType record ->
          Optional.of(record.fields().stream().map(ValType.Field::type).toList());
      case ValType.TupleType tuple -> Optional.of(tuple.elements());
      default -> Optional.empty();
    };
  }

  private static Optional<RecordFields> of(List<ValType> types, ElementLayout layout) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      boolean optional = types.get(i).structure() instanceof ValType.OptionType;
      ValType type =
          types.get(i).structure() instanceof ValType.OptionType option
              ? option.some()
              : types.get(i);
      if (ContractType.of(type).isPresent()
          || !(type.structure() instanceof PrimitiveType primitive)
          || primitive == PrimitiveType.CHAR
          || primitive == PrimitiveType.U64) {
        return Optional.empty();
      }
      fields.add(
          new Field(layout.offsets().get(i), optional ? alignment(primitive) : 0, primitive));
    }
    return Optional.of(new RecordFields(layout.size(), fields));
  }

  private static int alignment(PrimitiveType type) {
    return switch (type) {
      case BOOL, S8, U8 -> 1;
      case S16, U16 -> 2;
      case S32, U32, F32, CHAR, STRING -> 4;
      case S64, U64, F64 -> 8;
    };
  }

  /**
   * A list that is read where it stands.
   *
   * @param memory bytes that are not changed any more
   * @param address of the list's pointer; what it points to is within the bytes
   * @param mostBytes what the list may take, as {@link SizeLimit} counts
   * @return null if it takes more, or something in it is no value of its type: who lifts it learns
   *     what
   */
  public @Nullable RecordList read(byte[] memory, int address, long mostBytes) {
    int start = (int) INT.get(memory, address);
    int count = (int) INT.get(memory, address + Integer.BYTES);
    long bytes = SizeLimit.WORD + count * fixedBytes;
    for (int i = 0; varying.length > 0 && i < count && bytes <= mostBytes; i++) {
      for (Field field : varying) {
        int at = start + i * size + field.offset;
        if (field.payload > 0) {
          if (memory[at] == 0) {
            bytes += SizeLimit.WORD;
            continue;
          }
          if (memory[at] != 1) {
            return null;
          }
          at += field.payload;
        }
        if (field.type != PrimitiveType.STRING) {
          bytes += SizeLimit.WORD;
          continue;
        }
        int length = (int) INT.get(memory, at + Integer.BYTES);
        if (!isText(memory, (int) INT.get(memory, at), length)) {
          return null;
        }
        bytes += length;
      }
    }
    return bytes > mostBytes ? null : new RecordList(this, memory, start, count, bytes);
  }

  /** Whether bytes are UTF-8; most are ASCII, which is seen by eights. */
  private static boolean isText(byte[] memory, int start, int length) {
    int end = start + length;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      if (((long) LONG.get(memory, at) & NOT_ASCII) != 0) {
        return Utf8.isWellFormed(memory, start, length);
      }
    }
    if (at < end && at + Long.BYTES <= memory.length) {
      long rest = (long) LONG.get(memory, at) << Byte.SIZE * (Long.BYTES - (end - at));
      return (rest & NOT_ASCII) == 0 || Utf8.isWellFormed(memory, start, length);
    }
    return at == end || Utf8.isWellFormed(memory, start, length);
  }

  int count() {
    return fields.length;
  }

  /** A field of the record that has a number in the list at an address; null for {@code none}. */
  @Nullable Object value(byte[] memory, int list, int element, int number) {
    Field field = fields[number];
    int at = list + element * size + field.offset;
    if (field.payload > 0) {
      if (memory[at] == 0) {
        return null;
      }
      at += field.payload;
    }
    return switch (field.type) {
      case BOOL -> memory[at] != 0;
      case S8 -> memory[at];
      case U8 -> (short) (memory[at] & 0xff);
      case S16 -> (short) SHORT.get(memory, at);
      case U16 -> (short) SHORT.get(memory, at) & 0xffff;
      case S32 -> (int) INT.get(memory, at);
      case U32 -> (int) INT.get(memory, at) & 0xffff_ffffL;
      case S64 -> (long) LONG.get(memory, at);
      case F32 -> real(Float.intBitsToFloat((int) INT.get(memory, at)));
      case F64 -> real(Double.longBitsToDouble((long) LONG.get(memory, at)));
      case STRING ->
          new String(
              memory, (int) INT.get(memory, at), (int) INT.get(memory, at + Integer.BYTES), UTF_8);
      case CHAR, U64 -> throw new IllegalStateException(field.type + " is not read in place");
    };
  }

  /** There is one NaN (CanonicalABI.md, {@code canonicalize_nan32}). */
  private static float real(float value) {
    return Float.isNaN(value) ? Float.NaN : value;
  }

  private static double real(double value) {
    return Double.isNaN(value) ? Double.NaN : value;
  }
}
