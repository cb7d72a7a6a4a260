package io.calcitewasm.policy.document;

/**
 * How much of a text is read.
 *
 * @param bytes its size
 * @param depth how deep values may be nested
 * @param values how many values it may have, keys not counted
 */
public record Bounds(int bytes, int depth, int values) {
  /** 1 MiB, nesting 32, 50,000 values. */
  public static final Bounds DEFAULT = new Bounds(1 << 20, 32, 50_000);

  void checkSize(int length) {
    if (length > bytes) {
      throw new DocumentException("it has " + length + " bytes, more than " + bytes, Place.NOWHERE);
    }
  }

  /** Counts what is read and how deep it lies. */
  final class Meter {
    private int depth;
    private int values;

    void value(Place place) {
      if (++values > Bounds.this.values) {
        throw new DocumentException("it has more than " + Bounds.this.values + " values", place);
      }
    }

    void enter(Place place) {
      value(place);
      if (++depth > Bounds.this.depth) {
        throw new DocumentException(
            "it is nested deeper than " + Bounds.this.depth + " levels", place);
      }
    }

    void leave() {
      depth--;
    }
  }

  Meter meter() {
    return new Meter();
  }
}
