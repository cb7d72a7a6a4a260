package io.calcitewasm.component.binary.core;

/**
 * Keeps each block of 256 bytes before the first write to it: its address (4 bytes, 4 unused) and
 * its content. A map of one byte per block, behind the log's header, says which were kept. Best
 * where calls write much.
 */
final class BlockUndo extends UndoCode {
  private static final int BLOCK_BYTES = 256;
  private static final int BLOCK_SHIFT = 8;
  private static final int I32_LOAD8_U = 0x2d;
  private static final int I32_STORE8 = 0x3a;

  /** Most pages of the kept blocks: 32 MiB. */
  private static final int MOST_ENTRY_PAGES = 512;

  private final int mapBytes;

  /**
   * A log of blocks.
   *
   * @param mostPages the most pages that the guest's memory can have
   */
  BlockUndo(int log, long mostPages) {
    super(log, BLOCK_BYTES);
    this.mapBytes = Math.toIntExact(mostPages << 16 - BLOCK_SHIFT);
  }

  @Override
  int first() {
    return UndoLog.HEADER + mapBytes;
  }

  @Override
  int entry() {
    return 8 + BLOCK_BYTES;
  }

  @Override
  int pages() {
    return (first() >> 16) + 2;
  }

  @Override
  int mostPages() {
    return pages() + MOST_ENTRY_PAGES;
  }

  /** Pushes the number of the block that an address lies in. */
  private static CodeWriter block(CodeWriter code, int address) {
    return code.get(address).i32(BLOCK_SHIFT).op(I32_SHR_U);
  }

  @Override
  void touch(CodeWriter code, int address, int top, int makeRoom) {
    // The guest's memory is looked at first, so that an address outside of it traps.
    code.get(address).memory(I32_LOAD8_U, 0, 0, 0).op(0x1a);
    block(code, address).memory(I32_LOAD8_U, 0, log, UndoLog.HEADER).op(I32_EQZ).op(IF, VOID);
    hasRoom(code, top, makeRoom);
    code.op(IF, VOID);
    block(code, address).i32(1).memory(I32_STORE8, 0, log, UndoLog.HEADER);
    code.get(top).get(address).i32(-BLOCK_BYTES).op(I32_AND).memory(I32_STORE, 2, log, 0);
    code.get(top).i32(8).op(I32_ADD).get(address).i32(-BLOCK_BYTES).op(I32_AND);
    code.i32(BLOCK_BYTES).copy(log, 0);
    push(code, top);
    code.op(END).op(END);
  }

  @Override
  void rewind(CodeWriter code, int top) {
    eachEntry(
        code,
        top,
        () -> {
          unmap(code, top);
          code.get(top).memory(I32_LOAD, 2, log, 0).get(top).i32(8).op(I32_ADD);
          code.i32(BLOCK_BYTES).copy(0, log);
        });
  }

  @Override
  void forget(CodeWriter code, int top) {
    eachEntry(code, top, () -> unmap(code, top));
  }

  private void unmap(CodeWriter code, int top) {
    code.get(top).memory(I32_LOAD, 2, log, 0).i32(BLOCK_SHIFT).op(I32_SHR_U);
    code.i32(0).memory(I32_STORE8, 0, log, UndoLog.HEADER);
  }
}
