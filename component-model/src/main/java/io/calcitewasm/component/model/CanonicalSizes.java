package io.calcitewasm.component.model;

/**
 * The arithmetic of values in memory that does not depend on how wide pointers are
 * (CanonicalABI.md, "Alignment", "Element Size").
 */
public final class CanonicalSizes {
  private CanonicalSizes() {}

  /**
   * The next position at an alignment ({@code align_to}).
   *
   * @param alignment a power of two
   */
  public static long aligned(long position, long alignment) {
    return (position + alignment - 1) & -alignment;
  }

  /** Bytes of the discriminant of a type of so many cases ({@code discriminant_type}). */
  public static int discriminant(int cases) {
    return cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;
  }

  /** Bytes of {@code flags} of so many labels. */
  public static int flags(int labels) {
    return labels <= 8 ? 1 : labels <= 16 ? 2 : 4;
  }
}
