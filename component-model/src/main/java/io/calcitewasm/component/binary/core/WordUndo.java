package io.calcitewasm.component.binary.core;

/**
 * Keeps each 8-byte word before each write: its address (4 bytes, 4 unused) and its content. Best
 * where calls write little.
 */
final class WordUndo extends UndoCode {
  private static final int WORD = 8;

  WordUndo(int log) {
    super(log, WORD);
  }

  @Override
  int first() {
    return UndoLog.HEADER;
  }

  @Override
  int entry() {
    return 16;
  }

  @Override
  int pages() {
    return 1;
  }

  @Override
  int mostPages() {
    return 16;
  }

  @Override
  void touch(CodeWriter code, int address, int top, int makeRoom) {
    hasRoom(code, top, makeRoom);
    code.op(IF, VOID);
    code.get(top).get(address).i32(-WORD).op(I32_AND).memory(I32_STORE, 2, log, 0);
    code.get(top).get(address).i32(-WORD).op(I32_AND).memory(I64_LOAD, 3, 0, 0);
    code.memory(I64_STORE, 3, log, 8);
    push(code, top);
    code.op(END);
  }

  @Override
  void rewind(CodeWriter code, int top) {
    eachEntry(
        code,
        top,
        () -> {
          code.get(top).memory(I32_LOAD, 2, log, 0);
          code.get(top).memory(I64_LOAD, 3, log, 8).memory(I64_STORE, 3, 0, 0);
        });
  }

  @Override
  void forget(CodeWriter code, int top) {}
}
