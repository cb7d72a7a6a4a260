package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import java.util.List;

/**
 * The functions that instrumentation adds to a module with a memory. Memory 0 is the guest's; the
 * layout of the log is {@link UndoLog}'s.
 */
final class UndoCode {
  static final CoreFuncType WORD = new CoreFuncType(List.of(I32), List.of());
  static final CoreFuncType RANGE = new CoreFuncType(List.of(I32, I32), List.of());
  static final CoreFuncType GROW = new CoreFuncType(List.of(I32), List.of(I32));
  static final CoreFuncType SIZE = new CoreFuncType(List.of(), List.of(I32));

  private static final int BLOCK = 0x02;
  private static final int LOOP = 0x03;
  private static final int IF = 0x04;
  private static final int VOID = 0x40;
  private static final int END = 0x0b;
  private static final int BR = 0x0c;
  private static final int BR_IF = 0x0d;
  private static final int RETURN = 0x0f;
  private static final int CALL = 0x10;
  private static final int I32_LOAD = 0x28;
  private static final int I64_LOAD = 0x29;
  private static final int I32_STORE = 0x36;
  private static final int I64_STORE = 0x37;
  private static final int MEMORY_SIZE = 0x3f;
  private static final int MEMORY_GROW = 0x40;
  private static final int I32_EQZ = 0x45;
  private static final int I32_EQ = 0x46;
  private static final int I32_NE = 0x47;
  private static final int I32_GT_U = 0x4b;
  private static final int I32_GE_U = 0x4f;
  private static final int I64_LT_U = 0x54;
  private static final int I64_GT_U = 0x56;
  private static final int I32_ADD = 0x6a;
  private static final int I32_SUB = 0x6b;
  private static final int I32_AND = 0x71;
  private static final int I64_ADD = 0x7c;
  private static final int I64_AND = 0x83;
  private static final int I64_SHL = 0x86;
  private static final int I32_WRAP_I64 = 0xa7;
  private static final int I64_EXTEND_I32_U = 0xad;

  private final int log;
  private final int limit;

  /**
   * Functions over a log.
   *
   * @param log the index of the memory that it is
   * @param pages its size
   */
  UndoCode(int log, int pages) {
    this.log = log;
    this.limit = pages << 16;
  }

  private CodeWriter loadHeader(CodeWriter code, int field) {
    return code.i32(0).memory(I32_LOAD, 2, log, field);
  }

  /**
   * Keeps the 8-byte word that an address lies in. A word outside the memory traps here as the
   * write would.
   */
  private void touch(CodeWriter code, int address, int top) {
    loadHeader(code, UndoLog.TOP).tee(top).i32(limit).op(I32_GE_U).op(IF, VOID);
    code.i32(0).i32(1).memory(I32_STORE, 2, log, UndoLog.OVERFLOW);
    code.op(0x05);
    code.get(top).get(address).i32(-8).op(I32_AND).memory(I32_STORE, 2, log, 0);
    code.get(top).get(address).i32(-8).op(I32_AND).memory(I64_LOAD, 3, 0, 0);
    code.memory(I64_STORE, 3, log, 8);
    code.i32(0).get(top).i32(UndoLog.ENTRY).op(I32_ADD).memory(I32_STORE, 2, log, UndoLog.TOP);
    code.op(END);
  }

  /** {@code (address) -> ()}: keeps one word. */
  byte[] touchWord() {
    CodeWriter code = new CodeWriter();
    touch(code, 0, 1);
    return code.body(List.of(I32));
  }

  /** {@code (address, bytes) -> ()}: keeps a range; does nothing if it leaves the memory. */
  byte[] touchRange(int touchWord) {
    int next = 2;
    int end = 3;
    CodeWriter code = new CodeWriter();
    code.get(1).op(I32_EQZ).op(IF, VOID).op(RETURN).op(END);
    code.get(0).op(I64_EXTEND_I32_U).tee(next).get(1).op(I64_EXTEND_I32_U).op(I64_ADD).tee(end);
    code.op(MEMORY_SIZE, 0).op(I64_EXTEND_I32_U).i64(16).op(I64_SHL).op(I64_GT_U);
    code.op(IF, VOID).op(RETURN).op(END);
    code.get(next).i64(-8).op(I64_AND).set(next);
    code.op(LOOP, VOID);
    code.get(next).op(I32_WRAP_I64).op(CALL, touchWord);
    loadHeader(code, UndoLog.OVERFLOW).op(IF, VOID).op(RETURN).op(END);
    code.get(next).i64(8).op(I64_ADD).tee(next).get(end).op(I64_LT_U).op(BR_IF, 0).op(END);
    return code.body(List.of(I64, I64));
  }

  /**
   * {@code (address, value) -> ()}: keeps what a store overwrites, then stores.
   *
   * @param store the instruction, as it is encoded
   * @param offset what it adds to the address
   * @param size bytes that it writes
   */
  byte[] store(byte[] store, long offset, int size, int touchWord) {
    int address = 2;
    int top = 3;
    CodeWriter code = new CodeWriter();
    // An address that wraps around keeps some other word, unchanged; the store then traps.
    code.get(0).i32((int) offset).op(I32_ADD).set(address);
    touch(code, address, top);
    if (size == 16) {
      code.get(address).i32(8).op(I32_ADD).op(CALL, touchWord);
    }
    if (size > 1) {
      code.get(address).i32(7).op(I32_AND).i32(Math.max(8 - size, 0)).op(I32_GT_U);
      code.op(IF, VOID);
      code.get(address).i32(size - 1).op(I32_ADD).op(CALL, touchWord).op(END);
    }
    code.get(0).get(1).raw(store, 0, store.length);
    return code.body(List.of(I32, I32));
  }

  /** {@code (address, x, bytes) -> ()}: keeps a range, then carries out a bulk instruction. */
  static byte[] bulk(byte[] instruction, int touchRange) {
    return new CodeWriter()
        .get(0)
        .get(2)
        .op(CALL, touchRange)
        .get(0)
        .get(1)
        .get(2)
        .raw(instruction, 0, instruction.length)
        .body(List.of());
  }

  /** {@code () -> pages}: {@code memory.size} as the guest shall see it. */
  byte[] size() {
    return loadHeader(new CodeWriter(), UndoLog.PAGES).body(List.of());
  }

  /**
   * {@code (pages) -> pages}: {@code memory.grow} that takes spare pages first.
   *
   * @param spoiled the global that says that the memory really grew
   */
  byte[] grow(int spoiled) {
    int old = 1;
    int now = 2;
    CodeWriter code = new CodeWriter();
    loadHeader(code, UndoLog.PAGES).tee(old).op(I64_EXTEND_I32_U);
    code.get(0).op(I64_EXTEND_I32_U).op(I64_ADD).tee(now);
    loadHeader(code, UndoLog.MOST_PAGES).op(I64_EXTEND_I32_U).op(I64_GT_U);
    code.op(IF, VOID).i32(-1).op(RETURN).op(END);
    code.get(now).op(MEMORY_SIZE, 0).op(I64_EXTEND_I32_U).op(I64_GT_U).op(IF, VOID);
    code.get(now).op(I32_WRAP_I64).op(MEMORY_SIZE, 0).op(I32_SUB).op(MEMORY_GROW, 0);
    code.i32(-1).op(I32_EQ).op(IF, VOID).i32(-1).op(RETURN).op(END);
    code.i32(1).op(0x24, spoiled).op(END);
    code.i32(0).get(now).op(I32_WRAP_I64).memory(I32_STORE, 2, log, UndoLog.PAGES);
    code.get(old);
    return code.body(List.of(I32, I64));
  }

  /** Empties the log: what is now, is the mark. */
  void mark(CodeWriter code) {
    code.i32(0).i32(UndoLog.FIRST).memory(I32_STORE, 2, log, UndoLog.TOP);
    code.i32(0).i32(0).memory(I32_STORE, 2, log, UndoLog.OVERFLOW);
    code.i32(0);
    loadHeader(code, UndoLog.PAGES).memory(I32_STORE, 2, log, UndoLog.MARKED_PAGES);
  }

  /** Writes all words back, the youngest first. */
  void undo(CodeWriter code, int top) {
    loadHeader(code, UndoLog.TOP).set(top).op(BLOCK, VOID).op(LOOP, VOID);
    code.get(top).i32(UndoLog.FIRST).op(I32_NE).op(I32_EQZ).op(BR_IF, 1);
    code.get(top).i32(UndoLog.ENTRY).op(I32_SUB).tee(top).memory(I32_LOAD, 2, log, 0);
    code.get(top).memory(I64_LOAD, 3, log, 8).memory(I64_STORE, 3, 0, 0);
    code.op(BR, 0).op(END).op(END);
    code.i32(0).i32(UndoLog.FIRST).memory(I32_STORE, 2, log, UndoLog.TOP);
    code.i32(0);
    loadHeader(code, UndoLog.MARKED_PAGES).memory(I32_STORE, 2, log, UndoLog.PAGES);
  }

  /** Pushes whether entries were lost. */
  CodeWriter overflow(CodeWriter code) {
    return loadHeader(code, UndoLog.OVERFLOW);
  }
}
