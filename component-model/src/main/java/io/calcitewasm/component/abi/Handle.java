package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a handle table (CanonicalABI.md, {@code ResourceHandle}).
 *
 * <p>The representation is the Java object itself for a resource of the host's, and an {@code
 * Integer} for one that a component defines.
 */
public final class Handle {
  private final ResourceType type;
  private final Object representation;
  private final @Nullable BorrowScope scope;
  private int lends;

  private Handle(ResourceType type, Object representation, @Nullable BorrowScope scope) {
    this.type = type;
    this.representation = representation;
    this.scope = scope;
  }

  /** A handle that owns its resource. */
  public static Handle own(ResourceType type, Object representation) {
    return new Handle(type, representation, null);
  }

  /** A handle for the length of one call. */
  static Handle borrow(ResourceType type, Object representation, BorrowScope scope) {
    scope.borrows++;
    return new Handle(type, representation, scope);
  }

  /** The resource's type. */
  public ResourceType type() {
    return type;
  }

  /** The resource's representation. */
  public Object representation() {
    return representation;
  }

  /** Whether the handle owns the resource. */
  public boolean isOwn() {
    return scope == null;
  }

  /** Tells the call that lent this handle that it has been given back. */
  public void endBorrow() {
    if (scope != null) {
      scope.borrows--;
    }
  }

  void lend() {
    lends++;
  }

  void endLend() {
    lends--;
  }

  void checkNotLent(int index) {
    if (lends > 0) {
      throw new AbiTrap("handle " + index + " of " + type + " is lent to a call under way");
    }
  }

  /** Counts the borrowed handles that a call has still to give back ({@code num_borrows}). */
  static final class BorrowScope {
    private int borrows;

    int borrows() {
      return borrows;
    }
  }
}
