package io.calcitewasm.component;

import org.jspecify.annotations.Nullable;

/**
 * What an instance may use and whom it belongs to.
 *
 * @param memoryBytes most bytes that its memories may hold together
 * @param userData the host's own object, found again at {@link Instance#userData()}
 * @param valueBytes most bytes of lists and strings that one call may hand to the host
 * @param life for how many calls it is made
 */
public record InstanceOptions(
    long memoryBytes, @Nullable Object userData, long valueBytes, Life life) {
  /** For how many calls an instance is made. */
  public enum Life {
    /** One or few: it is cheap to make, and its functions are not called in row loops. */
    ONE_CALL,
    /** Many, and each sees what those before it left. */
    MANY_CALLS,
    /** Many, and {@link Instance#reset} works: the guest's writes are recorded. */
    MANY_RESETS
  }

  /** 128 MiB of memory, values of 64 MiB, no user data, for one call. */
  public static final InstanceOptions DEFAULT =
      new InstanceOptions(128L << 20, null, 64L << 20, Life.ONE_CALL);

  public InstanceOptions {
    if (memoryBytes < 0 || valueBytes < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }

  /** Options with the default limit on values. */
  public InstanceOptions(long memoryBytes, @Nullable Object userData) {
    this(memoryBytes, userData, DEFAULT.valueBytes, Life.ONE_CALL);
  }

  /** The same options with another limit on values, in bytes. */
  public InstanceOptions withValueBytes(long bytes) {
    return new InstanceOptions(memoryBytes, userData, bytes, life);
  }

  /** The same options with another limit on memories, in bytes. */
  public InstanceOptions withMemoryBytes(long bytes) {
    return new InstanceOptions(bytes, userData, valueBytes, life);
  }

  /** The same options with other user data. */
  public InstanceOptions withUserData(@Nullable Object data) {
    return new InstanceOptions(memoryBytes, data, valueBytes, life);
  }

  /** The same options for an instance that can be reset. */
  public InstanceOptions withReset() {
    return new InstanceOptions(memoryBytes, userData, valueBytes, Life.MANY_RESETS);
  }

  /** The same options for an instance that lives for many calls and is never reset. */
  public InstanceOptions withManyCalls() {
    return new InstanceOptions(memoryBytes, userData, valueBytes, Life.MANY_CALLS);
  }

  /** Whether {@link Instance#reset} shall work. */
  public boolean resettable() {
    return life == Life.MANY_RESETS;
  }
}
