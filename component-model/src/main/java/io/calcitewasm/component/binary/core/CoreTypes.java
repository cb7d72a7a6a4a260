package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads core types (core specification, "Binary Format", "Types"). */
public final class CoreTypes {
  private static final long MOST_PAGES = 1L << 16;
  private static final long MOST_ENTRIES = (1L << 32) - 1;

  /** More parameters or results are beyond what engines take. */
  private static final int MOST_VALUES = 1_000;

  private static final @Nullable CoreValType[] BY_OPCODE = new CoreValType[256];

  static {
    for (CoreValType type : CoreValType.values()) {
      BY_OPCODE[type.opcode()] = type;
    }
  }

  private CoreTypes() {}

  /** {@code functype} behind its opcode. */
  public static CoreFuncType funcType(Cursor in) throws InvalidComponentException {
    List<CoreValType> parameters = valTypes(in, "parameters");
    return new CoreFuncType(parameters, valTypes(in, "results"));
  }

  private static List<CoreValType> valTypes(Cursor in, String what)
      throws InvalidComponentException {
    int at = in.position();
    int count = in.count(what);
    if (count > MOST_VALUES) {
      throw in.invalid(
          "a core function type has " + count + " " + what + "; " + MOST_VALUES + " are the most",
          at);
    }
    List<CoreValType> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      types.add(valType(in));
    }
    return types;
  }

  /** {@code valtype}. */
  public static CoreValType valType(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int opcode = in.u8("a core value type");
    CoreValType type = BY_OPCODE[opcode];
    if (type != null) {
      return type;
    }
    UnsupportedFeature feature =
        switch (opcode) {
          case 0x63, 0x64 -> UnsupportedFeature.TYPED_REFERENCES;
          case 0x68, 0x75 -> UnsupportedFeature.STACK_SWITCHING;
          case 0x69, 0x74 -> UnsupportedFeature.EXCEPTIONS;
          case 0x65 -> UnsupportedFeature.THREADS;
          case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x77, 0x78 ->
              UnsupportedFeature.GARBAGE_COLLECTION;
          default -> throw in.invalid(String.format("0x%02x is not a core value type", opcode), at);
        };
    throw in.unsupported(feature, String.format("value type 0x%02x", opcode), at);
  }

  /** {@code tabletype}. */
  public static CoreExternType.Table tableType(Cursor in) throws InvalidComponentException {
    int at = in.position();
    CoreValType element = valType(in);
    if (!element.isReference()) {
      throw in.invalid("a table of " + element + " is not allowed", at);
    }
    return new CoreExternType.Table(element, limits(in, "table", MOST_ENTRIES));
  }

  /** {@code memtype}. */
  public static CoreExternType.Memory memoryType(Cursor in) throws InvalidComponentException {
    return new CoreExternType.Memory(limits(in, "memory", MOST_PAGES));
  }

  /** {@code globaltype}. */
  public static CoreExternType.Global globalType(Cursor in) throws InvalidComponentException {
    CoreValType type = valType(in);
    int at = in.position();
    int mutability = in.u8("the mutability of a global");
    if (mutability > 1) {
      throw in.invalid(String.format("0x%02x is not a global's mutability", mutability), at);
    }
    return new CoreExternType.Global(type, mutability == 1);
  }

  /** The attribute byte of a tag type, always 0. */
  public static void tagAttribute(Cursor in) throws InvalidComponentException {
    int at = in.position();
    if (in.u8("the attribute of a tag") != 0) {
      throw in.invalid("a tag's attribute must be 0", at);
    }
  }

  private static CoreExternType.Limits limits(Cursor in, String what, long most)
      throws InvalidComponentException {
    int at = in.position();
    int flags = in.u8("the limits of a " + what);
    if (flags > 15 || (flags > 7 && !what.equals("memory"))) {
      throw in.invalid(String.format("0x%02x does not start the limits of a %s", flags, what), at);
    }
    if ((flags & 8) != 0) {
      throw in.unsupported(UnsupportedFeature.CUSTOM_PAGE_SIZES, "", at);
    }
    if ((flags & 4) != 0) {
      throw in.unsupported(UnsupportedFeature.MEMORY64, "a " + what, at);
    }
    if ((flags & 2) != 0) {
      throw in.unsupported(UnsupportedFeature.THREADS, "a shared " + what, at);
    }
    long minimum = in.u32("the minimum of a " + what);
    OptionalLong maximum =
        (flags & 1) == 0
            ? OptionalLong.empty()
            : OptionalLong.of(in.u32("the maximum of a " + what));
    if (minimum > most || maximum.orElse(0) > most) {
      throw in.invalid("a " + what + " has limits beyond " + most, at);
    }
    if (maximum.isPresent() && maximum.getAsLong() < minimum) {
      throw in.invalid("a " + what + "'s maximum is below its minimum", at);
    }
    return new CoreExternType.Limits(minimum, maximum);
  }
}
