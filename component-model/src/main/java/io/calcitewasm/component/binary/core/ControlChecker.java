package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.FUNCREF;
import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Types control instructions: blocks, branches and calls. */
final class ControlChecker {
  static final int BLOCK = 0x02;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int ELSE = 0x05;

  /** Behind the last of these instructions. */
  static final int END = 0x1a;

  private final Cursor in;
  private final CoreSpaces spaces;
  private final CoreCaps caps;
  private final Operands operands;

  ControlChecker(Cursor in, CoreSpaces spaces, CoreCaps caps, Operands operands) {
    this.in = in;
    this.spaces = spaces;
    this.caps = caps;
    this.operands = operands;
  }

  /**
   * Checks an instruction.
   *
   * @param opcode below {@link #END}
   * @param at where it starts
   */
  void instruction(int opcode, int at) throws InvalidComponentException {
    switch (opcode) {
      case 0x00 -> operands.unreachable();
      case 0x01 -> {}
      case BLOCK, LOOP -> enter(opcode, at);
      case IF -> {
        CoreFuncType type = blockType();
        operands.pop(I32);
        enter(opcode, type, at);
      }
      case ELSE -> {
        Operands.Frame frame = operands.leave();
        if (frame.opcode() != IF) {
          throw operands.invalid("stands outside an if");
        }
        operands.push(frame.type().parameters());
        operands.enter(ELSE, frame.type());
      }
      case 0x0b -> {
        Operands.Frame frame = operands.leave();
        if (frame.opcode() == IF && !frame.type().parameters().equals(frame.type().results())) {
          throw operands.invalid("ends an if without else that has other results than parameters");
        }
        operands.push(frame.type().results());
      }
      case 0x0c -> {
        operands.pop(operands.label(in.u32("a label")));
        operands.unreachable();
      }
      case 0x0d -> {
        long label = in.u32("a label");
        operands.pop(I32);
        operands.check(operands.label(label));
      }
      case 0x0e -> branchTable();
      case 0x0f -> {
        operands.pop(operands.label(operands.depth() - 1L));
        operands.unreachable();
      }
      case 0x10 -> call(CoreSpaces.pick(spaces.functions, "function", in).type());
      case 0x11 -> {
        CoreFuncType type = CoreSpaces.pick(spaces.types, "type", in);
        CoreExternType.Table table = CoreSpaces.pick(spaces.tables, "table", in);
        if (table.element() != FUNCREF) {
          throw operands.invalid("calls through a table of " + table.element());
        }
        operands.pop(I32);
        call(type);
      }
      case 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19 ->
          throw in.unsupported(UnsupportedFeature.EXCEPTIONS, CodeChecker.named(opcode), at);
      case 0x12, 0x13, 0x15 ->
          throw in.unsupported(UnsupportedFeature.TAIL_CALLS, CodeChecker.named(opcode), at);
      case 0x14, 0x16, 0x17 ->
          throw in.unsupported(UnsupportedFeature.TYPED_REFERENCES, CodeChecker.named(opcode), at);
      default -> throw in.invalid("there is no instruction " + CodeChecker.hex(opcode), at);
    }
  }

  private void enter(int opcode, int at) throws InvalidComponentException {
    enter(opcode, blockType(), at);
  }

  private void enter(int opcode, CoreFuncType type, int at) throws InvalidComponentException {
    if (operands.depth() >= caps.blockNesting()) {
      throw in.invalid("blocks are nested deeper than " + caps.blockNesting(), at);
    }
    operands.enter(opcode, type);
  }

  private CoreFuncType blockType() throws InvalidComponentException {
    int at = in.position();
    int first = in.peek("a block type");
    if (first == 0x40) {
      in.skip(1, "a block type");
      return new CoreFuncType(List.of(), List.of());
    }
    if (first > 0x40 && first < 0x80) {
      return new CoreFuncType(List.of(), List.of(CoreTypes.valType(in)));
    }
    long index = in.signed("a block type", 33);
    if (index < 0 || index >= spaces.types.size()) {
      throw in.invalid("type index " + index + " of a block is out of range", at);
    }
    return spaces.types.get((int) index);
  }

  private void branchTable() throws InvalidComponentException {
    int count = in.count("labels");
    Set<Long> seen = new HashSet<>();
    List<Long> labels = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      long label = in.u32("a label");
      if (seen.add(label)) {
        labels.add(label);
      }
      if (i == count) {
        labels.add(label);
      }
    }
    operands.pop(I32);
    List<CoreValType> last = operands.label(labels.getLast());
    for (long label : labels) {
      List<CoreValType> types = operands.label(label);
      if (types.size() != last.size()) {
        throw operands.invalid("goes to labels that take different numbers of values");
      }
      operands.peek(types);
    }
    operands.pop(last);
    operands.unreachable();
  }

  private void call(CoreFuncType type) throws InvalidComponentException {
    operands.pop(type.parameters());
    operands.push(type.results());
  }
}
