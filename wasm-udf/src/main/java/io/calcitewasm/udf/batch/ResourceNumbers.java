package io.calcitewasm.udf.batch;

import io.calcitewasm.component.ResourceHandle;
import org.jspecify.annotations.Nullable;

/**
 * The numbers by which a guest knows its resources, in place of handles: millions of them take
 * little room. All are of one type, and of the instance that the last one is of; who replaces the
 * instance forgets the numbers of the old one. Not for several threads.
 */
public final class ResourceNumbers {
  private @Nullable ResourceHandle any;

  /** The number of a resource; the handle is given up for it. */
  public int number(ResourceHandle handle) {
    any = handle;
    return handle.representation(/* consume= */ true);
  }

  /** A handle of the resource that has a number; where it owns it, one handle alone is used. */
  public ResourceHandle handle(int number) {
    ResourceHandle pattern = any;
    if (pattern == null) {
      throw new IllegalStateException("no resource has a number yet");
    }
    return pattern.another(number);
  }
}
