package io.calcitewasm.udf.block;

import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Component values of one parameter as a column of the contract. */
final class BlockWriter {
  private static final int LIMBS_BITS = 127;

  private final BlockType type;

  BlockWriter(BlockType type) {
    this.type = type;
  }

  /** The writer of a parameter; empty if its type has no column. */
  static Optional<BlockWriter> of(ValType parameter) {
    return BlockType.of(parameter).map(BlockWriter::new);
  }

  /**
   * A column.
   *
   * @param values component values, one for each row
   * @return the variant; empty if the values do not fit one column
   */
  Optional<VariantValue> column(List<?> values) {
    List<@Nullable Object> plain = new ArrayList<>(values.size());
    byte[] validity = new byte[values.size()];
    boolean all = true;
    for (Object value : values) {
      Object inner = type.nullable() ? ((Optional<?>) value).orElse(null) : value;
      validity[plain.size()] = (byte) (inner == null ? 0 : 1);
      all &= inner != null;
      plain.add(inner == null || !type.wrapped() ? inner : ((Object[]) inner)[0]);
    }
    byte[] valid = all ? new byte[0] : validity;
    return switch (type.arm()) {
      case BOOLS -> {
        byte[] bits = new byte[plain.size()];
        for (int i = 0; i < bits.length; i++) {
          bits[i] = (byte) (Boolean.TRUE.equals(plain.get(i)) ? 1 : 0);
        }
        yield column(valid, bits);
      }
      case INT32S -> column(valid, filled(plain, 0));
      case INT64S -> column(valid, filled(plain, 0L));
      case FLOAT64S -> column(valid, filled(plain, 0.0));
      case DECIMALS -> decimals(valid, plain);
      case TEXTS, BLOBS -> bytes(valid, plain);
      case CONSTANT, DYNAMIC -> throw new IllegalStateException(type.toString());
    };
  }

  private Optional<VariantValue> column(Object... fields) {
    return Optional.of(new VariantValue(type.arm().ordinal(), fields));
  }

  private static List<Object> filled(List<? extends @Nullable Object> values, Object nothing) {
    List<Object> filled = new ArrayList<>(values.size());
    for (Object value : values) {
      filled.add(value == null ? nothing : value);
    }
    return filled;
  }

  private Optional<VariantValue> bytes(byte[] valid, List<? extends @Nullable Object> values) {
    List<Object> offsets = new ArrayList<>(values.size() + 1);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    offsets.add(0L);
    for (Object value : values) {
      switch (value) {
        case String text -> data.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        case byte[] content -> data.writeBytes(content);
        case null, default -> {}
      }
      offsets.add((long) data.size());
    }
    return column(valid, offsets, data.toByteArray());
  }

  /** All rows have the scale of the one with the most digits behind the point. */
  private Optional<VariantValue> decimals(byte[] valid, List<? extends @Nullable Object> values) {
    int scale = 0;
    for (Object value : values) {
      scale = value == null ? scale : Math.max(scale, (Integer) ((Object[]) value)[2]);
    }
    List<Object> limbs = new ArrayList<>(2 * values.size());
    for (Object value : values) {
      BigInteger unscaled = value == null ? BigInteger.ZERO : unscaled((Object[]) value, scale);
      if (unscaled.bitLength() > LIMBS_BITS) {
        return Optional.empty();
      }
      limbs.add(unscaled.longValue());
      limbs.add(unscaled.shiftRight(Long.SIZE).longValue());
    }
    return column(valid, scale, limbs);
  }

  private static BigInteger unscaled(Object[] decimal, int scale) {
    BigInteger low = new BigInteger(Long.toUnsignedString((Long) decimal[1]));
    return BigInteger.valueOf((Long) Objects.requireNonNull(decimal[0]))
        .shiftLeft(Long.SIZE)
        .add(low)
        .multiply(BigInteger.TEN.pow(scale - (Integer) decimal[2]));
  }
}
