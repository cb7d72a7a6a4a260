package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import java.util.List;

/**
 * The functions that instrumentation adds to a module with a memory, for guest code to call. Memory
 * 0 is the guest's; {@link UndoLog} tells what the log and the cards hold.
 */
final class UndoCode {
  static final CoreFuncType RANGE = new CoreFuncType(List.of(I32, I32), List.of());
  static final CoreFuncType BULK = new CoreFuncType(List.of(I32, I32, I32), List.of());
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
  static final int DROP = 0x1a;
  static final int SELECT = 0x1b;
  static final int GLOBAL_SET = 0x24;
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
  static final int I32_EQZ = 0x45;
  static final int I32_EQ = 0x46;
  static final int I32_NE = 0x47;
  static final int I32_LT_U = 0x49;
  static final int I32_GT_S = 0x4a;
  static final int I32_LE_U = 0x4d;
  static final int I32_GE_U = 0x4f;
  static final int I64_EQZ = 0x50;
  static final int I64_GT_U = 0x56;
  static final int I32_ADD = 0x6a;
  static final int I32_SUB = 0x6b;
  static final int I32_AND = 0x71;
  static final int I32_OR = 0x72;
  static final int I32_SHL = 0x74;
  static final int I32_SHR_U = 0x76;
  static final int I64_ADD = 0x7c;
  static final int I64_OR = 0x84;
  static final int I64_XOR = 0x85;
  static final int I64_SHL = 0x86;
  static final int I32_WRAP_I64 = 0xa7;
  static final int I64_EXTEND_I32_U = 0xad;

  /** So many bytes are two words, and less than the slack of a kept granule. */
  private static final int FEW_BYTES = 2 * Long.BYTES;

  /** The index of the memory that is the log. */
  final int log;

  /** The index of the memory that holds the cards. */
  final int cards;

  UndoCode(int log, int cards) {
    this.log = log;
    this.cards = cards;
  }

  CodeWriter loadHeader(CodeWriter code, int field) {
    return code.i32(0).memory(I32_LOAD, 2, log, field);
  }

  /** Pushes the granule of the address on the stack. */
  static CodeWriter granule(CodeWriter code) {
    return code.i32(UndoLog.GRANULE_SHIFT).op(I32_SHR_U);
  }

  /**
   * Sees to it that the granule of the address on the stack goes back with its slack, so that
   * {@link UndoLog#SLACK} bytes from the address on may be written, and one more. An address
   * outside the memory traps here, or is for the write to find. It makes no calls: after one a
   * compiler would know nothing of memories any more.
   *
   * @param granule a local to use
   * @param entry another
   */
  CodeWriter keep(CodeWriter code, int granule, int entry) {
    return keepGranule(granule(code).tee(granule), granule, entry, 0);
  }

  /**
   * The same in a loop, where addresses are often near the ones before: it looks at the card only
   * where the granule is another than in the round before.
   *
   * @param seen a local of this place's own, with the granule of the round before and one more
   */
  CodeWriter keepInLoop(CodeWriter code, int granule, int entry, int seen) {
    granule(code).tee(granule).get(seen).op(I32_NE).op(IF, VOID);
    keepGranule(code.get(granule).tee(seen), granule, entry, 1);
    return code.op(END);
  }

  /**
   * The same for the granule in a local, which is on the stack too, both {@code more} than it is.
   */
  private CodeWriter keepGranule(CodeWriter code, int granule, int entry, int more) {
    int card = UndoLog.FIRST_CARD - more;
    code.memory(I32_LOAD8_U, 0, cards, card).op(I32_EQZ).op(IF, VOID);
    code.get(granule).i32(1).memory(I32_STORE8, 0, cards, card);
    loadHeader(code, UndoLog.TOP).tee(entry).get(granule);
    if (more != 0) {
      code.i32(more).op(I32_SUB);
    }
    code.memory(I32_STORE, 2, log, 0);
    code.i32(0).get(entry).i32(UndoLog.ENTRY).op(I32_ADD).memory(I32_STORE, 2, log, UndoLog.TOP);
    return code.op(END);
  }

  /** {@code (address, bytes) -> ()}: keeps a range; does nothing if it leaves the memory. */
  byte[] touchRange() {
    int granule = 2;
    int last = 3;
    int entry = 4;
    CodeWriter code = new CodeWriter();
    code.get(1).op(I32_EQZ).op(IF, VOID).op(RETURN).op(END);
    code.get(0).op(I64_EXTEND_I32_U).get(1).op(I64_EXTEND_I32_U).op(I64_ADD);
    code.op(MEMORY_SIZE, 0).op(I64_EXTEND_I32_U).i64(16).op(I64_SHL).op(I64_GT_U);
    code.op(IF, VOID).op(RETURN).op(END);
    granule(code.get(0)).set(granule);
    granule(code.get(0).get(1).op(I32_ADD).i32(1).op(I32_SUB)).set(last);
    code.op(LOOP, VOID);
    keepGranule(code.get(granule), granule, entry, 0);
    code.get(granule).i32(1).op(I32_ADD).tee(granule).get(last).op(I32_LE_U).op(BR_IF, 0).op(END);
    return code.body(List.of(I32, I32, I32));
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

  /**
   * {@code (to, from, bytes) -> ()}: {@code memory.copy} within the guest's memory. A few bytes go
   * as two words that may overlap, read before either is written: that is several times quicker.
   */
  byte[] copy(byte[] instruction, int touchRange) {
    int granule = 3;
    int entry = 4;
    CodeWriter code = new CodeWriter();
    code.get(2).i32(1).op(I32_SUB).i32(FEW_BYTES).op(I32_LT_U).op(IF, VOID);
    keep(code.get(0), granule, entry);
    copyEnds(code, Long.BYTES, I64_LOAD, I64_STORE);
    copyEnds(code, Integer.BYTES, I32_LOAD, I32_STORE);
    copyEnds(code, Short.BYTES, I32_LOAD16_U, I32_STORE16);
    code.get(0).get(1).memory(I32_LOAD8_U, 0, 0, 0).memory(I32_STORE8, 0, 0, 0);
    code.op(RETURN).op(END);
    code.get(0).get(2).op(CALL, touchRange);
    code.get(0).get(1).get(2).raw(instruction, 0, instruction.length);
    return code.body(List.of(I32, I32));
  }

  /** If there are enough bytes for a word, copies the first and the last word of them. */
  private static void copyEnds(CodeWriter code, int word, int load, int store) {
    code.get(2).i32(word).op(I32_GE_U).op(IF, VOID);
    code.get(0).get(1).memory(load, 0, 0, 0);
    lastWord(code.get(0), word);
    lastWord(code.get(1), word).memory(load, 0, 0, 0);
    code.memory(store, 0, 0, 0).memory(store, 0, 0, 0);
    code.op(RETURN).op(END);
  }

  /** Adds to an address where the last word of the bytes is. */
  private static CodeWriter lastWord(CodeWriter code, int word) {
    return code.get(2).op(I32_ADD).i32(word).op(I32_SUB);
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
    grow(code, cards, now, UndoLog.PAGE_SHIFT, UndoLog.FIRST_CARD);
    grow(code, log, now, UndoLog.PAGE_SHIFT + 2, UndoLog.FIRST);
    code.get(now).op(I32_WRAP_I64).op(MEMORY_SIZE, 0).op(I32_SUB).op(MEMORY_GROW, 0);
    code.i32(-1).op(I32_EQ).op(IF, VOID).i32(-1).op(RETURN).op(END);
    code.i32(1).op(GLOBAL_SET, spoiled).op(END);
    code.i32(0).get(now).op(I32_WRAP_I64).memory(I32_STORE, 2, log, UndoLog.PAGES);
    code.get(old);
    return code.body(List.of(I32, I64));
  }

  /** Makes a memory large enough for the granules of {@code pages}, or lets growing fail. */
  private static void grow(CodeWriter code, int memory, int pages, int shift, int header) {
    int more = 0;
    code.get(pages).op(I32_WRAP_I64).i32(shift).op(I32_SHL).i32(header);
    code.op(I32_ADD).i32(16).op(I32_SHR_U).i32(1).op(I32_ADD);
    code.op(MEMORY_SIZE, memory).op(I32_SUB).tee(more).i32(0).op(I32_GT_S).op(IF, VOID);
    code.get(more).op(MEMORY_GROW, memory).i32(-1).op(I32_EQ);
    code.op(IF, VOID).i32(-1).op(RETURN).op(END).op(END);
  }
}
