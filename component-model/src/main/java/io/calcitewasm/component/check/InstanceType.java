package io.calcitewasm.component.check;

import io.calcitewasm.component.model.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An instance type. {@code bound} are the abstract resource types that it introduces itself: each
 * use of the type for an import or export stands for resource types of its own (Explainer.md, "Type
 * Checking", existential types). The type of an actual instance binds none.
 */
record InstanceType(
    Map<String, Entity> exports,
    List<ResourceType> bound,
    int size,
    int depth,
    boolean usesResources)
    implements TypeItem {

  static InstanceType of(Map<String, Entity> exports, List<ResourceType> bound) {
    return new InstanceType(
        Collections.unmodifiableMap(new LinkedHashMap<>(exports)),
        List.copyOf(bound),
        Entity.size(exports),
        Entity.depth(exports),
        exports.values().stream().anyMatch(Entity::usesResources));
  }

  @Override
  public String words() {
    return "instance type";
  }
}
