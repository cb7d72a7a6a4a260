package io.calcitewasm.component;

import org.jspecify.annotations.Nullable;

/**
 * What an instance may use and whom it belongs to.
 *
 * @param memoryBytes most bytes that its memories may hold together
 * @param userData the host's own object, found again at {@link Instance#userData()}
 * @param valueBytes most bytes of lists and strings that one call may hand to the host
 * @param resettable whether {@link Instance#reset} shall work: the guest's writes are recorded then
 */
public record InstanceOptions(
    long memoryBytes, @Nullable Object userData, long valueBytes, boolean resettable) {
  /** 128 MiB of memory, values of 64 MiB, no user data, not resettable. */
  public static final InstanceOptions DEFAULT =
      new InstanceOptions(128L << 20, null, 64L << 20, false);

  public InstanceOptions {
    if (memoryBytes < 0 || valueBytes < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }

  /** Options with the default limit on values. */
  public InstanceOptions(long memoryBytes, @Nullable Object userData) {
    this(memoryBytes, userData, DEFAULT.valueBytes, false);
  }

  /** The same options with another limit on values, in bytes. */
  public InstanceOptions withValueBytes(long bytes) {
    return new InstanceOptions(memoryBytes, userData, bytes, resettable);
  }

  /** The same options with another limit on memories, in bytes. */
  public InstanceOptions withMemoryBytes(long bytes) {
    return new InstanceOptions(bytes, userData, valueBytes, resettable);
  }

  /** The same options with other user data. */
  public InstanceOptions withUserData(@Nullable Object data) {
    return new InstanceOptions(memoryBytes, data, valueBytes, resettable);
  }

  /** The same options for an instance that can be reset. */
  public InstanceOptions withReset() {
    return new InstanceOptions(memoryBytes, userData, valueBytes, true);
  }
}
