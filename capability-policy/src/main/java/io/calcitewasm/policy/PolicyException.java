package io.calcitewasm.policy;

import org.jspecify.annotations.Nullable;

/** What was declared, granted or limited makes no sense, or does not suffice. */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sqlState;

  /**
   * One refusal.
   *
   * @param sqlState five characters (docs/sql.md, "Errors")
   * @param sentence what the user reads
   */
  public PolicyException(String sqlState, String sentence) {
    this(sqlState, sentence, null);
  }

  /**
   * A refusal with the exception that brought it about.
   *
   * @param sqlState five characters
   * @param sentence what the user reads
   * @param cause for the log, or null
   */
  public PolicyException(String sqlState, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.sqlState = sqlState;
  }

  /** The SQLSTATE, five characters. */
  public String sqlState() {
    return sqlState;
  }
}
