package io.calcitewasm.component.abi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code list<u8>}, carried as {@code byte[]}. */
final class BytesAbi extends AbiType {
  BytesAbi() {
    super(Layout.range());
  }

  @Override
  void forms(int offset, FormList into) {
    into.add(new MemoryForm.Range(offset, 1, 1, List.of()));
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    return lift(cx, Block.getInt(block, at), Block.getInt(block, at + 4));
  }

  @Override
  Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return lift(cx, (int) flat[at], (int) flat[at + 1]);
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    byte[] bytes = bytesOf(value);
    Block.putInt(block, at, (int) write(cx, bytes));
    Block.putInt(block, at + 4, bytes.length);
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    byte[] bytes = bytesOf(value);
    flat[at] = write(cx, bytes);
    flat[at + 1] = bytes.length;
  }

  private static byte[] lift(LiftLowerContext cx, int pointer, int length) {
    long bytes = Integer.toUnsignedLong(length);
    if (bytes > ListAbi.MAX_BYTES) {
      throw new AbiTrap("a list of " + bytes + " bytes is longer than " + ListAbi.MAX_BYTES);
    }
    return cx.readContent(Integer.toUnsignedLong(pointer), bytes, 0, 1, "list");
  }

  private static long write(LiftLowerContext cx, byte[] bytes) {
    long pointer = cx.allocate(1, bytes.length, "a list");
    cx.write(pointer, bytes);
    return pointer;
  }

  private static byte[] bytesOf(@Nullable Object value) {
    if (!(value instanceof byte[] bytes)) {
      throw ValueMisfit.wrongClass("list<u8>", byte[].class, value);
    }
    if (bytes.length > ListAbi.MAX_BYTES) {
      throw new ValueMisfit(
          "a list of " + bytes.length + " bytes is longer than " + ListAbi.MAX_BYTES);
    }
    return bytes;
  }
}
