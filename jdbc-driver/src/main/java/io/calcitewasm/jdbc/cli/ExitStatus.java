package io.calcitewasm.jdbc.cli;

/**
 * Exit statuses of the command line. The launcher adds 3 (no JDK or Maven) and 4 (the build
 * failed).
 */
public final class ExitStatus {
  /** Everything was done. */
  public static final int OK = 0;

  /** A statement failed, or a component is invalid. */
  public static final int FAILED = 1;

  /** Wrong options, or a file that cannot be read. */
  public static final int USAGE = 2;

  /**
   * The output was closed by its reader, as with {@code | head}; what a shell reports for SIGPIPE.
   */
  public static final int OUTPUT_CLOSED = 141;

  private ExitStatus() {}
}
