package io.calcitewasm.component.abi;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the canonical ABI remembers of one component instance (CanonicalABI.md, "Component
 * Instances"): its handles and whether it may be entered and left.
 */
public final class InstanceState {
  private final @Nullable InstanceState parent;
  private final HandleTable handles = new HandleTable();
  private boolean mayEnter = true;
  private boolean mayLeave = true;
  private BooleanSupplier barred = () -> false;

  /**
   * State of a fresh instance.
   *
   * @param parent the instance that instantiated it; null for the root
   */
  public InstanceState(@Nullable InstanceState parent) {
    this.parent = parent;
  }

  /** The table of handles. */
  public HandleTable handles() {
    return handles;
  }

  /**
   * Enters this instance and those of its ancestors that are not the caller's ({@code enter_from}).
   *
   * @param caller the calling instance; null for the host
   * @throws AbiTrap if one of them is already inside a call
   */
  public void enterFrom(@Nullable InstanceState caller) {
    for (InstanceState i = this; i != null && !i.contains(caller); i = i.parent) {
      if (!i.mayEnter) {
        throw new AbiTrap("the component instance cannot be entered: a call is inside it already");
      }
    }
    set(caller, false);
  }

  /** Undoes {@link #enterFrom} ({@code leave_to}). */
  public void leaveTo(@Nullable InstanceState caller) {
    set(caller, true);
  }

  private void set(@Nullable InstanceState caller, boolean value) {
    for (InstanceState i = this; i != null && !i.contains(caller); i = i.parent) {
      i.mayEnter = value;
    }
  }

  private boolean contains(@Nullable InstanceState other) {
    for (InstanceState i = other; i != null; i = i.parent) {
      if (i == this) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks that guest code may call out.
   *
   * @throws AbiTrap during realloc and post-return
   */
  public void checkMayLeave() {
    if (!mayLeave || barred.getAsBoolean()) {
      throw new AbiTrap("the component instance cannot be left during realloc or post-return");
    }
  }

  /** Has guest code asked whether it may call out, by who calls it in a loop of its own. */
  public void barWhile(BooleanSupplier condition) {
    barred = condition;
  }

  /** Forbids or allows guest code to call out. */
  public void setMayLeave(boolean mayLeave) {
    this.mayLeave = mayLeave;
  }
}
