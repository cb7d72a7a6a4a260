package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handles of one component instance (CanonicalABI.md, "Table State"). Index 0 is never a
 * handle; freed indices are used again, last freed first.
 */
public final class HandleTable {
  /**
   * The specification allows 2²⁸−1; the host holds an object for each, so a guest that loops over
   * resource.new must stop earlier.
   */
  static final int MAX_HANDLES = 1 << 20;

  private final List<@Nullable Handle> entries = new ArrayList<>();
  private final List<Integer> free = new ArrayList<>();

  /** How many entries there were at the mark. */
  private int markedEntries;

  private List<Integer> markedFree = List.of();
  private boolean changed;
  private boolean markedHandleRemoved;

  HandleTable() {
    entries.add(null);
  }

  /**
   * Adds a handle.
   *
   * @return its index, from 1
   * @throws AbiTrap if too many are alive
   */
  public int add(Handle handle) {
    changed = true;
    if (!free.isEmpty()) {
      int index = free.removeLast();
      entries.set(index, handle);
      return index;
    }
    if (entries.size() > MAX_HANDLES) {
      throw new AbiTrap("more than " + MAX_HANDLES + " handles are alive");
    }
    entries.add(handle);
    return entries.size() - 1;
  }

  /**
   * The handle at an index.
   *
   * @throws AbiTrap if there is none or it is of another resource type
   */
  public Handle get(int index, ResourceType type) {
    Handle handle = index > 0 && index < entries.size() ? entries.get(index) : null;
    if (handle == null) {
      throw new AbiTrap("unknown handle " + Integer.toUnsignedString(index));
    }
    if (handle.type() != type) {
      throw new AbiTrap("handle " + index + " is of " + handle.type() + ", not of " + type);
    }
    return handle;
  }

  /**
   * Removes the handle at an index.
   *
   * @throws AbiTrap if there is none, it is of another resource type or lent
   */
  public Handle remove(int index, ResourceType type) {
    Handle handle = get(index, type);
    handle.checkNotLent(index);
    changed = true;
    markedHandleRemoved |= index < markedEntries && !markedFree.contains(index);
    entries.set(index, null);
    free.add(index);
    return handle;
  }

  /** How many handles are alive. */
  public int size() {
    return entries.size() - 1 - free.size();
  }

  /** Keeps the present handles for {@link #reset}. */
  public void mark() {
    markedEntries = entries.size();
    markedFree = List.copyOf(free);
    changed = false;
  }

  /**
   * Goes back to the handles at the mark.
   *
   * @return false if one of them was removed: its resource has been destroyed
   */
  public boolean reset() {
    if (markedHandleRemoved) {
      return false;
    }
    if (changed) {
      entries.subList(markedEntries, entries.size()).clear();
      free.clear();
      free.addAll(markedFree);
      for (int index : markedFree) {
        entries.set(index, null);
      }
      changed = false;
    }
    return true;
  }
}
