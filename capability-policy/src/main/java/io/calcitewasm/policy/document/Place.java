package io.calcitewasm.policy.document;

/**
 * Where something stands in a text.
 *
 * @param line from 1; 0 where the text is not known
 * @param column in characters, from 1
 */
public record Place(int line, int column) {
  /** Of what stands in no text. */
  public static final Place NOWHERE = new Place(0, 0);

  /** {@code line 3, column 5}. */
  @Override
  public String toString() {
    return line == 0 ? "nowhere" : "line " + line + ", column " + column;
  }
}
