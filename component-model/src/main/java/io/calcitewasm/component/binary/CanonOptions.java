package io.calcitewasm.component.binary;

import java.util.OptionalInt;

/**
 * Options of a canonical definition (Binary.md, {@code canonopt}); each stands at most once.
 *
 * @param encoding how strings look in memory; UTF-8 unless told
 * @param memory a core memory
 * @param realloc a core function {@code [i32 i32 i32 i32] -> [i32]}
 * @param postReturn a core function that takes the lifted function's core results
 */
public record CanonOptions(
    StringEncoding encoding, OptionalInt memory, OptionalInt realloc, OptionalInt postReturn) {

  /** How strings look in linear memory (CanonicalABI.md, {@code string-encoding}). */
  public enum StringEncoding {
    /** {@code utf8}. */
    UTF8,
    /** {@code utf16}, little endian. */
    UTF16,
    /** {@code latin1+utf16}: the length's top bit tells which. */
    LATIN1_UTF16
  }
}
