package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.abi.MemoryForm;
import io.calcitewasm.component.binary.core.CodeWriter;
import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.binary.core.UndoLog;
import java.util.ArrayList;
import java.util.List;

/** The parts of a row loop that its pieces share: instructions, locals, memories, and stopping. */
final class LoopCode {
  static final int COLUMNS = 0;
  static final int GUEST = 1;
  static final int LOG = 2;
  static final int ROW = 0;
  static final int END_ROW = 1;

  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int VOID = 0x40;
  static final int ELSE = 0x05;
  static final int END = 0x0b;
  static final int BR = 0x0c;
  static final int BR_IF = 0x0d;
  static final int RETURN = 0x0f;
  static final int CALL = 0x10;
  static final int I32_LOAD = 0x28;
  static final int I64_LOAD = 0x29;
  static final int I32_LOAD8_U = 0x2d;
  static final int I32_LOAD16_U = 0x2f;
  static final int I32_STORE = 0x36;
  static final int I64_STORE = 0x37;
  static final int I32_STORE8 = 0x3a;
  static final int I32_STORE16 = 0x3b;
  static final int MEMORY_SIZE = 0x3f;
  static final int MEMORY_GROW = 0x40;
  static final int I32_EQ = 0x46;
  static final int I32_NE = 0x47;
  static final int I32_LT_U = 0x49;
  static final int I32_GT_U = 0x4b;
  static final int I32_GE_U = 0x4f;
  static final int I64_GT_U = 0x56;
  static final int I64_LE_U = 0x58;
  static final int I32_ADD = 0x6a;
  static final int I32_SUB = 0x6b;
  static final int I32_MUL = 0x6c;
  static final int I32_AND = 0x71;
  static final int I32_OR = 0x72;
  static final int I32_SHL = 0x74;
  static final int I32_SHR_U = 0x76;
  static final int I64_ADD = 0x7c;
  static final int I64_MUL = 0x7e;
  static final int I64_SHL = 0x86;
  static final int I64_EXTEND_I32_U = 0xad;
  static final int I32_REINTERPRET_F32 = 0xbc;
  static final int I64_REINTERPRET_F64 = 0xbd;
  static final int F32_REINTERPRET_I32 = 0xbe;
  static final int F64_REINTERPRET_I64 = 0xbf;
  static final int I32_EXTEND8_S = 0xc0;
  static final int I32_EXTEND16_S = 0xc1;

  /** From so many bytes on {@code memory.copy} is quicker. */
  static final int FEW_BYTES = 96;

  final DriverModule.Callee callee;
  final CodeWriter code;
  private final List<CoreValType> locals;

  /** The local that holds the core result; −1 if there is none. */
  final int result;

  LoopCode(DriverModule.Callee callee) {
    this(callee, new CodeWriter(), new ArrayList<>());
  }

  private LoopCode(DriverModule.Callee callee, CodeWriter code, List<CoreValType> locals) {
    this.callee = callee;
    this.code = code;
    this.locals = locals;
    List<CoreValType> results = callee.signature().liftType().results();
    this.result = results.isEmpty() ? -1 : local(results.getFirst());
  }

  /** The same loop, for another function that it calls. */
  LoopCode calling(DriverModule.Callee other) {
    return new LoopCode(other, code, locals);
  }

  /** A new local. */
  int local(CoreValType type) {
    locals.add(type);
    return END_ROW + locals.size();
  }

  /** Sets a local to 0. */
  void zero(FlatCode.Local local) {
    switch (local.type()) {
      case I32 -> code.i32(0);
      case I64 -> code.i64(0);
      case F32 -> code.i32(0).op(F32_REINTERPRET_I32);
      case F64 -> code.i64(0).op(F64_REINTERPRET_I64);
      default -> throw new IllegalArgumentException("no number: " + local.type());
    }
    code.set(local.index());
  }

  /** The function body of what was written. */
  byte[] body() {
    return code.body(locals);
  }

  /** Returns to the host with the row's number. */
  void stop(Stop reason) {
    code.i32(0).i32(reason.ordinal()).memory(I32_STORE, 2, COLUMNS, RowShape.STOP);
    code.get(ROW).op(RETURN);
  }

  /** If the i32 on the stack is not 0, leaves the row to the host. */
  void leaveToHostIf() {
    code.op(IF, VOID);
    code.i32(0);
    if (result < 0) {
      code.i64(0);
    } else {
      code.get(result);
      switch (callee.signature().liftType().results().getFirst()) {
        case I32 -> code.op(I64_EXTEND_I32_U);
        case F32 -> code.op(I32_REINTERPRET_F32).op(I64_EXTEND_I32_U);
        case F64 -> code.op(I64_REINTERPRET_F64);
        default -> {}
      }
    }
    code.memory(I64_STORE, 3, COLUMNS, RowShape.CORE_RESULT);
    stop(Stop.LIFT);
    code.op(END);
  }

  /** Pushes where the row's entry of a column is, less the column's address. */
  CodeWriter rowTimes(int width) {
    code.get(ROW);
    return width == 1 ? code : code.i32(Integer.numberOfTrailingZeros(width)).op(I32_SHL);
  }

  /**
   * Copies bytes that are within both memories. Where there are few, instructions for words are
   * several times quicker than the one for any number; the last word overlaps the one before it, so
   * that few branches depend on the length.
   *
   * @param to the local of where they go, in memory {@code target}
   * @param from the local of where they are, in memory {@code source}
   * @param length the local of how many there are
   */
  void copy(int target, int to, int source, int from, int length) {
    int at = local(I32);
    code.get(length).i32(FEW_BYTES).op(I32_LT_U).op(IF, VOID);
    code.get(length).i32(Long.BYTES).op(I32_GE_U).op(IF, VOID);
    code.i32(0).set(at);
    code.op(LOOP, VOID);
    word(target, to, source, from, at, Long.BYTES);
    code.get(at).i32(Long.BYTES).op(I32_ADD).tee(at).i32(Long.BYTES).op(I32_ADD);
    code.get(length).op(I32_LT_U).op(BR_IF, 0).op(END);
    lastWord(target, to, source, from, length, at, Long.BYTES);
    code.op(ELSE);
    code.get(length).i32(Integer.BYTES).op(I32_GE_U).op(IF, VOID);
    code.i32(0).set(at);
    word(target, to, source, from, at, Integer.BYTES);
    lastWord(target, to, source, from, length, at, Integer.BYTES);
    code.op(ELSE);
    code.get(length).op(IF, VOID);
    code.i32(0).set(at);
    word(target, to, source, from, at, Byte.BYTES);
    code.get(length).i32(1).op(I32_GT_U).op(IF, VOID);
    lastWord(target, to, source, from, length, at, Short.BYTES);
    code.op(END).op(END).op(END).op(END);
    code.op(ELSE);
    code.get(to).get(from).get(length).copy(target, source);
    code.op(END);
  }

  /**
   * Copies bytes as {@link #copy} does, and some of those behind them, by whole words.
   *
   * @param roomy whether so few bytes that they are copied by words can be read behind the place
   *     where they are and overwritten behind the place where they go: writes what pushes an i32
   */
  void copyLoosely(int target, int to, int source, int from, int length, Runnable roomy) {
    int at = local(I32);
    code.get(length).i32(FEW_BYTES).op(I32_LT_U);
    roomy.run();
    code.op(I32_AND).op(IF, VOID);
    code.i32(0).set(at);
    code.op(LOOP, VOID);
    word(target, to, source, from, at, Long.BYTES);
    code.get(at).i32(Long.BYTES).op(I32_ADD).tee(at);
    code.get(length).op(I32_LT_U).op(BR_IF, 0).op(END);
    code.op(ELSE);
    code.get(to).get(from).get(length).copy(target, source);
    code.op(END);
  }

  private void lastWord(int target, int to, int source, int from, int length, int at, int bytes) {
    code.get(length).i32(bytes).op(I32_SUB).set(at);
    word(target, to, source, from, at, bytes);
  }

  private void word(int target, int to, int source, int from, int at, int bytes) {
    code.get(to).get(at).op(I32_ADD);
    code.get(from).get(at).op(I32_ADD).memory(load(bytes), 0, source, 0);
    code.memory(store(bytes), 0, target, 0);
  }

  /** The instruction that loads an unsigned number of so many bytes: an i64 of 8, else an i32. */
  static int load(int bytes) {
    return switch (bytes) {
      case 1 -> I32_LOAD8_U;
      case 2 -> I32_LOAD16_U;
      case 4 -> I32_LOAD;
      default -> I64_LOAD;
    };
  }

  /** The instruction that stores a number of so many bytes. */
  static int store(int bytes) {
    return switch (bytes) {
      case 1 -> I32_STORE8;
      case 2 -> I32_STORE16;
      case 4 -> I32_STORE;
      default -> I64_STORE;
    };
  }

  /** Pushes the byte behind a range as an i64. */
  void end(int start, int bytes) {
    code.get(start).op(I64_EXTEND_I32_U).get(bytes).op(I64_EXTEND_I32_U).op(I64_ADD);
  }

  /** Pushes how many bytes so many elements take, where that is known to be an i32. */
  void bytes(int count, MemoryForm.Range range) {
    code.get(count);
    if (range.unit() != 1) {
      code.i32(range.unit()).op(I32_MUL);
    }
  }

  /** Pushes how many bytes the guest's memory has, as an i64. */
  void guestSize() {
    if (callee.hasLog()) {
      code.i32(0).memory(I32_LOAD, 2, LOG, UndoLog.PAGES);
    } else {
      code.op(MEMORY_SIZE, GUEST);
    }
    code.op(I64_EXTEND_I32_U).i64(16).op(I64_SHL);
  }

  /** The instruction that loads a scalar from its column. */
  static int columnLoad(ScalarKind kind) {
    return switch (kind.core()) {
      case I64 -> I64_LOAD;
      case F32 -> 0x2a;
      case F64 -> 0x2b;
      default -> I32_LOAD;
    };
  }

  /** The instruction that stores a scalar into its column. */
  static int columnStore(ScalarKind kind) {
    return columnLoad(kind) + I32_STORE - I32_LOAD;
  }

  /** The exponent of the alignment of a column. */
  static int align(ScalarKind kind) {
    return kind.width() == 8 ? 3 : 2;
  }
}
