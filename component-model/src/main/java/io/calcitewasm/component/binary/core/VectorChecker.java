package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.F32;
import static io.calcitewasm.component.binary.core.CoreValType.F64;
import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;
import static io.calcitewasm.component.binary.core.CoreValType.V128;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;

/** Types vector instructions (core specification, "Vector Instructions"). */
final class VectorChecker {
  /** Types of splats and lanes, in the order of the instructions. */
  private static final CoreValType[] LANE_TYPES = {I32, I32, I32, I64, F32, F64};

  private static final int[] LANE_COUNTS = {16, 8, 4, 2, 4, 2};

  /** Natural alignments of loads 0 to 11, as powers of two. */
  private static final int[] ALIGNMENTS = {4, 3, 3, 3, 3, 3, 3, 0, 1, 2, 3, 4};

  private final Cursor in;
  private final Operands operands;
  private final MemoryArgument memoryArgument;

  /** Reads and checks the immediate of a memory instruction. */
  interface MemoryArgument {
    void check(int naturalAlignment) throws InvalidComponentException;
  }

  VectorChecker(Cursor in, Operands operands, MemoryArgument memoryArgument) {
    this.in = in;
    this.operands = operands;
    this.memoryArgument = memoryArgument;
  }

  /** Checks the instruction whose 0xfd at offset {@code at} has been read. */
  void instruction(int at) throws InvalidComponentException {
    int number = (int) Math.min(in.u32("an instruction"), Integer.MAX_VALUE);
    if (number >= VectorSignatures.RELAXED) {
      String name = "0xfd " + CodeChecker.hex(number);
      throw number <= 0x113
          ? in.unsupported(UnsupportedFeature.RELAXED_SIMD, name, at)
          : in.invalid("there is no instruction " + name, at);
    }
    switch (VectorSignatures.shape(number)) {
      case VectorSignatures.UNARY -> vectors(1, V128);
      case VectorSignatures.BINARY -> vectors(2, V128);
      case VectorSignatures.TERNARY -> vectors(3, V128);
      case VectorSignatures.TEST -> vectors(1, I32);
      case VectorSignatures.SHIFT -> {
        operands.pop(I32);
        vectors(1, V128);
      }
      case VectorSignatures.SPECIAL -> special(number);
      default -> throw in.invalid("there is no instruction 0xfd " + CodeChecker.hex(number), at);
    }
  }

  private void vectors(int count, CoreValType result) throws InvalidComponentException {
    for (int i = 0; i < count; i++) {
      operands.pop(V128);
    }
    operands.push(result);
  }

  private void special(int number) throws InvalidComponentException {
    if (number < 11) {
      memoryArgument.check(ALIGNMENTS[number]);
      operands.pop(I32);
      operands.push(V128);
    } else if (number == 11) {
      memoryArgument.check(ALIGNMENTS[number]);
      operands.pop(V128);
      operands.pop(I32);
    } else if (number == 12) {
      in.skip(16, "a vector constant");
      operands.push(V128);
    } else if (number == 13) {
      for (int i = 0; i < 16; i++) {
        lane(32);
      }
      vectors(2, V128);
    } else if (number <= 20) {
      operands.pop(LANE_TYPES[number - 15]);
      operands.push(V128);
    } else if (number <= 34) {
      oneLane(number);
    } else if (number <= 91) {
      laneOfMemory(number);
    } else {
      memoryArgument.check(number - 90);
      operands.pop(I32);
      operands.push(V128);
    }
  }

  /** Extracts and replaces; i8x16 and i16x8 have two extracts each. */
  private void oneLane(int number) throws InvalidComponentException {
    int shape;
    boolean replace;
    if (number <= 26) {
      shape = (number - 21) / 3;
      replace = (number - 21) % 3 == 2;
    } else {
      shape = 2 + (number - 27) / 2;
      replace = (number - 27) % 2 == 1;
    }
    lane(LANE_COUNTS[shape]);
    if (replace) {
      operands.pop(LANE_TYPES[shape]);
    }
    operands.pop(V128);
    operands.push(replace ? V128 : LANE_TYPES[shape]);
  }

  private void laneOfMemory(int number) throws InvalidComponentException {
    boolean load = number < 88;
    int size = (number - 84) % 4;
    memoryArgument.check(size);
    lane(16 >> size);
    operands.pop(V128);
    operands.pop(I32);
    if (load) {
      operands.push(V128);
    }
  }

  private void lane(int count) throws InvalidComponentException {
    int at = in.position();
    int lane = in.u8("a lane");
    if (lane >= count) {
      throw in.invalid("lane " + lane + " of " + count + " does not exist", at);
    }
  }
}
