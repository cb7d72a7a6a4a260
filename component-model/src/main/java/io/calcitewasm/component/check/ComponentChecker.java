package io.calcitewasm.component.check;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.binary.core.CoreModule;
import java.util.Map;

/** Validates a parsed component. */
public final class ComponentChecker {
  private ComponentChecker() {}

  /**
   * Validates a component and tells the types of its imports and exports.
   *
   * @param coreModules what has been read of each core module of the file, nested ones included
   * @throws InvalidComponentException naming the first defect
   */
  public static CheckedComponent check(
      ParsedComponent root, Map<Definition.CoreModule, CoreModule> coreModules, Caps caps)
      throws InvalidComponentException {
    Progress progress = new Progress();
    ComponentType type = new ScopeChecker(progress, caps, coreModules).component(root, null);
    if (type.size() > Sizes.MOST) {
      throw progress.invalid("the component's type is larger than " + Sizes.MOST + " nodes");
    }
    Census.check(root, progress, caps, coreModules);
    ModelTypes model = new ModelTypes();
    model.learn(type.imports());
    model.learn(type.exports());
    return new CheckedComponent(model.externs(type.imports()), model.externs(type.exports()));
  }
}
