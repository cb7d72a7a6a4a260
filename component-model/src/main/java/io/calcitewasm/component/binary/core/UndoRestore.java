package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.UndoCode.BLOCK;
import static io.calcitewasm.component.binary.core.UndoCode.BR;
import static io.calcitewasm.component.binary.core.UndoCode.BR_IF;
import static io.calcitewasm.component.binary.core.UndoCode.ELSE;
import static io.calcitewasm.component.binary.core.UndoCode.END;
import static io.calcitewasm.component.binary.core.UndoCode.I32_ADD;
import static io.calcitewasm.component.binary.core.UndoCode.I32_EQ;
import static io.calcitewasm.component.binary.core.UndoCode.I32_GE_U;
import static io.calcitewasm.component.binary.core.UndoCode.I32_LE_U;
import static io.calcitewasm.component.binary.core.UndoCode.I32_LOAD;
import static io.calcitewasm.component.binary.core.UndoCode.I32_LT_U;
import static io.calcitewasm.component.binary.core.UndoCode.I32_SHL;
import static io.calcitewasm.component.binary.core.UndoCode.I32_STORE;
import static io.calcitewasm.component.binary.core.UndoCode.I32_STORE8;
import static io.calcitewasm.component.binary.core.UndoCode.I32_SUB;
import static io.calcitewasm.component.binary.core.UndoCode.I64_LOAD;
import static io.calcitewasm.component.binary.core.UndoCode.I64_STORE;
import static io.calcitewasm.component.binary.core.UndoCode.IF;
import static io.calcitewasm.component.binary.core.UndoCode.LOOP;
import static io.calcitewasm.component.binary.core.UndoCode.MEMORY_GROW;
import static io.calcitewasm.component.binary.core.UndoCode.MEMORY_SIZE;
import static io.calcitewasm.component.binary.core.UndoCode.RETURN;
import static io.calcitewasm.component.binary.core.UndoCode.VOID;

/**
 * Writes how memory is marked and goes back. The first granules that calls write stay in the log:
 * they go back after every call, so that calls which write where others did before find nothing to
 * do. Now and then the log is emptied, so that granules which are not written any more leave it.
 * Going back makes no calls and asks for no sizes: a loop over rows has it in its midst, and a
 * compiler knows nothing of memories behind either.
 */
final class UndoRestore {
  /** Locals: an entry, the end of the entries, an address. */
  private static final int ENTRY = 0;

  private static final int END_ENTRY = 1;
  private static final int ADDRESS = 2;

  /** How many i32 locals {@link #mark} and {@link #undo} need, from 0. */
  static final int LOCALS = 3;

  private final UndoCode undo;
  private final int log;
  private final int copy;

  /**
   * Code for the module whose memory it is.
   *
   * @param copy the index of the memory that holds the copy
   */
  UndoRestore(UndoCode undo, int copy) {
    this.undo = undo;
    this.log = undo.log;
    this.copy = copy;
  }

  /** Makes the present content the one that {@link #undo} goes back to. */
  void mark(CodeWriter code) {
    code.op(MEMORY_SIZE, 0).op(MEMORY_SIZE, copy).op(I32_SUB).op(MEMORY_GROW, copy).i32(-1);
    code.op(I32_EQ).op(IF, VOID);
    code.i32(0).i32(1).memory(I32_STORE, 2, log, UndoLog.OVERFLOW).op(RETURN).op(END);
    code.i32(0).i32(0).op(MEMORY_SIZE, 0).i32(16).op(I32_SHL).copy(copy, 0);
    code.i32(0).i32(0).op(MEMORY_SIZE, undo.cards).i32(16).op(I32_SHL).fill(undo.cards);
    code.i32(0).i32(UndoLog.FIRST).memory(I32_STORE, 2, log, UndoLog.TOP);
    code.i32(0).op(MEMORY_SIZE, 0).i32(16).op(I32_SHL).i32(UndoLog.GRANULE).op(I32_SUB);
    code.memory(I32_STORE, 2, log, UndoLog.WHOLE);
    code.i32(0);
    undo.loadHeader(code, UndoLog.PAGES).memory(I32_STORE, 2, log, UndoLog.MARKED_PAGES);
  }

  /** Goes back to the content at the mark. */
  void undo(CodeWriter code) {
    undo.loadHeader(code, UndoLog.TOP).set(END_ENTRY);
    eachEntry(code, UndoLog.FIRST, () -> restore(code));
    int hot = UndoLog.FIRST + UndoLog.MOST_HOT * UndoLog.ENTRY;
    code.get(END_ENTRY).i32(hot).op(I32_GE_U).op(IF, VOID);
    eachEntry(code, hot, () -> dropCard(code));
    code.i32(0).i32(hot).memory(I32_STORE, 2, log, UndoLog.TOP).op(END);
  }

  /** Empties the log of a memory that is as it was at the mark. */
  void forget(CodeWriter code) {
    undo.loadHeader(code, UndoLog.TOP).set(END_ENTRY);
    eachEntry(code, UndoLog.FIRST, () -> dropCard(code));
    code.i32(0).i32(UndoLog.FIRST).memory(I32_STORE, 2, log, UndoLog.TOP);
  }

  /** Gives spare pages back, and pushes whether nothing was copied at the mark. */
  void undoGrowth(CodeWriter code) {
    code.i32(0);
    undo.loadHeader(code, UndoLog.MARKED_PAGES).memory(I32_STORE, 2, log, UndoLog.PAGES);
    undo.loadHeader(code, UndoLog.OVERFLOW);
  }

  /** Runs code for each entry from an address on to {@link #END_ENTRY}, which is not before. */
  private void eachEntry(CodeWriter code, int first, Runnable each) {
    code.i32(first).set(ENTRY).op(BLOCK, VOID).op(LOOP, VOID);
    code.get(ENTRY).get(END_ENTRY).op(I32_EQ).op(BR_IF, 1);
    each.run();
    code.get(ENTRY).i32(UndoLog.ENTRY).op(I32_ADD).set(ENTRY).op(BR, 0).op(END).op(END);
  }

  private void address(CodeWriter code) {
    code.get(ENTRY).memory(I32_LOAD, 2, log, 0).i32(UndoLog.GRANULE_SHIFT).op(I32_SHL).set(ADDRESS);
  }

  /** Pushes whether so many bytes from {@link #ADDRESS} on were copied. */
  private void copied(CodeWriter code, int bytes) {
    code.get(ADDRESS).i32(bytes).op(I32_ADD);
    code.op(MEMORY_SIZE, copy).i32(16).op(I32_SHL).op(I32_LE_U);
  }

  /** Brings back the granule of an entry; one that was not there at the mark is none. */
  private void restore(CodeWriter code) {
    address(code);
    code.get(ADDRESS);
    undo.loadHeader(code, UndoLog.WHOLE).op(I32_LT_U).op(IF, VOID);
    restore(code, 0, UndoLog.GRANULE + UndoLog.SLACK);
    code.op(ELSE);
    copied(code, UndoLog.GRANULE);
    code.op(IF, VOID);
    restore(code, 0, UndoLog.GRANULE);
    code.op(END).op(END);
  }

  private void restore(CodeWriter code, int from, int to) {
    for (int i = from; i < to; i += 8) {
      code.get(ADDRESS).get(ADDRESS).memory(I64_LOAD, 3, copy, i).memory(I64_STORE, 3, 0, i);
    }
  }

  private void dropCard(CodeWriter code) {
    code.get(ENTRY).memory(I32_LOAD, 2, log, 0).i32(0);
    code.memory(I32_STORE8, 0, undo.cards, UndoLog.FIRST_CARD);
  }
}
