package io.calcitewasm.component.check;

import io.calcitewasm.component.model.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A component type. {@code importBound} are the resource types that its imports introduce and that
 * instantiation replaces by actual ones; {@code exportBound} those that each instance brings anew
 * (Explainer.md, "Type Checking", universal and existential types).
 */
record ComponentType(
    Map<String, Entity> imports,
    Map<String, Entity> exports,
    List<ResourceType> importBound,
    List<ResourceType> exportBound,
    int size,
    int depth,
    boolean usesResources)
    implements TypeItem {

  static ComponentType of(
      Map<String, Entity> imports,
      Map<String, Entity> exports,
      List<ResourceType> importBound,
      List<ResourceType> exportBound) {
    return new ComponentType(
        Collections.unmodifiableMap(new LinkedHashMap<>(imports)),
        Collections.unmodifiableMap(new LinkedHashMap<>(exports)),
        List.copyOf(importBound),
        List.copyOf(exportBound),
        Math.min(Sizes.MOST + 1, Entity.size(imports) + Entity.size(exports)),
        Math.max(Entity.depth(imports), Entity.depth(exports)),
        imports.values().stream().anyMatch(Entity::usesResources)
            || exports.values().stream().anyMatch(Entity::usesResources));
  }

  @Override
  public String words() {
    return "component type";
  }
}
