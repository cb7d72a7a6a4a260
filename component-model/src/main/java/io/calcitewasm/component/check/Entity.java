package io.calcitewasm.component.check;

import java.util.Map;

/** What is imported or exported: a type of the sort it has (Explainer.md, {@code externtype}). */
sealed interface Entity extends Measured {

  /** What it is measured by. */
  Measured type();

  /** What messages call it. */
  String words();

  @Override
  default int size() {
    return type().size();
  }

  @Override
  default int depth() {
    return type().depth();
  }

  @Override
  default boolean usesResources() {
    return type().usesResources();
  }

  /** A function. */
  record Func(FunctionType type) implements Entity {
    @Override
    public String words() {
      return "function";
    }
  }

  /** A type. */
  record Type(TypeItem item) implements Entity {
    @Override
    public Measured type() {
      return item;
    }

    @Override
    public String words() {
      return item.words();
    }
  }

  /** An instance; its type binds no resources any more. */
  record Instance(InstanceType type) implements Entity {
    @Override
    public String words() {
      return "instance";
    }
  }

  /** A component. */
  record Component(ComponentType type) implements Entity {
    @Override
    public String words() {
      return "component";
    }
  }

  /** A core module. */
  record Module(ModuleType type) implements Entity {
    @Override
    public String words() {
      return "core module";
    }
  }

  /** Size of all of them together. */
  static int size(Map<String, Entity> entities) {
    return Sizes.sum(entities.values().stream().mapToInt(Entity::size), 0);
  }

  /** Depth of something that holds them. */
  static int depth(Map<String, Entity> entities) {
    return 1 + entities.values().stream().mapToInt(Entity::depth).max().orElse(0);
  }
}
