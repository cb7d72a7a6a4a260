package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.EXTERNREF;
import static io.calcitewasm.component.binary.core.CoreValType.F32;
import static io.calcitewasm.component.binary.core.CoreValType.F64;
import static io.calcitewasm.component.binary.core.CoreValType.FUNCREF;
import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Types the body of a core function (core specification, "Instructions", and its appendix
 * "Validation Algorithm"). What the core engine does not have is refused by its name.
 */
final class CodeChecker {
  private final Cursor in;
  private final CoreSpaces spaces;
  private final CoreWork work;
  private final List<CoreValType> locals;
  private final Operands operands;
  private final ControlChecker control;
  private final BulkChecker bulk;
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
    this.work = work;
    this.locals = locals;
    this.operands = new Operands(in, work, function);
    this.control = new ControlChecker(in, spaces, caps, operands);
    this.bulk = new BulkChecker(in, spaces, operands);
    this.vectors = new VectorChecker(in, operands, this::memoryArgument);
  }

  /**
   * Checks a body up to its closing {@code end}.
   *
   * @param function the function's index
   * @param locals the types of its locals, parameters included
   * @return the most values that its operand stack holds
   * @throws InvalidComponentException if it is malformed or ill typed, or uses what is not
   *     supported
   */
  static int check(
      Cursor in,
      CoreSpaces spaces,
      CoreCaps caps,
      CoreWork work,
      int function,
      List<CoreValType> locals)
      throws InvalidComponentException {
    CoreFuncType type = spaces.functions.get(function).type();
    CodeChecker checker = new CodeChecker(in, spaces, caps, work, function, locals);
    checker.body(new CoreFuncType(List.of(), type.results()));
    return checker.operands.greatest();
  }

  static String hex(int opcode) {
    return String.format("0x%02x", opcode);
  }

  static String named(int opcode) {
    return "the instruction " + hex(opcode);
  }

  private void body(CoreFuncType type) throws InvalidComponentException {
    operands.enter(ControlChecker.BLOCK, type);
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
      operands.apply(NumericSignatures.of(opcode));
    } else if (opcode >= NumericSignatures.FIRST_LOAD && opcode <= NumericSignatures.LAST_STORE) {
      memoryAccess(opcode);
    } else if (opcode < ControlChecker.END) {
      control.instruction(opcode, at);
    } else {
      other(opcode, at);
    }
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
      case 0xfc -> bulk.instruction(at);
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

  private InvalidComponentException unsupported(UnsupportedFeature feature, int opcode, int at) {
    return in.unsupported(feature, named(opcode), at);
  }
}
