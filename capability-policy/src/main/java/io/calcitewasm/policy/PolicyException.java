package io.calcitewasm.policy;

/** What was declared, granted or limited makes no sense, or does not suffice. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sqlState;

  /**
   * One refusal.
   *
   * @param sqlState five characters (SEMANTICS, "Errors")
   * @param sentence what the user reads
   */
  public PolicyException(String sqlState, String sentence) {
    super(sentence);
    this.sqlState = sqlState;
  }

  /** The SQLSTATE, five characters. */
  public String sqlState() {
    return sqlState;
  }
}
