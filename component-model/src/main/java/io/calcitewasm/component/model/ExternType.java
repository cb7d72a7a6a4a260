package io.calcitewasm.component.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The type of something imported or exported (Explainer.md, {@code externdesc}), evaluated: indices
 * are resolved, aliases followed, type substitutions done.
 */
public sealed interface ExternType {

  /** A function. */
  record Func(FuncType type) implements ExternType {}

  /** A value type under its name. */
  record Type(ValType type) implements ExternType {}

  /** A resource type under its name. */
  record Resource(ResourceType type) implements ExternType {}

  /** An instance: its exports by name, in order of declaration. */
  record Instance(Map<String, ExternType> exports) implements ExternType {
    public Instance {
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }
  }

  /** A component: its imports and exports by name, in order of declaration. */
  record Component(Map<String, ExternType> imports, Map<String, ExternType> exports)
      implements ExternType {
    public Component {
      imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }
  }

  /** A core module. */
  record CoreModule(CoreModuleType type) implements ExternType {}
}
