package io.calcitewasm.udf.block;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.signature.ContractType;
import java.util.Locale;
import java.util.Optional;

/**
 * How values of one component type stand in a column of the contract ({@code
 * calcite:extension/types#column}).
 *
 * @param arm which case of the variant
 * @param nullable whether the type is an {@code option}
 * @param wrapped whether a value is a record of one field
 * @param least the least number, for whole ones
 * @param most the greatest number, for whole ones
 */
record BlockType(Arm arm, boolean nullable, boolean wrapped, long least, long most) {
  /** The cases of {@code column}, in the contract's order. */
  enum Arm {
    BOOLS,
    INT32S,
    INT64S,
    FLOAT64S,
    DECIMALS,
    TEXTS,
    BLOBS,
    CONSTANT,
    DYNAMIC;

    /** The name in WIT. */
    String witName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The form of a type; empty for one that has none, so that its functions are called by rows. */
  static Optional<BlockType> of(ValType type) {
    if (type.structure() instanceof ValType.OptionType option) {
      return option.some().structure() instanceof ValType.OptionType
          ? Optional.empty()
          : of(option.some())
              .map(some -> new BlockType(some.arm, true, some.wrapped, some.least, some.most));
    }
    Optional<ContractType> contract = ContractType.of(type);
    if (contract.isPresent()) {
      return switch (contract.get()) {
        case DATE, INTERVAL_MONTHS -> whole(Arm.INT32S, true, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL_MICROS ->
            whole(Arm.INT64S, true, Long.MIN_VALUE, Long.MAX_VALUE);
        case DECIMAL -> other(Arm.DECIMALS, false);
        case JSON -> other(Arm.TEXTS, true);
        case UUID -> Optional.empty();
      };
    }
    if (type.structure() instanceof ValType.ListType list && list.isBytes()) {
      return other(Arm.BLOBS, false);
    }
    return type.structure() instanceof PrimitiveType primitive ? of(primitive) : Optional.empty();
  }

  private static Optional<BlockType> of(PrimitiveType type) {
    return switch (type) {
      case BOOL -> other(Arm.BOOLS, false);
      case S8 -> whole(Arm.INT32S, false, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case U8 -> whole(Arm.INT32S, false, 0, 0xFF);
      case S16 -> whole(Arm.INT32S, false, Short.MIN_VALUE, Short.MAX_VALUE);
      case U16 -> whole(Arm.INT32S, false, 0, 0xFFFF);
      case S32 -> whole(Arm.INT32S, false, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case U32 -> whole(Arm.INT64S, false, 0, 0xFFFF_FFFFL);
      case S64 -> whole(Arm.INT64S, false, Long.MIN_VALUE, Long.MAX_VALUE);
      case F64 -> other(Arm.FLOAT64S, false);
      case STRING -> other(Arm.TEXTS, false);
      case U64, F32, CHAR -> Optional.empty();
    };
  }

  private static Optional<BlockType> whole(Arm arm, boolean wrapped, long least, long most) {
    return Optional.of(new BlockType(arm, false, wrapped, least, most));
  }

  private static Optional<BlockType> other(Arm arm, boolean wrapped) {
    return Optional.of(new BlockType(arm, false, wrapped, 0, 0));
  }
}
