package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import java.util.List;

/**
 * The functions that instrumentation adds to a module with a memory. Memory 0 is the guest's; the
 * layout of the log's header is {@link UndoLog}'s. What an entry of the log is, subclasses say.
 */
abstract sealed class UndoCode permits WordUndo, BlockUndo {
  static final CoreFuncType WORD = new CoreFuncType(List.of(I32), List.of());
  static final CoreFuncType RANGE = new CoreFuncType(List.of(I32, I32), List.of());
  static final CoreFuncType GROW = new CoreFuncType(List.of(I32), List.of(I32));
  static final CoreFuncType SIZE = new CoreFuncType(List.of(), List.of(I32));

  static final int BLOCK = 0x02;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int ELSE = 0x05;
  static final int VOID = 0x40;
  static final int END = 0x0b;
  static final int BR = 0x0c;
  static final int BR_IF = 0x0d;
  static final int RETURN = 0x0f;
  static final int CALL = 0x10;
  static final int I32_LOAD = 0x28;
  static final int I64_LOAD = 0x29;
  static final int I32_STORE = 0x36;
  static final int I64_STORE = 0x37;
  static final int MEMORY_SIZE = 0x3f;
  static final int MEMORY_GROW = 0x40;
  static final int I32_EQZ = 0x45;
  static final int I32_EQ = 0x46;
  static final int I32_GT_U = 0x4b;
  static final int I32_LE_U = 0x4d;
  static final int I64_LT_U = 0x54;
  static final int I64_GT_U = 0x56;
  static final int I32_ADD = 0x6a;
  static final int I32_SUB = 0x6b;
  static final int I32_AND = 0x71;
  static final int I32_SHL = 0x74;
  static final int I32_SHR_U = 0x76;
  static final int I64_ADD = 0x7c;
  static final int I64_AND = 0x83;
  static final int I64_SHL = 0x86;
  static final int I32_WRAP_I64 = 0xa7;
  static final int I64_EXTEND_I32_U = 0xad;

  /** The index of the memory that is the log. */
  final int log;

  private final int granule;

  /**
   * Functions over a log.
   *
   * @param log the index of the memory that it is
   * @param granule bytes that are kept together, a power of two
   */
  UndoCode(int log, int granule) {
    this.log = log;
    this.granule = granule;
  }

  final CodeWriter loadHeader(CodeWriter code, int field) {
    return code.i32(0).memory(I32_LOAD, 2, log, field);
  }

  /**
   * Keeps the granule that an address lies in. One outside the memory traps here as the write
   * would.
   *
   * @param address the local that holds the address
   * @param top a local to use
   * @param makeRoom the function of {@link #makeRoom}
   */
  abstract void touch(CodeWriter code, int address, int top, int makeRoom);

  /** Writes everything back, the youngest first. */
  abstract void rewind(CodeWriter code, int top);

  /** Byte offset of the first entry. */
  abstract int first();

  /** Bytes of an entry. */
  abstract int entry();

  /** Pages of the log at first. */
  abstract int pages();

  /** Most pages of the log. */
  abstract int mostPages();

  /** {@code () -> i32}: makes room for an entry; 0 if the log cannot grow any more. */
  byte[] makeRoom() {
    CodeWriter code = new CodeWriter();
    code.op(MEMORY_SIZE, log).op(MEMORY_GROW, log).i32(-1).op(I32_EQ).op(IF, VOID);
    code.i32(1).op(MEMORY_GROW, log).i32(-1).op(I32_EQ).op(IF, VOID);
    code.i32(0).i32(1).memory(I32_STORE, 2, log, UndoLog.OVERFLOW);
    code.i32(0).op(RETURN).op(END).op(END);
    code.i32(0).op(MEMORY_SIZE, log).i32(16).op(I32_SHL);
    code.memory(I32_STORE, 2, log, UndoLog.LIMIT);
    code.i32(1);
    return code.body(List.of());
  }

  /** Pushes whether the log has room for an entry at {@code top}, or could be given some. */
  final void hasRoom(CodeWriter code, int top, int makeRoom) {
    loadHeader(code, UndoLog.TOP).tee(top).i32(entry()).op(I32_ADD);
    loadHeader(code, UndoLog.LIMIT).op(I32_LE_U).op(IF, I32.opcode());
    code.i32(1).op(ELSE).op(CALL, makeRoom).op(END);
  }

  /** Takes the entry at {@code top} into use. */
  final void push(CodeWriter code, int top) {
    code.i32(0).get(top).i32(entry()).op(I32_ADD).memory(I32_STORE, 2, log, UndoLog.TOP);
  }

  /** {@code (address) -> ()}: keeps one granule. */
  byte[] touchOne(int makeRoom) {
    CodeWriter code = new CodeWriter();
    touch(code, 0, 1, makeRoom);
    return code.body(List.of(I32));
  }

  /** {@code (address, bytes) -> ()}: keeps a range; does nothing if it leaves the memory. */
  byte[] touchRange(int touchOne) {
    int next = 2;
    int end = 3;
    CodeWriter code = new CodeWriter();
    code.get(1).op(I32_EQZ).op(IF, VOID).op(RETURN).op(END);
    code.get(0).op(I64_EXTEND_I32_U).tee(next).get(1).op(I64_EXTEND_I32_U).op(I64_ADD).tee(end);
    code.op(MEMORY_SIZE, 0).op(I64_EXTEND_I32_U).i64(16).op(I64_SHL).op(I64_GT_U);
    code.op(IF, VOID).op(RETURN).op(END);
    code.get(next).i64(-granule).op(I64_AND).set(next);
    code.op(LOOP, VOID);
    code.get(next).op(I32_WRAP_I64).op(CALL, touchOne);
    loadHeader(code, UndoLog.OVERFLOW).op(IF, VOID).op(RETURN).op(END);
    code.get(next).i64(granule).op(I64_ADD).tee(next).get(end).op(I64_LT_U).op(BR_IF, 0).op(END);
    return code.body(List.of(I64, I64));
  }

  /**
   * {@code (address, value) -> ()}: keeps what a store overwrites, then stores.
   *
   * @param store the instruction, as it is encoded
   * @param offset what it adds to the address
   * @param size bytes that it writes
   */
  byte[] store(byte[] store, long offset, int size, int touchOne, int makeRoom) {
    int address = 2;
    int top = 3;
    CodeWriter code = new CodeWriter();
    // An address that wraps around keeps some other word, unchanged; the store then traps.
    code.get(0).i32((int) offset).op(I32_ADD).set(address);
    touch(code, address, top, makeRoom);
    for (int further = granule; further < size; further += granule) {
      code.get(address).i32(further).op(I32_ADD).op(CALL, touchOne);
    }
    if (size > 1) {
      code.get(address).i32(granule - 1).op(I32_AND).i32(Math.max(granule - size, 0));
      code.op(I32_GT_U).op(IF, VOID);
      code.get(address).i32(size - 1).op(I32_ADD).op(CALL, touchOne).op(END);
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
  void mark(CodeWriter code, int top) {
    forget(code, top);
    code.i32(0).i32(first()).memory(I32_STORE, 2, log, UndoLog.TOP);
    code.i32(0).i32(0).memory(I32_STORE, 2, log, UndoLog.OVERFLOW);
    code.i32(0);
    loadHeader(code, UndoLog.PAGES).memory(I32_STORE, 2, log, UndoLog.MARKED_PAGES);
  }

  /** Lets go of entries without writing them back. */
  abstract void forget(CodeWriter code, int top);

  /** Goes back to the mark. */
  void undo(CodeWriter code, int top) {
    rewind(code, top);
    code.i32(0).i32(first()).memory(I32_STORE, 2, log, UndoLog.TOP);
    code.i32(0);
    loadHeader(code, UndoLog.MARKED_PAGES).memory(I32_STORE, 2, log, UndoLog.PAGES);
  }

  /** Runs code for each entry, the youngest first, with {@code top} being its address. */
  final void eachEntry(CodeWriter code, int top, Runnable entry) {
    loadHeader(code, UndoLog.TOP).set(top).op(BLOCK, VOID).op(LOOP, VOID);
    code.get(top).i32(first()).op(I32_EQ).op(BR_IF, 1);
    code.get(top).i32(entry()).op(I32_SUB).set(top);
    entry.run();
    code.op(BR, 0).op(END).op(END);
  }

  /** Pushes whether entries were lost. */
  CodeWriter overflow(CodeWriter code) {
    return loadHeader(code, UndoLog.OVERFLOW);
  }
}
