package io.calcitewasm.jdbc.cli.output;

/** The forms in which outcomes are written. */
public enum ResultFormat {
  /** For people. */
  TABLE,
  /** For spreadsheets. */
  CSV,
  /** For programs. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
