package io.calcitewasm.udf;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user of SQL is to see: a stable SQLSTATE (docs/sql.md, "Errors") and one
 * sentence that names the thing and the place.
 */
public final class SqlError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sqlState;
  private final String module;

  /**
   * A failure without an exception behind it.
   *
   * @param sqlState five characters
   * @param sentence what the user reads
   */
  public SqlError(String sqlState, String sentence) {
    this(sqlState, sentence, null);
  }

  /**
   * A failure with the exception that brought it about.
   *
   * @param sqlState five characters
   * @param sentence what the user reads
   * @param cause for the log, or null
   */
  public SqlError(String sqlState, String sentence, @Nullable Throwable cause) {
    this(sqlState, sentence, cause, "");
  }

  /**
   * A failure of a module.
   *
   * @param sqlState five characters
   * @param sentence what the user reads
   * @param cause for the log, or null
   * @param module the module's name
   */
  public SqlError(String sqlState, String sentence, @Nullable Throwable cause, String module) {
    super(sentence, cause);
    this.sqlState = sqlState;
    this.module = module;
  }

  /** The name of the module that failed, {@code ""} where none has. */
  public String module() {
    return module;
  }

  /** The SQLSTATE, five characters. */
  public String sqlState() {
    return sqlState;
  }

  /** The sentence for the user. */
  @Override
  public String getMessage() {
    String sentence = super.getMessage();
    return sentence == null ? sqlState : sentence;
  }
}
