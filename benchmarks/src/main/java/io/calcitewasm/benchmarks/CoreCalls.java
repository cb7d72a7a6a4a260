package io.calcitewasm.benchmarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Calls a core function as the canonical ABI has it, by hand: strings go through {@code
 * cabi_realloc}, results that do not fit one number come by address, and {@code cabi_post_…} frees
 * them.
 */
final class CoreCalls implements Calls {
  private static final int DECIMAL_OPTION_BYTES = 32;

  private final CoreGuest guest;
  private final CoreGuest.Function ofLongs;
  private final CoreGuest.Function ofInts;
  private final CoreGuest.@Nullable Function allocate;
  private final CoreGuest.@Nullable Function free;

  CoreCalls(CoreGuest guest, String coreName) {
    this.guest = guest;
    ofLongs = guest.ofLongs(coreName);
    ofInts = guest.ofInts(coreName);
    allocate = optional("cabi_realloc");
    free = optional("cabi_post_" + coreName);
  }

  private CoreGuest.@Nullable Function optional(String name) {
    return guest.has(name) ? guest.ofInts(name) : null;
  }

  @Override
  public long number(long... arguments) {
    return ofLongs.call(arguments);
  }

  @Override
  public String text(String argument) {
    byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
    int result = (int) ofInts.call(store(bytes), bytes.length);
    ByteBuffer area = area(result, 8);
    String text = new String(guest.read(area.getInt(0), area.getInt(4)), StandardCharsets.UTF_8);
    free(result);
    return text;
  }

  @Override
  public long compare(String a, String b) {
    byte[] first = a.getBytes(StandardCharsets.UTF_8);
    byte[] second = b.getBytes(StandardCharsets.UTF_8);
    return Integer.toUnsignedLong(
        (int) ofInts.call(store(first), first.length, store(second), second.length));
  }

  @Override
  public @Nullable BigDecimal decimal(String argument) {
    byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
    int result = (int) ofInts.call(store(bytes), bytes.length);
    ByteBuffer area = area(result, DECIMAL_OPTION_BYTES);
    BigDecimal decimal = area.get(0) == 0 ? null : decimal(area);
    free(result);
    return decimal;
  }

  private static BigDecimal decimal(ByteBuffer area) {
    long hi = area.getLong(8);
    long lo = area.getLong(16);
    int scale = area.get(24);
    if (hi == lo >> 63) {
      return BigDecimal.valueOf(lo, scale);
    }
    byte[] bytes = ByteBuffer.allocate(16).putLong(hi).putLong(lo).array();
    return new BigDecimal(new BigInteger(bytes), scale);
  }

  private int store(byte[] bytes) {
    if (allocate == null) {
      throw new IllegalStateException("the module exports no cabi_realloc");
    }
    int address = (int) allocate.call(0, 0, 1, bytes.length);
    guest.write(address, bytes);
    return address;
  }

  private void free(int result) {
    if (free != null) {
      free.call(result);
    }
  }

  private ByteBuffer area(int address, int length) {
    return ByteBuffer.wrap(guest.read(address, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {}
}
