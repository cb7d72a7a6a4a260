package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * How the host holds resources that components define. Resources of the host's cross as they are.
 */
public interface GuestResources {

  /** A Java object that owns the resource, or borrows it for the length of a call. */
  Object wrap(ResourceType type, int representation, boolean own);

  /**
   * The representation behind such an object.
   *
   * @param consume whether the object gives up its resource
   * @throws ValueMisfit if the object is none of these, of another type or instance, or used up
   */
  int unwrap(ResourceType type, @Nullable Object value, boolean consume);
}
