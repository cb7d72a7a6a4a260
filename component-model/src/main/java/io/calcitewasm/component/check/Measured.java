package io.calcitewasm.component.check;

/** What is known of a type as a tree, so that nobody has to walk it again. */
interface Measured {
  /** Nodes of the type written out as a tree. */
  int size();

  /** Depth of the type as a tree. */
  int depth();

  /** Whether a resource type occurs in it. */
  boolean usesResources();
}
