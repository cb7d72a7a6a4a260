package io.calcitewasm.component.link;

import io.calcitewasm.component.binary.core.CoreModule;

/**
 * A core module to be instantiated: one of the component's own, or one that the host offers. Equal
 * only to itself.
 */
public final class LinkedModule {
  private final byte[] bytes;
  private final CoreModule facts;
  private final long offset;

  /**
   * A validated core module.
   *
   * @param offset where it starts in the component's file; 0 for one of the host's
   */
  public LinkedModule(byte[] bytes, CoreModule facts, long offset) {
    this.bytes = bytes;
    this.facts = facts;
    this.offset = offset;
  }

  /** The binary; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** What it imports, exports and defines. */
  public CoreModule facts() {
    return facts;
  }

  /** Where it starts in the component's file; 0 for one of the host's. */
  public long offset() {
    return offset;
  }
}
