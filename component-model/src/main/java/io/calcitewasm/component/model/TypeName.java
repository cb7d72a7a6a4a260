package io.calcitewasm.component.model;

/**
 * Where a named type comes from: {@code interfaceName} is the extern name of the instance that
 * exports it ({@code calcite:extension/types@0.1.0}, or {@code ""} for a component's root), {@code
 * name} its kebab-case name there.
 */
public record TypeName(String interfaceName, String name) {
  @Override
  public String toString() {
    return interfaceName.isEmpty() ? name : interfaceName + "#" + name;
  }
}
