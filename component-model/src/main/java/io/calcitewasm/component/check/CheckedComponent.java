package io.calcitewasm.component.check;

import io.calcitewasm.component.model.ExternType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What validation has found out about a root component.
 *
 * @param imports types of its imports by name, in the order of the file
 * @param exports types of its exports by name, in the order of the file
 */
public record CheckedComponent(Map<String, ExternType> imports, Map<String, ExternType> exports) {
  public CheckedComponent {
    imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
    exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
  }
}
