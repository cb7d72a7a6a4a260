package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;

/**
 * Walks over core instructions without interpreting them (core specification, "Instructions"):
 * enough to know where an expression ends and how deep its blocks nest. Covers WebAssembly 2.0,
 * tail calls, exceptions, threads and relaxed SIMD; what the core engine does not know of these it
 * refuses itself.
 */
final class Instructions {
  private Instructions() {}

  /** Is told of each instruction. */
  interface Listener {
    /**
     * An instruction in bytes {@code start} to {@code end}.
     *
     * @param opcode its first byte
     */
    void instruction(int opcode, int start, int end) throws InvalidComponentException;
  }

  /** Passes over one expression, its closing {@code end} included. */
  static void expression(Cursor in, int mostNesting) throws InvalidComponentException {
    expression(in, mostNesting, (opcode, start, end) -> {});
  }

  /** Passes over one expression and tells a listener what stands in it. */
  static void expression(Cursor in, int mostNesting, Listener listener)
      throws InvalidComponentException {
    int depth = 1;
    while (depth > 0) {
      int at = in.position();
      int opcode = in.u8("an instruction");
      switch (opcode) {
        case 0x0b -> depth--;
        case 0x02, 0x03, 0x04, 0x06, 0x1f -> {
          if (++depth > mostNesting) {
            throw in.invalid("blocks are nested deeper than " + mostNesting, at);
          }
          blockType(in);
          if (opcode == 0x1f) {
            catches(in);
          }
        }
        // A delegate closes the block it stands in.
        case 0x18 -> {
          in.u32("a label");
          if (--depth == 0) {
            throw in.invalid("delegate stands outside a block", at);
          }
        }
        case 0x40 -> in.index("memory index");
        default -> immediates(opcode, at, in);
      }
      listener.instruction(opcode, at, in.position());
    }
  }

  private static void immediates(int opcode, int at, Cursor in) throws InvalidComponentException {
    switch (opcode) {
      // unreachable nop else throw_ref return catch_all drop select
      case 0x00, 0x01, 0x05, 0x0a, 0x0f, 0x19, 0x1a, 0x1b, 0xd1 -> {}
      // catch throw rethrow br br_if call return_call
      case 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12 -> in.u32("an index");
      // local.* global.* table.get table.set ref.func
      case 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0xd2 -> in.u32("an index");
      case 0x0e -> {
        int labels = in.count("labels");
        for (int i = 0; i <= labels; i++) {
          in.u32("a label");
        }
      }
      // call_indirect return_call_indirect
      case 0x11, 0x13 -> {
        in.u32("a type index");
        in.u32("a table index");
      }
      case 0x1c -> {
        int types = in.count("types");
        for (int i = 0; i < types; i++) {
          CoreTypes.valType(in);
        }
      }
      case 0x3f -> in.u32("a memory index");
      case 0x41 -> in.signed("an i32 constant", 32);
      case 0x42 -> in.signed("an i64 constant", 64);
      case 0x43 -> in.skip(4, "an f32 constant");
      case 0x44 -> in.skip(8, "an f64 constant");
      case 0xd0 -> in.signed("a heap type", 33);
      case 0xfc -> miscellaneous(at, in);
      case 0xfd -> vector(at, in);
      case 0xfe -> atomic(at, in);
      default -> {
        if (opcode >= 0x28 && opcode <= 0x3e) {
          memoryArgument(in);
        } else if (opcode < 0x45 || opcode > 0xc4) {
          throw unknown(opcode, in, at);
        }
      }
    }
  }

  private static void blockType(Cursor in) throws InvalidComponentException {
    int at = in.position();
    long type = in.signed("a block type", 33);
    // An index, nothing (0x40), or a value type as a negative number.
    if (type < -64 || (type < 0 && type > -64 && !isValType((int) type & 0x7f))) {
      throw in.invalid("this is not a block type", at);
    }
  }

  private static boolean isValType(int opcode) {
    for (CoreValType type : CoreValType.values()) {
      if (type.opcode() == opcode) {
        return true;
      }
    }
    return false;
  }

  private static void catches(Cursor in) throws InvalidComponentException {
    int count = in.count("catch clauses");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      int kind = in.u8("a catch clause");
      if (kind > 3) {
        throw in.invalid(String.format("0x%02x is not a catch clause", kind), at);
      }
      if (kind < 2) {
        in.u32("a tag index");
      }
      in.u32("a label");
    }
  }

  private static void memoryArgument(Cursor in) throws InvalidComponentException {
    long alignment = in.u32("an alignment");
    if ((alignment & 0x40) != 0) {
      in.u32("a memory index");
    }
    in.u64("an offset");
  }

  private static void miscellaneous(int at, Cursor in) throws InvalidComponentException {
    long opcode = in.u32("an instruction");
    if (opcode <= 7) {
      return;
    }
    if (opcode > 17) {
      throw unknown(0xfc00L | opcode, in, at);
    }
    in.u32("an index");
    if (opcode == 8 || opcode == 10 || opcode == 12 || opcode == 14) {
      in.u32("an index");
    }
  }

  private static void vector(int at, Cursor in) throws InvalidComponentException {
    long opcode = in.u32("an instruction");
    if (opcode <= 11 || opcode == 92 || opcode == 93) {
      memoryArgument(in);
    } else if (opcode <= 13) {
      in.skip(16, "a vector constant");
    } else if (opcode >= 21 && opcode <= 34) {
      in.u8("a lane");
    } else if (opcode >= 84 && opcode <= 91) {
      memoryArgument(in);
      in.u8("a lane");
    } else if (opcode > 0x113) {
      throw unknown(0xfd0000L | opcode, in, at);
    }
  }

  private static void atomic(int at, Cursor in) throws InvalidComponentException {
    long opcode = in.u32("an instruction");
    if (opcode == 3) {
      in.u8("a fence");
    } else if (opcode <= 2 || (opcode >= 0x10 && opcode <= 0x4e)) {
      memoryArgument(in);
    } else {
      throw unknown(0xfe00L | opcode, in, at);
    }
  }

  private static InvalidComponentException unknown(long opcode, Cursor in, int at) {
    return in.invalid(String.format("the instruction 0x%02x is not supported", opcode), at);
  }
}
