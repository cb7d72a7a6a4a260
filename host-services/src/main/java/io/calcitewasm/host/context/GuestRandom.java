package io.calcitewasm.host.context;

/** Where a guest's random numbers come from. */
public interface GuestRandom {

  /** The next 64 bits. */
  long next();

  /** The next so many bytes. */
  byte[] bytes(int count);
}
