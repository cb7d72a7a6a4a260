package io.calcitewasm.component;

import io.calcitewasm.guest.Guests;

/** Guests of the kit on one engine that all tests of a JVM share. */
public final class Guest {
  private static final ComponentEngine ENGINE = ComponentEngine.create();

  private Guest() {}

  /** The engine. */
  public static ComponentEngine engine() {
    return ENGINE;
  }

  /** A guest linked with what the host offers. */
  public static LinkedComponent link(String guest, HostInterface... offers) {
    Linker.Builder linker = Linker.builder();
    for (HostInterface offer : offers) {
      linker.define(offer);
    }
    try {
      return ENGINE.link(Component.read(Guests.bytes(guest)), linker.build());
    } catch (InvalidComponentException | LinkException e) {
      throw new AssertionError(guest, e);
    }
  }

  /** An instance with the default options. */
  public static Instance start(String guest, HostInterface... offers) {
    return link(guest, offers).instantiate(InstanceOptions.DEFAULT);
  }
}
