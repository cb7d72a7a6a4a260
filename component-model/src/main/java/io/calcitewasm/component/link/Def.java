package io.calcitewasm.component.link;

import io.calcitewasm.component.HostFunction;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.Map;
import java.util.function.Supplier;

/** A definition of a component while it is being linked: what an index of a sort means. */
sealed interface Def {

  /** A function. */
  sealed interface Func extends Def {
    /** The function's type, with the resource types that exist when it runs. */
    FuncType type();
  }

  /**
   * A function of the host's.
   *
   * @param name what messages call it
   */
  record HostFunc(String name, FuncType type, HostFunction function) implements Func {}

  /** A lifted core function, by its number in {@link LinkPlan#lifts()}. */
  record LiftedFunc(int number, FuncType type) implements Func {}

  /** A type. */
  sealed interface Type extends Def {}

  /** A value type. */
  record Value(ValType type) implements Type {}

  /** A function type. */
  record Function(FuncType type) implements Type {}

  /** A resource type. */
  record Resource(ResourceType type) implements Type {}

  /** The type of an instance or component; linking needs nothing of it. */
  record Shape() implements Type {}

  /** A type that is evaluated when it is first needed. */
  final class LazyType implements Def {
    private Supplier<Type> evaluation;
    private boolean done;

    LazyType(Supplier<Type> evaluation) {
      this.evaluation = evaluation;
    }

    Type get() {
      if (!done) {
        Type type = evaluation.get();
        evaluation = () -> type;
        done = true;
      }
      return evaluation.get();
    }
  }

  /** A component and the scope in which it was defined. */
  record Component(ParsedComponent component, LinkScope outer) implements Def {}

  /** An instance: its exports. */
  record Instance(Map<String, Def> exports) implements Def {}

  /** A core module. */
  record Module(LinkedModule module) implements Def {}
}
