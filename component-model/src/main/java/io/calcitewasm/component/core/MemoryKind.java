package io.calcitewasm.component.core;

/** Where an engine keeps linear memories. */
public enum MemoryKind {
  /**
   * On the Java heap: cheapest to create and bounded by the heap, so right for instances that live
   * for a call. The host copies out in bulk and in, eight bytes at a time.
   */
  HEAP,
  /**
   * Outside the heap, as direct buffers: the host reads and writes in bulk. Creating one costs
   * three to five times as much, and its memory returns only after garbage collection. Right for
   * instances that live long.
   */
  DIRECT
}
