package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.model.ResourceType;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Finds the resource types that exports name, directly or inside exported instances. */
final class ExplicitResources {
  private ExplicitResources() {}

  static Set<ResourceType> of(Collection<Entity> exports, Progress progress)
      throws InvalidComponentException {
    Set<ResourceType> found = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(exports, found, progress);
    return found;
  }

  private static void collect(
      Collection<Entity> exports, Set<ResourceType> found, Progress progress)
      throws InvalidComponentException {
    progress.spend(exports.size());
    for (Entity export : exports) {
      if (export instanceof Entity.Type type && type.item() instanceof ResourceRef resource) {
        found.add(resource.type());
      } else if (export instanceof Entity.Instance instance && export.usesResources()) {
        collect(instance.type().exports().values(), found, progress);
      }
    }
  }
}
