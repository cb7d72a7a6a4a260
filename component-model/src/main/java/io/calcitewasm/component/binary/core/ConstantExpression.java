package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.F32;
import static io.calcitewasm.component.binary.core.CoreValType.F64;
import static io.calcitewasm.component.binary.core.CoreValType.FUNCREF;
import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;
import static io.calcitewasm.component.binary.core.CoreValType.V128;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.List;

/**
 * Types the initial values of globals and tables and the offsets of segments (core specification,
 * "Constant Expressions").
 */
final class ConstantExpression {
  private ConstantExpression() {}

  /**
   * Reads one expression, its closing {@code end} included.
   *
   * @param expected the type of its value
   */
  static void check(Cursor in, CoreSpaces spaces, CoreWork work, CoreValType expected)
      throws InvalidComponentException {
    Operands operands = new Operands(in, work, -1);
    operands.enter(ControlChecker.BLOCK, new CoreFuncType(List.of(), List.of(expected)));
    while (operands.depth() > 0) {
      int at = in.position();
      int opcode = in.u8("an instruction");
      operands.at(at, opcode);
      instruction(opcode, at, in, spaces, operands);
    }
  }

  private static void instruction(
      int opcode, int at, Cursor in, CoreSpaces spaces, Operands operands)
      throws InvalidComponentException {
    switch (opcode) {
      case 0x0b -> operands.leave();
      case 0x23 -> {
        int index = in.index("global index");
        if (index >= spaces.globals.size()) {
          throw operands.invalid("reads global " + index + ", which does not exist here");
        }
        CoreExternType.Global global = spaces.globals.get(index);
        if (global.mutable()) {
          throw operands.invalid("reads a global that can change");
        }
        if (index >= spaces.importedGlobals) {
          throw in.unsupported(
              UnsupportedFeature.OWN_GLOBALS_IN_CONSTANTS, "global.get " + index, at);
        }
        operands.push(global.type());
      }
      case 0x41 -> {
        in.signed("an i32 constant", 32);
        operands.push(I32);
      }
      case 0x42 -> {
        in.signed("an i64 constant", 64);
        operands.push(I64);
      }
      case 0x43 -> {
        in.skip(4, "an f32 constant");
        operands.push(F32);
      }
      case 0x44 -> {
        in.skip(8, "an f64 constant");
        operands.push(F64);
      }
      // Extended: additions, subtractions and multiplications of integers.
      case 0x6a, 0x6b, 0x6c -> integers(operands, I32);
      case 0x7c, 0x7d, 0x7e -> integers(operands, I64);
      case 0xd0 -> operands.push(CoreSpaces.heapType(in));
      case 0xd2 -> {
        spaces.pickReferable(in);
        operands.push(FUNCREF);
      }
      case 0xfb ->
          throw in.unsupported(UnsupportedFeature.GARBAGE_COLLECTION, "the instruction 0xfb", at);
      case 0xfd -> {
        if (in.u32("an instruction") != 12) {
          throw operands.invalid("is not constant");
        }
        in.skip(16, "a vector constant");
        operands.push(V128);
      }
      default -> throw operands.invalid("is not constant");
    }
  }

  private static void integers(Operands operands, CoreValType type)
      throws InvalidComponentException {
    operands.pop(type);
    operands.pop(type);
    operands.push(type);
  }
}
