package io.calcitewasm.component.check;

/**
 * What an index in the index space of types stands for (Explainer.md, {@code deftype}), evaluated.
 */
sealed interface TypeItem permits Defined, ResourceRef, FunctionType, InstanceType, ComponentType {

  /** Nodes of the type written out as a tree. */
  int size();

  /** Depth of the type as a tree. */
  int depth();

  /** Whether a resource type occurs in it. */
  boolean usesResources();

  /** What messages call it. */
  String words();
}
