package io.calcitewasm.component.model;

import io.calcitewasm.component.binary.core.CoreExternType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** A core module: its imports under two names in order, its exports by name. */
  record CoreModule(List<CoreImport> imports, Map<String, CoreExternType> exports)
      implements ExternType {
    public CoreModule {
      imports = List.copyOf(imports);
      exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }
  }

  /** An import of a core module. */
  record CoreImport(String module, String name, CoreExternType type) {}
}
