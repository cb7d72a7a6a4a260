package io.calcitewasm.component.check;

import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.model.CoreModuleType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A core module type: imports under two names, exports under one. */
record ModuleType(Map<ImportName, CoreExternType> imports, Map<String, CoreExternType> exports)
    implements CoreTypeItem, CoreModuleType, Measured {
  ModuleType {
    imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
    exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
  }

  @Override
  public int size() {
    return (int) Math.min(Sizes.MOST + 1L, 1L + imports.size() + exports.size());
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public boolean usesResources() {
    return false;
  }

  /** The two names of a core import. */
  record ImportName(String module, String name) {
    @Override
    public String toString() {
      return "\"" + module + "\" \"" + name + "\"";
    }
  }
}
