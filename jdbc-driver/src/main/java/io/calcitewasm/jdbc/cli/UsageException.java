package io.calcitewasm.jdbc.cli;

/** What the user asked for cannot be done as asked; the message is a sentence for him. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the sentence. */
  public UsageException(String message) {
    super(message);
  }
}
