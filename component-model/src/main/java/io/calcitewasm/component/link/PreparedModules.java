package io.calcitewasm.component.link;

import java.util.List;

/**
 * The core modules of a component, in the order of {@link Linkage#modules()}.
 *
 * @param undoable whether instances of them can be undone
 */
public record PreparedModules(List<PreparedModule> modules, boolean undoable) {
  public PreparedModules {
    modules = List.copyOf(modules);
  }

  PreparedModule get(int number) {
    return modules.get(number);
  }
}
