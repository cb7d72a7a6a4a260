package io.calcitewasm.host.context;

/**
 * The same numbers for every instance: SplitMix64 (Steele, Lea and Flood, 2014) from a fixed seed.
 * Not random at all, and on purpose: a guest without the {@code random} grant is deterministic.
 */
final class FixedSeedRandom implements GuestRandom {
  private static final long SEED = 0x63616c6369746521L; // "calcite!"
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state = SEED;

  @Override
  public long next() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    long word = 0;
    for (int i = 0; i < count; i++) {
      if (i % Long.BYTES == 0) {
        word = next();
      }
      bytes[i] = (byte) word;
      word >>>= Byte.SIZE;
    }
    return bytes;
  }

  long state() {
    return state;
  }

  void setState(long value) {
    state = value;
  }
}
