package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.binary.core.Cursor;
import java.util.OptionalInt;

/** Reads canonical definitions (Binary.md, "Canonical Definitions"). */
final class CanonReader {
  private final Quota quota;

  CanonReader(Quota quota) {
    this.quota = quota;
  }

  Canon canon(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    int opcode = in.u8("a canonical definition");
    switch (opcode) {
      case 0x00 -> {
        funcSort(in);
        int coreFunc = in.index("core function index");
        CanonOptions options = options(in);
        return new Canon.Lift(offset, coreFunc, options, in.index("type index"));
      }
      case 0x01 -> {
        funcSort(in);
        int func = in.index("function index");
        return new Canon.Lower(offset, func, options(in));
      }
      case 0x02 -> {
        return new Canon.ResourceNew(offset, in.index("type index"));
      }
      case 0x03 -> {
        return new Canon.ResourceDrop(offset, in.index("type index"));
      }
      case 0x04 -> {
        return new Canon.ResourceRep(offset, in.index("type index"));
      }
      default -> {
        String builtIn = AsyncBuiltIns.name(opcode);
        if (builtIn.isEmpty()) {
          throw in.invalid(String.format("0x%02x is not a canonical definition", opcode), offset);
        }
        throw in.unsupported(
            AsyncBuiltIns.feature(builtIn), "the canonical built-in " + builtIn, offset);
      }
    }
  }

  private static void funcSort(Cursor in) throws InvalidComponentException {
    int at = in.position();
    if (in.u8("the sort of a canonical definition") != 0x00) {
      throw in.invalid("canonical definitions lift and lower functions only", at);
    }
  }

  private CanonOptions options(Cursor in) throws InvalidComponentException {
    StringEncoding encoding = null;
    OptionalInt memory = OptionalInt.empty();
    OptionalInt realloc = OptionalInt.empty();
    OptionalInt postReturn = OptionalInt.empty();
    int count = quota.items(in, "canonical options");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      int opcode = in.u8("a canonical option");
      boolean repeated;
      switch (opcode) {
        case 0x00, 0x01, 0x02 -> {
          repeated = encoding != null;
          encoding = StringEncoding.values()[opcode];
        }
        case 0x03 -> {
          repeated = memory.isPresent();
          memory = OptionalInt.of(in.index("core memory index"));
        }
        case 0x04 -> {
          repeated = realloc.isPresent();
          realloc = OptionalInt.of(in.index("core function index"));
        }
        case 0x05 -> {
          repeated = postReturn.isPresent();
          postReturn = OptionalInt.of(in.index("core function index"));
        }
        case 0x06 ->
            throw in.unsupported(UnsupportedFeature.ASYNC, "the canonical option async", at);
        case 0x07 ->
            throw in.unsupported(UnsupportedFeature.ASYNC, "the canonical option callback", at);
        case 0x08 ->
            throw in.unsupported(
                UnsupportedFeature.GARBAGE_COLLECTION, "the canonical option core-type", at);
        case 0x09 ->
            throw in.unsupported(
                UnsupportedFeature.GARBAGE_COLLECTION, "the canonical option gc", at);
        default -> throw in.invalid(String.format("0x%02x is not a canonical option", opcode), at);
      }
      if (repeated) {
        throw in.invalid("the same canonical option stands twice", at);
      }
    }
    return new CanonOptions(
        encoding == null ? StringEncoding.UTF8 : encoding, memory, realloc, postReturn);
  }
}
