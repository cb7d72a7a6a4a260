package io.calcitewasm.component.abi;

import org.jspecify.annotations.Nullable;

/**
 * A value type compiled for the canonical ABI of one component instance: its layout, and how its
 * values are lifted and lowered, through memory ({@code load}, {@code store}) and as flat core
 * values ({@code liftFlat}, {@code lowerFlat}). What the Java values are is told at {@link
 * io.calcitewasm.component.model.ValType}.
 */
abstract class AbiType {
  private final Layout layout;

  AbiType(Layout layout) {
    this.layout = layout;
  }

  final Layout layout() {
    return layout;
  }

  final int size() {
    return layout.size();
  }

  final int alignment() {
    return layout.alignment();
  }

  /** How many core values a value takes; only for types that are passed flat. */
  final int flatCount() {
    return layout.flat().count();
  }

  /** Adds what the bytes of a value consist of that stands at an offset. */
  abstract void forms(int offset, FormList into);

  /** Lifts the value that stands at {@code at} in bytes copied from memory. */
  abstract Object load(LiftLowerContext cx, byte[] block, int at);

  /** Lowers a value into bytes that will be copied to memory. */
  abstract void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at);

  /** Lifts the value whose core values start at {@code at}. */
  abstract Object liftFlat(LiftLowerContext cx, long[] flat, int at);

  /** Lowers a value to core values from {@code at} on. */
  abstract void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at);
}
