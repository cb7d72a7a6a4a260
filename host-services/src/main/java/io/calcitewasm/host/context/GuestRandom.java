package io.calcitewasm.host.context;

/**
 * Where a guest's random numbers come from: a fixed seed, the same for every instance, or the
 * system's secure source where {@code random} is granted.
 */
public interface GuestRandom {

  /** The next 64 bits. */
  long next();

  /**
   * The next bytes.
   *
   * @param count how many
   */
  byte[] bytes(int count);
}
