package io.calcitewasm.component.model;

/**
 * A resource type. Resource types are generative (Explainer.md, "Type Checking"): two are the same
 * only when they are the same object, so this class has identity equality.
 */
public final class ResourceType {
  private final String name;

  /**
   * A fresh resource type.
   *
   * @param name what messages call it; it takes no part in equality
   */
  public ResourceType(String name) {
    this.name = name;
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return "resource " + name;
  }
}
