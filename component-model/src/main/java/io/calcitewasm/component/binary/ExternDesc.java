package io.calcitewasm.component.binary;

/**
 * The type of an import or export, by index (Binary.md, {@code externtype}). Values are a gated
 * feature that the reader refuses.
 */
public sealed interface ExternDesc {

  /** The sort of what is imported or exported. */
  Sort sort();

  /** {@code (core module (type coreType))}. */
  record CoreModule(int coreType) implements ExternDesc {
    @Override
    public Sort sort() {
      return Sort.CORE_MODULE;
    }
  }

  /** {@code (func (type type))}. */
  record Func(int type) implements ExternDesc {
    @Override
    public Sort sort() {
      return Sort.FUNC;
    }
  }

  /** {@code (type (eq type))}. */
  record TypeEq(int type) implements ExternDesc {
    @Override
    public Sort sort() {
      return Sort.TYPE;
    }
  }

  /** {@code (type (sub resource))}: a fresh abstract resource type. */
  record SubResource() implements ExternDesc {
    @Override
    public Sort sort() {
      return Sort.TYPE;
    }
  }

  /** {@code (component (type type))}. */
  record Component(int type) implements ExternDesc {
    @Override
    public Sort sort() {
      return Sort.COMPONENT;
    }
  }

  /** {@code (instance (type type))}. */
  record Instance(int type) implements ExternDesc {
    @Override
    public Sort sort() {
      return Sort.INSTANCE;
    }
  }
}
