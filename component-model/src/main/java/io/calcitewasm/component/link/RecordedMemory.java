package io.calcitewasm.component.link;

import io.calcitewasm.component.binary.core.UndoLog;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreMemory;

/** A memory whose content is kept before the host overwrites it, and that hides spare pages. */
final class RecordedMemory implements CoreMemory {
  private final CoreMemory memory;
  private final CoreMemory log;
  private final CoreFunction touch;
  private final byte[] pages = new byte[4];

  RecordedMemory(CoreMemory memory, CoreMemory log, CoreFunction touch) {
    this.memory = memory;
    this.log = log;
    this.touch = touch;
  }

  @Override
  public long size() {
    memory.size();
    log.size();
    log.read(UndoLog.PAGES, pages);
    return ((pages[0] & 0xffL)
            | (pages[1] & 0xffL) << 8
            | (pages[2] & 0xffL) << 16
            | (pages[3] & 0xffL) << 24)
        << 16;
  }

  @Override
  public void read(long address, byte[] target) {
    memory.read(address, target);
  }

  @Override
  public void write(long address, byte[] source) {
    touch.call(address, source.length);
    memory.write(address, source);
  }
}
