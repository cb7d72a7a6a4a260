package io.calcitewasm.component.link;

import io.calcitewasm.component.model.FuncType;

/** A function that a root component exports, of any of its instances. */
public final class ExportedFunction {
  private final String name;
  private final Def.Func function;

  ExportedFunction(String name, Def.Func function) {
    this.name = name;
    this.function = function;
  }

  /** {@code interface#function}, or the function's name alone at the root. */
  public String name() {
    return name;
  }

  /** The type with which it runs; its resource types are those of the linked component. */
  public FuncType type() {
    return function.type();
  }

  Def.Func function() {
    return function;
  }
}
