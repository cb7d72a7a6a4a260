package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.FUNCREF;
import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.InvalidComponentException;

/** Reads and checks element and data segments (core specification, "Element Section"). */
final class SegmentReader {
  private final CoreSpaces spaces;
  private final CoreWork work;

  SegmentReader(CoreSpaces spaces, CoreWork work) {
    this.spaces = spaces;
    this.work = work;
  }

  /** The element section. */
  void elements(Cursor in) throws InvalidComponentException {
    int count = in.count("element segments");
    for (int i = 0; i < count; i++) {
      element(in);
    }
  }

  /** One segment; bit 0: not active, bit 1: explicit table or declared, bit 2: expressions. */
  private void element(Cursor in) throws InvalidComponentException {
    int at = in.position();
    long form = in.u32("the form of an element segment");
    if (form > 7) {
      throw in.invalid("an element segment has the unknown form " + form, at);
    }
    boolean active = (form & 1) == 0;
    boolean explicit = (form & 2) != 0;
    boolean expressions = (form & 4) != 0;
    CoreValType tableType = FUNCREF;
    if (active) {
      if (explicit) {
        tableType = CoreSpaces.pick(spaces.tables, "table", in).element();
      } else if (spaces.tables.isEmpty()) {
        throw in.invalid("an element segment fills table 0, which does not exist", at);
      } else {
        tableType = spaces.tables.getFirst().element();
      }
      ConstantExpression.check(in, spaces, work, I32);
    }
    CoreValType type = FUNCREF;
    if (!active || explicit) {
      type = expressions ? referenceType(in) : functionKind(in);
    }
    if (active && tableType != type) {
      throw in.invalid("an element segment of " + type + " fills a table of " + tableType, at);
    }
    int count = in.count("elements");
    for (int i = 0; i < count; i++) {
      if (expressions) {
        ConstantExpression.check(in, spaces, work, type);
      } else {
        spaces.pickReferable(in);
      }
    }
    spaces.elements.add(type);
  }

  private static CoreValType referenceType(Cursor in) throws InvalidComponentException {
    int at = in.position();
    CoreValType type = CoreTypes.valType(in);
    if (!type.isReference()) {
      throw in.invalid("an element segment of " + type + " is not allowed", at);
    }
    return type;
  }

  private static CoreValType functionKind(Cursor in) throws InvalidComponentException {
    int at = in.position();
    if (in.u8("the kind of elements") != 0x00) {
      throw in.invalid("the elements of a segment are functions", at);
    }
    return FUNCREF;
  }

  /** The data section. */
  void data(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int count = in.count("data segments");
    if (spaces.dataCount >= 0 && spaces.dataCount != count) {
      throw in.invalid(
          "the data count section announces "
              + spaces.dataCount
              + " data segments, the data section has "
              + count,
          at);
    }
    for (int i = 0; i < count; i++) {
      at = in.position();
      long form = in.u32("the form of a data segment");
      if (form > 2) {
        throw in.invalid("a data segment has the unknown form " + form, at);
      }
      if (form == 2) {
        CoreSpaces.pick(spaces.memories, "memory", in);
      } else if (form == 0 && spaces.memories.isEmpty()) {
        throw in.invalid("a data segment fills memory 0, which does not exist", at);
      }
      if (form != 1) {
        ConstantExpression.check(in, spaces, work, I32);
      }
      in.slice(in.u32("the size of a data segment"), "data segment");
    }
  }
}
