package io.calcitewasm.host.context;

/** What the host holds on behalf of one instance outside the instance's memory. */
public final class HostMemory {
  /** Bytes that an instance may make the host hold. */
  public static final long LIMIT = 1024 * 1024;

  private long used;
  private long remembered;

  /**
   * Accounts for something the guest has made.
   *
   * @throws io.calcitewasm.component.TrapException it would be more than {@link #LIMIT}
   */
  public void take(long bytes) {
    if (bytes > LIMIT - used) {
      throw GuestTrap.because(
          "the guest made the host hold more than " + LIMIT / 1024 + " KB for it");
    }
    used += bytes;
  }

  /** Accounts for something that is gone. */
  public void give(long bytes) {
    used -= bytes;
  }

  void remember() {
    remembered = used;
  }

  void restore() {
    used = remembered;
  }

  /** Bytes held now. */
  public long used() {
    return used;
  }
}
