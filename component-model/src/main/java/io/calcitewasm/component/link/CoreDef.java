package io.calcitewasm.component.link;

import java.util.Map;

/** Where a core function, table, memory or global comes from, known before anything runs. */
sealed interface CoreDef {

  /** An export of a core module instance, by its number in {@link LinkPlan#instantiations()}. */
  record Export(int coreInstance, String name) implements CoreDef {}

  /** A function of the runtime's, by its number in {@link LinkPlan#trampolines()}. */
  record Trampoline(int number) implements CoreDef {}

  /** A core instance. */
  sealed interface Instance {
    /** The definition behind an export. */
    CoreDef export(String name);
  }

  /** An instance of a module. */
  record ModuleInstance(int number) implements Instance {
    @Override
    public CoreDef export(String name) {
      return new Export(number, name);
    }
  }

  /** Definitions bundled under names. */
  record Bundle(Map<String, CoreDef> exports) implements Instance {
    @Override
    public CoreDef export(String name) {
      CoreDef def = exports.get(name);
      if (def == null) {
        throw new IllegalStateException("validation let a missing core export pass: " + name);
      }
      return def;
    }
  }
}
