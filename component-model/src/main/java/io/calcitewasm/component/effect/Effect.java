package io.calcitewasm.component.effect;

/** A way in which a call can change what the next call sees. */
public enum Effect {
  /** Bytes of a memory. */
  MEMORY("writes memory"),
  /** Mutable globals. */
  GLOBALS("sets globals"),
  /** The size of a memory. */
  GROWTH("grows memory"),
  /** Entries of a table, or its size. */
  TABLES("changes tables"),
  /** Data or element segments that are dropped. */
  SEGMENTS("drops segments"),
  /** Resource handles. */
  HANDLES("uses handles"),
  /** Whatever functions of the host's do. */
  HOST("calls the host");

  private final String words;

  Effect(String words) {
    this.words = words;
  }

  /** What a person reads. */
  public String words() {
    return words;
  }
}
