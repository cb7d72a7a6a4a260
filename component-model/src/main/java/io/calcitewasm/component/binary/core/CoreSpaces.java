package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The index spaces of a core module as far as they have been read (core specification, "Indices").
 */
final class CoreSpaces {
  final List<CoreFuncType> types = new ArrayList<>();
  final List<CoreExternType.Func> functions = new ArrayList<>();
  final List<CoreExternType.Table> tables = new ArrayList<>();
  final List<CoreExternType.Memory> memories = new ArrayList<>();
  final List<CoreExternType.Global> globals = new ArrayList<>();

  /** How many of the globals are imported. */
  int importedGlobals;

  /** The types of element segments. */
  final List<CoreValType> elements = new ArrayList<>();

  /** Functions that code may take references of. */
  final BitSet referable = new BitSet();

  /** How many data segments the data count section announces; −1 without one. */
  int dataCount = -1;

  /** The item of an index space that the next index means. */
  static <T> T pick(List<T> space, String what, Cursor in) throws InvalidComponentException {
    int at = in.position();
    int index = in.index(what + " index");
    if (index >= space.size()) {
      throw outOfRange(what, index, space.size(), in, at);
    }
    return space.get(index);
  }

  /** The next index, of a function; the function can be referred to from now on. */
  int pickReferable(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int index = in.index("function index");
    if (index >= functions.size()) {
      throw outOfRange("function", index, functions.size(), in, at);
    }
    referable.set(index);
    return index;
  }

  private static InvalidComponentException outOfRange(
      String what, int index, int size, Cursor in, int at) {
    return in.invalid(
        what + " index " + index + " is out of range: the core module has " + size + " so far", at);
  }

  /** {@code heaptype} of a reference. */
  static CoreValType heapType(Cursor in) throws InvalidComponentException {
    int at = in.position();
    long type = in.signed("a heap type", 33);
    if (type >= 0) {
      throw in.unsupported(UnsupportedFeature.TYPED_REFERENCES, "heap type " + type, at);
    }
    return switch ((int) type & 0x7f) {
      case 0x70 -> CoreValType.FUNCREF;
      case 0x6f -> CoreValType.EXTERNREF;
      case 0x69, 0x74 -> throw in.unsupported(UnsupportedFeature.EXCEPTIONS, "exnref", at);
      case 0x68, 0x75 -> throw in.unsupported(UnsupportedFeature.STACK_SWITCHING, "contref", at);
      case 0x65 -> throw in.unsupported(UnsupportedFeature.THREADS, "a shared reference", at);
      case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73 ->
          throw in.unsupported(
              UnsupportedFeature.GARBAGE_COLLECTION,
              String.format("heap type 0x%02x", type & 0x7f),
              at);
      default -> throw in.invalid("this is not a heap type", at);
    };
  }
}
