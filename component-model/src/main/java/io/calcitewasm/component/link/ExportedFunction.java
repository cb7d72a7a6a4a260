package io.calcitewasm.component.link;

import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.model.FuncType;
import org.jspecify.annotations.Nullable;

/** A function that a root component exports, of any of its instances. */
public final class ExportedFunction {
  private final String name;
  private final Def.Func function;
  private final EffectAnalysis analysis;
  private volatile @Nullable Effects effects;

  ExportedFunction(String name, Def.Func function, EffectAnalysis analysis) {
    this.name = name;
    this.function = function;
    this.analysis = analysis;
  }

  /** {@code interface#function}, or the function's name alone at the root. */
  public String name() {
    return name;
  }

  /** The type with which it runs; its resource types are those of the linked component. */
  public FuncType type() {
    return function.type();
  }

  /** What a call can change; found out when it is first asked for. */
  public Effects effects() {
    Effects found = effects;
    if (found == null) {
      found = analysis.of(function);
      effects = found;
    }
    return found;
  }

  Def.Func function() {
    return function;
  }
}
