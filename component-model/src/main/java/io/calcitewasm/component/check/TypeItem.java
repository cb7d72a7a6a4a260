package io.calcitewasm.component.check;

/**
 * What an index in the index space of types stands for (Explainer.md, {@code deftype}), evaluated.
 */
sealed interface TypeItem extends Measured
    permits Defined, ResourceRef, FunctionType, InstanceType, ComponentType {

  /** What messages call it. */
  String words();
}
