package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One side of one call (CanonicalABI.md, "Lifting and Lowering Context"): the instance whose values
 * cross, its memory, and the handles borrowed meanwhile.
 */
public final class LiftLowerContext {
  /** Host memory that one list element costs beside its own content. */
  private static final int ELEMENT_COST = 16;

  private final CanonicalOptions options;
  private final InstanceState instance;
  private final GuestResources guestResources;
  private final Handle.BorrowScope borrowScope = new Handle.BorrowScope();
  private final List<Handle> lenders = new ArrayList<>(0);
  private final long maxValueBytes;
  private long valueBytes;
  private @Nullable LiftLowerContext source;
  private @Nullable Set<String> taggedUtf16;

  /**
   * A context for one call.
   *
   * @param maxValueBytes how many bytes of lists and strings may be lifted in it
   */
  public LiftLowerContext(
      CanonicalOptions options,
      InstanceState instance,
      GuestResources guestResources,
      long maxValueBytes) {
    this.options = options;
    this.instance = instance;
    this.guestResources = guestResources;
    this.maxValueBytes = maxValueBytes;
  }

  StringEncoding encoding() {
    return options.encoding();
  }

  /** The values that are lowered from now on were lifted there; without it they are the host's. */
  public void valuesFrom(LiftLowerContext lifted) {
    source = lifted;
  }

  /** Remembers that a guest chose UTF-16 for a string that Latin-1 would have held. */
  void tagUtf16(String text) {
    Set<String> tagged = taggedUtf16;
    if (tagged == null) {
      tagged = Collections.newSetFromMap(new IdentityHashMap<>());
      taggedUtf16 = tagged;
    }
    tagged.add(text);
  }

  /** How a string to be lowered was encoded where it comes from; null if the host made it. */
  @Nullable StringEncoding encodingOfSource() {
    return source == null ? null : source.encoding();
  }

  /** Whether a string to be lowered has been tagged where it comes from. */
  boolean sourceTaggedUtf16(String text) {
    return source != null && source.taggedUtf16 != null && source.taggedUtf16.contains(text);
  }

  HandleTable handles() {
    return instance.handles();
  }

  GuestResources guestResources() {
    return guestResources;
  }

  Handle.BorrowScope borrowScope() {
    return borrowScope;
  }

  /** Lends a handle for as long as the call lasts. */
  void lend(Handle handle) {
    handle.lend();
    lenders.add(handle);
  }

  /** Ends the call's loans ({@code deliver_resolve}). */
  public void endLoans() {
    for (Handle handle : lenders) {
      handle.endLend();
    }
    lenders.clear();
  }

  /**
   * Checks that the callee has given back what it borrowed.
   *
   * @throws AbiTrap if it has not
   */
  public void checkBorrowsReturned() {
    int borrows = borrowScope.borrows();
    if (borrows > 0) {
      throw new AbiTrap("the call returned while it still held " + borrows + " borrowed handle(s)");
    }
  }

  /**
   * Reads the content of a list or string.
   *
   * @param elements for how many list elements the host will hold an object each
   * @throws AbiTrap if the pointer is misaligned or the range leaves the memory
   * @throws ValueTooLarge before anything is copied, if the call has lifted too much
   */
  byte[] readContent(long pointer, long length, long elements, int alignment, String what) {
    checkRange(pointer, length, alignment, what);
    valueBytes += length + elements * ELEMENT_COST;
    if (valueBytes > maxValueBytes) {
      throw new ValueTooLarge(maxValueBytes);
    }
    return copy(pointer, length);
  }

  /**
   * Reads the area of values that are not passed flat.
   *
   * @throws AbiTrap if the pointer is misaligned or the range leaves the memory
   */
  byte[] readArea(long pointer, AbiType type, String what) {
    checkRange(pointer, type.size(), type.alignment(), what);
    return copy(pointer, type.size());
  }

  private byte[] copy(long pointer, long length) {
    byte[] block = new byte[(int) length];
    memory().read(pointer, block);
    return block;
  }

  /** Writes bytes at a pointer that {@link #allocate} or {@link #checkRange} has checked. */
  void write(long pointer, byte[] block) {
    memory().write(pointer, block);
  }

  /** Allocates in the guest ({@code allocate}); always calls, also for nothing. */
  long allocate(int alignment, long length, String what) {
    return reallocate(0, 0, alignment, length, what);
  }

  /** Moves an allocation in the guest ({@code reallocate}). */
  long reallocate(long old, long oldLength, int alignment, long length, String what) {
    CoreFunction realloc = options.realloc();
    if (realloc == null) {
      throw new IllegalStateException("validation let a function without realloc pass");
    }
    instance.setMayLeave(false);
    long pointer = realloc.call(old, oldLength, alignment, length) & 0xffff_ffffL;
    instance.setMayLeave(true);
    check(pointer, length, alignment, "what realloc returned for ", what);
    return pointer;
  }

  /**
   * Checks a pointer of the guest's.
   *
   * @throws AbiTrap if it is misaligned or the range leaves the memory
   */
  void checkRange(long pointer, long length, int alignment, String what) {
    check(pointer, length, alignment, "", what);
  }

  private void check(long pointer, long length, int alignment, String origin, String what) {
    if ((pointer & (alignment - 1)) != 0) {
      throw new AbiTrap(
          origin + what + " is misaligned: pointer " + pointer + " is no multiple of " + alignment);
    }
    long size = memory().size();
    if (pointer + length > size) {
      throw new AbiTrap(
          origin
              + what
              + " is out of bounds: pointer "
              + pointer
              + ", "
              + length
              + " bytes, memory of "
              + size
              + " bytes");
    }
  }

  private CoreMemory memory() {
    @Nullable CoreMemory memory = options.memory();
    if (memory == null) {
      throw new IllegalStateException("validation let a function without memory pass");
    }
    return memory;
  }
}
