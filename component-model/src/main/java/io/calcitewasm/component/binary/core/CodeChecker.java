package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.EXTERNREF;
import static io.calcitewasm.component.binary.core.CoreValType.F32;
import static io.calcitewasm.component.binary.core.CoreValType.F64;
import static io.calcitewasm.component.binary.core.CoreValType.FUNCREF;
import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types the body of a core function (core specification, "Instructions", and its appendix
 * "Validation Algorithm"). What the core engine does not have is refused by its name.
 */
final class CodeChecker {
  static final int BLOCK = 0x02;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int ELSE = 0x05;

  private final Cursor in;
  private final CoreSpaces spaces;
  private final CoreCaps caps;
  private final CoreWork work;
  private final List<CoreValType> locals;
  private final Operands operands;
  private final VectorChecker vectors;

  private CodeChecker(
      Cursor in,
      CoreSpaces spaces,
      CoreCaps caps,
      CoreWork work,
      int function,
      List<CoreValType> locals) {
    this.in = in;
    this.spaces = spaces;
    this.caps = caps;
    this.work = work;
    this.locals = locals;
    this.operands = new Operands(in, work, function);
    this.vectors = new VectorChecker(in, operands, this::memoryArgument);
  }

  /**
   * Checks a body up to its closing {@code end}.
   *
   * @param function the function's index
   * @param locals the types of its locals, parameters included
   * @throws InvalidComponentException if it is malformed or ill typed, or uses what is not
   *     supported
   */
  static void check(
      Cursor in,
      CoreSpaces spaces,
      CoreCaps caps,
      CoreWork work,
      int function,
      List<CoreValType> locals)
      throws InvalidComponentException {
    CoreFuncType type = spaces.functions.get(function).type();
    new CodeChecker(in, spaces, caps, work, function, locals)
        .body(new CoreFuncType(List.of(), type.results()));
  }

  static String hex(int opcode) {
    return String.format("0x%02x", opcode);
  }

  private void body(CoreFuncType type) throws InvalidComponentException {
    operands.enter(BLOCK, type);
    while (operands.depth() > 0) {
      int at = in.position();
      int opcode = in.u8("an instruction");
      operands.at(at, opcode);
      work.spend(1, in);
      instruction(opcode, at);
    }
  }

  private void instruction(int opcode, int at) throws InvalidComponentException {
    if (opcode >= NumericSignatures.FIRST && opcode <= NumericSignatures.LAST) {
      numeric(NumericSignatures.of(opcode));
    } else if (opcode >= NumericSignatures.FIRST_LOAD && opcode <= NumericSignatures.LAST_STORE) {
      memoryAccess(opcode);
    } else if (opcode < 0x1a) {
      control(opcode, at);
    } else {
      other(opcode, at);
    }
  }

  private void numeric(NumericSignatures.Signature signature) throws InvalidComponentException {
    for (int i = 0; i < signature.count(); i++) {
      operands.pop(signature.parameter());
    }
    operands.push(signature.result());
  }

  private void memoryAccess(int opcode) throws InvalidComponentException {
    NumericSignatures.Access access = NumericSignatures.access(opcode);
    memoryArgument(access.alignment());
    if (opcode < NumericSignatures.FIRST_STORE) {
      operands.pop(I32);
      operands.push(access.type());
    } else {
      operands.pop(access.type());
      operands.pop(I32);
    }
  }

  private void memoryArgument(int naturalAlignment) throws InvalidComponentException {
    int at = in.position();
    long alignment = in.u32("an alignment");
    if (alignment >= 0x80) {
      throw in.invalid("this is not an alignment", at);
    }
    if ((alignment & 0x40) != 0) {
      memory();
    } else if (spaces.memories.isEmpty()) {
      throw operands.invalid("needs a memory, but the core module has none");
    }
    if ((alignment & 0x3f) > naturalAlignment) {
      throw operands.invalid(
          "asks for an alignment of 2^" + (alignment & 0x3f) + ", above the natural one");
    }
    at = in.position();
    if (in.u64("an offset") >>> 32 != 0) {
      throw in.invalid("an offset does not fit in 32 bits", at);
    }
  }

  private void memory() throws InvalidComponentException {
    CoreSpaces.pick(spaces.memories, "memory", in);
  }

  private void control(int opcode, int at) throws InvalidComponentException {
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
          throw unsupported(UnsupportedFeature.EXCEPTIONS, opcode, at);
      case 0x12, 0x13, 0x15 -> throw unsupported(UnsupportedFeature.TAIL_CALLS, opcode, at);
      case 0x14, 0x16, 0x17 -> throw unsupported(UnsupportedFeature.TYPED_REFERENCES, opcode, at);
      default -> throw in.invalid("there is no instruction " + hex(opcode), at);
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

  private void other(int opcode, int at) throws InvalidComponentException {
    switch (opcode) {
      case 0x1a -> operands.pop();
      case 0x1b -> select();
      case 0x1c -> {
        int count = in.count("types");
        if (count != 1) {
          throw operands.invalid("selects " + count + " values; it can select one");
        }
        CoreValType type = CoreTypes.valType(in);
        operands.pop(I32);
        operands.pop(type);
        operands.pop(type);
        operands.push(type);
      }
      case 0x1f -> throw unsupported(UnsupportedFeature.EXCEPTIONS, opcode, at);
      case 0x20 -> operands.push(local());
      case 0x21 -> operands.pop(local());
      case 0x22 -> {
        CoreValType type = local();
        operands.pop(type);
        operands.push(type);
      }
      case 0x23 -> operands.push(CoreSpaces.pick(spaces.globals, "global", in).type());
      case 0x24 -> {
        CoreExternType.Global global = CoreSpaces.pick(spaces.globals, "global", in);
        if (!global.mutable()) {
          throw operands.invalid("sets a global that cannot be changed");
        }
        operands.pop(global.type());
      }
      case 0x25 -> {
        CoreExternType.Table table = table();
        operands.pop(I32);
        operands.push(table.element());
      }
      case 0x26 -> {
        operands.pop(table().element());
        operands.pop(I32);
      }
      case 0x3f -> {
        memory();
        operands.push(I32);
      }
      case 0x40 -> {
        memory();
        operands.pop(I32);
        operands.push(I32);
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
      case 0xd0 -> operands.push(CoreSpaces.heapType(in));
      case 0xd1 -> {
        CoreValType type = operands.pop();
        if (type != null && !type.isReference()) {
          throw operands.invalid("needs a reference where the stack holds one of " + type);
        }
        operands.push(I32);
      }
      case 0xd2 -> {
        int index = in.index("function index");
        if (index >= spaces.functions.size()) {
          throw operands.invalid("refers to function " + index + ", which does not exist");
        }
        if (!spaces.referable.get(index)) {
          throw operands.invalid(
              "refers to function " + index + ", which is neither exported nor in a segment");
        }
        operands.push(FUNCREF);
      }
      case 0xd3, 0xfb -> throw unsupported(UnsupportedFeature.GARBAGE_COLLECTION, opcode, at);
      case 0xd4, 0xd5, 0xd6 -> throw unsupported(UnsupportedFeature.TYPED_REFERENCES, opcode, at);
      case 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6 ->
          throw unsupported(UnsupportedFeature.STACK_SWITCHING, opcode, at);
      case 0xfc -> miscellaneous(at);
      case 0xfd -> vectors.instruction(at);
      case 0xfe -> throw unsupported(UnsupportedFeature.THREADS, opcode, at);
      default -> throw in.invalid("there is no instruction " + hex(opcode), at);
    }
  }

  private void select() throws InvalidComponentException {
    operands.pop(I32);
    CoreValType second = operands.pop();
    CoreValType first = operands.pop();
    for (@Nullable CoreValType type : new @Nullable CoreValType[] {first, second}) {
      if (type == FUNCREF || type == EXTERNREF) {
        throw operands.invalid("selects references and does not say their type");
      }
    }
    if (first != null && second != null && first != second) {
      throw operands.invalid("selects between " + first + " and " + second);
    }
    operands.push(first == null ? second : first);
  }

  private CoreValType local() throws InvalidComponentException {
    int at = in.position();
    int index = in.index("local index");
    if (index >= locals.size()) {
      throw in.invalid(
          "local index " + index + " is out of range: the function has " + locals.size(), at);
    }
    return locals.get(index);
  }

  private CoreExternType.Table table() throws InvalidComponentException {
    return CoreSpaces.pick(spaces.tables, "table", in);
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

  /** Instructions behind 0xfc: saturating truncations, bulk memory and tables. */
  private void miscellaneous(int at) throws InvalidComponentException {
    int number = (int) Math.min(in.u32("an instruction"), Integer.MAX_VALUE);
    switch (number) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> numeric(NumericSignatures.truncation(number));
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
          throw in.unsupported(UnsupportedFeature.WIDE_ARITHMETIC, "0xfc " + hex(number), at);
      default -> throw in.invalid("there is no instruction 0xfc " + hex(number), at);
    }
  }

  private void sameElements(CoreValType to, CoreValType from) throws InvalidComponentException {
    if (to != from) {
      throw operands.invalid("copies " + from + " into a table of " + to);
    }
  }

  private InvalidComponentException unsupported(UnsupportedFeature feature, int opcode, int at) {
    return in.unsupported(feature, "the instruction " + hex(opcode), at);
  }
}
