package io.calcitewasm.component.check;

import java.util.Map;

/** What is imported or exported: a type of the sort it has (Explainer.md, {@code externtype}). */
sealed interface Entity {

  /** Nodes of the type written out as a tree. */
  int size();

  /** Depth of the type as a tree. */
  int depth();

  /** Whether a resource type occurs in it. */
  boolean usesResources();

  /** What messages call it. */
  String words();

  /** A function. */
  record Func(FunctionType type) implements Entity {
    @Override
    public int size() {
      return type.size();
    }

    @Override
    public int depth() {
      return type.depth();
    }

    @Override
    public boolean usesResources() {
      return type.usesResources();
    }

    @Override
    public String words() {
      return "function";
    }
  }

  /** A type. */
  record Type(TypeItem item) implements Entity {
    @Override
    public int size() {
      return item.size();
    }

    @Override
    public int depth() {
      return item.depth();
    }

    @Override
    public boolean usesResources() {
      return item.usesResources();
    }

    @Override
    public String words() {
      return item.words();
    }
  }

  /** An instance; its type binds no resources any more. */
  record Instance(InstanceType type) implements Entity {
    @Override
    public int size() {
      return type.size();
    }

    @Override
    public int depth() {
      return type.depth();
    }

    @Override
    public boolean usesResources() {
      return type.usesResources();
    }

    @Override
    public String words() {
      return "instance";
    }
  }

  /** A component. */
  record Component(ComponentType type) implements Entity {
    @Override
    public int size() {
      return type.size();
    }

    @Override
    public int depth() {
      return type.depth();
    }

    @Override
    public boolean usesResources() {
      return type.usesResources();
    }

    @Override
    public String words() {
      return "component";
    }
  }

  /** A core module. */
  record Module(ModuleType type) implements Entity {
    @Override
    public int size() {
      return type.size();
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public boolean usesResources() {
      return false;
    }

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
