package io.calcitewasm.component.check;

import io.calcitewasm.component.model.ResourceType;

/**
 * A resource type under one of its names. Two references to one resource type are the same type but
 * not the same name: each import and export makes a reference of its own, and only some of them are
 * visible from outside (Explainer.md, "External Visibility of Types"). Hence identity equality.
 */
final class ResourceRef implements TypeItem {
  private final ResourceType type;

  ResourceRef(ResourceType type) {
    this.type = type;
  }

  ResourceType type() {
    return type;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public boolean usesResources() {
    return true;
  }

  @Override
  public String words() {
    return "resource type";
  }
}
