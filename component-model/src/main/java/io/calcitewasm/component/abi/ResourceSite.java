package io.calcitewasm.component.abi;

/** Who defines a resource type, seen from the component instance that uses it. */
public enum ResourceSite {
  /** The host. */
  HOST,
  /** The instance itself: it is handed representations instead of borrowed handles. */
  SAME_INSTANCE,
  /** Another component instance. */
  OTHER_INSTANCE
}
