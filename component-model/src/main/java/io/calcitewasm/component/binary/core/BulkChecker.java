package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;

/** Types the instructions behind 0xfc: saturating truncations, bulk memory and tables. */
final class BulkChecker {
  private final Cursor in;
  private final CoreSpaces spaces;
  private final Operands operands;

  BulkChecker(Cursor in, CoreSpaces spaces, Operands operands) {
    this.in = in;
    this.spaces = spaces;
    this.operands = operands;
  }

  private CoreExternType.Table table() throws InvalidComponentException {
    return CoreSpaces.pick(spaces.tables, "table", in);
  }

  private void memory() throws InvalidComponentException {
    CoreSpaces.pick(spaces.memories, "memory", in);
  }

  private CoreValType element() throws InvalidComponentException {
    return CoreSpaces.pick(spaces.elements, "element segment", in);
  }

  private void data() throws InvalidComponentException {
    int index = in.index("data segment index");
    if (spaces.dataCount < 0) {
      throw operands.invalid("needs a data count section, which the core module does not have");
    }
    if (index >= spaces.dataCount) {
      throw operands.invalid("names data segment " + index + " of " + spaces.dataCount);
    }
  }

  private void three() throws InvalidComponentException {
    operands.pop(I32);
    operands.pop(I32);
    operands.pop(I32);
  }

  /**
   * Checks an instruction from its number on.
   *
   * @param at where it starts
   */
  void instruction(int at) throws InvalidComponentException {
    int number = (int) Math.min(in.u32("an instruction"), Integer.MAX_VALUE);
    switch (number) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> operands.apply(NumericSignatures.truncation(number));
      case 8 -> {
        data();
        memory();
        three();
      }
      case 9 -> data();
      case 10 -> {
        memory();
        memory();
        three();
      }
      case 11 -> {
        memory();
        three();
      }
      case 12 -> {
        CoreValType element = element();
        sameElements(table().element(), element);
        three();
      }
      case 13 -> element();
      case 14 -> {
        sameElements(table().element(), table().element());
        three();
      }
      case 15 -> {
        CoreExternType.Table table = table();
        operands.pop(I32);
        operands.pop(table.element());
        operands.push(I32);
      }
      case 16 -> {
        table();
        operands.push(I32);
      }
      case 17 -> {
        CoreExternType.Table table = table();
        operands.pop(I32);
        operands.pop(table.element());
        operands.pop(I32);
      }
      case 19, 20, 21, 22 ->
          throw in.unsupported(
              UnsupportedFeature.WIDE_ARITHMETIC, "0xfc " + CodeChecker.hex(number), at);
      default -> throw in.invalid("there is no instruction 0xfc " + CodeChecker.hex(number), at);
    }
  }

  private void sameElements(CoreValType to, CoreValType from) throws InvalidComponentException {
    if (to != from) {
      throw operands.invalid("copies " + from + " into a table of " + to);
    }
  }
}
