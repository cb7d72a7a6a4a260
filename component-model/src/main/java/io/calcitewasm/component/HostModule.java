package io.calcitewasm.component;

import io.calcitewasm.component.binary.core.CoreCaps;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.binary.core.CoreModuleReader;

/** A core module that the host offers to components that import one. Immutable. */
public final class HostModule {
  private final byte[] bytes;
  private final CoreModule facts;

  HostModule(byte[] bytes, CoreModule facts) {
    this.bytes = bytes;
    this.facts = facts;
  }

  /**
   * Reads and validates a core module within the default caps.
   *
   * @param bytes a core module binary; copied
   * @throws InvalidComponentException if it is invalid or uses what is not supported
   */
  public static HostModule read(byte[] bytes) throws InvalidComponentException {
    byte[] own = bytes.clone();
    CoreModule facts = CoreModuleReader.read(own, 0, own.length, CoreCaps.of(Caps.DEFAULT));
    return new HostModule(own, facts);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What it imports, exports and defines. */
  public CoreModule facts() {
    return facts;
  }
}
