package io.calcitewasm.component.link;

import io.calcitewasm.component.model.ResourceType;

/** The instance that a resource handle of the host's belongs to. */
public interface ResourceOwner {

  /** Runs the resource's destructor. */
  void drop(ResourceType type, int representation);
}
