package io.calcitewasm.component;

import io.calcitewasm.component.link.ResourceOwner;
import io.calcitewasm.component.model.ResourceType;

/**
 * The host's handle of a resource that a component defines: an own handle until it is closed or
 * given to a component as {@code own}, or a borrowed one, to be used only during the call that
 * handed it out. Not for several threads at once.
 */
public final class ResourceHandle implements AutoCloseable {
  private final ResourceOwner owner;
  private final ResourceType type;
  private final int representation;
  private final boolean own;
  private boolean gone;

  /** A handle, made by the runtime only. */
  public ResourceHandle(ResourceOwner owner, ResourceType type, int representation, boolean own) {
    this.owner = owner;
    this.type = type;
    this.representation = representation;
    this.own = own;
  }

  /** The resource's type. */
  public ResourceType type() {
    return type;
  }

  /** Whether this handle owns the resource. */
  public boolean isOwn() {
    return own;
  }

  /** Whether it is a handle of this instance's. */
  public boolean belongsTo(ResourceOwner instance) {
    return owner == instance;
  }

  /**
   * The number by which the component knows the resource.
   *
   * @param consume whether this handle gives the resource up
   * @throws IllegalStateException if it has none to give
   */
  public int representation(boolean consume) {
    if (gone) {
      throw new IllegalStateException("the handle of " + type + " has been given up already");
    }
    if (consume) {
      if (!own) {
        throw new IllegalStateException("the handle of " + type + " is only borrowed");
      }
      gone = true;
    }
    return representation;
  }

  /** An own handle of another resource of the same type and instance, by its number. */
  public ResourceHandle another(int number) {
    return new ResourceHandle(owner, type, number, true);
  }

  /**
   * Drops the resource; its destructor runs. Does nothing for a borrowed handle or one given up.
   *
   * @throws TrapException if the destructor traps
   */
  @Override
  public void close() {
    if (own && !gone) {
      gone = true;
      owner.drop(type, representation);
    }
  }

  @Override
  public String toString() {
    return (own ? "own " : "borrow ") + type + " " + representation;
  }
}
