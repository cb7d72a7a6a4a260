package io.calcitewasm.host.context;

import java.security.SecureRandom;

/** Cryptographically secure numbers, for modules with the {@code random} grant. */
final class SystemRandom implements GuestRandom {
  private final SecureRandom random = new SecureRandom();

  @Override
  public long next() {
    return random.nextLong();
  }

  @Override
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
