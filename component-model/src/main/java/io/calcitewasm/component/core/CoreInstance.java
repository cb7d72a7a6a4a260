package io.calcitewasm.component.core;

import java.util.Map;

/** Named core externs: what a module instance exports, or externs bundled by a component. */
public interface CoreInstance {

  /**
   * The export of a name.
   *
   * @throws IllegalStateException if there is none; validation has excluded that
   */
  CoreExtern export(String name);

  /** Externs bundled under names (Explainer.md, {@code core:instanceexpr}, inline exports). */
  record Bundle(Map<String, CoreExtern> exports) implements CoreInstance {
    @Override
    public CoreExtern export(String name) {
      CoreExtern extern = exports.get(name);
      if (extern == null) {
        throw new IllegalStateException("no core export \"" + name + "\" in " + exports.keySet());
      }
      return extern;
    }
  }
}
