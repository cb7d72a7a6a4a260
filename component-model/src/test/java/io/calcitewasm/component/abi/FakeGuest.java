package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.model.ResourceType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A memory that grows when its allocator needs it to, full of rubbish at first. */
final class FakeGuest implements CoreMemory, CoreFunction, GuestResources {
  private byte[] bytes = new byte[64];
  private int next = 8;
  private int allocations;

  FakeGuest() {
    Arrays.fill(bytes, (byte) 0xa5);
  }

  LiftLowerContext context(StringEncoding encoding) {
    return new LiftLowerContext(
        new CanonicalOptions(encoding, this, this, null), new InstanceState(null), this, 1 << 20);
  }

  /** Makes these bytes the whole memory. */
  void fill(byte[] memory) {
    bytes = memory.clone();
    next = bytes.length;
  }

  int allocations() {
    return allocations;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(long address, byte[] target) {
    System.arraycopy(bytes, (int) address, target, 0, target.length);
  }

  @Override
  public void write(long address, byte[] source) {
    System.arraycopy(source, 0, bytes, (int) address, source.length);
  }

  /** {@code realloc(0, 0, alignment, size)}: never the same place twice. */
  @Override
  public long call(long... arguments) {
    allocations++;
    int alignment = (int) arguments[2];
    int at = (next + alignment - 1) & -alignment;
    next = at + (int) arguments[3];
    if (next > bytes.length) {
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, Math.max(next, 2 * before));
      Arrays.fill(bytes, before, bytes.length, (byte) 0xa5);
    }
    return at;
  }

  @Override
  public Object wrap(ResourceType type, int representation, boolean own) {
    return representation;
  }

  @Override
  public int unwrap(ResourceType type, @Nullable Object value, boolean consume) {
    if (value instanceof Integer representation) {
      return representation;
    }
    throw new ValueMisfit("no representation");
  }
}
