package io.calcitewasm.component.abi;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Little-endian access to bytes copied out of linear memory, or to be copied in. Copying whole
 * values keeps the number of calls into the engine independent of the number of fields.
 */
final class Block {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private Block() {}

  static short getShort(byte[] block, int at) {
    return (short) SHORTS.get(block, at);
  }

  static int getInt(byte[] block, int at) {
    return (int) INTS.get(block, at);
  }

  static long getLong(byte[] block, int at) {
    return (long) LONGS.get(block, at);
  }

  static void putShort(byte[] block, int at, short value) {
    SHORTS.set(block, at, value);
  }

  static void putInt(byte[] block, int at, int value) {
    INTS.set(block, at, value);
  }

  static void putLong(byte[] block, int at, long value) {
    LONGS.set(block, at, value);
  }
}
