package io.calcitewasm.host.provision;

/** Something that a guest is told as the {@code error} of the contract. */
public final class KeyValueException extends Exception {
  private static final long serialVersionUID = 1;

  private final String sqlState;

  /**
   * An error.
   *
   * @param sqlState its SQLSTATE
   * @param message one sentence for people
   */
  public KeyValueException(String sqlState, String message) {
    super(message, null, false, false);
    this.sqlState = sqlState;
  }

  /** Its SQLSTATE. */
  public String sqlState() {
    return sqlState;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
