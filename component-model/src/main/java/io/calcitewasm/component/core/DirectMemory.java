package io.calcitewasm.component.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.graalvm.polyglot.Value;

/** A memory through the direct buffer behind it, fetched again after each growth. */
final class DirectMemory implements CoreMemory {
  private final Value memory;
  private final Value asByteBuffer;
  private ByteBuffer bytes;

  DirectMemory(Value memory, Value asByteBuffer) {
    this.memory = memory;
    this.asByteBuffer = asByteBuffer;
    this.bytes = asByteBuffer.execute(memory).asHostObject();
  }

  @Override
  public long size() {
    // A memory only ever grows, and growing replaces the buffer.
    if (memory.getBufferSize() != bytes.capacity()) {
      bytes = asByteBuffer.execute(memory).asHostObject();
    }
    return bytes.capacity();
  }

  @Override
  public void read(long address, byte[] target) {
    bytes.get((int) address, target);
  }

  @Override
  public void write(long address, byte[] source) {
    bytes.put((int) address, source);
  }

  @Override
  public Optional<ByteBuffer> direct() {
    return Optional.of(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }
}
