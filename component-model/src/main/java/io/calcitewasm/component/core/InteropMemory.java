package io.calcitewasm.component.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.graalvm.polyglot.Value;

/** A memory through the interop protocol, which can read in bulk but writes eight bytes at most. */
final class InteropMemory implements CoreMemory {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private final Value memory;

  InteropMemory(Value memory) {
    this.memory = memory;
  }

  @Override
  public long size() {
    return memory.getBufferSize();
  }

  @Override
  public void read(long address, byte[] target) {
    if (target.length > 0) {
      memory.readBuffer(address, target, 0, target.length);
    }
  }

  @Override
  public void write(long address, byte[] source) {
    int done = 0;
    for (; done + Long.BYTES <= source.length; done += Long.BYTES) {
      memory.writeBufferLong(LITTLE_ENDIAN, address + done, (long) LONGS.get(source, done));
    }
    for (; done < source.length; done++) {
      memory.writeBufferByte(address + done, source[done]);
    }
  }
}
