package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.core.Cursor;

/** Reads sorts (Binary.md, {@code sort} and {@code core:sort}). */
final class SortReader {
  private SortReader() {}

  static Sort sort(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int opcode = in.u8("a sort");
    return switch (opcode) {
      case 0x00 -> coreSort(in);
      case 0x01 -> Sort.FUNC;
      case 0x02 -> throw in.unsupported(UnsupportedFeature.VALUES, "the sort value", at);
      case 0x03 -> Sort.TYPE;
      case 0x04 -> Sort.COMPONENT;
      case 0x05 -> Sort.INSTANCE;
      default -> throw in.invalid(String.format("0x%02x is not a sort", opcode), at);
    };
  }

  static Sort coreSort(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int opcode = in.u8("a core sort");
    return switch (opcode) {
      case 0x00 -> Sort.CORE_FUNC;
      case 0x01 -> Sort.CORE_TABLE;
      case 0x02 -> Sort.CORE_MEMORY;
      case 0x03 -> Sort.CORE_GLOBAL;
      case 0x04 -> Sort.CORE_TAG;
      case 0x10 -> Sort.CORE_TYPE;
      case 0x11 -> Sort.CORE_MODULE;
      case 0x12 -> Sort.CORE_INSTANCE;
      default -> throw in.invalid(String.format("0x%02x is not a core sort", opcode), at);
    };
  }
}
